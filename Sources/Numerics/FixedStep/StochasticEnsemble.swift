// Integrates many draws of a stochastic system: eight in a lane, blocks on several threads.
import CIntegration
import Integration

/// Draws of a stochastic differential equation in steps of fixed length.
///
/// Invariant N13: the result is the same, byte for byte, for every `concurrency`, for every lane of the same arithmetic, and for each draw
/// alone at its number, since a draw's noise hangs on its number, the step and the process alone.
public enum StochasticEnsemble {
    @usableFromInline typealias Kernel = @Sendable (StochasticBlock) -> Void

    /// Integrates every draw with a compiled kernel.
    ///
    /// - Parameters:
    ///   - scheme: `.eulerMaruyama` (Itô's noise) or `.heun` (Stratonovich's).
    ///   - draws: a row of parameters a draw.
    ///   - initial: the state at the plan's start, for all draws or for each.
    ///   - noise: where the noise comes from; the same stream and draw give the same path.
    ///   - incrementsPerStep: each step's noise is the sum of so many finer increments. A run with step h and 1 and one with step 2h and 2
    ///     see the same path, which shows the error of a step.
    ///   - concurrency: how many blocks of draws are integrated at a time.
    /// - Throws: ``FixedStepError``; `CancellationError` soon after the task is cancelled.
    public static func solve<System: StochasticKernelSystem>(
        _ system: System.Type, scheme: FixedStepScheme = .heun, draws: Matrix, initial: InitialState, plan: FixedStepPlan,
        noise: RandomStream, incrementsPerStep: Int = 1, concurrency: Int = 2, library: KernelLibrary = .current
    ) async throws -> EnsembleTrajectories {
        let work = try Work(system, scheme, draws, initial, plan, noise, incrementsPerStep)
        let kernel = try library.stochasticKernel(System.name, scheme)
        return work.run.joined(try await work.run.blocks.run(concurrency: concurrency) { work.solve($0, $1, kernel) })
    }

    /// Integrates every draw on the calling thread; otherwise as the other form.
    public static func solveSerially<System: StochasticKernelSystem>(
        _ system: System.Type, scheme: FixedStepScheme = .heun, draws: Matrix, initial: InitialState, plan: FixedStepPlan,
        noise: RandomStream, incrementsPerStep: Int = 1, library: KernelLibrary = .current
    ) throws -> EnsembleTrajectories {
        let work = try Work(system, scheme, draws, initial, plan, noise, incrementsPerStep)
        return work.solveSerially(try library.stochasticKernel(System.name, scheme))
    }

    /// Integrates every draw on the calling thread, in lanes compiled where this is called.
    @inlinable
    public static func solveSerially<System: StochasticSystem, L: NumberLane>(
        _ system: System.Type, lane: L.Type, scheme: FixedStepScheme = .heun, draws: Matrix, initial: InitialState, plan: FixedStepPlan,
        noise: RandomStream, incrementsPerStep: Int = 1
    ) throws -> EnsembleTrajectories {
        try Work(system, scheme, draws, initial, plan, noise, incrementsPerStep)
            .solveSerially { StochasticIntegrator<System, L>.solve($0, scheme) }
    }

    /// A checked run.
    @usableFromInline
    struct Work: Sendable {
        let run: FixedStepRun
        private let initial: [Double]
        private let initialStride: Int
        private let incrementsPerStep: Int

        /// Draws a child task works on: a whole number of lanes, few enough to share the work evenly.
        private static let blockSize = 64

        @usableFromInline
        init<System: StochasticSystem>(
            _ system: System.Type, _ scheme: FixedStepScheme, _ draws: Matrix, _ initial: InitialState, _ plan: FixedStepPlan,
            _ noise: RandomStream, _ incrementsPerStep: Int
        ) throws(FixedStepError) {
            guard scheme != .rungeKutta4 else { throw .badScheme(scheme) }
            guard initial.stateCount == System.stateCount else {
                throw .wrongCount(of: .states, expected: System.stateCount, found: initial.stateCount)
            }
            guard draws.columns == System.parameterCount else {
                throw .wrongCount(of: .parameters, expected: System.parameterCount, found: draws.columns)
            }
            if let count = initial.drawCount, count != draws.rows {
                throw .wrongCount(of: .draws, expected: draws.rows, found: count)
            }
            guard incrementsPerStep > 0 else { throw .wrongCount(of: .increments, expected: 1, found: incrementsPerStep) }
            run = FixedStepRun(plan: plan, draws: draws, noise: noise, recordSize: System.stateCount, blockSize: Self.blockSize)
            (self.initial, initialStride) = initial.flattened
            self.incrementsPerStep = incrementsPerStep
        }

        func solve(_ range: Range<Int>, _ flag: CancellationFlag, _ kernel: Kernel) -> FixedStepBlock {
            initial.withUnsafeBufferPointer { initial in
                run.run(range, flag) { work in
                    guard let initial = initial.baseAddress else { return }
                    kernel(
                        StochasticBlock(
                            work: work, initial: initial + range.lowerBound * initialStride, initialStride: Int64(initialStride),
                            incrementsPerStep: Int64(incrementsPerStep)))
                }
            }
        }

        @usableFromInline
        func solveSerially(_ kernel: Kernel) -> EnsembleTrajectories {
            run.joined(run.blocks.runSerially { solve($0, $1, kernel) })
        }
    }
}

extension KernelLibrary {
    func stochasticKernel(_ name: String, _ scheme: FixedStepScheme) throws(FixedStepError) -> StochasticEnsemble.Kernel {
        guard let kernel = fixedStep.stochastic(name, scheme.rawValue) else { throw .noKernel(name) }
        return { block in withUnsafePointer(to: block) { kernel($0) } }
    }
}
