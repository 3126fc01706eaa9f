// Eight draws side by side: SIMD8<Double> as a lane.

extension SIMD8: Lane where Scalar == Double {
    /// All bits of a place set for true, none for false: kept as integers, because the operations of `SIMDMask` may be
    /// compiled place by place; made of pairs (``Pair``) for the same reason.
    public typealias Mask = SIMD8<Int64>
    public typealias Single = Double

    @inlinable @inline(__always)
    public static var width: Int { 8 }

    @inlinable @inline(__always)
    public init(_ value: Double) { self.init(repeating: value) }

    @inlinable @inline(__always)
    public static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self { a * b + c }

    @inlinable @inline(__always)
    public static func lessThan(_ a: Self, _ b: Self) -> Mask {
        Pair.joined(
            Pair.lessThan(a.lowHalf.lowHalf, b.lowHalf.lowHalf), Pair.lessThan(a.lowHalf.highHalf, b.lowHalf.highHalf),
            Pair.lessThan(a.highHalf.lowHalf, b.highHalf.lowHalf), Pair.lessThan(a.highHalf.highHalf, b.highHalf.highHalf))
    }
    @inlinable @inline(__always)
    public static func lessOrEqual(_ a: Self, _ b: Self) -> Mask {
        Pair.joined(
            Pair.lessOrEqual(a.lowHalf.lowHalf, b.lowHalf.lowHalf), Pair.lessOrEqual(a.lowHalf.highHalf, b.lowHalf.highHalf),
            Pair.lessOrEqual(a.highHalf.lowHalf, b.highHalf.lowHalf), Pair.lessOrEqual(a.highHalf.highHalf, b.highHalf.highHalf))
    }

    @inlinable @inline(__always)
    public static func select(_ mask: Mask, _ a: Self, _ b: Self) -> Self {
        let low = SIMD4(
            lowHalf: Pair.select(mask.lowHalf.lowHalf, a.lowHalf.lowHalf, b.lowHalf.lowHalf),
            highHalf: Pair.select(mask.lowHalf.highHalf, a.lowHalf.highHalf, b.lowHalf.highHalf))
        let high = SIMD4(
            lowHalf: Pair.select(mask.highHalf.lowHalf, a.highHalf.lowHalf, b.highHalf.lowHalf),
            highHalf: Pair.select(mask.highHalf.highHalf, a.highHalf.highHalf, b.highHalf.highHalf))
        return Self(lowHalf: low, highHalf: high)
    }

    @inlinable @inline(__always)
    public static func any(_ mask: Mask) -> Bool {
        let four = mask.lowHalf | mask.highHalf
        let two = four.lowHalf | four.highHalf
        return (two[0] | two[1]) != 0
    }
    @inlinable @inline(__always)
    public static func both(_ a: Mask, _ b: Mask) -> Mask { a & b }
    @inlinable @inline(__always)
    public static func firstOnly(_ a: Mask, _ b: Mask) -> Mask { a & ~b }
    @inlinable @inline(__always)
    public static func isSet(_ mask: Mask, lane: Int) -> Bool { mask[lane] != 0 }

    @inlinable @inline(__always)
    public subscript(lane lane: Int) -> Double {
        get { self[lane] }
        set { self[lane] = newValue }
    }

    @inlinable @inline(__always)
    public var magnitude: Self {
        let bits = unsafeBitCast(self, to: SIMD8<Int64>.self) & SIMD8<Int64>(repeating: .max)
        return unsafeBitCast(bits, to: Self.self)
    }

    @inlinable @inline(__always)
    public func timesPowerOfTwo(_ n: Self) -> Self {
        // 1.5·2⁵² + 1023 + n carries the biased exponent in its last bits.
        let biased = unsafeBitCast(n + Self(6_755_399_441_056_767), to: SIMD8<Int64>.self)
        return self * unsafeBitCast(biased &<< SIMD8<Int64>(repeating: 52), to: Self.self)
    }

    @inlinable @inline(__always)
    public func splitAtPowerOfTwo() -> (significand: Self, exponent: Self) {
        // Biased by 1024 so that the shift is without sign, the only kind SSE2 has for 64 bits.
        let bits = unsafeBitCast(self, to: SIMD8<UInt64>.self)
        let offset = bits &+ SIMD8<UInt64>(repeating: 0x4000_0000_0000_0000 - 0x3fe6_a09e_667f_3bcd)
        let biased = offset &>> SIMD8<UInt64>(repeating: 52)
        let scale = (biased &<< SIMD8<UInt64>(repeating: 52)) &- SIMD8<UInt64>(repeating: 0x4000_0000_0000_0000)
        let counted = unsafeBitCast(biased &+ SIMD8<UInt64>(repeating: 0x4338_0000_0000_0000), to: Self.self)
        return (unsafeBitCast(bits &- scale, to: Self.self), counted - Self(6_755_399_441_056_768))
    }

    @inlinable @inline(__always)
    public func guessedReciprocal() -> Self {
        let bits = unsafeBitCast(self, to: SIMD8<UInt64>.self)
        return unsafeBitCast(SIMD8<UInt64>(repeating: 0x7fde_6238_22fc_16e6) &- bits, to: Self.self)
    }
}
