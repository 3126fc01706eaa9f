// The rate of a solver at a given error: how two solvers are compared.

import Foundation

enum MatchedRate {
    /// Trajectories a second at a median error, from a sweep; nil where the sweep does not enclose it: nothing is extrapolated.
    ///
    /// Between two neighbouring points that enclose the error, the logarithm of the rate is linear in the logarithm of the error; where
    /// several pairs enclose it, the highest rate counts.
    static func rate(_ points: [SolverPoint], at error: Double) -> Double? {
        zip(points, points.dropFirst()).compactMap { one, other in
            let (a, b) = (one.medianError, other.medianError)
            guard a != b, min(a, b) > 0, min(a, b) <= error, error <= max(a, b), max(a, b) < .infinity else { return nil }
            let share = log(error / a) / log(b / a)
            return pow(one.trajectoriesPerSecond, 1 - share) * pow(other.trajectoriesPerSecond, share)
        }.max()
    }
}
