// The exponential in lanes and what follows from it: powers and the logistic curve.

extension Lane {
    /// e to this power, our own polynomial: at most 1 ulp from the true value where the result is normal.
    ///
    /// - Above 709.782712893384 the result is +∞; below about −745.13 it is 0; between, subnormal results lose bits as IEEE
    ///   multiplication does (error at most 1 ulp more). exp(−∞) = 0, exp(+∞) = +∞, exp(±0) = 1, exp(NaN) = NaN.
    /// - Method: argument reduction by ln 2 in two parts (Cody and Waite 1980), then 1 + r + r²·q(r) with q of degree 9, fitted
    ///   for this project at Chebyshev nodes on |r| ≤ 0.347 (approximation error below 0.12·2⁻⁵³).
    @inlinable @inline(__always)
    public func exp() -> Self {
        // Beyond these bounds the answer is already +∞ or 0; NaN passes both comparisons unchanged.
        let x = atMost(Self(720)).atLeast(Self(-760))
        // Adding 1.5·2⁵² leaves the nearest integer in the last bits.
        let shifter = Self(6_755_399_441_055_744)
        let n = (x * Self(1.442_695_040_888_963_4) + shifter) - shifter
        let r = (x - n * Self(6.931_471_803_691_238_164_90e-01)) - n * Self(1.908_214_929_270_587_700_02e-10)
        var q = Self(2.510_049_478_890_504_2e-08)
        q = q * r + Self(2.762_023_056_750_69e-07)
        q = q * r + Self(2.755_726_822_996_322_7e-06)
        q = q * r + Self(2.480_152_099_682_569_7e-05)
        q = q * r + Self(0.000_198_412_698_632_018_28)
        q = q * r + Self(0.001_388_888_891_740_644_7)
        q = q * r + Self(0.008_333_333_333_330_032)
        q = q * r + Self(0.041_666_666_666_623_74)
        q = q * r + Self(0.166_666_666_666_666_69)
        q = q * r + Self(0.500_000_000_000_000_1)
        let p = Self(1) + (r + (r * r) * q)
        // In two factors, so that neither overflow nor gradual underflow needs a case of its own.
        let half = (n * Self(0.5) + shifter) - shifter
        return p.timesPowerOfTwo(half).timesPowerOfTwo(n - half)
    }

    /// This number to a power, for a positive base: `exp(power * log(self))`.
    ///
    /// - The relative error is about `|power * log(self)|` ulp. A base of zero gives 0 for a positive power and +∞ for a
    ///   negative one; a negative base gives NaN; NaN gives NaN, and so does 0 to the power 0.
    @inlinable @inline(__always)
    public func pow(_ power: Self) -> Self { (power * log()).exp() }

    /// This number to a power, for a positive base.
    @inlinable @inline(__always) @_disfavoredOverload
    public func pow(_ power: Double) -> Self { pow(Self(power)) }

    /// 1 / (1 + e⁻ˣ): 0 at −∞, ½ at 0, 1 at +∞.
    @inlinable @inline(__always)
    public func logistic() -> Self { Self(1) / (Self(1) + (-self).exp()) }
}
