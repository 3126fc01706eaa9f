// Ensembles of large systems: one draw a task.
import Integration

extension Ensemble {
    /// Integrates every draw of a large system by backward differences, on several threads; otherwise as the form with kernels.
    ///
    /// Cancelled within a step.
    public static func solve(
        by method: BackwardDifferences, draws: Matrix, initial: InitialState, segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance(), concurrency: Int = 2
    ) async throws -> EnsembleTrajectories {
        let found = try await Work(method, draws, initial, segments, outputs, tolerance).solve(concurrency: concurrency)
        // A draw that saw the cancellation has left its place empty.
        try Task.checkCancellation()
        return told(found)
    }

    /// Integrates every draw of a large system on the calling thread.
    public static func solveSerially(
        by method: BackwardDifferences, draws: Matrix, initial: InitialState, segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance()
    ) throws -> EnsembleTrajectories {
        told(try Work(method, draws, initial, segments, outputs, tolerance).solve(cancellable: false))
    }

    private static func told(_ found: EnsembleTrajectories) -> EnsembleTrajectories {
        let choice = MethodChoice(
            drawCount: found.drawCount, stateCount: found.stateCount, stiffMethod: .backwardDifferences, triesExplicit: false, switches: [])
        return EnsembleTrajectories(
            drawCount: found.drawCount, times: found.times, stateCount: found.stateCount, blocks: found.blocks, blockSize: found.blockSize,
            crossings: found.crossings, failures: found.failures, choice: choice)
    }
}
