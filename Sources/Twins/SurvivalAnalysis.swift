// Survival of subjects in groups: curves of groups, their comparison, and Cox's regression, as values to show.
import Numerics

/// Curves, log-rank test and Cox regression of one set of subjects.
public struct SurvivalAnalysis: Hashable, Sendable {
    /// A group and its curve; times in the table's own unit.
    public struct Group: Hashable, Sendable {
        public var name: String
        public var count: Int
        public var events: Int
        /// When half are left, with 95 % limits; nil where not reached.
        public var median: Double?
        public var medianLow: Double?
        public var medianHigh: Double?
        public var points: [Point]
        let curve: KaplanMeier

        public func atRisk(at time: Double) -> Int { curve.atRisk(at: time) }
    }

    /// What happens at one time of a group.
    public struct Point: Hashable, Sendable {
        public var time: Double
        public var atRisk: Int
        public var events: Int
        public var censored: Int
        public var survival: Double
        /// 95 %, symmetric on the scale of the logarithm; nil where none is left.
        public var low: Double?
        public var high: Double?
    }

    /// Whether the groups survive alike.
    public struct Test: Hashable, Sendable {
        public var chiSquare: Double
        public var degreesOfFreedom: Int
        public var pValue: Double
        /// Of each group, in their order.
        public var expected: [Double]
    }

    /// Cox's regression; hazard ratios with 95 % limits.
    public struct Regression: Hashable, Sendable {
        public struct Row: Hashable, Sendable {
            public var name: String
            public var coefficient: Double
            public var standardError: Double
            public var ratio: Double
            public var low: Double
            public var high: Double
            public var pValue: Double
        }
        public var rows: [Row]
        public var ties: String
        public var nullLogLikelihood: Double
        public var logLikelihood: Double
        public var likelihoodRatioP: Double
        public var concordance: Double
        /// Of columns of words: which word the others are compared with.
        public var references: [String]
    }

    public let count: Int
    public let events: Int
    public let groups: [Group]
    /// Nil with one group.
    public let test: Test?
    public let regression: Regression?

    /// A column that hazards may depend on: numbers as they are, words as indicators beside the alphabetically first.
    public enum Covariate: Hashable, Sendable {
        case numbers(name: String, [Double])
        case words(name: String, [String])
    }

    /// - Parameters:
    ///   - groups: of each subject its group's name; nil for all in one.
    ///   - breslowTies: Breslow's approximation of ties instead of Efron's.
    /// - Throws: ``SurvivalAnalysisFailure``.
    public init(
        times: [Double], isEvent: [Bool], groups names: [String]?, covariates: [Covariate] = [], breslowTies: Bool = false
    ) throws(SurvivalAnalysisFailure) {
        do {
            let data = try SurvivalTimes(times: times, isEvent: isEvent)
            let labels = names ?? times.map { _ in "all" }
            let levels = Set(labels).sorted()
            groups = try levels.map { level in
                let members = labels.indices.filter { labels[$0] == level }
                return Group(level, try SurvivalTimes(times: members.map { times[$0] }, isEvent: members.map { isEvent[$0] }))
            }
            count = data.count
            events = data.eventCount
            let places = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, $0) })
            test = levels.count > 1 ? Test(try LogRank(data, groups: labels.map { places[$0] ?? 0 })) : nil
            regression = covariates.isEmpty ? nil : try Regression(data, covariates, ties: breslowTies ? .breslow : .efron)
        } catch { throw SurvivalAnalysisFailure(message: "\(error)") }
    }
}

/// Why the table's survival could not be analysed, in words.
public struct SurvivalAnalysisFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public var message: String
    public var description: String { message }
}

extension SurvivalAnalysis.Group {
    fileprivate init(_ name: String, _ data: SurvivalTimes) {
        let curve = KaplanMeier(data)
        let median = curve.median()
        self.init(
            name: name, count: data.count, events: data.eventCount, median: median.time, medianLow: median.low, medianHigh: median.high,
            points: curve.steps.map { step in
                let interval = KaplanMeier.interval(step)
                return SurvivalAnalysis.Point(
                    time: step.time, atRisk: step.atRisk, events: step.events, censored: step.censored, survival: step.survival,
                    low: interval?.lowerBound, high: interval?.upperBound)
            }, curve: curve)
    }
}

extension SurvivalAnalysis.Test {
    fileprivate init(_ test: LogRank) {
        self.init(
            chiSquare: test.chiSquare, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue, expected: test.expected)
    }
}

extension SurvivalAnalysis.Regression {
    fileprivate init(
        _ data: SurvivalTimes, _ covariates: [SurvivalAnalysis.Covariate], ties: CoxRegression.Ties
    ) throws(SurvivalError) {
        var (names, columns, references): ([String], [[Double]], [String]) = ([], [], [])
        for covariate in covariates {
            switch covariate {
            case .numbers(let name, let values):
                names.append(name)
                columns.append(values)
            case .words(let name, let words):
                let levels = Set(words).sorted()
                references.append("\(name): \(levels.first ?? "")")
                for level in levels.dropFirst() {
                    names.append("\(name) = \(level)")
                    columns.append(words.map { $0 == level ? 1 : 0 })
                }
            }
        }
        var matrix = Matrix(rows: data.count, columns: columns.count)
        for (place, column) in columns.enumerated() {
            guard column.count == data.count else {
                throw .wrongCount(of: "values of «\(names[place])»", expected: data.count, found: column.count)
            }
            for (row, value) in column.enumerated() { matrix[row, place] = value }
        }
        let fit = try CoxRegression(data, covariates: matrix, ties: ties)
        let (errors, pValues) = (fit.standardErrors, fit.pValues)
        self.init(
            rows: names.indices.map { place in
                let hazard = fit.hazardRatio(place)
                return Row(
                    name: names[place], coefficient: fit.coefficients[place], standardError: errors[place], ratio: hazard.ratio,
                    low: hazard.low, high: hazard.high, pValue: pValues[place])
            }, ties: ties.rawValue, nullLogLikelihood: fit.nullLogLikelihood, logLikelihood: fit.logLikelihood,
            likelihoodRatioP: ChiSquareDistribution.upper(fit.likelihoodRatio, degreesOfFreedom: names.count),
            concordance: fit.concordance, references: references)
    }
}
