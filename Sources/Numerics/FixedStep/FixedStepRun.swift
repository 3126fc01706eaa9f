// One kernel call: the common part of its work, its numbers and its reports.
import CIntegration
import Integration

/// What a block of draws left behind.
struct FixedStepBlock: Sendable {
    var values: [Double]
    var failures: [IntegrationError] = []
}

/// A plan with its draws and noise, for any kernel of fixed step.
struct FixedStepRun: Sendable {
    let plan: FixedStepPlan
    let drawCount: Int
    /// A row a draw, and one number more, so that it is never empty.
    private let parameters: [Double]
    private let parameterCount: Int
    let noise: NoiseKey
    /// Numbers a record.
    let recordSize: Int
    let blockSize: Int

    init(plan: FixedStepPlan, draws: Matrix, noise: RandomStream, recordSize: Int, blockSize: Int) {
        self.plan = plan
        drawCount = draws.rows
        parameters = draws.elements + [0]
        parameterCount = draws.columns
        self.noise = noise.noise
        self.recordSize = recordSize
        self.blockSize = blockSize
    }

    /// Calls a kernel for some draws.
    func run(_ range: Range<Int>, _ flag: CancellationFlag, _ kernel: (FixedStepWork) -> Void) -> FixedStepBlock {
        let size = plan.times.count * recordSize
        var block = FixedStepBlock(values: [Double](repeating: .nan, count: range.count * size))
        var failures: [IntegrationError] = []
        block.values.withUnsafeMutableBufferPointer { values in
            parameters.withUnsafeBufferPointer { parameters in
                flag.withPointer { stop in
                    withUnsafeMutablePointer(to: &failures) { receiver in
                        guard let values = values.baseAddress, let parameters = parameters.baseAddress else { return }
                        kernel(
                            FixedStepWork(
                                start: plan.start, step: plan.step, stepCount: Int64(plan.stepCount), stride: Int64(plan.recordEvery),
                                noise: noise.bits, firstDraw: Int64(range.lowerBound), drawCount: Int64(range.count),
                                parameters: parameters + range.lowerBound * parameterCount, stop: stop, receiver: receiver,
                                failed: { receiver, draw, time in
                                    receiver.assumingMemoryBound(to: [IntegrationError].self).pointee
                                        .append(.notFinite(draw: Int(draw), time: time))
                                }, values: values))
                    }
                }
            }
        }
        block.failures = failures.sorted { ($0.draw ?? 0) < ($1.draw ?? 0) }
        return block
    }

    func joined(_ blocks: [FixedStepBlock]) -> EnsembleTrajectories {
        let layout = BlockLayout.rows(of: plan.times.count * recordSize)
        return EnsembleTrajectories(
            drawCount: drawCount, times: plan.times, kept: KeptStates(nil, of: recordSize),
            blocks: zip(self.blocks.ranges, blocks).map { EnsembleTrajectories.Block(draws: $0, values: $1.values, layout: layout) },
            blockSize: blockSize, crossings: [], failures: blocks.flatMap(\.failures))
    }

    var blocks: DrawBlocks { DrawBlocks(drawCount: drawCount, blockSize: blockSize) }
}
