// Random numbers by address: a number depends on seed, stream, draw and index, never on what was drawn before.

/// A stream of random numbers, each reached by its address.
///
/// - Invariant N8: no state. The number at (seed, stream, draw, index) is the same in whatever order, on whatever thread.
public struct RandomStream: Sendable, Hashable {
    public let seed: UInt64
    public let stream: UInt64

    /// Any seed; streams of one seed are independent of each other.
    public init(seed: UInt64, stream: UInt64) {
        self.seed = seed
        self.stream = stream
    }

    /// The key of this stream's noise: what fixed-step kernels and count simulations draw from. Its numbers are others than the stream's.
    public var noise: NoiseKey {
        // A counter that no draw of a stream reaches before 2³² − 1 of them.
        let words = Philox4x32.block(
            counter: (UInt32(truncatingIfNeeded: stream), .max, UInt32(truncatingIfNeeded: stream &>> 32), .max),
            key: (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed &>> 32)))
        return NoiseKey(bits: UInt64(words.1) &<< 32 | UInt64(words.0))
    }

    /// 64 random bits. `draw` counts modulo 2³² and `index` modulo 2³³.
    public func bits(draw: Int, index: Int) -> UInt64 {
        let block = block(draw: draw, pair: index &>> 1)
        return index & 1 == 0 ? block.0 : block.1
    }

    private func block(draw: Int, pair: Int) -> (UInt64, UInt64) {
        let words = Philox4x32.block(
            counter: (
                UInt32(truncatingIfNeeded: pair), UInt32(truncatingIfNeeded: draw),
                UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream &>> 32)
            ),
            key: (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed &>> 32)))
        return (UInt64(words.1) &<< 32 | UInt64(words.0), UInt64(words.3) &<< 32 | UInt64(words.2))
    }

    /// The middle of one of 2⁵² equal parts of the unit interval: never 0, never 1, symmetric about ½.
    private static func unit(_ bits: UInt64) -> Double { (Double(bits &>> 12) + 0.5) * 0x1p-52 }

    /// Uniform on the open interval from 0 to 1.
    public func uniform(draw: Int, index: Int) -> Double { Self.unit(bits(draw: draw, index: index)) }

    /// Standard normal, by inversion of the uniform at the same address; within ±8.21.
    public func normal(draw: Int, index: Int) -> Double { NormalDistribution.quantile(uniform(draw: draw, index: index)) }

    /// The uniforms of a draw at the indices `0 ..< count`.
    public func uniforms(draw: Int, count: Int) -> [Double] {
        guard count > 0 else { return [] }
        var result: [Double] = []
        result.reserveCapacity(count + 1)
        for pair in 0..<(count + 1) / 2 {
            let block = block(draw: draw, pair: pair)
            result.append(Self.unit(block.0))
            result.append(Self.unit(block.1))
        }
        if result.count > count { result.removeLast() }
        return result
    }

    /// The standard normals of a draw at the indices `0 ..< count`.
    public func normals(draw: Int, count: Int) -> [Double] {
        uniforms(draw: draw, count: count).map(NormalDistribution.quantile)
    }
}
