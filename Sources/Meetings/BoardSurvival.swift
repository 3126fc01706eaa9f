// The board's own patients after its decisions: curves of progression-free time, their comparison, and the forecast beside them.
import Twins

/// Kaplan–Meier curves of a cohort in groups, the log-rank test, Cox's hazard ratio, and what the board's draws had forecast.
public struct BoardSurvival: Sendable {
    /// A figure, or the reason why there is none, in words.
    public enum Figure<Value: Sendable>: Sendable {
        case value(Value)
        case none(String)

        public var value: Value? { if case .value(let value) = self { value } else { nil } }
        public var reason: String? { if case .none(let reason) = self { reason } else { nil } }
    }

    /// How often progression comes in the second group beside the first, by Cox's regression with Efron's ties.
    public struct HazardRatio: Hashable, Sendable {
        public var group: String
        public var beside: String
        public var ratio: Double
        public var low: Double
        public var high: Double
        public var pValue: Double
    }

    public let cohort: BoardCohort
    public let grouping: BoardCohort.Grouping
    /// By name; times in days.
    public let groups: [SurvivalAnalysis.Group]
    public let test: Figure<SurvivalAnalysis.Test>
    public let hazardRatio: Figure<HazardRatio>

    /// Below this many events a figure is hardly more than an anecdote: the rule of thumb for Cox's regression.
    ///
    /// Source: P. Peduzzi et al., J. Clin. Epidemiol. 48 (1995) 1503–1510: ten events for each covariate.
    public static let fewEvents = 10
    public var hasFewEvents: Bool { cohort.events < Self.fewEvents }

    public init(_ cohort: BoardCohort, by grouping: BoardCohort.Grouping) {
        self.cohort = cohort
        self.grouping = grouping
        let times = cohort.members.map { Double($0.outcome.time.days) }
        let isEvent = cohort.members.map(\.outcome.time.isEvent)
        let labels = cohort.groups(grouping)
        let names = Set(labels).sorted()
        groups = names.compactMap { name in
            let mine = labels.indices.filter { labels[$0] == name }
            let alone = try? SurvivalAnalysis(
                times: mine.map { times[$0] }, isEvent: mine.map { isEvent[$0] }, groups: mine.map { _ in name })
            return alone?.groups.first
        }
        guard names.count > 1 else {
            (test, hazardRatio) = (.none("one group: there is nothing to compare"), .none("one group: there is nothing to compare"))
            return
        }
        guard isEvent.contains(true) else {
            (test, hazardRatio) = (.none("nobody has progressed yet"), .none("nobody has progressed yet"))
            return
        }
        do {
            let both = try SurvivalAnalysis(times: times, isEvent: isEvent, groups: labels)
            test = both.test.map { .value($0) } ?? .none("one group: there is nothing to compare")
        } catch { test = .none(Self.notTogether) }
        hazardRatio = Self.ratio(times, isEvent, labels, names, groups)
    }

    private static let notTogether = "at no progression were patients of both groups still at risk"

    private static func ratio(
        _ times: [Double], _ isEvent: [Bool], _ labels: [String], _ names: [String], _ groups: [SurvivalAnalysis.Group]
    ) -> Figure<HazardRatio> {
        guard names.count == 2 else { return .none("a ratio needs two groups; here are \(names.count)") }
        if let none = groups.first(where: { $0.events == 0 }) {
            return .none("nobody progressed in «\(none.name)»: the ratio has no end")
        }
        do {
            let fit = try SurvivalAnalysis(
                times: times, isEvent: isEvent, groups: nil,
                covariates: [.numbers(name: names[1], labels.map { $0 == names[1] ? 1 : 0 })])
            guard let row = fit.regression?.rows.first else { return .none("Cox's regression gives none") }
            return .value(
                HazardRatio(
                    group: names[1], beside: names[0], ratio: row.ratio, low: row.low, high: row.high, pValue: row.pValue))
        } catch {
            return .none("the groups follow one another in time so that the ratio has no end (\(error))")
        }
    }

    /// The last day on which anybody was looked at.
    public var lastDay: Int { cohort.members.map(\.outcome.time.days).max() ?? 0 }

    /// The forecast's share without progression over the patients who have a forecast, day by day as far as all their draws reach and
    /// anybody was followed; empty without any.
    public var forecast: (days: [Double], free: [Double]) {
        let forecasts = cohort.forecasts
        guard let horizon = forecasts.map(\.horizon).min(), lastDay > 0 else { return ([], []) }
        let days = (0...lastDay).map(Double.init).filter { $0 <= horizon }
        return (days, days.map(forecastFree))
    }

    /// The mean over the patients of the share of their draws without progression after a day; NaN without a forecast.
    public func forecastFree(after day: Double) -> Double {
        let forecasts = cohort.forecasts
        return forecasts.reduce(0) { $0 + $1.free(after: day) } / Double(forecasts.count)
    }

    /// What was seen of the patients who have a forecast, as one curve: the only fair thing beside it. Nil without any.
    public var seenBesideForecast: SurvivalAnalysis.Group? {
        let mine = cohort.members.filter { $0.outcome.forecast != nil }
        let analysis = try? SurvivalAnalysis(
            times: mine.map { Double($0.outcome.time.days) }, isEvent: mine.map(\.outcome.time.isEvent), groups: nil)
        return analysis?.groups.first
    }

    /// Round days, in months, for tables: as many as fit, from 0 to the last look.
    public func months(atMost most: Int) -> [Int] {
        let last = Int(Double(lastDay) / DayCount.month)
        let step = [1, 2, 3, 6, 12, 24, 60, 120].first { last / $0 < max(1, most) } ?? 240
        return Array(stride(from: 0, through: last, by: step))
    }
}

extension SurvivalAnalysis.Group {
    /// The share without the event after a time.
    public func free(after time: Double) -> Double { points.last { $0.time <= time }?.survival ?? 1 }
    /// The times at which somebody was last seen without it.
    public var censored: [Double] { points.filter { $0.censored > 0 }.map(\.time) }
}
