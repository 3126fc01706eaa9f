// Proportional hazards: Cox's regression by Newton's method on the partial likelihood.

/// Cox (1972), J. R. Stat. Soc. B 34:187–220; ties by Efron's or Breslow's approximation.
public struct CoxRegression: Sendable, Hashable {
    public enum Ties: String, CaseIterable, Sendable { case efron, breslow }

    /// Logarithms of hazard ratios per unit of a covariate.
    public let coefficients: [Double]
    /// Inverse of the information at the coefficients.
    public let covariance: Matrix
    /// Partial log-likelihood without covariates and at the coefficients.
    public let nullLogLikelihood: Double
    public let logLikelihood: Double
    /// The score test at zero.
    public let scoreTest: Double
    /// Harrell's C of the linear predictor: of pairs whose order is known, the share that it orders rightly; ties of it count a half.
    public let concordance: Double
    public let eventCount: Int
    public let iterations: Int

    public var standardErrors: [Double] { coefficients.indices.map { covariance[$0, $0].squareRoot() } }
    /// Twice the gain in log-likelihood: χ² with as many degrees of freedom as covariates.
    public var likelihoodRatio: Double { 2 * (logLikelihood - nullLogLikelihood) }
    /// Two-sided, of each coefficient, by Wald's test.
    public var pValues: [Double] {
        zip(coefficients, standardErrors).map { 2 * NormalDistribution.cumulative(-($0 / $1).magnitude) }
    }

    /// The hazard ratio of a covariate and its limits.
    public func hazardRatio(_ covariate: Int, level: Double = 0.95) -> (ratio: Double, low: Double, high: Double) {
        let half = NormalDistribution.quantile(0.5 + level / 2) * standardErrors[covariate]
        let b = coefficients[covariate]
        return (b.exp(), (b - half).exp(), (b + half).exp())
    }

    /// - Parameters:
    ///   - covariates: a row a subject.
    ///   - strata: of each subject its stratum, with a baseline hazard of its own; nil for one.
    /// - Throws: ``SurvivalError``.
    public init(
        _ data: SurvivalTimes, covariates: Matrix, ties: Ties = .efron, strata: [Int]? = nil
    ) throws(SurvivalError) {
        guard covariates.rows == data.count else {
            throw .wrongCount(of: "rows of covariates", expected: data.count, found: covariates.rows)
        }
        if let strata, strata.count != data.count { throw .wrongCount(of: "strata", expected: data.count, found: strata.count) }
        guard covariates.columns > 0 else { throw .collinear }
        guard data.eventCount > 0 else { throw .noEvents }
        if let bad = covariates.elements.firstIndex(where: { !$0.isFinite }) {
            throw .badCovariate(subject: bad / covariates.columns, column: bad % covariates.columns)
        }
        let likelihood = PartialLikelihood(data, covariates, ties: ties, strata: strata)
        var b = [Double](repeating: 0, count: covariates.columns)
        var here = likelihood.evaluate(b)
        let start = here.information
        guard let first = try? Cholesky(start), Self.isRegular(start, first) else { throw .collinear }
        nullLogLikelihood = here.value
        scoreTest = ((try? first.solve(here.score)) ?? []).enumerated().reduce(0) { $0 + $1.element * here.score[$1.offset] }
        var iteration = 0
        while true {
            guard iteration < 50, let factor = try? Cholesky(here.information), let full = try? factor.solve(here.score) else {
                throw .noConvergence
            }
            iteration += 1
            // What Newton's step still promises, against the rounding of the likelihood.
            let promise = zip(full, here.score).reduce(0) { $0 + $1.0 * $1.1 }
            if promise <= 1e-18 * max(1, here.value.magnitude) { break }
            var (step, accepted) = (1.0, false)
            while !accepted, step > 1e-10 {
                let trial = zip(b, full).map { $0 + step * $1 }
                let there = likelihood.evaluate(trial)
                if there.value.isFinite, there.value >= here.value - 1e-13 * here.value.magnitude {
                    (b, here, accepted) = (trial, there, true)
                } else {
                    step /= 2
                }
            }
            guard accepted else { throw .noConvergence }
            if promise <= 1e-13 * max(1, here.value.magnitude) { break }
        }
        // Where a covariate separates the events its coefficient has no end, and the likelihood becomes flat on the way.
        guard let factor = try? Cholesky(here.information), Self.isRegular(here.information, factor),
            b.indices.allSatisfy({ here.information[$0, $0] > 1e-6 * start[$0, $0] })
        else { throw .noConvergence }
        (coefficients, covariance, logLikelihood, iterations) = (b, factor.inverse, here.value, iteration)
        eventCount = data.eventCount
        concordance = Concordance.harrell(data, risk: likelihood.predictors(b), strata: strata)
    }

    /// Whether no covariate's information is, beside what it shares with the others, only rounding.
    private static func isRegular(_ information: Matrix, _ factor: Cholesky) -> Bool {
        (0..<information.rows).allSatisfy { factor.lower[$0, $0] * factor.lower[$0, $0] > 1e-11 * information[$0, $0] }
    }
}
