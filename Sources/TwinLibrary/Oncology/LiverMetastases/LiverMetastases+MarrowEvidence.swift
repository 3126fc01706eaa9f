// The checks of the liver twin's marrow, holds and margins, on the system that its forecasts are made with.
import Numerics
import Systems
import Twins

extension LiverMetastases {
    private typealias State = LiverTreatmentSystem.State

    static func marrowChecks() -> [EvidenceCheck] {
        arshadChecks() + restCheck() + docetaxelCheck() + holdChecks()
    }

    /// 1000 mg/m² a day for five days at 1.95 m², leucocytes: by the twin's own system, against LSODA at 1e-11.
    private static func arshadChecks() -> [EvidenceCheck] {
        let weeks = [168.0, 504, 840].map { $0 / LiverMarrow.hoursPerWeek }
        let alone = marrow(slope: LiverMarrow.alone.slope, rate: 1950 * 7, infusion: 5.0 / 7, outputs: weeks)
        let source = "LSODA at 1e-11 on the parameters of Arshad 2020, computed independently"
        let expected = [6.542916011553087, 4.130052318199626, 5.065071427459789]
        return zip(["day 7", "day 21", "day 35"], expected).enumerated().map { index, row in
            EvidenceCheck(
                name: "5-FU for five days, leucocytes on \(row.0), 10⁹/L", expected: row.1,
                obtained: alone?[index, State.neutrophils] ?? .nan,
                tolerance: 1e-6 * row.1, source: source)
        }
    }

    private static func restCheck() -> [EvidenceCheck] {
        let year = marrow(slope: LiverMarrow.alone.slope, rate: 0, infusion: 0, outputs: [365.0 / 7])
        return [
            EvidenceCheck(
                name: "no drug for a year leaves the baseline, 10⁹/L", expected: LiverMarrow.alone.baseline,
                obtained: year?[0, State.neutrophils] ?? .nan, tolerance: 1e-12, source: "a marrow at rest stays at rest")
        ]
    }

    /// Not a drug of this board: it shows how far published sets of one drug may lie apart.
    private static func docetaxelCheck() -> [EvidenceCheck] {
        let doses = [Dosing(start: 0, amount: 180, duration: 1)]
        let grades = [MyelosuppressionSet.docetaxelFriberg, .docetaxelKloft].map { set in
            (try? MyelosuppressionCourse(set, doses: doses, until: 600).nadir()).map { MyelosuppressionSet.grade(neutrophils: $0.count) }
        }
        return [
            EvidenceCheck(
                name: "docetaxel sets of 2002 and 2006 disagree by a full grade after 180 mg", expected: 1,
                obtained: Double((grades[1] ?? 0) - (grades[0] ?? 0)), tolerance: 0,
                source: "nadirs 0.90 and 0.22 10⁹/L: Friberg 2002, Kloft 2006; grades of CTCAE recalled")
        ]
    }

    /// A course of four cycles in a marrow that must be held: what was given and what was looked at.
    private static func holdChecks() -> [EvidenceCheck] {
        let scenario = Scenario(
            name: "", interventions: [Intervention("systemic", ["cycles": .number(4), "hold-threshold": .number(2)])])
        let log = holds(scenario)
        func check(_ name: String, _ expected: Double, _ obtained: Double?) -> EvidenceCheck {
            EvidenceCheck(
                name: name, expected: expected, obtained: obtained ?? .nan, tolerance: 0,
                source: "rule of the course; no published course with holds was found")
        }
        return [
            check("holds: doses given below the threshold", 0, log.map { Double($0.below) }),
            check("holds: delays that are no multiple of 7 days", 0, log.map { Double($0.odd) }),
            check("holds: a sensitive marrow is held at all (1: yes)", 1, log.map { $0.held > 0 ? 1 : 0 }),
        ]
    }

    private static func holds(_ scenario: Scenario) -> (below: Int, odd: Int, held: Int)? {
        guard let complete = try? LiverMetastases().allowed(scenario) else { return nil }
        let parameters = LiverParameters.table
        let values = parameters.map { $0.name == "marrow" ? 2 : $0.prior.centre }
        let draws = LiverDraws(Draws(parameterNames: parameters.map(\.name), values: values))
        let record = LiverRecord(bodySurface: LiverParameters.standardSurface, remnant: nil)
        guard
            let plan = try? LiverPlan(
                scenario: complete, record: record, anchor: 0, draws: draws, horizon: 52, end: 52,
                tolerance: Tolerance(relative: 1e-9, absolute: 1e-13)),
            let dosing = plan.course.dosings.first
        else { return nil }
        let weeks = LiverDecisions.weeks(of: dosing, horizon: 52)
        guard
            let states = try? Ensemble.solveSerially(
                LiverTreatmentSystem.self, draws: plan.parameters, initial: plan.initial, segments: plan.segments, outputs: weeks,
                tolerance: plan.tolerance)
        else { return nil }
        // As it was integrated: a cycle that was given is missing at the next look.
        let left = [Double(dosing.regimen.cycles)] + weeks.indices.dropFirst().map { states[0, $0, State.left] }
        let given = weeks.indices.dropLast().filter { left[$0 + 1] < left[$0] - 0.5 }
        let days = given.map { weeks[$0] * 7 }
        let decisions = LiverDecisions(dosing, plan: plan, states: states) { weeks.firstIndex(of: $0) }
        return (
            given.count { states[0, $0, State.neutrophils] < dosing.regimen.threshold },
            zip(days, days.dropFirst()).count { abs((($1 - $0) / 7).rounded() * 7 - ($1 - $0)) > 1e-9 }, decisions.heldCount(0)
        )
    }

    /// Leucocytes of the typical patient of Arshad's set under one infusion, by the twin's own system.
    private static func marrow(slope: Double, rate: Double, infusion: Double, outputs: [Double]) -> Trajectory? {
        typealias System = LiverTreatmentSystem
        var draw = LiverMarrow.typical
        draw.neutrophils = LiverMarrow.alone.baseline
        let end = outputs.last ?? 0
        let dose = Segment(
            start: 0, end: 0, input: [Double](repeating: 0, count: System.inputCount), event: System.Event.earlier)
        let borders = infusion > 0 ? [0, infusion, end] : [0, end]
        let stretches = zip(borders, borders.dropFirst()).map { Segment(start: $0, end: $1, input: [0, $0, 0, rate, infusion, slope, 0]) }
        return try? Integrator.solve(
            by: ClosedFormKinetics<System, Double>(), initial: LiverPlan.rested(neutrophils: draw.neutrophils),
            parameters: [0, 0, 0, 0] + LiverMarrow.row(draw) + [LiverOperation.notWithin], segments: [dose] + stretches, outputs: outputs,
            tolerance: Tolerance(relative: 1e-10, absolute: 1e-13))
    }
}
