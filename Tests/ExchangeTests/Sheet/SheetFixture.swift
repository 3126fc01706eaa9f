// A liver case with everything a sheet can hold, made by hand; and the same on a memory board.
import Foundation
import Meetings
import Twins

@testable import Exchange

enum SheetFixture {
    static let day = CalendarDay(number: 20_783)  // 2026-11-26
    static let now = Instant(day)

    static let chair = Seat(name: "Claire Moreau", specialty: "hepatobiliary surgery", role: .chair)
    static let seats = [
        chair, Seat(name: "Paul Girard", specialty: "medical oncology"), Seat(name: "Anne Roux", specialty: "radiology", role: .presenter),
        Seat(name: "Léa Petit", specialty: "nursing", role: .allied),
    ]

    static func loinc(_ code: String, _ display: String) -> Code { Code(system: Code.loinc, code: code, display: display) }

    static let size = Observable(
        "size", label: "Sum of diameters", unit: .millimetre, codes: [loinc("33728-7", "Size")], range: 0...1000, better: .lower,
        residualSD: 3, source: Source("a fixture", .assumption))

    static var subject: Subject {
        let colon = Code(system: Code.snomed, code: "363406005", display: "Malignant tumor of colon")
        let drug = Code(system: Code.atc, code: "L01XA03", display: "oxaliplatin")
        return Subject(
            sex: .female, birth: Instant(CalendarDay(number: -1800)),
            observations: [
                Observation(
                    code: loinc("2039-6", "Carcinoembryonic antigen"), time: now.adding(days: -30),
                    value: .quantity(Quantity(5.1, Twins.Unit("ng/mL"), written: "5.10"))),
                Observation(code: loinc("89247-1", "ECOG"), time: now.adding(days: -10), value: .quantity(Quantity(1, .score))),
                Observation(code: loinc("21905-5", "cT"), time: now.adding(days: -40), value: .text("cT3")),
            ],
            facts: [
                CodedFact(kind: .condition, code: colon, start: now.adding(days: -200), end: nil, status: "active"),
                CodedFact(
                    kind: .condition, code: Code(system: "", code: "", display: "Appendicitis"), start: nil,
                    end: now.adding(days: -4000), status: "resolved"),
                CodedFact(kind: .medication, code: drug, start: now.adding(days: -100), end: now.adding(days: -20), status: "completed"),
                CodedFact(
                    kind: .procedure, code: Code(system: "", code: "", display: "Colectomy"), start: now.adding(days: -150), end: nil,
                    status: "completed"),
            ], reference: now)
    }

    static var plan: DecisionPlan {
        var plan = DecisionPlan()
        plan.alternatives = [.scenario("FOLFIRI alone"), .other("Best supportive care")]
        plan.steps = [
            PlannedStep(kind: .chemotherapy, what: "FOLFOX, 6 cycles", earliest: CalendarDay(number: 20_790)),
            PlannedStep(
                kind: .surgery, what: "Resection of segments 6 and 7", earliest: CalendarDay(number: 20_880),
                latest: CalendarDay(number: 20_900)),
        ]
        plan.tests = [FurtherTest(what: "MRI of the liver", latest: CalendarDay(number: 20_800))]
        plan.guideline = Guideline(name: "TNCD colon metastases", version: "2026.1", day: CalendarDay(number: 20_500))
        plan.standing = .departs
        plan.deviation = "The patient declines a port"
        plan.trial = "LIVER-7, proposed"
        plan.informant = "Paul Girard"
        plan.comorbidity = "Diabetes, well controlled"
        plan.preference = "Wants to be home for Christmas"
        plan.correspondents = ["Dr Durand, Rennes"]
        return plan
    }

    static func draft(_ reason: String = "Response on imaging") -> DecisionDraft {
        DecisionDraft(
            present: seats, question: "Resect now or after six cycles?", options: ["FOLFOX, resection", "FOLFIRI alone"],
            choice: .scenario("FOLFOX, resection"), reason: reason, dissent: "", followUp: CalendarDay(number: 20_880), plan: plan)
    }

    static func scenario(_ name: String) -> Scenario {
        Scenario(name: name, interventions: [Intervention("resection", ["start": .number(119)])])
    }

    static func forecast(_ name: String, shift: Double) -> Forecast {
        let days = stride(from: 0.0, through: 700, by: 7).map { $0 }
        let levels: [[Double]] = [-20, -14, -7, 0, 7, 14, 20].map { level in days.map { max(0, 80 - $0 / 20 + level + shift) } }
        return Forecast(
            model: "liver-metastases", modelVersion: "9", scenario: scenario(name), seed: 7, drawCount: 3, days: days,
            series: [
                ForecastSeries(
                    observable: "size", label: "Sum of diameters", unit: .millimetre, quantiles: levels,
                    source: Source("fixture", .assumption))
            ],
            endpoints: [
                Endpoint(
                    id: "pfs", label: "Progression-free at 12 months", unit: .one, better: .higher, values: [0.5, 0.6, 0.7],
                    isProbability: true),
                Endpoint(id: "ttp", label: "Time to growth", unit: .month, better: .higher, values: [10, 24, 24, 24], ceiling: 24),
            ], marks: [ForecastMark(day: 119, kind: .operation, label: "Resection")], notes: ["assumption: a fixture"],
            arithmetic: .baseline)
    }

    static var forecasts: [Forecast] { [forecast("FOLFOX, resection", shift: 0), forecast("FOLFIRI alone", shift: 9)] }

    static var seen: SimulationSeen {
        let calibration = Calibration(
            model: "liver-metastases", modelVersion: "9", reference: now, parameterNames: [], map: [], sd: [], objective: 0,
            draws: Draws(parameterNames: [], values: []), effectiveSampleSize: 0, paretoShape: nil, seed: 7, measurementsUsed: 0, fit: [],
            warnings: [])
        return SimulationSeen(twin: calibration, drawsSHA256: String(repeating: "ab", count: 32), comparison: Comparison(forecasts))
    }

    static var opinions: [Opinion] {
        [
            Opinion(
                seat: "Paul Girard", specialty: "medical oncology", choice: .scenario("FOLFIRI alone"), reason: "Neuropathy",
                comorbidity: "Diabetes", time: now),
            Opinion(
                seat: "Paul Girard", specialty: "medical oncology", version: 2, choice: .scenario("FOLFOX, resection"),
                reason: "The remnant suffices", afterReveal: true, time: now.adding(days: 0.01)),
        ]
    }

    static var votes: [Vote] {
        [
            Vote(seat: "Claire Moreau", specialty: "hepatobiliary surgery", kind: .agrees),
            Vote(seat: "Anne Roux", specialty: "radiology", kind: .dissents, words: "Segment 4 is not clear"),
        ]
    }

    static func decision(_ version: Int, _ draft: DecisionDraft) -> Decision {
        Decision(
            agendaItem: 1, version: version, draft: draft, signedBy: chair.name, signedAt: now.adding(days: 0.6 + Double(version) / 10),
            quorumReached: true, seen: seen, opinions: opinions, votes: votes)
    }

    static func sheet(board: String = "liver", decisions: [Decision] = [decision(1, draft())], isTraining: Bool = false) -> DecisionSheet {
        var sheet = DecisionSheet(
            meeting: Meeting(
                id: "m-1", title: "Liver tumour board", board: board, day: day, time: "14:00", chair: chair.name, isDemo: true,
                seats: seats,
                isTraining: isTraining),
            item: AgendaItem(
                id: 1, meeting: "m-1", position: 1, patient: "CRC-0001", model: "liver-metastases", question: "Resect now?", reference: now,
                state: decisions.isEmpty ? .open : .decided),
            sex: .female, age: 61.8, conditions: ["Malignant tumor of colon"], draft: draft(), decisions: decisions,
            ledgerHead: "42-0123456789abcdef")
        sheet.subject = subject
        sheet.forecasts = .shown(
            forecasts, observables: [size], observed: [Twins.Measurement(observable: "size", day: -30, value: 92)])
        sheet.shownNow = decisions.isEmpty ? seen : nil
        sheet.preparation.generalPractitioner = "Dr Durand, Rennes"
        sheet.preparation.requester = "Dr Le Goff"
        sheet.preparation.establishment = "Hôpital fictif"
        sheet.preparation.informedOn = CalendarDay(number: 20_770)
        sheet.preparation.distribution = [SheetDelivery(to: "Dr Durand", day: day, by: "secure mail")]
        sheet.signatures = [
            SheetSignature(
                signer: chair.name, keyID: "E7620F1842B4E81F", version: 1, time: now,
                text: "untrusted comment: signature from twinboard\nRUQf6LRCGA9i5w==\ntrusted comment: version 1\nabcd==\n")
        ]
        return sheet
    }
}
