// Integrates one draw of a large system.

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
        ) { block in
            var run = BackwardDifferenceRun(block.pointee, by: method, isCancelled: isCancelled)
            run.work = work
            run.run()
            work = run.work
        }
        if let failure = block.failures.first { throw failure }
        return Trajectory(times: outputs, stateCount: method.stateCount, values: block.values, crossings: block.crossings)
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
