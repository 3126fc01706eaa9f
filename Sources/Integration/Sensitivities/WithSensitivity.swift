// A system together with its derivative in one direction, itself a system: sensitivities run where the states do.

/// A system whose states, parameters and inputs each carry the derivative along one direction, beside them in memory.
///
/// State `2i` is the system's state i and state `2i + 1` its derivative; parameters and inputs likewise, so the direction is data: a draw's
/// row holds what each parameter changes by (1 for the parameter itself, its value for its logarithm, anything for a combination), and
/// the places of a lane serve as many directions as it is wide. The variational equations are the right-hand side run on ``Dual``s.
///
/// - Derivatives count in the integrator's error like states, in the same tolerance.
/// - Events are differentiated too. Where one happens at a located surface, its time depends on the direction as well: the derivative jumps
///   by what the rates before and after differ in that time (Hiskens and Pai 2000, IEEE Trans. Circuits Syst. I 47:204–220).
/// - Rates must be continuous in the state except at events; segments begin and end at times that do not vary.
public enum WithSensitivity<System: OrdinarySystem>: OrdinarySystem {
    @inlinable public static var stateCount: Int { 2 * System.stateCount }
    @inlinable public static var parameterCount: Int { 2 * System.parameterCount }
    @inlinable public static var inputCount: Int { 2 * System.inputCount }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        Pairs.read(state) { state in
            Pairs.read(parameters) { parameters in
                Pairs.read(input) { input in
                    Pairs.write(&rate) { rate in
                        System.derivative(
                            time: Dual(time, tangent: L(0)), state: state, parameters: parameters, input: input, into: &rate)
                    }
                }
            }
        }
    }

    /// The system's surfaces; an event at one has a number that says which surface it was, since its time then varies.
    @inlinable
    public static var surfaces: [Surface] {
        System.surfaces.enumerated().map { index, surface in
            Surface(surface.direction, event: surface.event == nil ? nil : firstLocated + index)
        }
    }

    /// Numbers from here on stand for events at surfaces; a system's own lie far above.
    @inlinable static var firstLocated: Int { Int.min }

    @inlinable
    public static func distance<L: Lane>(
        surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>
    ) -> L {
        distance(surface, Dual(time, tangent: L(0)), state, parameters, input).value
    }

    @inlinable
    public static func apply<L: Lane>(
        event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>
    ) {
        let surfaces = System.surfaces
        let surface = event &- firstLocated
        guard surface >= 0, surface < surfaces.count, let located = surfaces[surface].event else {
            return apply(event, Dual(time, tangent: L(0)), &state, parameters, input)
        }
        let lag = delay(surface, time, state.span, parameters, input)
        // To the crossing, which comes later along the direction; through the event there; and back to the time of this one.
        move(&state, by: lag, time, parameters, input)
        apply(located, Dual(time, tangent: lag), &state, parameters, input)
        move(&state, by: -lag, time, parameters, input)
    }
}

extension WithSensitivity {
    @inlinable
    static func distance<L: Lane>(
        _ surface: Int, _ time: Dual<L>, _ state: Span<L>, _ parameters: Span<L>, _ input: Span<L>
    ) -> Dual<L> {
        Pairs.read(state) { state in
            Pairs.read(parameters) { parameters in
                Pairs.read(input) { System.distance(surface: surface, time: time, state: state, parameters: parameters, input: $0) }
            }
        }
    }

    @inlinable
    static func apply<L: Lane>(
        _ event: Int, _ time: Dual<L>, _ state: inout MutableSpan<L>, _ parameters: Span<L>, _ input: Span<L>
    ) {
        Pairs.write(&state) { state in
            Pairs.read(parameters) { parameters in
                Pairs.read(input) {
                    System.apply(event: event, time: time, state: &state, parameters: parameters, input: $0)
                }
            }
        }
    }

    /// The derivative of the time of a crossing: −(∂g along the direction) / (dg/dt along the flow).
    @inlinable
    static func delay<L: Lane>(_ surface: Int, _ time: L, _ state: Span<L>, _ parameters: Span<L>, _ input: Span<L>) -> L {
        let along = distance(surface, Dual(time, tangent: L(0)), state, parameters, input).tangent
        var flow = (0..<state.count).map { state[$0] }
        var rate = [L](repeating: L(0), count: state.count)
        var into = rate.mutableSpan
        derivative(time: time, state: state, parameters: parameters, input: input, into: &into)
        for index in stride(from: 0, to: flow.count, by: 2) { flow[index + 1] = rate[index] }
        // With time: parameters and inputs stand still.
        let (fixed, steady) = (still(parameters), still(input))
        let passing = distance(surface, Dual(time, tangent: L(1)), flow.span, fixed.span, steady.span).tangent
        return -along / passing
    }

    /// The same numbers without their derivatives.
    @inlinable
    static func still<L: Lane>(_ numbers: Span<L>) -> [L] { (0..<numbers.count).map { $0 % 2 == 0 ? numbers[$0] : L(0) } }

    /// Adds rate × lag to the derivatives.
    @inlinable
    static func move<L: Lane>(_ state: inout MutableSpan<L>, by lag: L, _ time: L, _ parameters: Span<L>, _ input: Span<L>) {
        var rate = [L](repeating: L(0), count: state.count)
        var into = rate.mutableSpan
        derivative(time: time, state: state.span, parameters: parameters, input: input, into: &into)
        for index in stride(from: 0, to: state.count, by: 2) {
            state[index + 1] = L.multiplyAdd(rate[index], lag, state[index + 1])
        }
    }
}

extension WithSensitivity: KernelSystem where System: KernelSystem {
    @inlinable public static var name: String { System.name + "-with-sensitivity" }
}
