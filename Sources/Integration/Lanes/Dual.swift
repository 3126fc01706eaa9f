// A number and its derivative in one direction: what is written for every lane also differentiates itself.

/// A value and its tangent, the derivative along one direction; every operation carries both by the chain rule.
///
/// A right-hand side, an event or a likelihood written once for ``Lane`` gives its exact directional derivative when it runs on
/// duals: seed the tangents of what is varied (1 for the variable itself, 0 for constants) and read ``tangent`` of the result.
/// Duals nest: `Dual<Dual<Double>>` gives second derivatives.
///
/// - Values are the underlying lane's, bit for bit, except where code asks a number how it is stored.
/// - Comparisons see values only, so a choice (`select`, `atMost`, `magnitude`) has the derivative of the branch taken; at a kink
///   that is one of the two one-sided derivatives.
/// - Where the derivative does not exist (√ and log at zero) or is a product of 0 and ∞, the tangent is infinite or NaN: a power of
///   zero by ``Lane/pow(_:)-(Self)`` has NaN, since it goes through the logarithm.
/// - ``exp()`` and ``log()`` are the underlying lane's with the rule applied; the polynomial ``Lane/exponential()`` itself rounds to whole
///   numbers on its way and has no meaning on duals.
/// - The integrator does not run on duals (invariant N3); ``WithSensitivity`` uses them inside a right-hand side.
@frozen
public struct Dual<Number: Lane>: Lane {
    public typealias Mask = Number.Mask
    public typealias Single = Dual<Number.Single>

    public var value: Number
    public var tangent: Number

    @inlinable @inline(__always)
    public init(_ value: Number, tangent: Number) {
        self.value = value
        self.tangent = tangent
    }

    /// A constant: its tangent is zero.
    @inlinable @inline(__always)
    public init(_ value: Double) { self.init(Number(value), tangent: Number(0)) }

    @inlinable @inline(__always)
    public static var width: Int { Number.width }

    @inlinable @inline(__always)
    public static func + (a: Self, b: Self) -> Self { Self(a.value + b.value, tangent: a.tangent + b.tangent) }
    @inlinable @inline(__always)
    public static func - (a: Self, b: Self) -> Self { Self(a.value - b.value, tangent: a.tangent - b.tangent) }
    @inlinable @inline(__always)
    public static func * (a: Self, b: Self) -> Self {
        Self(a.value * b.value, tangent: Number.multiplyAdd(a.value, b.tangent, a.tangent * b.value))
    }
    @inlinable @inline(__always)
    public static func / (a: Self, b: Self) -> Self {
        let quotient = a.value / b.value
        return Self(quotient, tangent: Number.subtractProduct(quotient, b.tangent, from: a.tangent) / b.value)
    }
    @inlinable @inline(__always)
    public static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self {
        let tangent = Number.multiplyAdd(a.value, b.tangent, Number.multiplyAdd(a.tangent, b.value, c.tangent))
        return Self(Number.multiplyAdd(a.value, b.value, c.value), tangent: tangent)
    }

    @inlinable @inline(__always)
    public static func lessThan(_ a: Self, _ b: Self) -> Mask { Number.lessThan(a.value, b.value) }
    @inlinable @inline(__always)
    public static func lessOrEqual(_ a: Self, _ b: Self) -> Mask { Number.lessOrEqual(a.value, b.value) }
    @inlinable @inline(__always)
    public static func select(_ mask: Mask, _ a: Self, _ b: Self) -> Self {
        Self(Number.select(mask, a.value, b.value), tangent: Number.select(mask, a.tangent, b.tangent))
    }
    @inlinable @inline(__always)
    public static func any(_ mask: Mask) -> Bool { Number.any(mask) }
    @inlinable @inline(__always)
    public static func both(_ a: Mask, _ b: Mask) -> Mask { Number.both(a, b) }
    @inlinable @inline(__always)
    public static func firstOnly(_ a: Mask, _ b: Mask) -> Mask { Number.firstOnly(a, b) }
    @inlinable @inline(__always)
    public static func isSet(_ mask: Mask, lane: Int) -> Bool { Number.isSet(mask, lane: lane) }

    /// The value in one place; a plain number put there is a constant, so its tangent becomes zero.
    @inlinable @inline(__always)
    public subscript(lane lane: Int) -> Double {
        get { value[lane: lane] }
        set {
            value[lane: lane] = newValue
            tangent[lane: lane] = 0
        }
    }

    @inlinable @inline(__always)
    public var magnitude: Self {
        Self(value.magnitude, tangent: Number.select(Number.lessThan(value, Number(0)), -tangent, tangent))
    }
    @inlinable @inline(__always)
    public func squareRoot() -> Self {
        let root = value.squareRoot()
        return Self(root, tangent: tangent / (root + root))
    }
    @inlinable @inline(__always)
    public func exp() -> Self {
        let power = value.exp()
        return Self(power, tangent: power * tangent)
    }
    @inlinable @inline(__always)
    public func log() -> Self { Self(value.log(), tangent: tangent / value) }

    /// A whole-numbered power has no tangent of its own.
    @inlinable @inline(__always)
    public func timesPowerOfTwo(_ n: Self) -> Self {
        Self(value.timesPowerOfTwo(n.value), tangent: tangent.timesPowerOfTwo(n.value))
    }
    @inlinable @inline(__always)
    public func splitAtPowerOfTwo() -> (significand: Self, exponent: Self) {
        let (significand, exponent) = value.splitAtPowerOfTwo()
        // The quotient is the power of two itself, exactly.
        return (Self(significand, tangent: tangent * (significand / value)), Self(exponent, tangent: Number(0)))
    }
}
