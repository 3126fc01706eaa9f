// Sine and cosine in lanes.

extension NumberLane {
    /// Sine and cosine of an angle: at most 2.3e-16 off, absolutely, for angles up to 1.6 million; NaN for infinite ones.
    ///
    /// Method: reduction by π/2 in three parts (Cody and Waite 1980; exact while its multiple is below 2²⁰), then the polynomials of
    /// fdlibm 5.3 (`__kernel_sin`, `__kernel_cos`, Sun Microsystems 1993). Beyond that range the error grows with the angle.
    @inlinable @inline(__always)
    public func sineAndCosine() -> (sine: Self, cosine: Self) {
        // Adding 1.5·2⁵² leaves the nearest integer in the last bits.
        let shifter = Self(6_755_399_441_055_744)
        let shifted = Self.multiplyAdd(self, Self(0.636_619_772_367_581_343_08), shifter)
        let n = shifted - shifter
        var angle = Self.multiplyAdd(n, Self(-1.570_796_326_734_125_614_17e+00), self)
        angle = Self.multiplyAdd(n, Self(-6.077_100_506_303_965_976_60e-11), angle)
        angle = Self.multiplyAdd(n, Self(-2.022_266_248_795_950_631_54e-21), angle)
        let (sine, cosine) = Self.arc(angle)
        let quarter = shifted.bits
        let one = Words.repeating(1)
        let (first, second) = Self.swapped(sine, cosine, where: quarter & one)
        let sineSign = (quarter & Words.repeating(2)).shiftedLeft(62)
        let cosineSign = ((quarter &+ one) & Words.repeating(2)).shiftedLeft(62)
        return (Self(bits: first.bits ^ sineSign), Self(bits: second.bits ^ cosineSign))
    }

    public func sine() -> Self { sineAndCosine().sine }
    public func cosine() -> Self { sineAndCosine().cosine }

    /// Sine and cosine of an angle between −π/4 and π/4.
    @inlinable @inline(__always)
    static func arc(_ angle: Self) -> (sine: Self, cosine: Self) {
        let z = angle * angle
        let w = z * z
        let s12 = multiplyAdd(z, Self(8.333_333_333_322_489_461_24e-03), Self(-1.666_666_666_666_663_243_48e-01))
        let s34 = multiplyAdd(z, Self(2.755_731_370_707_006_767_89e-06), Self(-1.984_126_982_985_794_931_34e-04))
        let s56 = multiplyAdd(z, Self(1.589_690_995_211_550_102_21e-10), Self(-2.505_076_025_340_686_341_95e-08))
        let s = multiplyAdd(multiplyAdd(s56, w, s34), w, s12)
        let c12 = multiplyAdd(z, Self(-1.388_888_888_887_410_957_49e-03), Self(4.166_666_666_666_660_190_37e-02))
        let c34 = multiplyAdd(z, Self(-2.755_731_435_139_066_330_35e-07), Self(2.480_158_728_947_672_941_78e-05))
        let c56 = multiplyAdd(z, Self(-1.135_964_755_778_819_482_65e-11), Self(2.087_572_321_298_174_827_90e-09))
        let c = multiplyAdd(multiplyAdd(c56, w, c34), w, c12)
        let half = Self(0.5) * z
        let rounded = Self(1) - half
        let lost = (Self(1) - rounded) - half
        return (multiplyAdd(angle * z, s, angle), rounded + multiplyAdd(w, c, lost))
    }

    /// The two exchanged in the places whose word is 1, as they are where it is 0.
    @inlinable @inline(__always)
    static func swapped(_ a: Self, _ b: Self, where word: Words) -> (Self, Self) {
        let difference = (a.bits ^ b.bits) & (Words.repeating(0) &- word)
        return (Self(bits: a.bits ^ difference), Self(bits: b.bits ^ difference))
    }
}
