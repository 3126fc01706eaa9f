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
        told(try await Work(method, draws, initial, segments, outputs, tolerance).solve(concurrency: concurrency))
    }

    /// Integrates every draw of a large system on the calling thread.
    public static func solveSerially(
        by method: BackwardDifferences, draws: Matrix, initial: InitialState, segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance()
    ) throws -> EnsembleTrajectories {
        told(try Work(method, draws, initial, segments, outputs, tolerance).solve())
    }

    private static func told(_ found: EnsembleTrajectories) -> EnsembleTrajectories {
        let choice = MethodChoice(
            drawCount: found.drawCount, stateCount: found.stateCount, stiffMethod: .backwardDifferences, triesExplicit: false, switches: [])
        return EnsembleTrajectories(
            drawCount: found.drawCount, times: found.times, kept: found.kept, blocks: found.blocks, blockSize: found.blockSize,
            crossings: found.crossings, failures: found.failures, choice: choice)
    }
}
