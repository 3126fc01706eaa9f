// The natural logarithm in lanes.

extension Lane {
    /// The natural logarithm: at most 1 ulp from the true value, subnormal arguments included, in both arithmetics.
    ///
    /// - log(0) = −∞ (either sign), log(x < 0) = NaN, log(+∞) = +∞, log(NaN) = NaN, log(1) = +0.
    /// - Method: x = 2ᵏ·(1 + f) with 1 + f in [√½, √2), then f − f²/2 + f³·p(f) with p of degree 19, fitted for this project at Chebyshev
    ///   nodes (approximation error below 0.08·2⁻⁵³), summed in pairs (Estrin 1960); k·ln 2 in two parts. Without the division of the
    ///   usual form in f/(2 + f): that keeps a multiplier busy for as long as thirty products do.
    @inlinable @inline(__always)
    public func naturalLogarithm() -> Self {
        let subnormal = Self.lessThan(self, Self(0x1p-1022))
        let x = Self.select(subnormal, self * Self(0x1p54), self)
        let (m, shifted) = x.splitAtPowerOfTwo()
        let k = Self.select(subnormal, shifted - Self(54), shifted)
        let f = m - Self(1)
        let (f2, h) = (f * f, Self(0.5) * f * f)
        let (f4, f3) = (f2 * f2, f2 * f)
        let f8 = f4 * f4
        let p0 = Self.multiplyAdd(f, Self(-0.249_999_999_999_999_3), Self(0.333_333_333_333_333_37))
        let p1 = Self.multiplyAdd(f, Self(-0.166_666_666_666_973_05), Self(0.199_999_999_999_932_23))
        let p2 = Self.multiplyAdd(f, Self(-0.124_999_999_971_092_67), Self(0.142_857_142_875_917_4))
        let p3 = Self.multiplyAdd(f, Self(-0.099_999_999_963_172_7), Self(0.111_111_109_098_410_72))
        let p4 = Self.multiplyAdd(f, Self(-0.083_333_450_564_132_04), Self(0.090_909_198_759_982_02))
        let p5 = Self.multiplyAdd(f, Self(-0.071_422_320_491_584_7), Self(0.076_919_881_201_337_5))
        let p6 = Self.multiplyAdd(f, Self(-0.062_650_318_695_180_63), Self(0.066_719_855_552_712_91))
        let p7 = Self.multiplyAdd(f, Self(-0.053_682_803_880_505_48), Self(0.058_370_183_514_649_99))
        let p8 = Self.multiplyAdd(f, Self(-0.061_295_619_807_279_06), Self(0.053_718_778_906_647_8))
        let p9 = Self.multiplyAdd(f, Self(-0.025_061_228_095_282_464), Self(0.056_664_232_420_521_8))
        let p01 = Self.multiplyAdd(p1, f2, p0)
        let p23 = Self.multiplyAdd(p3, f2, p2)
        let p45 = Self.multiplyAdd(p5, f2, p4)
        let p67 = Self.multiplyAdd(p7, f2, p6)
        let p89 = Self.multiplyAdd(p9, f2, p8)
        let p03 = Self.multiplyAdd(p23, f4, p01)
        let p47 = Self.multiplyAdd(p67, f4, p45)
        let p = Self.multiplyAdd(Self.multiplyAdd(p89, f8, p47), f8, p03)
        let tail = Self.multiplyAdd(f3, p, k * Self(1.908_214_929_270_587_700_02e-10))
        let finite = Self.multiplyAdd(k, Self(6.931_471_803_691_238_164_90e-01), f - (h - tail))
        // +∞ and NaN answer themselves; zero and below have no finite logarithm.
        let upper = Self.select(Self.lessOrEqual(self, Self(.greatestFiniteMagnitude)), finite, self)
        let edge = Self.select(Self.lessThan(self, Self(0)), Self(.nan), Self(-.infinity))
        return Self.select(Self.lessOrEqual(self, Self(0)), edge, upper)
    }

    @inlinable @inline(__always)
    public func log() -> Self { naturalLogarithm() }
}
