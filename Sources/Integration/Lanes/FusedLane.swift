// What the fused lanes hand on to the numbers they are made of: everything that the product's rounding does not touch.

/// A lane made of numbers of the baseline arithmetic; its own are the product and the truth values.
public protocol FusedLane: Lane {
    associatedtype Value: Lane

    var value: Value { get set }
    init(_ value: Value)
}

extension FusedLane {
    @inlinable @inline(__always)
    public static func + (a: Self, b: Self) -> Self { Self(a.value + b.value) }
    @inlinable @inline(__always)
    public static func - (a: Self, b: Self) -> Self { Self(a.value - b.value) }
    @inlinable @inline(__always)
    public static func * (a: Self, b: Self) -> Self { Self(a.value * b.value) }
    @inlinable @inline(__always)
    public static func / (a: Self, b: Self) -> Self { Self(a.value / b.value) }

    @inlinable @inline(__always)
    public subscript(lane lane: Int) -> Double {
        get { value[lane: lane] }
        set { value[lane: lane] = newValue }
    }

    @inlinable @inline(__always)
    public var magnitude: Self { Self(value.magnitude) }
    @inlinable @inline(__always)
    public func squareRoot() -> Self { Self(value.squareRoot()) }
    @inlinable @inline(__always)
    public func timesPowerOfTwo(_ n: Self) -> Self { Self(value.timesPowerOfTwo(n.value)) }
    @inlinable @inline(__always)
    public func splitAtPowerOfTwo() -> (significand: Self, exponent: Self) {
        let (significand, exponent) = value.splitAtPowerOfTwo()
        return (Self(significand), Self(exponent))
    }
    @inlinable @inline(__always)
    public func guessedReciprocal() -> Self { Self(value.guessedReciprocal()) }
}
