// Integrates many draws: lanes within a block, blocks on several threads.
import CIntegration
import Integration

/// Integrates a table of draws through the same plan.
public enum Ensemble {
    /// Takes a block's draws through its plan.
    @usableFromInline typealias Solver = @Sendable (UnsafePointer<KernelBlock>) -> Void

    /// Is told the share of the draws that is done, 0 to 1, rising, after each block; on no particular thread.
    public typealias Progress = @Sendable (Double) -> Void

    /// Draws a child task works on: small enough to share evenly, large enough to keep the lanes full.
    static let blockSize = 256

    /// Integrates every draw with a compiled kernel.
    ///
    /// Invariant N7: the result is the same, byte for byte, for every `concurrency`, for every lane of the same arithmetic, and for
    /// each draw alone.
    ///
    /// - Parameters:
    ///   - draws: a row of parameters a draw.
    ///   - initial: the state at the first segment's start, before its event, for all draws or for each.
    ///   - outputs: ascending times; at the instant of an event the state just before it is given.
    ///   - concurrency: how many blocks are integrated at a time; 1 stays on the caller's thread.
    ///   - method: ``IntegrationMethod/automatic`` tests each draw for stiffness and says in ``EnsembleTrajectories/choice`` what it chose.
    ///   - library: whose kernels; their arithmetic decides the last bits.
    ///   - states: those that are read afterwards, nil for all: the others are not read off the steps.
    ///   - first: the first of these draws as they came out of the same plan before, for a picture that could not wait; they are not
    ///     integrated again. It is left aside if it has other times or states, and where the method is chosen draw by draw.
    /// - Throws: ``IntegrationError`` when the plan is malformed or the table has no such kernel, `CancellationError` when the task is
    ///   cancelled, which ends every block before its next step. A draw that fails does not throw: see ``EnsembleTrajectories/failures``.
    public static func solve<System: KernelSystem>(
        _ system: System.Type, method: IntegrationMethod = .explicit, draws: Matrix, initial: InitialState, segments: [Segment],
        outputs: [Double], tolerance: Tolerance = Tolerance(), concurrency: Int = 2, library: KernelLibrary = .current,
        keeping states: [Int]? = nil, after first: EnsembleTrajectories? = nil, progress: Progress? = nil
    ) async throws -> EnsembleTrajectories {
        if method == .automatic {
            return try await Choosing(system, library, draws, initial, segments, outputs, tolerance, keeping: states)
                .solve(concurrency: concurrency, progress: progress)
        }
        guard let kernel = library.kernel(System.name, method) else { throw IntegrationError.noKernel(System.name, method) }
        let work = try Work(system, draws, initial, segments, outputs, tolerance, keeping: states, after: first) { kernel($0) }
        return try await work.solve(concurrency: concurrency, progress: progress)
    }

    /// Integrates every draw on the calling thread; otherwise as the other form.
    public static func solveSerially<System: KernelSystem>(
        _ system: System.Type, method: IntegrationMethod = .explicit, draws: Matrix, initial: InitialState, segments: [Segment],
        outputs: [Double], tolerance: Tolerance = Tolerance(), library: KernelLibrary = .current, keeping states: [Int]? = nil
    ) throws -> EnsembleTrajectories {
        if method == .automatic {
            return try Choosing(system, library, draws, initial, segments, outputs, tolerance, keeping: states).solve()
        }
        guard let kernel = library.kernel(System.name, method) else { throw IntegrationError.noKernel(System.name, method) }
        return try Work(system, draws, initial, segments, outputs, tolerance, keeping: states) { kernel($0) }.solve()
    }

    /// Integrates every draw by a method compiled where this is called; otherwise as the form with a kernel.
    @inlinable
    public static func solve<Method: StepMethod>(
        by method: Method, draws: Matrix, initial: InitialState, segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance(), concurrency: Int = 2, after first: EnsembleTrajectories? = nil, progress: Progress? = nil
    ) async throws -> EnsembleTrajectories {
        let work = try Work(Method.System.self, draws, initial, segments, outputs, tolerance, after: first) {
            Integrator.solve($0.pointee, by: method)
        }
        return try await work.solve(concurrency: concurrency, progress: progress)
    }

    /// Integrates every draw by a method on the calling thread.
    @inlinable
    public static func solveSerially<Method: StepMethod>(
        by method: Method, draws: Matrix, initial: InitialState, segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance()
    ) throws -> EnsembleTrajectories {
        try Work(Method.System.self, draws, initial, segments, outputs, tolerance) { Integrator.solve($0.pointee, by: method) }
            .solve()
    }
}
