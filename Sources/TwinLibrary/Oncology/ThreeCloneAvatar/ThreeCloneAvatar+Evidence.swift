// What shows that the three-clone avatar computes Zhang 2017's equations.
import Numerics
import Twins

extension ThreeCloneAvatar {
    public func evidence() async -> [EvidenceCheck] { Self.courseChecks() + Self.restCheck() }

    public func evidence(in folder: ReferenceFolder?) async -> ReferenceEvidence {
        ReferenceEvidence.of("Zhang 2017 in Octave", "oracles/oncology/adaptive/zhang2017_octave_expected.csv", in: folder) { rows in
            TumourAvatar.threeClones(rows) + Self.arms(rows)
        }
    }

    /// Cells of one draw under the drug from day 60 to 200 and from day 320 on.
    static func courseChecks() -> [EvidenceCheck] {
        let draw = ThreeCloneDraw([1, 4, 0.002, 5, 0.06, 2])
        let days = [60.0, 200, 320, 500]
        let segments = zip([0] + days, days).enumerated().map { Segment(start: $1.0, end: $1.1, input: [Double($0 % 2)]) }
        let found = try? Integrator.solve(
            ThreeCloneGrowth.self, initial: draw.clones, parameters: draw.rates, segments: segments, outputs: days,
            tolerance: Tolerance(relative: 1e-10, absolute: 1e-14))
        let expected = [
            (0.459001702895, 0.00129728797226), (0.107199238287, 0.050175155063), (0.66989729456, 0.432502158302),
            (0.995412465818, 0.995412464882),
        ]
        let source =
            "our own integration of Zhang 2017's equations (Dormand and Prince of order 8, and Radau), made apart from this program"
        return zip(days, expected).enumerated().flatMap { place, row -> [EvidenceCheck] in
            let cells = (0..<3).map { found?[place, $0] ?? .nan }
            return [
                EvidenceCheck(
                    name: "day \(Int(row.0)), all cells, share of capacity", expected: row.1.0, obtained: cells.reduce(0, +),
                    tolerance: 1e-8, source: source),
                EvidenceCheck(
                    name: "day \(Int(row.0)), T⁻, share of capacity", expected: row.1.1, obtained: cells[2], tolerance: 1e-8, source: source
                ),
            ]
        }
    }

    /// Without the drug, and without what T⁺ find elsewhere, cells come to the rest that the draws start from.
    private static func restCheck() -> [EvidenceCheck] {
        let rates = published(ThreeCloneParameters.competition, residue: 0)
        let found = try? Integrator.solve(
            ThreeCloneGrowth.self, initial: [0.2, 0.3, 0], parameters: rates, segments: [Segment(start: 0, end: 20_000, input: [0])],
            outputs: [20_000])
        return [
            EvidenceCheck(
                name: "T⁺ and TP at rest, share of capacity", expected: ThreeCloneDraw.rest,
                obtained: (found?[0, 0] ?? .nan) + (found?[0, 1] ?? .nan),
                tolerance: 1e-6, source: "in closed form: (2.5 − α₁₂)/(1 + α₂₁(1.5 − α₁₂))")
        ]
    }

    /// A row of rates as Zhang 2017 has them.
    private static func published(_ a: [Double], residue: Double) -> [Double] { Zhang2017Scheme.rates + a + [0.01, residue] }

    /// The authors' arms with days of treatment that are known: their steps of a day against the twin's equations.
    static func arms(_ rows: [[String]]) -> [EvidenceCheck] {
        let table = ReferenceTable(rows)
        let some = table.rows.filter { ["SOC", "Metronomic"].contains(table.text($0, "treatment")) }
        let agreeing = some.count { row in
            guard let matrix = Zhang2017Scheme.matrices[Int(table.number(row, "patientMatrix"))] else { return false }
            let first = table.number(row, "firstTreatmentTime")
            let times = independent(matrix, from: first, isMetronomic: table.text(row, "treatment") == "Metronomic")
            return zip(times, ["timeTo5pct", "timeTo90pct"]).allSatisfy { abs($0 - table.number(row, $1)) <= 0.02 * table.number(row, $1) }
        }
        return [
            EvidenceCheck(
                name: "Zhang 2017: continuous and metronomic arms whose T⁻ pass 5 and 90 % within 2 % of the authors' days",
                expected: Double(some.count), obtained: Double(agreeing), tolerance: 0,
                source: "the authors' scheme run in Octave; the twin's equations run continuously, ε = 0.001")
        ]
    }

    /// Days on which T⁻ first are more than 5 % and 90 % of the cells.
    private static func independent(_ matrix: [Double], from first: Double, isMetronomic: Bool) -> [Double] {
        let end = 10_000.0
        let scheme = Zhang2017Scheme.self
        let courses: [ClosedRange<Double>] =
            isMetronomic
            ? [first...first + Double(scheme.induction + 1)]
                + stride(from: first + Double(scheme.later), to: end, by: Double(scheme.period)).map {
                    $0...min($0 + Double(scheme.course + 1), end)
                } : [first...end]
        let segments = AvatarSchedule.past(courses, from: 0, to: end).map {
            Segment(start: $0.start, end: $0.end, input: [$0.isTreated ? 1 : 0])
        }
        let days = (0...Int(end)).map(Double.init)
        let start = Zhang2017Scheme(competition: matrix).equilibrium.map { max(0.4 * $0 / 1e4, 1e-13) }
        guard
            let found = try? Integrator.solve(
                ThreeCloneGrowth.self, initial: start, parameters: published(matrix, residue: 0.001), segments: segments, outputs: days,
                tolerance: Tolerance(relative: 1e-8, absolute: 1e-16))
        else { return [.nan, .nan] }
        let shares = days.indices.map { day in found[day, 2] / (found[day, 0] + found[day, 1] + found[day, 2]) }
        return [0.05, 0.9].map { limit in shares.firstIndex { $0 > limit }.map { Double($0 + 1) } ?? .nan }
    }
}
