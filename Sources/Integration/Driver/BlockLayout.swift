// Where the numbers of a block's draws stand.

/// Two distances: between the same number of two draws, and between two numbers of a draw.
public struct BlockLayout: Sendable, Hashable {
    public let drawStride: Int
    public let numberStride: Int

    @inlinable
    public init(drawStride: Int, numberStride: Int) { (self.drawStride, self.numberStride) = (drawStride, numberStride) }

    /// Draw behind draw, of so many numbers each.
    public static func rows(of numbers: Int) -> Self { Self(drawStride: numbers, numberStride: 1) }

    /// All draws side by side, number by number: one number of all draws, which is what quantiles are taken of, is a stretch of memory.
    ///
    /// Of many draws a stretch takes an odd number of cache lines: with a power of two all of a draw's numbers would compete for the same few
    /// lines of the cache. Of few nothing is left between the stretches. One draw alone has nothing beside it.
    public static func columns(of draws: Int, numbers: Int) -> Self {
        if draws == 1 { return rows(of: numbers) }
        return Self(drawStride: 1, numberStride: draws < 64 ? draws : ((draws + 7) / 8 | 1) * 8)
    }

    /// Columns where the whole block fits into what a core keeps close, 1.5 MB. The places of a lane drift apart in time: of a larger block every
    /// line of a column would be fetched for each of its draws anew (the circulation at 1,600 times took 1.6 times as long), so it has rows.
    static func suited(to draws: Int, numbers: Int) -> Self {
        draws * numbers * MemoryLayout<Double>.stride <= 3 << 19 ? columns(of: draws, numbers: numbers) : rows(of: numbers)
    }

    /// Whether the draws' numbers stand in stretches, ``numberStride`` apart. Not so of rows of a single number, whose draws are one apart too.
    var isColumns: Bool { numberStride > 1 }

    /// How many numbers the block has, with those between the stretches.
    func size(draws: Int, numbers: Int) -> Int { isColumns ? numbers * numberStride : draws * drawStride }

    @inlinable
    public func place(draw: Int, number: Int) -> Int { draw * drawStride + number * numberStride }
}
