// Integrates a network for many draws: eight nodes in a lane, draws on several threads.
import CIntegration
import Integration

/// The states of a network before its start.
public enum NetworkHistory: Sendable {
    /// Held for all time before the start: (state, node), `nodeCount` numbers a state.
    case constant([Double])
    /// The state with a number of a node at a time, asked for at the start and as long before as the longest delay reaches.
    case function(@Sendable (_ time: Double, _ state: Int, _ node: Int) -> Double)
}

/// Draws of a network in steps of fixed length. Records are (state, node): index `state * nodeCount + node`.
///
/// Invariant N14: the result is the same, byte for byte, for every `concurrency` and every lane of the same arithmetic; the noise of a node
/// hangs on draw, node, state and step alone.
public enum NetworkEnsemble {
    @usableFromInline typealias Kernel = @Sendable (NetworkBlock) -> Void

    /// Integrates every draw with a compiled kernel.
    ///
    /// - Parameters:
    ///   - scheme: `.heun` with noise (Stratonovich's; the same as Itô's for additive noise); `.rungeKutta4` leaves the noise out.
    ///   - connectome: delays are rounded to whole steps.
    ///   - draws: a row of the draw's parameters a draw.
    ///   - nodeParameters: a row of the node's parameters a node.
    ///   - concurrency: how many draws are integrated at a time.
    /// - Throws: ``FixedStepError``; `CancellationError` within a step of the task's being cancelled.
    public static func solve<System: NetworkKernelSystem>(
        _ system: System.Type, scheme: FixedStepScheme = .heun, connectome: Connectome, draws: Matrix, nodeParameters: Matrix,
        history: NetworkHistory, plan: FixedStepPlan, noise: RandomStream, concurrency: Int = 2, library: KernelLibrary = .current
    ) async throws -> EnsembleTrajectories {
        let work = try Work(system, connectome, draws, nodeParameters, history, plan, noise)
        let kernel = try library.networkKernel(System.name, scheme)
        return work.run.joined(try await work.run.blocks.run(concurrency: concurrency) { work.solve($0, $1, kernel) })
    }

    /// Integrates every draw on the calling thread; otherwise as the other form.
    public static func solveSerially<System: NetworkKernelSystem>(
        _ system: System.Type, scheme: FixedStepScheme = .heun, connectome: Connectome, draws: Matrix, nodeParameters: Matrix,
        history: NetworkHistory, plan: FixedStepPlan, noise: RandomStream, library: KernelLibrary = .current
    ) throws -> EnsembleTrajectories {
        try Work(system, connectome, draws, nodeParameters, history, plan, noise)
            .solveSerially(try library.networkKernel(System.name, scheme))
    }

    /// Integrates every draw on the calling thread, in lanes compiled where this is called.
    @inlinable
    public static func solveSerially<System: NetworkSystem, L: NumberLane>(
        _ system: System.Type, lane: L.Type, scheme: FixedStepScheme = .heun, connectome: Connectome, draws: Matrix,
        nodeParameters: Matrix, history: NetworkHistory, plan: FixedStepPlan, noise: RandomStream
    ) throws -> EnsembleTrajectories {
        try Work(system, connectome, draws, nodeParameters, history, plan, noise)
            .solveSerially { NetworkIntegrator<System, L>.solve($0, scheme) }
    }
}

extension KernelLibrary {
    func networkKernel(_ name: String, _ scheme: FixedStepScheme) throws(FixedStepError) -> NetworkEnsemble.Kernel {
        guard let kernel = fixedStep.network(name, scheme.rawValue) else { throw .noKernel(name) }
        return { block in withUnsafePointer(to: block) { kernel($0) } }
    }
}
