// The number type that models and integrators are written for: one patient (Double) or several draws at once (SIMD).

/// A number, or several side by side, one draw in each place.
///
/// A right-hand side written once for `Lane` runs on `Double`, `SIMD4<Double>` and `SIMD8<Double>`.
///
/// - Invariant N1: every operation works place by place with the same IEEE operations in the same order, so a draw's
///   result does not depend on the width, on its place, or on its neighbours, bit for bit (NaN payloads excepted).
/// - Invariant N2: nothing here calls libm; ``exp()``, ``log()`` and what is built on them are our own polynomials, without
///   fused multiply-add, so that every x86-64 computes the same bytes.
/// - Invariant N3: a conforming type is `width` contiguous `Double`s (the integrator addresses single places in memory).
public protocol Lane: Sendable {
    /// The answer of a comparison, one truth value a place.
    associatedtype Mask: Sendable

    /// How many numbers stand side by side.
    static var width: Int { get }

    /// The same number in every place.
    init(_ value: Double)

    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self
    static func / (a: Self, b: Self) -> Self

    /// True where `a < b`; false where either is NaN.
    static func lessThan(_ a: Self, _ b: Self) -> Mask
    /// True where `a <= b`; false where either is NaN.
    static func lessOrEqual(_ a: Self, _ b: Self) -> Mask
    /// `a` where the mask is true, `b` elsewhere.
    static func select(_ mask: Mask, _ a: Self, _ b: Self) -> Self
    /// Whether any place is true.
    static func any(_ mask: Mask) -> Bool
    /// True where both are.
    static func both(_ a: Mask, _ b: Mask) -> Mask
    /// True where `a` is and `b` is not.
    static func firstOnly(_ a: Mask, _ b: Mask) -> Mask
    /// Whether the given place is true.
    static func isSet(_ mask: Mask, lane: Int) -> Bool

    /// The number in one place, `0 ..< width`. (`Double` ignores the index.)
    subscript(lane lane: Int) -> Double { get set }

    /// The absolute value; NaN stays NaN.
    var magnitude: Self { get }
    /// The correctly rounded square root; NaN below zero.
    func squareRoot() -> Self

    /// `self * 2^n` for integer-valued `n` in `-1022 ... 1023`.
    func timesPowerOfTwo(_ n: Self) -> Self
    /// For a positive normal number, `s` in `[√½, √2)` and an integer-valued `e` with `self == s * 2^e`.
    func splitAtPowerOfTwo() -> (significand: Self, exponent: Self)
}
