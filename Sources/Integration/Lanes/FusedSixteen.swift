// Sixteen draws side by side in the fused arithmetic, as two eights that are computed in turns.

/// Two ``FusedEight``: what a processor of 512-bit registers needs to have something to do while it waits for a result.
///
/// A step is a chain of operations of which each waits for the one before, four cycles or more; a lane of one register leaves half the
/// multipliers idle. With 256-bit registers a ``FusedEight`` is two registers already.
@frozen
public struct FusedSixteen: Lane {
    /// One truth value a place, in two eights.
    @frozen
    public struct Mask: Sendable {
        public var low, high: FusedEight.Mask

        @inlinable @inline(__always)
        init(_ low: FusedEight.Mask, _ high: FusedEight.Mask) { (self.low, self.high) = (low, high) }
    }
    public typealias Single = FusedOne

    public var low, high: FusedEight

    @inlinable @inline(__always)
    init(_ low: FusedEight, _ high: FusedEight) { (self.low, self.high) = (low, high) }
    @inlinable @inline(__always)
    public init(_ value: Double) { self.init(FusedEight(value), FusedEight(value)) }

    @inlinable @inline(__always)
    public static var width: Int { 16 }

    @inlinable @inline(__always)
    public static func + (a: Self, b: Self) -> Self { Self(a.low + b.low, a.high + b.high) }
    @inlinable @inline(__always)
    public static func - (a: Self, b: Self) -> Self { Self(a.low - b.low, a.high - b.high) }
    @inlinable @inline(__always)
    public static func * (a: Self, b: Self) -> Self { Self(a.low * b.low, a.high * b.high) }
    @inlinable @inline(__always)
    public static func / (a: Self, b: Self) -> Self { Self(a.low / b.low, a.high / b.high) }
    @inlinable @inline(__always)
    public static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self {
        Self(FusedEight.multiplyAdd(a.low, b.low, c.low), FusedEight.multiplyAdd(a.high, b.high, c.high))
    }

    @inlinable @inline(__always)
    public static func lessThan(_ a: Self, _ b: Self) -> Mask {
        Mask(FusedEight.lessThan(a.low, b.low), FusedEight.lessThan(a.high, b.high))
    }
    @inlinable @inline(__always)
    public static func lessOrEqual(_ a: Self, _ b: Self) -> Mask {
        Mask(FusedEight.lessOrEqual(a.low, b.low), FusedEight.lessOrEqual(a.high, b.high))
    }
    @inlinable @inline(__always)
    public static func select(_ mask: Mask, _ a: Self, _ b: Self) -> Self {
        Self(FusedEight.select(mask.low, a.low, b.low), FusedEight.select(mask.high, a.high, b.high))
    }
    @inlinable @inline(__always)
    public static func any(_ mask: Mask) -> Bool { FusedEight.any(mask.low .| mask.high) }
    @inlinable @inline(__always)
    public static func both(_ a: Mask, _ b: Mask) -> Mask {
        Mask(FusedEight.both(a.low, b.low), FusedEight.both(a.high, b.high))
    }
    @inlinable @inline(__always)
    public static func firstOnly(_ a: Mask, _ b: Mask) -> Mask {
        Mask(FusedEight.firstOnly(a.low, b.low), FusedEight.firstOnly(a.high, b.high))
    }
    @inlinable @inline(__always)
    public static func isSet(_ mask: Mask, lane: Int) -> Bool { lane < 8 ? mask.low[lane] : mask.high[lane - 8] }
    @inlinable @inline(__always)
    public static func bits(_ mask: Mask) -> Int { FusedEight.bits(mask.low) | FusedEight.bits(mask.high) << 8 }
    @inlinable @inline(__always)
    public static func mask(_ bits: Int) -> Mask { Mask(FusedEight.mask(bits & 255), FusedEight.mask(bits >> 8)) }

    @inlinable @inline(__always)
    public subscript(lane lane: Int) -> Double {
        get { lane < 8 ? low[lane: lane] : high[lane: lane - 8] }
        set { if lane < 8 { low[lane: lane] = newValue } else { high[lane: lane - 8] = newValue } }
    }

    @inlinable @inline(__always)
    public var magnitude: Self { Self(low.magnitude, high.magnitude) }
    @inlinable @inline(__always)
    public func squareRoot() -> Self { Self(low.squareRoot(), high.squareRoot()) }
    @inlinable @inline(__always)
    public func timesPowerOfTwo(_ n: Self) -> Self { Self(low.timesPowerOfTwo(n.low), high.timesPowerOfTwo(n.high)) }
    @inlinable @inline(__always)
    public func splitAtPowerOfTwo() -> (significand: Self, exponent: Self) {
        let (one, other) = (low.splitAtPowerOfTwo(), high.splitAtPowerOfTwo())
        return (Self(one.significand, other.significand), Self(one.exponent, other.exponent))
    }
    @inlinable @inline(__always)
    public func guessedReciprocal() -> Self { Self(low.guessedReciprocal(), high.guessedReciprocal()) }
}
