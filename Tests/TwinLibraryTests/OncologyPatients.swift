// Patients of our own making for the liver twin's tests.
import Numerics
import Twins

@testable import TwinLibrary

enum OncologyPatients {
    static let now = Instant(milliseconds: 1_795_600_800_000)

    static func instant(_ day: Double) -> Instant { now.adding(days: day) }

    static func number(_ code: Code, _ value: Double, _ unit: Unit, day: Double) -> Observation {
        Observation(code: code, time: instant(day), value: .quantity(Quantity(value, unit)))
    }

    static func drug(_ code: Code, from start: Double, to end: Double?) -> CodedFact {
        CodedFact(
            kind: .medication, code: code, start: instant(start), end: end.map(instant), status: end == nil ? "active" : "completed")
    }

    /// A patient of 172 cm and 76 kg.
    static func patient(
        sums: [(day: Double, mm: Double)], ras: String? = "wild-type", remnant: Double? = 350, drugs: [CodedFact] = [],
        conditions: [Code] = [], height: Double? = 172, procedures: [CodedFact] = []
    ) -> Subject {
        var observations = sums.map { number(LiverCodes.sumOfDiameters, $0.mm, .millimetre, day: $0.day) }
        if let height { observations.append(number(LiverCodes.height, height, .centimetre, day: -100)) }
        observations.append(number(LiverCodes.weight, 76, .kilogram, day: -10))
        if let remnant { observations.append(number(LiverCodes.remnantVolume, remnant, .millilitre, day: -5)) }
        if let ras { observations.append(Observation(code: LiverCodes.ras, time: instant(-30), value: .text(ras))) }
        let facts =
            conditions.map { CodedFact(kind: .condition, code: $0, start: instant(-200), end: nil, status: "active") } + drugs + procedures
        return Subject(sex: .female, birth: instant(-61 * 365.25), observations: observations, facts: facts, reference: now)
    }

    /// 140 mm, then 118 mm after eight weeks of FOLFOX.
    static var borderline: Subject {
        patient(
            sums: [(-56, 140), (0, 118)],
            drugs: [drug(LiverCodes.fluorouracil, from: -56, to: -7), drug(LiverCodes.oxaliplatin, from: -56, to: -7)])
    }

    static func systemic(_ backbone: String = "folfox", _ changes: [String: FieldValue] = [:]) -> Intervention {
        Intervention("systemic", ["backbone": .choice(backbone)].merging(changes) { $1 })
    }
    static func resection(_ day: Double, _ changes: [String: FieldValue] = [:]) -> Intervention {
        Intervention("resection", ["start": .number(day)].merging(changes) { $1 })
    }
    static func embolisation(_ day: Double, _ technique: String = "pve") -> Intervention {
        Intervention("embolisation", ["start": .number(day), "technique": .choice(technique)])
    }

    /// Every sixth day of two years, from «now».
    static let days = (0...120).map { Double($0) * 6 }

    static func forecast(
        _ subject: Subject, _ calibration: Calibration, _ interventions: [Intervention], days: [Double] = days, limit: Int? = nil
    ) -> ForecastRequest {
        ForecastRequest(
            subject: subject, calibration: calibration, scenario: Scenario(name: "test", interventions: interventions), days: days, seed: 1,
            drawLimit: limit)
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
