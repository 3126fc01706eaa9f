// The exponential in lanes and what follows from it: powers and the logistic curve.

extension Lane {
    /// e to this power, our own polynomial: at most 1 ulp from the true value where the result is normal, in both arithmetics.
    ///
    /// - Above 709.782712893384 the result is +∞; below about −745.13 it is 0; between, subnormal results lose bits as IEEE
    ///   multiplication does (error at most 1 ulp more). exp(−∞) = 0, exp(+∞) = +∞, exp(±0) = 1, exp(NaN) = NaN.
    /// - Method: argument reduction by ln 2 in two parts (Cody and Waite 1980), then 1 + r + r²·q(r) with q of degree 9, fitted
    ///   for this project at Chebyshev nodes on |r| ≤ 0.347 (approximation error below 0.12·2⁻⁵³). q is summed in pairs (Estrin
    ///   1960): a chain of four products instead of nine, since integrators wait for exp more often than they have work beside it.
    @inlinable @inline(__always)
    public func exponential() -> Self {
        // Beyond these bounds the answer is already +∞ or 0; NaN passes both comparisons unchanged.
        let x = atMost(Self(720)).atLeast(Self(-760))
        // Adding 1.5·2⁵² leaves the nearest integer in the last bits.
        let shifter = Self(6_755_399_441_055_744)
        let n = Self.multiplyAdd(x, Self(1.442_695_040_888_963_4), shifter) - shifter
        let coarse = Self.multiplyAdd(n, Self(-6.931_471_803_691_238_164_90e-01), x)
        let r = Self.multiplyAdd(n, Self(-1.908_214_929_270_587_700_02e-10), coarse)
        let r2 = r * r
        let r4 = r2 * r2
        let q01 = Self.multiplyAdd(r, Self(0.166_666_666_666_666_69), Self(0.500_000_000_000_000_1))
        let q23 = Self.multiplyAdd(r, Self(0.008_333_333_333_330_032), Self(0.041_666_666_666_623_74))
        let q45 = Self.multiplyAdd(r, Self(0.000_198_412_698_632_018_28), Self(0.001_388_888_891_740_644_7))
        let q67 = Self.multiplyAdd(r, Self(2.755_726_822_996_322_7e-06), Self(2.480_152_099_682_569_7e-05))
        let q89 = Self.multiplyAdd(r, Self(2.510_049_478_890_504_2e-08), Self(2.762_023_056_750_69e-07))
        let q03 = Self.multiplyAdd(q23, r2, q01)
        let q47 = Self.multiplyAdd(q67, r2, q45)
        let q = Self.multiplyAdd(Self.multiplyAdd(q89, r4, q47), r4, q03)
        // 1 + r, and what its rounding left out (Dekker 1971), are ready before q is.
        let rounded = Self(1) + r
        let lost = r - (rounded - Self(1))
        let p = rounded + Self.multiplyAdd(r2, q, lost)
        // In two factors, so that neither overflow nor gradual underflow needs a case of its own.
        let half = Self.multiplyAdd(n, Self(0.5), shifter) - shifter
        return p.timesPowerOfTwo(half).timesPowerOfTwo(n - half)
    }

    @inlinable @inline(__always)
    public func exp() -> Self { exponential() }

    /// This number to a power, for a positive base: `exp(power * log(self))`.
    ///
    /// - Where the result is normal it is at most 1 + 3·|power · log(self)| ulp from the true value, in both arithmetics: the logarithm's
    ///   ulp and the product's rounding stand in the exponent. A base of zero gives 0 for a positive power and +∞ for a negative one, a base
    ///   of +∞ the reverse; to the power 0 any other positive base gives 1, and so does 1 to any finite power. A negative base gives NaN; NaN
    ///   gives NaN, and so do 0⁰, ∞⁰ and 1 to the power ±∞, products of 0 and ∞.
    @inlinable @inline(__always)
    public func pow(_ power: Self) -> Self { (power * log()).exp() }

    /// This number to a power, for a positive base.
    @inlinable @inline(__always) @_disfavoredOverload
    public func pow(_ power: Double) -> Self { pow(Self(power)) }

    /// 1 / (1 + e⁻ˣ): 0 at −∞, ½ at 0, 1 at +∞.
    @inlinable @inline(__always)
    public func logistic() -> Self { Self(1) / (Self(1) + (-self).exp()) }
}
