// Integrates one draw, or a block of draws, on the calling thread.
import CIntegration

/// The adaptive integrator: a one-step method, proportional-integral step control, dense output, restart at every segment and
/// located event.
public enum Integrator {
    /// Integrates one draw with Dormand and Prince's method in the baseline arithmetic.
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
        try solve(
            by: DormandPrince<System, Double>(), initial: initial, parameters: parameters, segments: segments, outputs: outputs,
            tolerance: tolerance)
    }

    /// Integrates one draw by a given method; otherwise as the other form.
    @inlinable
    public static func solve<Method: StepMethod>(
        by method: Method, initial: [Double], parameters: [Double], segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance()
    ) throws(IntegrationError) -> Trajectory {
        let system = Method.System.self
        try check(system, states: initial.count, parameters: parameters.count)
        let plan = try IntegrationPlan(inputCount: system.inputCount, segments: segments, outputs: outputs, tolerance: tolerance)
        let block = plan.run(
            parameters: parameters, parameterCount: system.parameterCount, initial: initial, initialStride: 0,
            stateCount: system.stateCount, draws: 0..<1
        ) { solve($0.pointee, by: method) }
        if let failure = block.failures.first { throw failure }
        return Trajectory(times: outputs, stateCount: system.stateCount, values: block.values, crossings: block.crossings)
    }

    /// Refuses states or parameters in wrong number.
    @inlinable
    public static func check<System: OrdinarySystem>(
        _ system: System.Type, states: Int, parameters: Int
    ) throws(IntegrationError) {
        guard states == System.stateCount else {
            throw .wrongCount(of: .states, expected: System.stateCount, found: states)
        }
        guard parameters == System.parameterCount else {
            throw .wrongCount(of: .parameters, expected: System.parameterCount, found: parameters)
        }
    }

    /// Integrates a checked block; the whole work of a kernel.
    ///
    /// Where this is specialised decides the instructions it is made of: see `Sources/Kernels`.
    @inlinable
    public static func solve<Method: StepMethod>(_ block: KernelBlock, by method: Method) {
        var integrator = LaneIntegrator(block, by: method)
        integrator.run()
        integrator.free()
    }
}
