// Spreads draws over threads in blocks, and stops within a block when the task is cancelled.

/// Draws cut into blocks of one size.
struct DrawBlocks: Sendable {
    var drawCount: Int
    var blockSize: Int

    var ranges: [Range<Int>] {
        stride(from: 0, to: drawCount, by: blockSize).map { $0..<min($0 + blockSize, drawCount) }
    }

    /// All blocks on the calling thread.
    func runSerially<Block>(_ body: (Range<Int>, CancellationFlag) -> Block) -> [Block] {
        let flag = CancellationFlag()
        return ranges.map { body($0, flag) }
    }

    /// All blocks, some at a time, in the order of the draws.
    ///
    /// - Throws: `CancellationError`; the blocks that run then see their flag raised.
    func run<Block: Sendable>(concurrency: Int, _ body: @escaping @Sendable (Range<Int>, CancellationFlag) -> Block) async throws -> [Block]
    {
        let (flag, ranges) = (CancellationFlag(), ranges)
        return try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: (Int, Block).self) { group in
                var done = [Block?](repeating: nil, count: ranges.count)
                var next = 0
                func begin() {
                    guard next < ranges.count else { return }
                    let index = next
                    group.addTask { (index, body(ranges[index], flag)) }
                    next += 1
                }
                for _ in 0..<max(1, concurrency) { begin() }
                while let (index, block) = try await group.next() {
                    done[index] = block
                    try Task.checkCancellation()
                    begin()
                }
                try Task.checkCancellation()
                return done.compactMap { $0 }
            }
        } onCancel: {
            flag.raise()
        }
    }
}
