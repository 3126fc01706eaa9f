// The number type that models and integrators are written for: one patient, several draws at once, or symbols.

/// A number, or several side by side, one draw in each place.
///
/// A right-hand side written once for `Lane` runs on one number (`Double`, ``FusedOne``), on eight draws at once (`SIMD8<Double>`,
/// ``FusedEight``) or sixteen (``FusedSixteen``), on symbols (`Traced` of the module `Tracing`), and on numbers with their derivatives (``Dual``).
///
/// There are two arithmetics, and nothing but ``multiplyAdd(_:_:_:)`` tells them apart: `Double` and `SIMD8<Double>` round the product
/// and the sum, as every x86-64 can (**baseline**); ``FusedOne``, ``FusedEight`` and ``FusedSixteen`` round once (**fused**).
///
/// - Invariant N1: every operation works place by place with the same IEEE operations in the same order, so within one arithmetic a
///   draw's result does not depend on the width, on its place, on its neighbours, or on the instruction set, bit for bit (NaN payloads
///   excepted).
/// - Invariant N2: nothing here calls libm; ``exp()``, ``log()`` and what is built on them are our own polynomials. (In code compiled
///   without FMA instructions a fused lane's product is a call of libm's `fma`, which is exact by IEEE 754 and only slow.)
/// - Invariant N3: a lane that the integrator runs on is `width` contiguous `Double`s (it addresses single places in memory). Numbers that
///   carry more, symbols and ``Dual``, serve right-hand sides and likelihoods, not the integrator's own lanes.
public protocol Lane: Sendable {
    /// The answer of a comparison, one truth value a place.
    associatedtype Mask: Sendable
    /// One place with the same arithmetic: what is done for one draw alone rounds as it does among others.
    associatedtype Single: Lane where Single.Single == Single

    /// How many numbers stand side by side.
    static var width: Int { get }

    /// The same number in every place.
    init(_ value: Double)

    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self
    static func / (a: Self, b: Self) -> Self
    /// `a * b + c`: rounded twice in the baseline arithmetic, once in the fused.
    static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self

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
    /// A bit for each place that is true, the first place's the lowest.
    static func bits(_ mask: Mask) -> Int
    /// True in the places that bits name.
    static func mask(_ bits: Int) -> Mask

    /// The number in one place, `0 ..< width`. (`Double` ignores the index.)
    subscript(lane lane: Int) -> Double { get set }

    /// The absolute value; NaN stays NaN.
    var magnitude: Self { get }
    /// The correctly rounded square root; NaN below zero.
    func squareRoot() -> Self
    /// e to this power; every lane of numbers has the polynomial of ``exponential()``.
    func exp() -> Self
    /// The natural logarithm; every lane of numbers has the polynomial of ``naturalLogarithm()``.
    func log() -> Self

    /// `self * 2^n` for integer-valued `n` in `-1022 ... 1023`.
    func timesPowerOfTwo(_ n: Self) -> Self
    /// For a positive normal number, `s` in `[√½, √2)` and an integer-valued `e` with `self == s * 2^e`.
    func splitAtPowerOfTwo() -> (significand: Self, exponent: Self)
    /// For a positive normal number, one over it to a twentieth, from its bits; by default the quotient itself, for lanes without bits.
    func guessedReciprocal() -> Self
}

extension Lane {
    @inlinable
    public func guessedReciprocal() -> Self { Self(1) / self }
}
