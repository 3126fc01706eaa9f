// The natural logarithm in lanes.

extension Lane {
    /// The natural logarithm: at most 1 ulp from the true value, subnormal arguments included, in both arithmetics.
    ///
    /// - log(0) = −∞ (either sign), log(x < 0) = NaN, log(+∞) = +∞, log(NaN) = NaN, log(1) = +0.
    /// - Method and coefficients: `__ieee754_log` of fdlibm 5.3 (Sun Microsystems 1993), s = f/(2+f), even and odd powers of s²
    ///   summed apart as there, evaluated here without branches.
    @inlinable @inline(__always)
    public func naturalLogarithm() -> Self {
        let subnormal = Self.lessThan(self, Self(0x1p-1022))
        let x = Self.select(subnormal, self * Self(0x1p54), self)
        let (m, shifted) = x.splitAtPowerOfTwo()
        let k = Self.select(subnormal, shifted - Self(54), shifted)
        let f = m - Self(1)
        let s = f / (Self(2) + f)
        let z = s * s
        let w = z * z
        let even = Self.multiplyAdd(w, Self(1.531_383_769_920_937_332e-01), Self(2.222_219_843_214_978_396e-01))
        let odd = Self.multiplyAdd(w, Self(1.479_819_860_511_658_591e-01), Self(1.818_357_216_161_805_012e-01))
        let evens = w * Self.multiplyAdd(w, even, Self(3.999_999_999_940_941_908e-01))
        let middle = Self.multiplyAdd(w, odd, Self(2.857_142_874_366_239_149e-01))
        let odds = z * Self.multiplyAdd(w, middle, Self(6.666_666_666_666_735_130e-01))
        let h = Self(0.5) * f * f
        let low = Self.multiplyAdd(k, Self(1.908_214_929_270_587_700_02e-10), s * (h + (evens + odds)))
        let finite = Self.multiplyAdd(k, Self(6.931_471_803_691_238_164_90e-01), f - (h - low))
        // +∞ and NaN answer themselves; zero and below have no finite logarithm.
        let upper = Self.select(Self.lessOrEqual(self, Self(.greatestFiniteMagnitude)), finite, self)
        let edge = Self.select(Self.lessThan(self, Self(0)), Self(.nan), Self(-.infinity))
        return Self.select(Self.lessOrEqual(self, Self(0)), edge, upper)
    }

    @inlinable @inline(__always)
    public func log() -> Self { naturalLogarithm() }
}
