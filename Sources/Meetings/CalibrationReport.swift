// A board's forecasts against what happened, over its history: coverage, calibration, departures, decisions not carried out.
import Foundation
import Twins

/// A share with its 95 % interval after Wilson.
///
/// Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212: (k + z²/2 ± z √(k(n−k)/n + z²/4)) / (n + z²), z = 1.959964.
public struct BinomialShare: Hashable, Sendable {
    public var count: Int
    public var total: Int
    public init(_ count: Int, of total: Int) {
        self.count = count
        self.total = total
    }
    /// Nil of nothing.
    public var share: Double? { total == 0 ? nil : Double(count) / Double(total) }
    public var interval: (lower: Double, upper: Double)? {
        guard total > 0 else { return nil }
        let (z, k, n) = (1.959964, Double(count), Double(total))
        let half = z * (k * (n - k) / n + z * z / 4).squareRoot()
        return (max(0, (k + z * z / 2 - half) / (n + z * z)), min(1, (k + z * z / 2 + half) / (n + z * z)))
    }
}

public struct CalibrationReport: Sendable {
    /// Predicted probabilities of one fifth, against how often the event came.
    public struct ReliabilityBin: Hashable, Sendable {
        public var range: ClosedRange<Double>
        public var meanPredicted: Double
        public var happened: BinomialShare
    }

    /// What came of the decisions whose choice stood in one way to the simulation.
    public struct Departure: Hashable, Sendable {
        public var standing: ChoiceStanding
        public var decisions: Int
        public var carriedOut: [FollowUp.CarriedOut: Int]
        /// Measurements by how they came out, of decisions carried out or not.
        public var courses: [OutcomePoint.Course: Int]

        /// `of 18 measurements 1 better than forecast, 17 as forecast`; empty without measurements.
        public var outcome: [String] {
            let counted = OutcomePoint.Course.allCases.compactMap { course in
                courses[course].map { "\($0) \(course.rawValue)" + (course == .asForecast ? "" : " than forecast") }
            }
            let total = courses.values.reduce(0, +)
            return total == 0 ? [] : ["of \(total) measurements since " + counted.joined(separator: ", ")]
        }
    }

    public struct NotCarriedOut: Hashable, Sendable {
        public var patient: String
        public var meeting: String
        public var carriedOut: FollowUp.CarriedOut
        public var reason: String
        public var givenInstead: String
    }

    public var cases: Int
    /// Measurements counted: of decisions that were carried out as they were taken.
    public var measurements: Int
    /// Measurements of decisions that were not, or of which nobody has said: their forecast was of something else, perhaps.
    public var leftOut: Int
    /// Inside the central 50, 80 and 90 %.
    public var coverage: [(level: Double, share: BinomialShare)]
    /// How many PIT values lie in each fifth; even if the forecasts are calibrated.
    public var pitBins: [Int]
    public var reliability: [ReliabilityBin]
    /// Mean squared difference between predicted probability and outcome; nil without outcomes. Source: Brier 1950.
    public var brier: Double?
    public var departures: [Departure]
    public var notCarriedOut: [NotCarriedOut]

    public static let note =
        "Measurements of one patient are not independent: the intervals are too narrow by what they share."

    public init(_ cases: [FollowUpCase]) {
        self.cases = cases.count
        let followed = cases.filter { $0.last?.carriedOut == .yes }
        let points = followed.flatMap(\.points)
        measurements = points.count
        leftOut = cases.reduce(0) { $0 + $1.points.count } - points.count
        coverage = [0.5, 0.8, 0.9].map { level in
            let inside = points.count { abs($0.pit - 0.5) <= level / 2 + 1e-12 }
            return (level, BinomialShare(inside, of: points.count))
        }
        var bins = [Int](repeating: 0, count: 5)
        for point in points { bins[min(4, max(0, Int(point.pit * 5)))] += 1 }
        pitBins = bins
        let pairs = followed.flatMap(Self.probabilities)
        brier =
            pairs.isEmpty
            ? nil
            : pairs.reduce(0) { $0 + ($1.predicted - ($1.happened ? 1 : 0)) * ($1.predicted - ($1.happened ? 1 : 0)) } / Double(pairs.count)
        reliability = (0..<5).compactMap { bin in
            let mine = pairs.filter { min(4, Int($0.predicted * 5)) == bin }
            guard !mine.isEmpty else { return nil }
            return ReliabilityBin(
                range: Double(bin) / 5...Double(bin + 1) / 5, meanPredicted: mine.reduce(0) { $0 + $1.predicted } / Double(mine.count),
                happened: BinomialShare(mine.count(where: \.happened), of: mine.count))
        }
        departures = ChoiceStanding.allCases.compactMap { standing in
            let mine = cases.filter { $0.standing == standing }
            guard !mine.isEmpty else { return nil }
            return Departure(
                standing: standing, decisions: mine.count,
                carriedOut: Dictionary(mine.compactMap { $0.last?.carriedOut }.map { ($0, 1) }, uniquingKeysWith: +),
                courses: Dictionary(mine.flatMap { $0.points.compactMap(\.course) }.map { ($0, 1) }, uniquingKeysWith: +))
        }
        notCarriedOut = cases.compactMap { entry in
            guard let look = entry.last, look.carriedOut != .yes else { return nil }
            return NotCarriedOut(
                patient: entry.item.patient, meeting: entry.item.meeting, carriedOut: look.carriedOut, reason: look.reason,
                givenInstead: look.givenInstead)
        }
    }

    /// The probabilities that the board saw for its choice, where the outcome was noted.
    private static func probabilities(_ entry: FollowUpCase) -> [(predicted: Double, happened: Bool)] {
        guard let look = entry.last, case .scenario(let name) = entry.decision.draft.choice else { return [] }
        return look.outcomes.compactMap { outcome in
            let figure = entry.decision.seen?.figures.first { $0.scenario == name && $0.endpoint == outcome.endpoint }
            guard let value = figure?.value, figure?.isShare ?? false, (0...1).contains(value) else { return nil }
            return (value, outcome.happened)
        }
    }
}
