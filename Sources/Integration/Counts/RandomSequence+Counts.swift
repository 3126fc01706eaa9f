// Poisson and binomial deviates, exact: inversion where the mean is small, transformed rejection where it is not.

extension RandomSequence {
    /// A Poisson deviate; 0 for a mean of 0. Negative, infinite and NaN means are a mistake of the caller, as are those above 10¹⁵.
    ///
    /// Means below 10: inversion, one uniform. Others: PTRS of Hörmann (1993), The transformed rejection method for generating Poisson
    /// random variables, Insurance: Mathematics and Economics 12:39–45; about 2.4 uniforms.
    public mutating func poisson(mean: Double) -> Int {
        precondition(mean >= 0 && mean <= 1e15, "a Poisson mean lies between 0 and 10¹⁵")
        if mean < 10 { return smallPoisson(mean) }
        let b = 0.931 + 2.53 * mean.squareRoot()
        let a = -0.059 + 0.02483 * b
        let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
        let accepted = 0.9277 - 3.6224 / (b - 2)
        let logMean = mean.log()
        while true {
            let u = uniform() - 0.5
            let v = uniform()
            let us = 0.5 - u.magnitude
            let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
            if us >= 0.07, v <= accepted { return Int(k) }
            if k < 0 || (us < 0.013 && v > us) { continue }
            let height = v.log() + inverseAlpha.log() - (a / (us * us) + b).log()
            if height <= k * logMean - mean - Self.logFactorial(k) { return Int(k) }
        }
    }

    private mutating func smallPoisson(_ mean: Double) -> Int {
        var rest = uniform()
        var probability = (-mean).exp()
        var k = 0
        // The sum of all probabilities stops short of 1 by rounding; past 200 nothing is left to add.
        while rest > probability, k < 200 {
            rest -= probability
            k += 1
            probability *= mean / Double(k)
        }
        return k
    }

    /// A binomial deviate: successes among `count` trials.
    ///
    /// Means below 10: inversion, one uniform. Others: BTRS of Hörmann (1993), The generation of binomial random variates, J. Statist.
    /// Comput. Simul. 46:101–110. Probabilities above ½ are those of failure, mirrored.
    public mutating func binomial(count: Int, probability: Double) -> Int {
        precondition(count >= 0 && probability >= 0 && probability <= 1, "a binomial deviate needs a count and a probability")
        if probability > 0.5 { return count - binomial(count: count, probability: 1 - probability) }
        let n = Double(count)
        if n * probability < 10 { return smallBinomial(n, probability) }
        let odds = probability / (1 - probability)
        let spread = (n * probability * (1 - probability)).squareRoot()
        let b = 1.15 + 2.53 * spread
        let a = -0.0873 + 0.0248 * b + 0.01 * probability
        let centre = n * probability + 0.5
        let accepted = 0.92 - 4.2 / b
        let alpha = (2.83 + 5.1 / b) * spread
        let mode = ((n + 1) * probability).rounded(.down)
        let atMode = Self.logFactorial(mode) + Self.logFactorial(n - mode)
        while true {
            let u = uniform() - 0.5
            let v = uniform()
            let us = 0.5 - u.magnitude
            let k = ((2 * a / us + b) * u + centre).rounded(.down)
            if k < 0 || k > n { continue }
            if us >= 0.07, v <= accepted { return Int(k) }
            let height = (v * alpha / (a / (us * us) + b)).log()
            if height <= atMode - Self.logFactorial(k) - Self.logFactorial(n - k) + (k - mode) * odds.log() { return Int(k) }
        }
    }

    private mutating func smallBinomial(_ n: Double, _ p: Double) -> Int {
        var rest = uniform()
        var probability = (n * (1 - p).log()).exp()
        var k = 0.0
        while rest > probability, k < n, k < 200 {
            rest -= probability
            probability *= (n - k) / (k + 1) * (p / (1 - p))
            k += 1
        }
        return Int(k)
    }

    /// ln k! for a whole k, to 1e-10 absolutely where k is below 10⁵: products up to 9, Stirling's series beyond.
    static func logFactorial(_ k: Double) -> Double {
        if k < 10 {
            var product = 1.0
            var factor = 2.0
            while factor <= k {
                product *= factor
                factor += 1
            }
            return product.log()
        }
        let n = k + 1
        let square = 1 / (n * n)
        let series = (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260))) / n
        return (n - 0.5) * n.log() - n + 0.918_938_533_204_672_741_780 + series
    }
}
