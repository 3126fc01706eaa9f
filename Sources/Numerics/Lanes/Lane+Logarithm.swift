// The natural logarithm in lanes.

extension Lane {
    /// The natural logarithm: at most 1 ulp from the true value, subnormal arguments included.
    ///
    /// - log(0) = −∞ (either sign), log(x < 0) = NaN, log(+∞) = +∞, log(NaN) = NaN, log(1) = +0.
    /// - Method and coefficients: `__ieee754_log` of fdlibm 5.3 (Sun Microsystems 1993), s = f/(2+f), evaluated here without
    ///   branches.
    @inlinable @inline(__always)
    public func log() -> Self {
        let subnormal = Self.lessThan(self, Self(0x1p-1022))
        let x = Self.select(subnormal, self * Self(0x1p54), self)
        let (m, shifted) = x.splitAtPowerOfTwo()
        let k = Self.select(subnormal, shifted - Self(54), shifted)
        let f = m - Self(1)
        let s = f / (Self(2) + f)
        let z = s * s
        var r = Self(1.479_819_860_511_658_591e-01)
        r = r * z + Self(1.531_383_769_920_937_332e-01)
        r = r * z + Self(1.818_357_216_161_805_012e-01)
        r = r * z + Self(2.222_219_843_214_978_396e-01)
        r = r * z + Self(2.857_142_874_366_239_149e-01)
        r = r * z + Self(3.999_999_999_940_941_908e-01)
        r = r * z + Self(6.666_666_666_666_735_130e-01)
        r = r * z
        let h = Self(0.5) * f * f
        let low = s * (h + r) + k * Self(1.908_214_929_270_587_700_02e-10)
        let finite = k * Self(6.931_471_803_691_238_164_90e-01) - ((h - low) - f)
        // +∞ and NaN answer themselves; zero and below have no finite logarithm.
        let upper = Self.select(Self.lessOrEqual(self, Self(.greatestFiniteMagnitude)), finite, self)
        let edge = Self.select(Self.lessThan(self, Self(0)), Self(.nan), Self(-.infinity))
        return Self.select(Self.lessOrEqual(self, Self(0)), edge, upper)
    }
}
