// Cuts an ensemble into blocks and does them, here or on several threads.
import CIntegration
import Integration

extension Ensemble {
    /// A checked plan with its draws and who solves them.
    @usableFromInline
    struct Work: Sendable {
        private let plan: IntegrationPlan
        private let draws: Matrix
        private let initial: [Double]
        private let initialStride: Int
        private let stateCount: Int
        private let solver: Solver
        private let blockSize: Int

        @usableFromInline
        init<System: OrdinarySystem>(
            _ system: System.Type, _ draws: Matrix, _ initial: InitialState, _ segments: [Segment], _ outputs: [Double],
            _ tolerance: Tolerance, _ solver: @escaping Solver
        ) throws(IntegrationError) {
            try Integrator.check(system, states: initial.stateCount, parameters: draws.columns)
            if let count = initial.drawCount, count != draws.rows {
                throw .wrongCount(of: .draws, expected: draws.rows, found: count)
            }
            plan = try IntegrationPlan(inputCount: System.inputCount, segments: segments, outputs: outputs, tolerance: tolerance)
            self.draws = draws
            (self.initial, initialStride) = initial.flattened
            stateCount = System.stateCount
            self.solver = solver
            blockSize = Ensemble.blockSize
        }

        /// A large system's draws; one is work enough for a task.
        init(
            _ method: BackwardDifferences, _ draws: Matrix, _ initial: InitialState, _ segments: [Segment], _ outputs: [Double],
            _ tolerance: Tolerance
        ) throws(IntegrationError) {
            try method.check(states: initial.stateCount, parameters: draws.columns)
            if let count = initial.drawCount, count != draws.rows {
                throw .wrongCount(of: .draws, expected: draws.rows, found: count)
            }
            plan = try IntegrationPlan(inputCount: method.inputCount, segments: segments, outputs: outputs, tolerance: tolerance)
            self.draws = draws
            (self.initial, initialStride) = initial.flattened
            stateCount = method.stateCount
            solver = { Integrator.solve($0.pointee, by: method, isCancelled: { Task.isCancelled }) }
            blockSize = 1
        }

        /// All blocks, some at a time.
        @usableFromInline
        func solve(concurrency: Int) async throws -> EnsembleTrajectories {
            let ranges = blocks
            guard concurrency > 1, ranges.count > 1 else { return try solve(cancellable: true) }
            let done = try await withThrowingTaskGroup(of: (Int, IntegrationBlock).self) { group in
                var done = [IntegrationBlock?](repeating: nil, count: ranges.count)
                var next = 0
                func begin() {
                    guard next < ranges.count else { return }
                    let (index, range) = (next, ranges[next])
                    group.addTask { (index, run(range)) }
                    next += 1
                }
                for _ in 0..<concurrency { begin() }
                while let (index, block) = try await group.next() {
                    done[index] = block
                    try Task.checkCancellation()
                    begin()
                }
                return done.compactMap { $0 }
            }
            return joined(done)
        }

        /// All blocks on the calling thread.
        @usableFromInline
        func solve(cancellable: Bool) throws -> EnsembleTrajectories {
            var done: [IntegrationBlock] = []
            for range in blocks {
                if cancellable { try Task.checkCancellation() }
                done.append(run(range))
            }
            return joined(done)
        }

        private func run(_ range: Range<Int>) -> IntegrationBlock {
            plan.run(
                parameters: draws.elements, parameterCount: draws.columns, initial: initial, initialStride: initialStride,
                stateCount: stateCount, draws: range, solver)
        }

        private var blocks: [Range<Int>] {
            stride(from: 0, to: draws.rows, by: blockSize).map { $0..<min($0 + blockSize, draws.rows) }
        }

        private func joined(_ blocks: [IntegrationBlock]) -> EnsembleTrajectories {
            EnsembleTrajectories(
                drawCount: draws.rows, times: plan.outputs, stateCount: stateCount, blocks: blocks.map(\.values), blockSize: blockSize,
                crossings: blocks.flatMap(\.crossings), failures: blocks.flatMap(\.failures))
        }
    }
}
