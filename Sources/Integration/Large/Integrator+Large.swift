// Integrates one draw of a large system, or a block of draws, on the calling thread.
import CIntegration

extension Integrator {
    /// Integrates one draw by backward differences; otherwise as ``solve(by:initial:parameters:segments:outputs:tolerance:)`` of a one-step
    /// method.
    ///
    /// - Parameter isCancelled: asked at every step; when it says yes the remaining values stay NaN.
    /// - Throws: ``IntegrationError``; the draw number in it is 0.
    public static func solve(
        by method: BackwardDifferences, initial: [Double], parameters: [Double], segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance(), isCancelled: @escaping () -> Bool = { false }
    ) throws(IntegrationError) -> Trajectory {
        var work = LargeSystemWork()
        return try solve(
            by: method, initial: initial, parameters: parameters, segments: segments, outputs: outputs, tolerance: tolerance,
            isCancelled: isCancelled, work: &work)
    }

    /// Integrates one draw and adds what it took to `work`.
    public static func solve(
        by method: BackwardDifferences, initial: [Double], parameters: [Double], segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance(), isCancelled: @escaping () -> Bool = { false }, work: inout LargeSystemWork
    ) throws(IntegrationError) -> Trajectory {
        try method.check(states: initial.count, parameters: parameters.count)
        let plan = try IntegrationPlan(inputCount: method.inputCount, segments: segments, outputs: outputs, tolerance: tolerance)
        let block = plan.run(
            parameters: parameters, parameterCount: method.parameterCount, initial: initial, initialStride: 0,
            stateCount: method.stateCount, draws: 0..<1
        ) { solve($0.pointee, by: method, isCancelled: isCancelled, work: &work) }
        if let failure = block.failures.first { throw failure }
        return Trajectory(times: outputs, stateCount: method.stateCount, values: block.values, crossings: block.crossings)
    }

    /// Integrates a checked block, draw after draw, until its flag is raised.
    public static func solve(_ block: KernelBlock, by method: BackwardDifferences) {
        var work = LargeSystemWork()
        solve(block, by: method, isCancelled: { kernelIsRaised(block.cancelled) != 0 }, work: &work)
    }

    private static func solve(
        _ block: KernelBlock, by method: BackwardDifferences, isCancelled: @escaping () -> Bool, work: inout LargeSystemWork
    ) {
        var run = BackwardDifferenceRun(block, by: method, isCancelled: isCancelled)
        run.work = work
        run.run()
        work = run.work
    }
}

extension BackwardDifferences {
    /// Refuses states or parameters in wrong number.
    public func check(states: Int, parameters: Int) throws(IntegrationError) {
        guard states == stateCount else { throw .wrongCount(of: .states, expected: stateCount, found: states) }
        guard parameters == parameterCount else {
            throw .wrongCount(of: .parameters, expected: parameterCount, found: parameters)
        }
    }
}
