// Counts of neutrophils under normal errors of their logarithms, and normal priors of the parameters' logarithms: what two twins learn from.
import Twins

/// What a negative log posterior is made of where parameters and counts are log-normal; constants left out.
struct LogCounts: Sendable {
    /// Of the logarithms of the parameters: prior medians' logarithms, and standard deviations.
    let centres: [Double]
    let scales: [Double]
    /// Logarithms of the counts measured, 10⁹/L, and the standard deviation of their error.
    let measured: [Double]
    let noise: Double
    /// 10⁹/L: of fewer cells than this a count says no more.
    var least = 0.0

    /// At a point, from the counts predicted there, 10⁹/L.
    func value(_ point: [Double], predicted: [Double]) -> Double {
        var sum = prior(point)
        for (count, measured) in zip(predicted, measured) {
            let z = residual(count, measured)
            sum += z * z / 2
        }
        return sum.isNaN ? .infinity : sum
    }

    /// The same with gradient and Fisher's information, from the counts and how each changes with the point's numbers.
    func expansion(_ point: [Double], predicted: [(value: Double, slopes: [Double])]) -> PosteriorExpansion {
        let count = point.count
        var gradient = point.indices.map { (point[$0] - centres[$0]) / (scales[$0] * scales[$0]) }
        var hessian = [Double](repeating: 0, count: count * count)
        for i in 0..<count { hessian[(count + 1) * i] = 1 / (scales[i] * scales[i]) }
        for (found, measured) in zip(predicted, measured) where found.value > least {
            let z = residual(found.value, measured)
            let slopes = found.slopes.map { $0 / (found.value * noise) }
            for i in 0..<count {
                gradient[i] += z * slopes[i]
                for j in 0..<count { hessian[count * i + j] += slopes[i] * slopes[j] }
            }
        }
        return PosteriorExpansion(value: value(point, predicted: predicted.map(\.value)), gradient: gradient, hessian: hessian)
    }

    private func residual(_ count: Double, _ measured: Double) -> Double { ((count < least ? least : count).log() - measured) / noise }

    private func prior(_ point: [Double]) -> Double {
        point.indices.reduce(0) { sum, i in
            let z = (point[i] - centres[i]) / scales[i]
            return sum + z * z / 2
        }
    }
}
