// A large system without its type: what the integrator calls, specialised where the system is known.

/// The functions of a ``LargeSystem`` on plain memory.
///
/// They are made where a system's type is known, and so are compiled for it; the integrator behind them is compiled once. A call costs a
/// few nanoseconds, which does not count where there are many states.
@usableFromInline
struct LargeProblem: Sendable {
    /// Parameters and the segment's input.
    @usableFromInline
    struct Setting {
        @usableFromInline var parameters: UnsafePointer<Double>
        @usableFromInline var inputs: UnsafePointer<Double>

        @usableFromInline
        init(parameters: UnsafePointer<Double>, inputs: UnsafePointer<Double>) {
            self.parameters = parameters
            self.inputs = inputs
        }
    }

    @usableFromInline typealias Rate =
        @Sendable (_ time: Double, _ state: UnsafePointer<Double>, Setting, _ into: UnsafeMutablePointer<Double>) -> Void
    /// Of the states in eight groups from the given one on: `into[8·rate + group − first]`.
    @usableFromInline typealias Derivatives =
        @Sendable (
            _ time: Double, _ state: UnsafePointer<Double>, Setting, _ groups: UnsafePointer<Int32>, _ first: Int,
            _ into: UnsafeMutablePointer<Double>
        ) -> Void
    @usableFromInline typealias Distance = @Sendable (_ surface: Int, _ time: Double, _ state: UnsafePointer<Double>, Setting) -> Double
    @usableFromInline typealias Event = @Sendable (_ event: Int, _ time: Double, _ state: UnsafeMutablePointer<Double>, Setting) -> Void

    let stateCount: Int
    let parameterCount: Int
    let inputCount: Int
    let surfaces: [Surface]
    let sparsity: SparsityPattern
    let rate: Rate
    let derivatives: Derivatives
    let distance: Distance
    let apply: Event

    @inlinable
    init<System: LargeSystem>(_ system: System) {
        self.init(
            (system.stateCount, system.parameterCount, system.inputCount), system.surfaces, system.sparsity,
            { time, state, setting, into in
                let rates = UnsafeMutableBufferPointer(start: into, count: system.stateCount)
                var rate = rates.mutableSpan
                system.derivative(
                    time: time, state: UnsafeBufferPointer(start: state, count: system.stateCount).span,
                    parameters: UnsafeBufferPointer(start: setting.parameters, count: system.parameterCount).span,
                    input: UnsafeBufferPointer(start: setting.inputs, count: system.inputCount).span, into: &rate)
            },
            { Self.derivatives(of: system, $0, $1, $2, $3, $4, $5) },
            { surface, time, state, setting in
                system.distance(
                    surface: surface, time: time, state: UnsafeBufferPointer(start: state, count: system.stateCount).span,
                    parameters: UnsafeBufferPointer(start: setting.parameters, count: system.parameterCount).span,
                    input: UnsafeBufferPointer(start: setting.inputs, count: system.inputCount).span)
            },
            { event, time, state, setting in
                let states = UnsafeMutableBufferPointer(start: state, count: system.stateCount)
                var changed = states.mutableSpan
                system.apply(
                    event: event, time: time, state: &changed,
                    parameters: UnsafeBufferPointer(start: setting.parameters, count: system.parameterCount).span,
                    input: UnsafeBufferPointer(start: setting.inputs, count: system.inputCount).span)
            })
    }

    @usableFromInline
    init(
        _ counts: (states: Int, parameters: Int, inputs: Int), _ surfaces: [Surface], _ sparsity: SparsityPattern, _ rate: @escaping Rate,
        _ derivatives: @escaping Derivatives, _ distance: @escaping Distance, _ apply: @escaping Event
    ) {
        precondition(sparsity.stateCount == counts.states, "the pattern has another number of rates than the system")
        (stateCount, parameterCount, inputCount) = counts
        self.surfaces = surfaces
        self.sparsity = sparsity
        self.rate = rate
        self.derivatives = derivatives
        self.distance = distance
        self.apply = apply
    }

    /// Eight directional derivatives at once, each along the sum of one group's states.
    @inlinable
    static func derivatives<System: LargeSystem>(
        of system: System, _ time: Double, _ state: UnsafePointer<Double>, _ setting: Setting, _ groups: UnsafePointer<Int32>,
        _ first: Int, _ into: UnsafeMutablePointer<Double>
    ) {
        typealias Number = Dual<SIMD8<Double>>
        let (states, parameters, inputs) = (system.stateCount, system.parameterCount, system.inputCount)
        withUnsafeTemporaryAllocation(of: Number.self, capacity: 2 * states + parameters + inputs) { memory in
            memory.initialize(repeating: Number(0))
            for s in 0..<states {
                memory[s].value = SIMD8(repeating: state[s])
                let place = Int(groups[s]) - first
                if place >= 0, place < 8 { memory[s].tangent[place] = 1 }
            }
            for p in 0..<parameters { memory[states + p] = Number(setting.parameters[p]) }
            for u in 0..<inputs { memory[states + parameters + u] = Number(setting.inputs[u]) }
            let (afterStates, afterParameters) = (states + parameters, states + parameters + inputs)
            let rates = UnsafeMutableBufferPointer(rebasing: memory[afterParameters...])
            var rate = rates.mutableSpan
            system.derivative(
                time: Number(time), state: UnsafeBufferPointer(rebasing: memory[..<states]).span,
                parameters: UnsafeBufferPointer(rebasing: memory[states..<afterStates]).span,
                input: UnsafeBufferPointer(rebasing: memory[afterStates..<afterParameters]).span, into: &rate)
            for s in 0..<states {
                for place in 0..<8 { into[8 * s + place] = rates[s].tangent[place] }
            }
        }
    }
}
