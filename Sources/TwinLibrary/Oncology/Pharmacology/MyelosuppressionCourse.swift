// Blood counts under a regimen: Friberg's chain driven by a drug's course in closed form.
import Numerics
import Systems

/// The typical patient of a published set under doses, from hour 0 to an end.
///
/// The concentration is exact (``DrugCourse``); the five cell counts are integrated, afresh from every start and end of an infusion
/// (invariant P1: a count depends on its own hour, not on which others are asked for).
public struct MyelosuppressionCourse: Sendable {
    public let set: MyelosuppressionSet
    /// Hours.
    public let end: Double
    private let segments: [Segment]
    private static let tolerance = Tolerance(relative: 1e-10, absolute: 1e-12)

    /// - Parameters:
    ///   - doses: in the amount that the set's kinetics count.
    ///   - end: h, positive.
    public init(_ set: MyelosuppressionSet, doses: [Dosing], until end: Double) {
        self.set = set
        self.end = end
        segments = set.kinetics.chainSegments(doses, until: end)
    }

    /// All five counts, 10⁹/L, at ascending hours: proliferating, three of transit, circulating.
    /// - Throws: ``IntegrationError`` where the hours lie outside the course or the integration fails.
    public func states(at hours: [Double]) throws(IntegrationError) -> Trajectory {
        try Integrator.solve(
            NeutrophilChain.self, initial: [Double](repeating: set.baseline, count: 5),
            parameters: [set.baseline, set.transit, set.feedback, set.slopePerConcentration], segments: segments, outputs: hours,
            tolerance: Self.tolerance)
    }

    /// Circulating cells, 10⁹/L, at ascending hours.
    public func counts(at hours: [Double]) throws(IntegrationError) -> [Double] { try states(at: hours).course(of: 4) }

    /// The lowest count between two hours and when: where transit cells equal circulating ones, to some 10⁻⁴ h.
    public func nadir(from start: Double = 0, to stop: Double? = nil) throws(IntegrationError) -> (hour: Double, count: Double) {
        let stop = stop ?? end
        var (low, high) = (start, stop)
        // Twice a grid of 400: from weeks to hours to minutes.
        for _ in 0..<2 {
            let hours = Self.grid(low, high, 400)
            let counts = try counts(at: hours)
            let lowest = counts.indices.min { counts[$0] < counts[$1] } ?? 0
            (low, high) = (hours[max(0, lowest - 1)], hours[min(hours.count - 1, lowest + 1)])
        }
        let hours = Self.grid(low, high, 4)
        let found = try states(at: hours)
        let slopes = hours.indices.map { found[$0, 3] - found[$0, 4] }
        guard let turn = hours.indices.dropLast().first(where: { slopes[$0] < 0 && slopes[$0 + 1] >= 0 }) else {
            let lowest = hours.indices.min { found[$0, 4] < found[$1, 4] } ?? 0
            return (hours[lowest], found[lowest, 4])
        }
        let share = slopes[turn] / (slopes[turn] - slopes[turn + 1])
        let hour = hours[turn] + share * (hours[turn + 1] - hours[turn])
        return (hour, try counts(at: [hour])[0])
    }

    /// Hours with fewer circulating cells than a threshold, 10⁹/L; crossings lie on a grid of six minutes, joined by straight lines.
    public func hours(below threshold: Double, from start: Double = 0, to stop: Double? = nil) throws(IntegrationError) -> Double {
        let stop = stop ?? end
        let hours = Self.grid(start, stop, max(1, Int(((stop - start) * 10).rounded(.up))))
        let counts = try counts(at: hours)
        var sum = 0.0
        for index in hours.indices.dropLast() {
            let (a, b) = (threshold - counts[index], threshold - counts[index + 1])
            let width = hours[index + 1] - hours[index]
            if a > 0 && b > 0 { sum += width } else if a > 0 || b > 0 { sum += width * max(a, b) / (a - b).magnitude }
        }
        return sum
    }

    private static func grid(_ start: Double, _ stop: Double, _ count: Int) -> [Double] {
        (0...count).map { $0 == count ? stop : start + (stop - start) * Double($0) / Double(count) }
    }
}
