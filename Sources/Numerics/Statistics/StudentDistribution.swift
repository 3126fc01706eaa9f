// Student's t: two-sided probabilities, by the incomplete beta function.

/// The t distribution.
public enum StudentDistribution {
    /// P(|T| ≥ |t|) for a number of degrees of freedom, to 1e-12 relative up to 1,000 of them; NaN for NaN or none.
    public static func twoSided(_ t: Double, degreesOfFreedom: Double) -> Double {
        guard degreesOfFreedom > 0, !t.isNaN else { return .nan }
        guard t.isFinite else { return 0 }
        let whole = degreesOfFreedom + t * t
        return IncompleteBeta.regularised(degreesOfFreedom / whole, complement: t * t / whole, degreesOfFreedom / 2, 0.5)
    }
}

/// The incomplete beta function.
public enum IncompleteBeta {
    /// Iₓ(a, b), for 0 ≤ x ≤ 1 and positive a, b; `complement` is 1 − x, given apart so that neither loses digits.
    ///
    /// The continued fraction of DLMF 8.17.22 by Lentz's method, on the side of the mean where it converges fast.
    public static func regularised(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> Double {
        guard a > 0, b > 0, x >= 0, complement >= 0 else { return .nan }
        if x == 0 || complement == 0 { return x == 0 ? 0 : 1 }
        let lead =
            a * x.log() + b * complement.log() + GammaFunction.logarithm(a + b) - GammaFunction.logarithm(a)
            - GammaFunction.logarithm(b)
        if x < (a + 1) / (a + b + 2) { return lead.exp() * fraction(x, a, b) / a }
        return 1 - lead.exp() * fraction(complement, b, a) / b
    }

    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let least = 1e-300
        func away(_ value: Double) -> Double { value.magnitude < least ? least : value }
        var c = 1.0
        var d = 1 / away(1 - (a + b) * x / (a + 1))
        var result = d
        for m in 1...10_000 {
            let m = Double(m)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / away(1 + even * d)
            c = away(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / away(1 + odd * d)
            c = away(1 + odd / c)
            result *= d * c
            if (d * c - 1).magnitude < 1e-15 { break }
        }
        return result
    }
}
