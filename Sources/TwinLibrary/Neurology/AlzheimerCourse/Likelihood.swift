// What the visits say of a patient: the exact negative log posterior with its gradient and Hessian.
import Numerics
import Twins

/// The negative logarithm of the posterior of (ξ, τ, s₀ …), in nats, with every constant, so that it equals leaspy's.
///
/// Σ over observations [½((y−p)/σ)² + ln σ + ½ ln 2π] + priors ξ ~ N(0, xiSD), τ ~ N(tauMean, tauSD), s ~ N(0, 1), each with its
/// ln σ + ½ ln 2π. Missing features simply have no term.
struct CoursePosterior: NegativeLogPosterior {
    /// One measured feature at one visit.
    struct Observation: Sendable {
        let feature: Int
        /// Years.
        let age: Double
        /// Severity, 0 to 1.
        let severity: Double
    }

    let map: CourseMap
    let observations: [Observation]
    let names: [String]
    /// Everything that does not depend on the point.
    private let constant: Double
    private let priors: [(mean: Double, precision: Double)]

    init(map: CourseMap, observations: [Observation]) {
        self.map = map
        self.observations = observations
        names = ["xi", "tau"] + (0..<map.sourceCount).map { "sources_\($0)" }
        let spreads = [(0.0, map.xiSD), (map.tauMean, map.tauSD)] + (0..<map.sourceCount).map { _ in (0.0, 1.0) }
        priors = spreads.map { ($0.0, 1 / ($0.1 * $0.1)) }
        let halfLogTwoPi = 0.5 * (2 * Double.pi).log()
        let logs = map.noise.map { $0.log() + halfLogTwoPi }
        constant = observations.reduce(spreads.reduce(0) { $0 + $1.1.log() + halfLogTwoPi }) { $0 + logs[$1.feature] }
    }

    func value(_ point: [Double]) -> Double { values([point])[0] }

    func gradient(_ point: [Double]) -> [Double]? { derivatives(point).gradient }

    func hessian(_ point: [Double]) -> [Double]? { derivatives(point).hessian }

    /// Eight points side by side; a point's value does not depend on its neighbours (Numerics' N1).
    func values(_ points: [[Double]]) -> [Double] {
        var result = [Double](repeating: 0, count: points.count)
        var first = 0
        while first < points.count {
            let lanes = min(8, points.count - first)
            var columns = [DrawBlock](repeating: .zero, count: names.count)
            for lane in 0..<8 {
                let point = points[first + min(lane, lanes - 1)]
                for index in columns.indices { columns[index][lane] = point[index] }
            }
            let block = value(columns)
            for lane in 0..<lanes { result[first + lane] = block[lane] }
            first += lanes
        }
        return result
    }

    private func value(_ point: [DrawBlock]) -> DrawBlock {
        var total = DrawBlock(repeating: constant)
        for (value, prior) in zip(point, priors) {
            let distance = value - DrawBlock(repeating: prior.mean)
            total = total + distance * distance * DrawBlock(repeating: 0.5 * prior.precision)
        }
        let pace = point[0].exp()
        let offsets = (0..<map.featureCount).map { map.offset($0, sources: point[2...]) }
        for observation in observations {
            let k = observation.feature
            let time = pace * (DrawBlock(repeating: observation.age) - point[1])
            let predicted = (time * DrawBlock(repeating: map.rate[k]) + offsets[k]).logistic()
            let residual = (DrawBlock(repeating: observation.severity) - predicted) / DrawBlock(repeating: map.noise[k])
            total = total + residual * residual * DrawBlock(repeating: 0.5)
        }
        return total
    }

    /// Gradient, and the Hessian row by row.
    ///
    /// With η the logit: ∂η/∂ξ = a·rt, ∂η/∂τ = −a·e^ξ, ∂η/∂s = G·A; the only second derivatives are ∂²η/∂ξ² = a·rt and ∂²η/∂ξ∂τ = −a·e^ξ.
    private func derivatives(_ point: [Double]) -> (gradient: [Double], hessian: [Double]) {
        let n = names.count
        var gradient = [Double](repeating: 0, count: n)
        var hessian = [Double](repeating: 0, count: n * n)
        for index in 0..<n {
            gradient[index] = (point[index] - priors[index].mean) * priors[index].precision
            hessian[index * n + index] = priors[index].precision
        }
        let pace = point[0].exp()
        let sources = point[2...]
        let offsets = (0..<map.featureCount).map { map.offset($0, sources: sources) }
        var direction = [Double](repeating: 0, count: n)
        for observation in observations {
            let k = observation.feature
            let time = pace * (observation.age - point[1])
            let p = (map.rate[k] * time + offsets[k]).logistic()
            let slope = p * (1 - p)
            let precision = 1 / (map.noise[k] * map.noise[k])
            let residual = observation.severity - p
            let first = -residual * slope * precision
            let second = (slope * slope - residual * slope * (1 - 2 * p)) * precision
            direction[0] = map.rate[k] * time
            direction[1] = -map.rate[k] * pace
            for source in 0..<map.sourceCount { direction[2 + source] = map.sourceRate[k][source] }
            for row in 0..<n {
                gradient[row] += first * direction[row]
                for column in 0..<n { hessian[row * n + column] += second * direction[row] * direction[column] }
            }
            hessian[0] += first * direction[0]
            hessian[1] += first * direction[1]
            hessian[n] += first * direction[1]
        }
        return (gradient, hessian)
    }
}
