// Integrates many draws: lanes within a block, blocks on several threads.

/// Integrates a table of draws through the same plan.
public enum Ensemble {
    /// Draws a child task works on: small enough to cancel quickly and share evenly, large enough to keep the lanes full.
    @usableFromInline static let blockSize = 256

    /// Integrates every draw.
    ///
    /// Invariant N7: the result is the same, byte for byte, for every `concurrency`, every lane type, and for each draw alone
    /// with ``Integrator/solve(_:initial:parameters:segments:outputs:tolerance:)``.
    ///
    /// - Parameters:
    ///   - draws: a row of parameters a draw.
    ///   - initial: the state at the first segment's start, before its event, for all draws or for each.
    ///   - outputs: ascending times; at the instant of an event the state just before it is given.
    ///   - concurrency: how many blocks are integrated at a time; 1 stays on the caller's thread.
    ///   - lanes: how many draws go side by side.
    /// - Throws: ``IntegrationError`` when the plan is malformed, `CancellationError` when the task is cancelled between
    ///   blocks. A draw that fails does not throw: see ``EnsembleTrajectories/failures``.
    @inlinable
    public static func solve<System: OrdinarySystem, L: Lane>(
        _ system: System.Type, draws: Matrix, initial: InitialState, segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance(), concurrency: Int = 2, lanes: L.Type = SIMD8<Double>.self
    ) async throws -> EnsembleTrajectories {
        let plan = try plan(system, draws, initial, segments, outputs, tolerance)
        let ranges = blocks(draws.rows)
        guard concurrency > 1, ranges.count > 1 else {
            return try solve(system, draws, initial, plan, lanes, cancellable: true)
        }
        let parameters = draws.elements
        let done = try await withThrowingTaskGroup(of: (Int, IntegrationBlock).self) { group in
            var done = [IntegrationBlock?](repeating: nil, count: ranges.count)
            var next = 0
            while next < min(concurrency, ranges.count) {
                let (index, range) = (next, ranges[next])
                group.addTask {
                    (
                        index,
                        Integrator.solve(
                            system, lanes: lanes, plan: plan, parameters: parameters, initial: initial, draws: range)
                    )
                }
                next += 1
            }
            while let (index, block) = try await group.next() {
                done[index] = block
                try Task.checkCancellation()
                if next < ranges.count {
                    let (index, range) = (next, ranges[next])
                    group.addTask {
                        (
                            index,
                            Integrator.solve(
                                system, lanes: lanes, plan: plan, parameters: parameters, initial: initial, draws: range)
                        )
                    }
                    next += 1
                }
            }
            return done.compactMap { $0 }
        }
        return join(done, draws: draws.rows, outputs: outputs, stateCount: System.stateCount)
    }

    /// Integrates every draw on the calling thread; otherwise as the other form.
    /// - Throws: ``IntegrationError`` when the plan is malformed.
    @inlinable
    public static func solveSerially<System: OrdinarySystem, L: Lane>(
        _ system: System.Type, draws: Matrix, initial: InitialState, segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance(), lanes: L.Type = SIMD8<Double>.self
    ) throws -> EnsembleTrajectories {
        let plan = try plan(system, draws, initial, segments, outputs, tolerance)
        return try solve(system, draws, initial, plan, lanes, cancellable: false)
    }

    @inlinable
    static func solve<System: OrdinarySystem, L: Lane>(
        _ system: System.Type, _ draws: Matrix, _ initial: InitialState, _ plan: IntegrationPlan, _ lanes: L.Type,
        cancellable: Bool
    ) throws -> EnsembleTrajectories {
        var done: [IntegrationBlock] = []
        for range in blocks(draws.rows) {
            if cancellable { try Task.checkCancellation() }
            done.append(
                Integrator.solve(
                    system, lanes: lanes, plan: plan, parameters: draws.elements, initial: initial, draws: range))
        }
        return join(done, draws: draws.rows, outputs: plan.outputs, stateCount: System.stateCount)
    }

    @inlinable
    static func plan<System: OrdinarySystem>(
        _ system: System.Type, _ draws: Matrix, _ initial: InitialState, _ segments: [Segment], _ outputs: [Double],
        _ tolerance: Tolerance
    ) throws(IntegrationError) -> IntegrationPlan {
        try Integrator.check(system, states: initial.stateCount, parameters: draws.columns)
        if let count = initial.drawCount, count != draws.rows {
            throw .wrongCount(of: .draws, expected: draws.rows, found: count)
        }
        return try IntegrationPlan(
            inputCount: System.inputCount, segments: segments, outputs: outputs, tolerance: tolerance)
    }

    @usableFromInline
    static func blocks(_ count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: blockSize).map { $0..<min($0 + blockSize, count) }
    }

    @usableFromInline
    static func join(_ blocks: [IntegrationBlock], draws: Int, outputs: [Double], stateCount: Int) -> EnsembleTrajectories {
        EnsembleTrajectories(
            drawCount: draws, times: outputs, stateCount: stateCount, blocks: blocks.map(\.values), blockSize: blockSize,
            crossings: blocks.flatMap(\.crossings), failures: blocks.flatMap(\.failures))
    }
}
