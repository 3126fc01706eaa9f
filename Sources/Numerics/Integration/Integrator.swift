// Integrates one draw, or a block of draws, on the calling thread.

/// The adaptive integrator: Dormand–Prince 5(4), proportional-integral step control, dense output, restart at every segment
/// and located event.
public enum Integrator {
    /// Integrates one draw.
    ///
    /// - Parameters:
    ///   - initial: the state at the first segment's start, before its event.
    ///   - outputs: ascending times within the segments. At the instant of an event the state just before it is given;
    ///     ask for `time.nextUp` to see what it left.
    /// - Throws: ``IntegrationError``; the draw number in it is 0.
    @inlinable
    public static func solve<System: OrdinarySystem>(
        _ system: System.Type, initial: [Double], parameters: [Double], segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance()
    ) throws(IntegrationError) -> Trajectory {
        try check(system, states: initial.count, parameters: parameters.count)
        let plan = try IntegrationPlan(
            inputCount: System.inputCount, segments: segments, outputs: outputs, tolerance: tolerance)
        let block = solve(
            system, lanes: Double.self, plan: plan, parameters: parameters, initial: .same(initial), draws: 0..<1)
        if let failure = block.failures.first { throw failure }
        return Trajectory(
            times: outputs, stateCount: System.stateCount, values: block.values, crossings: block.crossings)
    }

    @inlinable
    static func check<System: OrdinarySystem>(
        _ system: System.Type, states: Int, parameters: Int
    ) throws(IntegrationError) {
        guard states == System.stateCount else {
            throw .wrongCount(of: .states, expected: System.stateCount, found: states)
        }
        guard parameters == System.parameterCount else {
            throw .wrongCount(of: .parameters, expected: System.parameterCount, found: parameters)
        }
    }

    /// Integrates some draws of a table of parameters. Counts must have been checked.
    @inlinable
    static func solve<System: OrdinarySystem, L: Lane>(
        _ system: System.Type, lanes: L.Type, plan: IntegrationPlan, parameters: [Double], initial: InitialState,
        draws: Range<Int>
    ) -> IntegrationBlock {
        let count = draws.count * plan.outputs.count * System.stateCount
        let (starts, stride) = initial.flattened
        var crossings: [Crossing] = []
        var failures: [IntegrationError] = []
        let values = [Double](unsafeUninitializedCapacity: count) { buffer, initialised in
            buffer.initialize(repeating: .nan)
            initialised = count
            // An empty table has no address; nothing is read from it then.
            parameters.withUnsafeBufferPointer { table in
                starts.withUnsafeBufferPointer { start in
                    guard let from = start.baseAddress else { return }
                    let rows = table.baseAddress.map { $0 + draws.lowerBound * System.parameterCount } ?? from
                    withUnsafeTemporaryAllocation(of: Double.self, capacity: 1) { spare in
                        guard let target = buffer.baseAddress ?? spare.baseAddress else { return }
                        var integrator = LaneIntegrator<System, L>(
                            plan: plan, parameters: rows, initial: from + draws.lowerBound * stride, initialStride: stride,
                            firstDraw: draws.lowerBound, drawCount: draws.count, values: target)
                        integrator.run()
                        integrator.free()
                        crossings = integrator.crossings
                        failures = integrator.failures
                    }
                }
            }
        }
        return IntegrationBlock(values: values, crossings: crossings, failures: failures)
    }
}

/// What one block of draws left behind.
@usableFromInline
struct IntegrationBlock: Sendable {
    @usableFromInline let values: [Double]
    @usableFromInline let crossings: [Crossing]
    @usableFromInline let failures: [IntegrationError]

    @inlinable
    init(values: [Double], crossings: [Crossing], failures: [IntegrationError]) {
        self.values = values
        // Places finish in an order of their own.
        self.crossings = crossings.sorted { ($0.draw, $0.time, $0.surface) < ($1.draw, $1.time, $1.surface) }
        self.failures = failures.sorted { ($0.draw ?? 0) < ($1.draw ?? 0) }
    }
}
