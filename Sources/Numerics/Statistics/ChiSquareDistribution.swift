// The chi-square distribution: upper tail probabilities, by the incomplete gamma function.

public enum ChiSquareDistribution {
    /// P(X ≥ x) for a number of degrees of freedom, to 1e-12 relative up to 1,000 of them; NaN for NaN or none.
    public static func upper(_ x: Double, degreesOfFreedom: Int) -> Double {
        guard degreesOfFreedom > 0, !x.isNaN else { return .nan }
        if x <= 0 { return 1 }
        guard x.isFinite else { return 0 }
        let (a, half) = (Double(degreesOfFreedom) / 2, x / 2)
        let lead = (a * half.log() - half - GammaFunction.logarithm(a)).exp()
        return half < a + 1 ? 1 - lead * series(a, half) : lead * fraction(a, half)
    }

    /// Σ xⁿ/(a·(a + 1) … (a + n)).
    private static func series(_ a: Double, _ x: Double) -> Double {
        var (term, sum, next) = (1 / a, 1 / a, a)
        while term > 1e-17 * sum {
            next += 1
            term *= x / next
            sum += term
        }
        return sum
    }

    /// The continued fraction of DLMF 8.9.2 by Lentz's method.
    private static func fraction(_ a: Double, _ x: Double) -> Double {
        var b = x + 1 - a
        var c = 1e300
        var d = 1 / b
        var result = d
        for n in 1...10_000 {
            let n = Double(n)
            let step = -n * (n - a)
            b += 2
            d = 1 / (step * d + b)
            c = b + step / c
            result *= d * c
            if (d * c - 1).magnitude < 1e-15 { break }
        }
        return result
    }
}
