// Cox's partial log-likelihood, its score and its information.

/// The likelihood of who has the event at each time, given who was at risk.
struct PartialLikelihood {
    private let data: SurvivalTimes
    /// Centred on their means: ratios of hazards do not change, and exponentials stay small.
    private let covariates: Matrix
    private let ties: CoxRegression.Ties
    /// Within each stratum groups of one time, the latest first.
    private let groups: [[[Int]]]

    init(_ data: SurvivalTimes, _ covariates: Matrix, ties: CoxRegression.Ties, strata: [Int]?) {
        var centred = covariates
        for column in 0..<covariates.columns {
            let mean = Statistics.mean(covariates.column(column))
            for row in 0..<covariates.rows { centred[row, column] -= mean }
        }
        (self.data, self.covariates, self.ties) = (data, centred, ties)
        let all = Array(0..<data.count)
        groups = Set(strata ?? [0]).sorted().map { stratum in
            data.tiedGroups(of: all.filter { (strata?[$0] ?? 0) == stratum }).reversed()
        }
    }

    /// The linear predictor of each subject.
    func predictors(_ b: [Double]) -> [Double] {
        (0..<covariates.rows).map { subject in
            b.indices.reduce(0) { $0 + b[$1] * covariates[subject, $1] }
        }
    }

    struct Value {
        var value = 0.0
        var score: [Double]
        var information: Matrix
    }

    /// Sums over those at risk: Σw, Σw·x, Σw·x·xᵀ.
    private struct Moments {
        var weight = 0.0
        var first: [Double]
        var second: Matrix

        init(_ size: Int) {
            first = [Double](repeating: 0, count: size)
            second = Matrix(rows: size, columns: size)
        }

        mutating func add(_ weight: Double, _ x: ArraySlice<Double>) {
            self.weight += weight
            for (i, a) in x.enumerated() {
                first[i] += weight * a
                for (j, b) in x.enumerated() { second[i, j] += weight * a * b }
            }
        }
    }

    func evaluate(_ b: [Double]) -> Value {
        let size = b.count
        let predictors = predictors(b)
        var result = Value(score: [Double](repeating: 0, count: size), information: Matrix(rows: size, columns: size))
        for stratum in groups {
            var atRisk = Moments(size)
            for tied in stratum {
                var dying = Moments(size)
                let events = tied.filter { data.isEvent[$0] }
                for subject in tied { atRisk.add(predictors[subject].exp(), covariates.row(subject)) }
                for subject in events {
                    dying.add(predictors[subject].exp(), covariates.row(subject))
                    result.value += predictors[subject]
                    for i in 0..<size { result.score[i] += covariates[subject, i] }
                }
                for place in events.indices {
                    // Efron: of those who die together the later ones are at risk by the share that is left of them.
                    let share = ties == .efron ? Double(place) / Double(events.count) : 0
                    let weight = atRisk.weight - share * dying.weight
                    result.value -= weight.log()
                    let means = (0..<size).map { (atRisk.first[$0] - share * dying.first[$0]) / weight }
                    for i in 0..<size {
                        result.score[i] -= means[i]
                        for j in 0..<size {
                            let product = (atRisk.second[i, j] - share * dying.second[i, j]) / weight
                            result.information[i, j] += product - means[i] * means[j]
                        }
                    }
                }
            }
        }
        return result
    }
}
