// Powers of two and reciprocals good to some thousandths: enough to judge a step by, and cheaper than the exact ones.

extension Lane {
    /// The binary logarithm of a positive normal number, to 0.0002. Polynomial fitted for this project at Chebyshev nodes.
    @inlinable @inline(__always)
    func roughLog2() -> Self {
        let (significand, exponent) = splitAtPowerOfTwo()
        let t = significand - Self(1)
        var p = Self.multiplyAdd(t, Self(-0.320_043_508), Self(0.517_322_85))
        p = Self.multiplyAdd(p, t, Self(-0.726_574_968))
        p = Self.multiplyAdd(p, t, Self(1.441_730_62))
        return Self.multiplyAdd(p, t, exponent)
    }

    /// Two to this power, to 0.00011 relative; for powers between −1000 and 1000. Polynomial fitted likewise.
    @inlinable @inline(__always)
    func roughExp2() -> Self {
        let shifter = Self(6_755_399_441_055_744)
        let n = (self + shifter) - shifter
        let f = self - n
        var p = Self.multiplyAdd(f, Self(0.055_922_04), Self(0.242_640_08))
        p = Self.multiplyAdd(p, f, Self(0.693_121_03))
        p = Self.multiplyAdd(p, f, Self(0.999_924_48))
        return p.timesPowerOfTwo(n)
    }

    /// One over a positive normal number, to 0.003 relative: a guess with one step of Newton's. NaN gives NaN, +∞ no finite number.
    @inlinable @inline(__always)
    func roughReciprocal() -> Self {
        let guess = guessedReciprocal()
        return guess * Self.subtractProduct(self, guess, from: Self(2))
    }
}
