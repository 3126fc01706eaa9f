// Noise by address: what drives a component of a draw in a step depends on those three and the seed alone.

/// Standard normal and uniform numbers addressed by draw, component and number.
///
/// - Invariant N9: the number at (key, draw, component, index) is the same in whatever lane, batch, thread or order it is asked for.
/// - Draws and components count modulo 2³², indices modulo 2⁶⁵. Two neighbouring indices, 2p and 2p + 1, come from one block of
///   Philox4x32-10 and are therefore made together.
public struct NoiseKey: Sendable, Hashable {
    /// Both halves of the generator's key.
    public let bits: UInt64

    /// A key made by `RandomStream.noise`.
    @inlinable
    public init(bits: UInt64) { self.bits = bits }

    /// 128 random bits a place.
    @inlinable @inline(__always)
    func words<Words: LaneWords>(draw: Words, component: Words, pair: UInt64) -> (Words, Words) {
        let low = Words.repeating(0xffff_ffff)
        let words = Philox4x32.block(
            counter: (Words.repeating(pair & 0xffff_ffff), draw & low, component & low, Words.repeating(pair &>> 32)),
            key: (UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits &>> 32)))
        return (words.1.shiftedLeft(32) | words.0, words.3.shiftedLeft(32) | words.2)
    }

    /// The uniforms with the indices 2·pair and 2·pair + 1, in the open interval from 0 to 1.
    @inlinable @inline(__always)
    public func uniforms<L: NumberLane>(_ lane: L.Type, draw: L.Words, component: L.Words, pair: UInt64) -> (L, L) {
        let (first, second) = words(draw: draw, component: component, pair: pair)
        return (L.unit(first), L.unit(second))
    }

    /// The standard normals with the indices 2·pair and 2·pair + 1; within ±8.58.
    ///
    /// Box and Muller (1958), Ann. Math. Stat. 29:610–611: √(−2 ln u) times cosine and sine of a random angle. The angle is uniform on a
    /// quarter, mirrored and turned by two bits that the uniform leaves over. Relative error below 1e-15 of the exact transform.
    @inlinable @inline(__always)
    public func normals<L: NumberLane>(_ lane: L.Type, draw: L.Words, component: L.Words, pair: UInt64) -> (L, L) {
        let (first, second) = words(draw: draw, component: component, pair: pair)
        let radius = (L(-2) * L.unit(first).naturalLogarithm()).squareRoot()
        let (sine, cosine) = L.arc((L.unit(second) - L(0.5)) * L(1.570_796_326_794_896_619_23))
        let (x, y) = L.swapped(cosine, sine, where: second & L.Words.repeating(1))
        let turned = L(bits: radius.bits ^ (second & L.Words.repeating(2)).shiftedLeft(62))
        return (turned * x, turned * y)
    }
}

extension NumberLane {
    /// The middle of one of 2⁵² equal parts of the unit interval: never 0, never 1, symmetric about ½. The last 12 bits do not matter.
    @inlinable @inline(__always)
    static func unit(_ bits: Words) -> Self {
        // The upper bits become a number between 1 and 2; what follows is exact.
        let number = Self(bits: bits.shiftedRight(12) | Words.repeating(0x3ff0_0000_0000_0000))
        return (number - Self(1)) + Self(0x1p-53)
    }
}
