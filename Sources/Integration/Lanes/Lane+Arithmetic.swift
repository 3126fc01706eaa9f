// What every lane can do besides the four operations: negation, mixed arithmetic with plain numbers, extremes, sums.

extension Lane {
    /// The negative; `-0.0` for zero, exactly as IEEE negation.
    @inlinable @inline(__always)
    public static prefix func - (x: Self) -> Self { Self(-0.0) - x }

    @inlinable @inline(__always)
    public static func + (a: Self, b: Double) -> Self { a + Self(b) }
    @inlinable @inline(__always)
    public static func + (a: Double, b: Self) -> Self { Self(a) + b }
    @inlinable @inline(__always)
    public static func - (a: Self, b: Double) -> Self { a - Self(b) }
    @inlinable @inline(__always)
    public static func - (a: Double, b: Self) -> Self { Self(a) - b }
    @inlinable @inline(__always)
    public static func * (a: Self, b: Double) -> Self { a * Self(b) }
    @inlinable @inline(__always)
    public static func * (a: Double, b: Self) -> Self { Self(a) * b }
    @inlinable @inline(__always)
    public static func / (a: Self, b: Double) -> Self { a / Self(b) }
    @inlinable @inline(__always)
    public static func / (a: Double, b: Self) -> Self { Self(a) / b }

    @inlinable @inline(__always)
    public static func bits(_ mask: Mask) -> Int {
        var bits = 0
        for lane in 0..<width where isSet(mask, lane: lane) { bits |= 1 << lane }
        return bits
    }

    @inlinable @inline(__always)
    public static func mask(_ bits: Int) -> Mask {
        var flags = Self(0)
        for lane in 0..<width where bits & (1 << lane) != 0 { flags[lane: lane] = 1 }
        return lessThan(Self(0.5), flags)
    }

    /// `c - a * b`, rounded as ``multiplyAdd(_:_:_:)`` is.
    @inlinable @inline(__always)
    public static func subtractProduct(_ a: Self, _ b: Self, from c: Self) -> Self { multiplyAdd(-a, b, c) }
    /// `a * b - c`, likewise.
    @inlinable @inline(__always)
    public static func multiplySubtract(_ a: Self, _ b: Self, _ c: Self) -> Self { multiplyAdd(a, b, -c) }

    /// This number, or the bound where this number is above it; NaN stays NaN.
    @inlinable @inline(__always)
    public func atMost(_ bound: Self) -> Self { Self.select(Self.lessThan(bound, self), bound, self) }

    /// This number, or the bound where this number is below it; NaN stays NaN.
    @inlinable @inline(__always)
    public func atLeast(_ bound: Self) -> Self { Self.select(Self.lessThan(self, bound), bound, self) }

    @inlinable @inline(__always) @_disfavoredOverload
    public func atMost(_ bound: Double) -> Self { atMost(Self(bound)) }
    @inlinable @inline(__always) @_disfavoredOverload
    public func atLeast(_ bound: Double) -> Self { atLeast(Self(bound)) }

    /// `a` where the mask is true, a plain number elsewhere.
    @inlinable @inline(__always) @_disfavoredOverload
    public static func select(_ mask: Mask, _ a: Self, _ b: Double) -> Self { select(mask, a, Self(b)) }
}
