// Cuts an ensemble into blocks and does them, here or on several threads, until it is done or cancelled.
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
        private let kept: KeptStates
        private let solver: Solver
        private let blockSize: Int
        /// The first of the draws, integrated before.
        private var first: EnsembleTrajectories?

        @usableFromInline
        init<System: OrdinarySystem>(
            _ system: System.Type, _ draws: Matrix, _ initial: InitialState, _ segments: [Segment], _ outputs: [Double],
            _ tolerance: Tolerance, keeping states: [Int]? = nil, after first: EnsembleTrajectories? = nil, _ solver: @escaping Solver
        ) throws(IntegrationError) {
            try Integrator.check(system, states: initial.stateCount, parameters: draws.columns)
            if let count = initial.drawCount, count != draws.rows {
                throw .wrongCount(of: .draws, expected: draws.rows, found: count)
            }
            plan = try IntegrationPlan(inputCount: System.inputCount, segments: segments, outputs: outputs, tolerance: tolerance)
            self.draws = draws
            (self.initial, initialStride) = initial.flattened
            kept = KeptStates(states, of: System.stateCount)
            self.solver = solver
            blockSize = Ensemble.blockSize
            // Of a block a part must be left to do.
            if let first, first.drawCount < min(blockSize, draws.rows), first.times == outputs, first.kept == kept { self.first = first }
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
            kept = KeptStates(nil, of: method.stateCount)
            solver = { Integrator.solve($0.pointee, by: method) }
            blockSize = 1
        }

        /// All blocks, some at a time; cancelling the task stops those under way before their next step.
        @usableFromInline
        func solve(concurrency: Int, progress: Progress? = nil) async throws -> EnsembleTrajectories {
            let flag = CancellationFlag()
            return try await withTaskCancellationHandler {
                guard concurrency > 1, blocks.count > 1 else { return try solve(flag, progress) }
                return try await spread(concurrency, flag, progress)
            } onCancel: {
                flag.raise()
            }
        }

        /// All blocks on the calling thread, without looking at its task.
        @usableFromInline
        func solve() throws -> EnsembleTrajectories { try solve(CancellationFlag(), nil) }

        private func solve(_ flag: CancellationFlag, _ progress: Progress?) throws -> EnsembleTrajectories {
            var done: [IntegrationBlock] = []
            for range in blocks {
                done.append(try run(range, flag))
                progress?(Double(range.upperBound) / Double(draws.rows))
            }
            return joined(done)
        }

        private func spread(_ concurrency: Int, _ flag: CancellationFlag, _ progress: Progress?) async throws -> EnsembleTrajectories {
            let ranges = blocks
            let done = try await withThrowingTaskGroup(of: (Int, IntegrationBlock).self) { group in
                var done = [IntegrationBlock?](repeating: nil, count: ranges.count)
                var (next, drawsDone) = (0, 0)
                func begin() {
                    guard next < ranges.count else { return }
                    let (index, range) = (next, ranges[next])
                    group.addTask { (index, try run(range, flag)) }
                    next += 1
                }
                for _ in 0..<concurrency { begin() }
                while let (index, block) = try await group.next() {
                    done[index] = block
                    begin()
                    drawsDone += ranges[index].count
                    progress?(Double(drawsDone) / Double(draws.rows))
                }
                return done.compactMap { $0 }
            }
            return joined(done)
        }

        /// A block with the states that are kept.
        private func run(_ range: Range<Int>, _ flag: CancellationFlag) throws(CancellationError) -> IntegrationBlock {
            guard !flag.isRaised else { throw CancellationError() }
            let block = flag.withPointer {
                plan.run(
                    parameters: draws.elements, parameterCount: draws.columns, initial: initial, initialStride: initialStride,
                    stateCount: kept.stateCount, draws: range, keeping: kept.bits, cancelled: $0, solver)
            }
            // Half done: nobody may see it.
            guard !flag.isRaised else { throw CancellationError() }
            return block
        }

        private var blocks: [Range<Int>] {
            stride(from: 0, to: draws.rows, by: blockSize).map { start in
                max(start, first?.drawCount ?? 0)..<min(start + blockSize, draws.rows)
            }
        }

        private func joined(_ done: [IntegrationBlock]) -> EnsembleTrajectories {
            let blocks = zip(blocks, done).map { EnsembleTrajectories.Block(draws: $0, values: $1.values, layout: $1.layout) }
            return EnsembleTrajectories(
                drawCount: draws.rows, times: plan.outputs, kept: kept, blocks: (first?.blocks ?? []) + blocks, blockSize: blockSize,
                crossings: (first?.crossings ?? []) + done.flatMap(\.crossings),
                failures: (first?.failures ?? []) + done.flatMap(\.failures))
        }
    }
}
