// The standard normal distribution: cumulative probability, quantile, density; no libm.

/// The standard normal distribution.
public enum NormalDistribution {
    /// ln √(2π).
    @usableFromInline static let halfLogTwoPi = 0.918_938_533_204_672_741_780

    /// The logarithm of the density.
    public static func logDensity(_ z: Double) -> Double { -0.5 * z * z - halfLogTwoPi }

    /// P(Z ≤ z), to 2e-15 relative also far out in the lower tail; 0 below −38.5, 1 above 8.3; NaN for NaN.
    ///
    /// Cody (1969), Rational Chebyshev approximations for the error function, Math. Comp. 23:631–637, in the arrangement of
    /// his ANORM (1993).
    public static func cumulative(_ z: Double) -> Double {
        let y = z.magnitude
        if z.isNaN { return z }
        if y <= 0.67448975 { return 0.5 + centre(z) }
        let tail = y <= 5.656_854_249_492_380_2 ? shoulder(y) : far(y)
        return z > 0 ? 1 - tail : tail
    }

    /// z with P(Z ≤ z) = p, to about 1e-15 relative; −∞ at 0, +∞ at 1, NaN outside.
    ///
    /// Wichura (1988), Algorithm AS 241 (PPND16), Appl. Statist. 37:477–484.
    public static func quantile(_ p: Double) -> Double {
        let q = p - 0.5
        if q.magnitude <= 0.425 {
            let r = 0.180625 - q * q
            return q * horner(Wichura.a, r) / horner(Wichura.b, r)
        }
        guard p > 0, p < 1 else {
            if p == 0 { return -.infinity }
            return p == 1 ? .infinity : .nan
        }
        let r = (-(q < 0 ? p : 1 - p).log()).squareRoot()
        let size =
            r <= 5
            ? horner(Wichura.c, r - 1.6) / horner(Wichura.d, r - 1.6)
            : horner(Wichura.e, r - 5) / horner(Wichura.f, r - 5)
        return q < 0 ? -size : size
    }

    private static func centre(_ z: Double) -> Double {
        let square = z.magnitude > 1.11e-16 ? z * z : 0
        var (above, below) = (Cody.a[4] * square, square)
        for i in 0..<3 {
            above = (above + Cody.a[i]) * square
            below = (below + Cody.b[i]) * square
        }
        return z * (above + Cody.a[3]) / (below + Cody.b[3])
    }

    private static func shoulder(_ y: Double) -> Double {
        var (above, below) = (Cody.c[8] * y, y)
        for i in 0..<7 {
            above = (above + Cody.c[i]) * y
            below = (below + Cody.d[i]) * y
        }
        return gaussian(y) * ((above + Cody.c[7]) / (below + Cody.d[7]))
    }

    private static func far(_ y: Double) -> Double {
        if y > 38.6 { return 0 }
        let square = 1 / (y * y)
        var (above, below) = (Cody.p[5] * square, square)
        for i in 0..<4 {
            above = (above + Cody.p[i]) * square
            below = (below + Cody.q[i]) * square
        }
        let correction = square * (above + Cody.p[4]) / (below + Cody.q[4])
        return gaussian(y) * ((0.398_942_280_401_432_677_94 - correction) / y)
    }

    /// exp(−y²/2) with the square split at sixteenths, so that its rounding does not grow with y.
    private static func gaussian(_ y: Double) -> Double {
        let coarse = (y * 16).rounded(.towardZero) / 16
        let rest = (y - coarse) * (y + coarse)
        return (-coarse * coarse * 0.5).exp() * (-rest * 0.5).exp()
    }

    private static func horner(_ coefficients: [Double], _ x: Double) -> Double {
        var sum = 0.0
        for c in coefficients.reversed() { sum = sum * x + c }
        return sum
    }
}
