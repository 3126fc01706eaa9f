// The whole liver twin: kinetics, tumour, neutrophils and holds, four scenarios of six cycles, as Compare asks for them.
import Numerics
import TestSupport
import TwinLibrary
import Twins

enum LiverTwinRate {
    private static func code(_ name: String) -> Code { Code(system: Code.local, code: name) }
    private static func loinc(_ name: String) -> Code { Code(system: Code.loinc, code: name) }
    private static let now = Instant(milliseconds: 1_795_600_800_000)

    /// 172 cm, 76 kg; 118 mm, a remnant of 350 mL, 3.6 · 10⁹/L neutrophils, no drug so far.
    static var subject: Subject {
        func observation(_ code: Code, _ value: Double, _ unit: Unit) -> Observation {
            Observation(code: code, time: now.adding(days: -3), value: .quantity(Quantity(value, unit)))
        }
        return Subject(
            sex: .female, birth: now.adding(days: -61 * DayCount.year),
            observations: [
                observation(code("sum-of-diameters"), 118, .millimetre), observation(loinc("8302-2"), 172, .centimetre),
                observation(loinc("29463-7"), 76, .kilogram), observation(code("flr-volume"), 350, .millilitre),
                observation(loinc("751-8"), 3.6, Unit("10*9/L")),
            ], facts: [], reference: now)
    }

    static var scenarios: [Scenario] {
        func systemic(_ backbone: String, _ changes: [String: FieldValue] = [:]) -> Intervention {
            Intervention("systemic", ["backbone": .choice(backbone), "cycles": .number(6)].merging(changes) { $1 })
        }
        return [
            Scenario(name: "FOLFOX", interventions: [systemic("folfox")]),
            Scenario(
                name: "FOLFOX + bev, resection",
                interventions: [
                    systemic("folfox", ["bevacizumab": .flag(true)]), Intervention("resection", ["start": .number(133)]),
                ]),
            Scenario(name: "FOLFIRI", interventions: [systemic("folfiri")]),
            Scenario(
                name: "5-FU, embolisation, resection when the remnant suffices",
                interventions: [
                    systemic("5-fu"), Intervention("embolisation", ["start": .number(91)]),
                    Intervention("resection", ["start": .number(112), "when": .choice("remnant")]),
                ]),
        ]
    }

    static let days = (0...104).map { Double($0) * 7 }

    static func rows() async throws -> [Row] {
        progress("liver twin")
        let model = LiverMetastases()
        let subject = subject
        let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 1000, seed: 3))
        let clock = ContinuousClock()
        func all(_ limit: Int?) async throws -> Duration {
            try await clock.measure {
                // As the workstation does: every scenario on its own task, each spread over the processors.
                try await withThrowingTaskGroup(of: Forecast.self) { group in
                    for scenario in scenarios {
                        group.addTask {
                            try await model.forecast(
                                ForecastRequest(
                                    subject: subject, calibration: calibration, scenario: scenario, days: days, seed: 1, drawLimit: limit))
                        }
                    }
                    for try await forecast in group where forecast.endpoints.isEmpty { throw Failure("a forecast without endpoints") }
                }
            }
        }
        var (first, full) = (Times(), Times())
        for _ in 0..<21 {
            first.add(try await all(64))
            full.add(try await all(nil))
        }
        return [
            .atMost(
                40, "ms", first.median, "liver twin: 4 scenarios of 6 cycles, first pictures of 64 draws each, median of 21",
                detail: "worst \(Row.text(first.worst))"),
            .atMost(
                200, "ms", full.median,
                "liver twin: 4 scenarios of 6 cycles × 1,000 draws, tumour, neutrophils, holds and exposure, median of 21",
                detail: "worst \(Row.text(full.worst))"),
        ]
    }
}
