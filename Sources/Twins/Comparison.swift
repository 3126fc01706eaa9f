// Scenarios side by side: differences with their intervals, and how probably each is the best.
import Numerics

/// An estimate with an 80 % interval.
public struct Estimate: Hashable, Codable, Sendable {
    public var value: Double
    public var lower: Double
    public var upper: Double
    public init(value: Double, lower: Double, upper: Double) {
        self.value = value
        self.lower = lower
        self.upper = upper
    }
}

/// One endpoint over all scenarios of a comparison.
public struct ComparedEndpoint: Hashable, Codable, Sendable {
    public var id: String
    public var label: String
    public var unit: Unit
    public var better: Direction?
    /// One for each scenario; nil where the endpoint does not apply.
    public var estimates: [Estimate?]
    /// Shares of categories, one list a scenario; empty unless the endpoint is a category.
    public var shares: [[Endpoint.Share]]
    /// Scenario minus the first one, paired by draw; nil for the first, where either is missing, and where in either more than half of
    /// the draws stand at the ceiling (the median difference of two «not within the horizon» would read as no difference).
    public var differences: [Estimate?]
    /// Share of the draws in which the scenario is the best, ties split; nil for a scenario that takes no part, since it has no values.
    /// Counted are the draws in which all that take part have a value. Nil if no direction is better or fewer than two take part.
    public var best: [Double?]?
    public var notes: [String]
    /// A value shown as «> value»: the event did not happen within the horizon.
    public var ceiling: Double?
}

/// Forecasts of one twin under several scenarios, compared draw by draw.
public struct Comparison: Hashable, Sendable {
    public let forecasts: [Forecast]
    public let endpoints: [ComparedEndpoint]

    /// Compares forecasts of one calibration; their draws are paired by index, and where one is of fewer draws (a first picture) only
    /// those count for differences and for what is best.
    public init(_ forecasts: [Forecast]) {
        self.forecasts = forecasts
        var order: [String] = []
        for forecast in forecasts {
            for endpoint in forecast.endpoints where !order.contains(endpoint.id) { order.append(endpoint.id) }
        }
        var summaries = Summaries()
        endpoints = order.map { id in
            Self.compare(forecasts.map { forecast in forecast.endpoints.first { $0.id == id } }, &summaries)
        }
    }

    private static func compare(_ column: [Endpoint?], _ summaries: inout Summaries) -> ComparedEndpoint {
        let named = column.compactMap(\.self)
        let first = named.first
        let isProbability = first?.isProbability ?? false
        let estimates = column.map { $0.flatMap { summaries.summary($0.values, isProbability: isProbability) } }
        let reference = column.first.flatMap(\.self)?.values ?? []
        let differences: [Estimate?] = column.enumerated().map { index, endpoint in
            guard index > 0, let values = endpoint?.values, !values.isEmpty, !reference.isEmpty,
                !isCensored(endpoint), !isCensored(column[0])
            else { return nil }
            return summaries.summary(zip(values, reference).map { $0 - $1 }, isProbability: isProbability)
        }
        var notes: [String] = []
        for endpoint in named { for note in endpoint.notes where !notes.contains(note) { notes.append(note) } }
        return ComparedEndpoint(
            id: first?.id ?? "", label: first?.label ?? "", unit: first?.unit ?? .one, better: first?.better, estimates: estimates,
            shares: column.map { $0?.shares ?? [] }, differences: differences, best: best(column, better: first?.better), notes: notes,
            ceiling: first?.ceiling)
    }

    /// Whether more than half of an endpoint's draws stand at its ceiling.
    private static func isCensored(_ endpoint: Endpoint?) -> Bool {
        guard let endpoint, let ceiling = endpoint.ceiling else { return false }
        return endpoint.values.count { $0 >= ceiling } * 2 > endpoint.values.count
    }

    /// Medians and intervals of one comparison; what quantiles need is kept for the next sample of the same size.
    private struct Summaries {
        private static let levels = [0.1, 0.5, 0.9]
        private var selectors: [Int: QuantileSelector] = [:]

        /// The median and the 80 % interval of the draws that have a value; nil when fewer than half of them have one.
        ///
        /// Of a probability the mean instead of the median: the mean over the draws is the probability itself, while the median of a
        /// two-humped distribution would call likely what is not.
        mutating func summary(_ values: [Double], isProbability: Bool) -> Estimate? {
            let present = values.allSatisfy(\.isFinite) ? values : values.filter(\.isFinite)
            guard !present.isEmpty, present.count * 2 >= values.count else { return nil }
            var levels: [Double] = []
            let isFound = present.withUnsafeBufferPointer { sample in
                selectors[sample.count, default: QuantileSelector(levels: Self.levels, count: sample.count)].append(sample, to: &levels)
            }
            // A spread beyond all numbers.
            if !isFound { levels = Quantiles.of(present, levels: Self.levels) }
            let centre = isProbability ? present.reduce(0, +) / Double(present.count) : levels[1]
            return Estimate(value: centre, lower: levels[0], upper: levels[2])
        }
    }

    private static func best(_ column: [Endpoint?], better: Direction?) -> [Double?]? {
        guard let better else { return nil }
        let count = column.compactMap { $0?.values.count }.filter { $0 > 0 }.min() ?? 0
        // Without a value in any draw an endpoint does not apply, as without values at all.
        let part = column.indices.filter { place in
            guard let values = column[place]?.values, values.count >= count else { return false }
            return values.contains { $0.isFinite }
        }
        guard part.count >= 2 else { return nil }
        let sign = better == .higher ? 1.0 : -1.0
        let scores = part.compactMap { column[$0]?.values.map { sign * $0 } }
        var wins = [Double](repeating: 0, count: part.count)
        var counted = 0
        for draw in 0..<count {
            // Not a list of its own for each draw: this runs for every endpoint while a key is held.
            var (top, winners, isWhole) = (-Double.infinity, 0.0, true)
            for score in scores {
                let value = score[draw]
                isWhole = isWhole && value.isFinite
                if value > top { (top, winners) = (value, 1) } else if value == top { winners += 1 }
            }
            guard isWhole else { continue }
            counted += 1
            for place in scores.indices where scores[place][draw] == top { wins[place] += 1 / winners }
        }
        guard counted > 0 else { return nil }
        var best = [Double?](repeating: nil, count: column.count)
        for (place, won) in zip(part, wins) { best[place] = won / Double(counted) }
        return best
    }
}
