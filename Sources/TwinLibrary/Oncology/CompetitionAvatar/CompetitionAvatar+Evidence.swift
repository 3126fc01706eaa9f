// What shows that the competition avatar computes Zhang 2022's equations.
import Numerics
import Systems
import Twins

extension CompetitionAvatar {
    public func evidence() async -> [EvidenceCheck] { Self.courseChecks() + Self.schemeChecks() }

    private static func course(_ start: [Double], _ rates: [Double], _ segments: [Segment], at days: [Double]) -> [[Double]] {
        let found = try? Integrator.solve(
            ClonalGrowth.self, initial: start, parameters: rates, segments: segments, outputs: days,
            tolerance: Tolerance(relative: 1e-10, absolute: 1e-14))
        return days.indices.map { day in (0..<2).map { found?[day, $0] ?? .nan } }
    }

    /// Cells of one draw under the drug from day 60 to 200 and from day 320 on.
    private static func courseChecks() -> [EvidenceCheck] {
        let draw = CompetitionDraw([1, 5, 0.05, 0.02, 0.05, 2.5])
        let days = [60.0, 200, 320, 500]
        let segments = zip([0] + days, days).enumerated().map { Segment(start: $1.0, end: $1.1, input: [Double($0 % 2)]) }
        let expected = [
            (0.391636203097, 0.0100769154221), (0.0690644597742, 0.0368804600386), (0.32843266971, 0.093817995826),
            (0.428174352265, 0.428174180789),
        ]
        let source =
            "our own integration of Zhang 2022's equations (Dormand and Prince of order 8, and Radau), made apart from this program"
        return zip(zip(days, expected), course(draw.clones, draw.rates, segments, at: days)).flatMap { row, cells -> [EvidenceCheck] in
            [
                EvidenceCheck(
                    name: "day \(Int(row.0)), all cells, share of capacity", expected: row.1.0, obtained: cells[0] + cells[1],
                    tolerance: 1e-8,
                    source: source),
                EvidenceCheck(
                    name: "day \(Int(row.0)), resistant cells, share of capacity", expected: row.1.1, obtained: cells[1], tolerance: 1e-8,
                    source: source),
            ]
        }
    }

    /// One of the authors' men under continuous treatment: their steps of a day against the twin's equations.
    private static func schemeChecks() -> [EvidenceCheck] {
        let start = Zhang2022Scheme(sensitive: 2158.32, resistant: 52.35)
        let days = [60.0, 180, 360]
        let steps = start.run([Bool](repeating: true, count: 361)).course
        let draw = CompetitionDraw([1, 1, 1, Zhang2022Scheme.rates[0] * Zhang2022Scheme.step, 0.05, 6])
        let found = course(
            [start.sensitive, start.resistant].map { $0 / Zhang2022Scheme.capacity }, draw.rates,
            [Segment(start: 0, end: days[2], input: [1])], at: days)
        return zip(days, found).map { day, cells in
            EvidenceCheck(
                name: "first man of Zhang 2022, continuous, day \(Int(day)), cells", expected: steps[Int(day)].size,
                obtained: Zhang2022Scheme.capacity * (cells[0] + cells[1]), tolerance: 1e-3 * steps[Int(day)].size,
                source: "the authors' scheme, which agrees with their program on every man")
        }
    }
}
