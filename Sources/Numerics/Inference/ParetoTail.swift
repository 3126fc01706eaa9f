// The shape of the tail of importance weights: whether they can be trusted.

/// The generalised Pareto fit of Zhang and Stephens (2009), Technometrics 51:316–325, with the prior of Vehtari and others
/// (2024), JMLR 25:72, appendix.
enum ParetoTail {
    /// k̂ of the largest min(n/5, 3√n) weights; NaN when there are fewer than five in the tail.
    static func shape(_ logWeights: [Double]) -> Double {
        let usable = logWeights.filter(\.isFinite).sorted()
        let n = Double(usable.count)
        let size = Int(min(0.2 * n, 3 * n.squareRoot()))
        guard size >= 5, usable.count > size else { return .nan }
        let threshold = usable[usable.count - size - 1].exp()
        let excess = usable.suffix(size).map { $0.exp() - threshold }.filter { $0 > 0 }
        // All the largest weights equal: no tail at all.
        guard excess.count >= 5 else { return -.infinity }
        return fit(excess)
    }

    /// Profile posterior mean of the shape; `excess` ascending and positive.
    private static func fit(_ excess: [Double]) -> Double {
        let n = Double(excess.count)
        let quartile = excess[Int(n / 4 + 0.5) - 1]
        let largest = excess[excess.count - 1]
        let grid = 30 + Int(n.squareRoot())
        let thetas = (1...grid).map { (j: Int) -> Double in
            let spacing = (Double(grid) / (Double(j) - 0.5)).squareRoot()
            return 1 / largest + (1 - spacing) / (3 * quartile)
        }
        func shape(_ theta: Double) -> Double {
            excess.reduce(0) { $0 + (1 - theta * $1).log() } / n
        }
        let profile = thetas.map { theta -> Double in
            let k = shape(theta)
            return n * ((-theta / k).log() - k - 1)
        }
        var (sum, weighted) = (0.0, 0.0)
        let highest = profile.filter { !$0.isNaN }.max() ?? 0
        for (theta, value) in zip(thetas, profile) where !value.isNaN {
            let weight = (value - highest).exp()
            sum += weight
            weighted += weight * theta
        }
        let k = shape(weighted / sum)
        return (n * k + 5) / (n + 10)
    }
}
