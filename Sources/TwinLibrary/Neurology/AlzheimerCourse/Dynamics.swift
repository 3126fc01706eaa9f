// The course map: logistic curves of several features along one disease time, as leaspy's logistic model has them.
import Numerics
import Twins

/// A fitted population of logistic courses: y_k = σ(G_k·(v0_k·rt + w_k) − log g_k) with rt = e^ξ·(t − τ) and w = A·s.
///
/// Every y runs from 0 (healthy) to 1 (worst). Source: leaspy 2.1.0 (its code, not its documentation, which puts w elsewhere);
/// Koval et al. 2021, Sci Rep 11:8020. Also the engine of other course maps, so it knows nothing of Alzheimer's disease.
///
/// - Invariant A1: the mixing matrix A is computed from the betas by Householder's reflection, so that its columns are orthogonal
///   to the direction of speed in the metric; a matrix shipped beside the parameters is never used.
struct CourseMap: Sendable {
    let featureCount: Int
    let sourceCount: Int
    /// log g_k.
    let logG: [Double]
    /// G_k·v0_k, 1/year: what one year of disease time adds to the logit.
    let rate: [Double]
    /// A, a row a feature.
    let mixing: [[Double]]
    /// G_k·A_kj: what one unit of a source adds to the logit.
    let sourceRate: [[Double]]
    /// Residual standard deviation of each feature, severity.
    let noise: [Double]
    let tauMean: Double
    let tauSD: Double
    let xiSD: Double

    /// A map from the parameters that leaspy stores. `betas` has featureCount − 1 rows; none when there are no sources.
    init(
        logG: [Double], logSpeed: [Double], betas: [[Double]], noise: [Double], tauMean: Double, tauSD: Double, xiSD: Double
    ) {
        let g = logG.map { $0.exp() }
        let speed = logSpeed.map { $0.exp() }
        let metric = g.map { ($0 + 1) * ($0 + 1) / $0 }
        let mixing = Self.mixing(metric: metric, speed: speed, betas: betas)
        featureCount = logG.count
        sourceCount = betas.first?.count ?? 0
        self.logG = logG
        rate = zip(metric, speed).map { $0 * $1 }
        self.mixing = mixing
        sourceRate = zip(metric, mixing).map { scale, row in row.map { scale * $0 } }
        self.noise = noise
        self.tauMean = tauMean
        self.tauSD = tauSD
        self.xiSD = xiSD
    }

    /// A = B·betas, B the reflection that turns the metric's speed onto the first axis, without its first column (A1).
    static func mixing(metric: [Double], speed: [Double], betas: [[Double]]) -> [[Double]] {
        let sources = betas.first?.count ?? 0
        let u = zip(metric, speed).map { $0 * $0 * $1 }
        guard sources > 0, let first = u.first else { return u.map { _ in [] } }
        let length = u.reduce(0) { $0 + $1 * $1 }.squareRoot()
        var normal = u
        normal[0] += first < 0 ? -length : length
        let size = normal.reduce(0) { $0 + $1 * $1 }.squareRoot()
        normal = normal.map { $0 / size }
        return u.indices.map { row in
            (0..<sources).map { source in
                var sum = 0.0
                for (index, beta) in betas.enumerated() {
                    let basis = (row == index + 1 ? 1.0 : 0) - 2 * normal[row] * normal[index + 1]
                    sum += basis * beta[source]
                }
                return sum
            }
        }
    }

    /// The part of a feature's logit that does not depend on time: G_k·(A·s)_k − log g_k.
    func offset(_ feature: Int, sources: some Collection<Double>) -> Double {
        var sum = -logG[feature]
        for (rate, source) in zip(sourceRate[feature], sources) { sum += rate * source }
        return sum
    }

    /// The same for eight draws side by side.
    func offset(_ feature: Int, sources: some Collection<DrawBlock>) -> DrawBlock {
        var sum = DrawBlock(repeating: -logG[feature])
        for (rate, source) in zip(sourceRate[feature], sources) { sum = sum + source * DrawBlock(repeating: rate) }
        return sum
    }

    /// Severity of a feature at an age, 0 to 1.
    func severity(_ feature: Int, age: Double, xi: Double, tau: Double, sources: some Collection<Double>) -> Double {
        (rate[feature] * (xi.exp() * (age - tau)) + offset(feature, sources: sources)).logistic()
    }

    /// Age at which a feature reaches a severity: the closed form's inverse. The level must lie between 0 and 1.
    func age(feature: Int, severity: Double, xi: Double, tau: Double, sources: some Collection<Double>) -> Double {
        let logit = (severity / (1 - severity)).log()
        return tau + (logit - offset(feature, sources: sources)) / (rate[feature] * xi.exp())
    }
}
