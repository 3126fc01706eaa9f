// Survival times that covariates stretch: Weibull and log-normal regression by maximum likelihood.

/// ln(time) = b·x + σ·W, with W of the smallest extreme value (Weibull) or normal (log-normal): R's `survreg`.
public struct AcceleratedFailure: Sendable, Hashable {
    public enum Distribution: String, CaseIterable, Sendable { case weibull, logNormal = "log-normal" }

    public let distribution: Distribution
    /// The intercept first, then one a covariate.
    public let coefficients: [Double]
    /// σ.
    public let scale: Double
    /// Of the times themselves.
    public let logLikelihood: Double
    /// Of the coefficients and ln σ.
    public let covariance: Matrix

    public var standardErrors: [Double] { coefficients.indices.map { covariance[$0, $0].squareRoot() } }

    /// - Parameter covariates: a row a subject, without a column for the intercept; no column for a distribution alone.
    /// - Throws: ``SurvivalError``; times must be positive.
    public init(_ data: SurvivalTimes, covariates: Matrix, distribution: Distribution) throws(SurvivalError) {
        guard covariates.rows == data.count else {
            throw .wrongCount(of: "rows of covariates", expected: data.count, found: covariates.rows)
        }
        guard data.eventCount > 0 else { throw .noEvents }
        if let bad = data.times.firstIndex(where: { $0 <= 0 }) { throw .badTime(subject: bad, time: data.times[bad]) }
        if let bad = covariates.elements.firstIndex(where: { !$0.isFinite }) {
            throw .badCovariate(subject: bad / covariates.columns, column: bad % covariates.columns)
        }
        let logTimes = data.times.map { $0.log() }
        let size = covariates.columns + 2
        func rows(_ point: [Double], _ body: (_ x: [Double], _ z: Double, _ isEvent: Bool) -> Void) {
            for subject in 0..<data.count {
                let x = [1] + covariates.row(subject)
                let line = x.indices.reduce(0) { $0 + point[$1] * x[$1] }
                body(x, (logTimes[subject] - line) / point[size - 1].exp(), data.isEvent[subject])
            }
        }
        let start = [Statistics.mean(logTimes)] + [Double](repeating: 0, count: size - 1)
        let mode = try? MaximumAPosteriori.minimise(
            start: start,
            hessian: { point in
                let sigma = point[size - 1].exp()
                var matrix = Matrix(rows: size, columns: size)
                rows(point) { x, z, isEvent in
                    let d = Self.derivatives(distribution, z, isEvent)
                    for i in x.indices {
                        for j in x.indices { matrix[i, j] -= d.second * x[i] * x[j] / (sigma * sigma) }
                        let mixed = (d.second * z + d.first) * x[i] / sigma
                        matrix[i, size - 1] -= mixed
                        matrix[size - 1, i] -= mixed
                    }
                    matrix[size - 1, size - 1] -= d.second * z * z + d.first * z
                }
                return matrix
            },
            objective: { point, gradient in
                let sigma = point[size - 1].exp()
                var value = 0.0
                for i in gradient.indices { gradient[i] = 0 }
                rows(point) { x, z, isEvent in
                    let d = Self.derivatives(distribution, z, isEvent)
                    value -= d.value - (isEvent ? point[size - 1] : 0)
                    for i in x.indices { gradient[i] += d.first * x[i] / sigma }
                    gradient[size - 1] += d.first * z + (isEvent ? 1 : 0)
                }
                return value
            })
        guard let mode else { throw .noConvergence }
        guard mode.converged else { throw .noConvergence }
        guard let factor = try? Cholesky(mode.hessian) else { throw .collinear }
        self.distribution = distribution
        coefficients = Array(mode.point.dropLast())
        scale = mode.point[size - 1].exp()
        logLikelihood = -mode.value - zip(logTimes, data.isEvent).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
        covariance = factor.inverse
    }

    /// The log density of W at an event, its log survival at a censoring, with two derivatives.
    private static func derivatives(
        _ distribution: Distribution, _ z: Double, _ isEvent: Bool
    ) -> (value: Double, first: Double, second: Double) {
        switch distribution {
        case .weibull:
            let power = z.exp()
            return isEvent ? (z - power, 1 - power, -power) : (-power, -power, -power)
        case .logNormal:
            if isEvent { return (NormalDistribution.logDensity(z), -z, -1) }
            // Beyond 30 the hazard is z + 1/z to the last digit that counts.
            let left = NormalDistribution.cumulative(-z)
            let hazard = z < 30 ? (NormalDistribution.logDensity(z)).exp() / left : z + 1 / z
            let value = z < 30 ? left.log() : NormalDistribution.logDensity(z) - hazard.log()
            return (value, -hazard, -hazard * (hazard - z))
        }
    }
}
