// Checks a network's run and lays its tables out for the kernel.
import CIntegration
import Integration

extension NetworkEnsemble {
    /// A checked run.
    @usableFromInline
    struct Work: Sendable {
        let run: FixedStepRun
        private let nodeCount: Int
        private let rows: ConnectomeRows
        private let nodeParameters: [Double]
        private let history: [Double]
        private let historyCount: Int

        @usableFromInline
        init<System: NetworkSystem>(
            _ system: System.Type, _ connectome: Connectome, _ draws: Matrix, _ nodeParameters: Matrix, _ history: NetworkHistory,
            _ plan: FixedStepPlan, _ noise: RandomStream
        ) throws(FixedStepError) {
            let nodes = connectome.nodeCount
            guard draws.columns == System.drawParameterCount else {
                throw .wrongCount(of: .parameters, expected: System.drawParameterCount, found: draws.columns)
            }
            guard nodeParameters.columns == System.nodeParameterCount else {
                throw .wrongCount(of: .parameters, expected: System.nodeParameterCount, found: nodeParameters.columns)
            }
            guard nodeParameters.rows == nodes else { throw .wrongCount(of: .nodes, expected: nodes, found: nodeParameters.rows) }
            nodeCount = nodes
            rows = ConnectomeRows(connectome, step: plan.step)
            // Nodes that fill up the last eight copy the last one; one number more, so that the table is never empty.
            let padded = (nodes + 7) / 8 * 8
            self.nodeParameters =
                (0..<System.nodeParameterCount).flatMap { p in (0..<padded).map { nodeParameters[min($0, nodes - 1), p] } } + [0]
            switch history {
            case .constant(let values):
                guard values.count == System.stateCount * nodes else {
                    throw .wrongCount(of: .states, expected: System.stateCount * nodes, found: values.count)
                }
                (self.history, historyCount) = (values, 1)
            case .function(let value):
                historyCount = 2 * rows.longestDelay + 1
                self.history = (0..<historyCount).flatMap { number in
                    let time = plan.start - 0.5 * Double(number) * plan.step
                    return (0..<System.stateCount).flatMap { s in (0..<nodes).map { value(time, s, $0) } }
                }
            }
            run = FixedStepRun(plan: plan, draws: draws, noise: noise, recordSize: System.stateCount * nodes, blockSize: 1)
        }

        func solve(_ range: Range<Int>, _ flag: CancellationFlag, _ kernel: Kernel) -> FixedStepBlock {
            nodeParameters.withUnsafeBufferPointer { nodeParameters in
                history.withUnsafeBufferPointer { history in
                    rows.withPointers { starts, weights, sources, delays in
                        run.run(range, flag) { work in
                            guard let nodeParameters = nodeParameters.baseAddress, let history = history.baseAddress else { return }
                            kernel(
                                NetworkBlock(
                                    work: work, nodeCount: Int64(nodeCount), nodeParameters: nodeParameters, groupStarts: starts,
                                    weights: weights, sources: sources, delays: delays, longestDelay: Int64(rows.longestDelay),
                                    history: history, historyCount: Int64(historyCount)))
                        }
                    }
                }
            }
        }

        @usableFromInline
        func solveSerially(_ kernel: Kernel) -> EnsembleTrajectories {
            run.joined(run.blocks.runSerially { solve($0, $1, kernel) })
        }
    }
}

extension ConnectomeRows {
    /// Where the tables lie; none of them is empty.
    func withPointers<T>(
        _ body: (UnsafePointer<Int64>, UnsafePointer<Double>, UnsafePointer<Int32>, UnsafePointer<Int32>) -> T
    ) -> T { body(groupStarts, weights, sources, delays) }
}
