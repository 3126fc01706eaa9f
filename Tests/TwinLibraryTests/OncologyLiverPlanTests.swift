// Lesions, operations that wait for the remnant, exposure and visits: what a board reads off the liver twin besides size.
import Numerics
import Systems
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Liver metastases: lesions, waiting operations, exposure")
struct OncologyLiverPlanTests: LiverSuite {
    let model = LiverMetastases()
    private typealias Patients = OncologyPatients

    private func lesion(_ number: Double, _ plan: String, _ changes: [String: FieldValue] = [:]) -> Intervention {
        Intervention("lesion", ["number": .number(number), "plan": .choice(plan)].merging(changes) { $1 })
    }

    /// Three lesions of 30, 20 and 10 mm.
    private var three: Subject {
        var subject = Patients.patient(sums: [(0, 60)])
        for (number, diameter, segment) in [(1, 30.0, "VI"), (2, 20, "VII"), (3, 10, "II")] {
            subject.observations.append(Patients.number(LiverCodes.lesionDiameter(number), diameter, .millimetre, day: -1))
            subject.observations.append(
                Observation(code: LiverCodes.lesionSegment(number), time: Patients.instant(-1), value: .text(segment)))
        }
        return subject
    }

    @Test("Lesions of the record are read with diameter and segment, and each takes its share of the sum with it")
    func shares() async throws {
        let record = LiverRecord(three)
        #expect(record.lesions.count == 3 && record.lesions[2]?.segment == "VII" && record.lesions[1]?.diameter == 30)
        let none: [String: FieldValue] = ["residual": .number(0), "start": .number(0)]
        let untreated = try await forecast(three, [])
        // 30 of 60 mm ablated today, then 20 of 60 in three weeks: a half and a sixth stay.
        let plan = [lesion(1, "ablate", none), lesion(2, "ablate", ["residual": .number(0), "start": .number(21)]), lesion(3, "leave")]
        let treated = try await forecast(three, plan)
        for (day, share) in [(6.0, 0.5), (18, 0.5), (24, 1.0 / 6), (60, 1.0 / 6)] {
            let place = try #require(Patients.days.firstIndex(of: day))
            #expect(abs(treated.series[0].median[place] / untreated.series[0].median[place] - share) < 1e-6, "day \(day)")
        }
        #expect(treated.marks.map(\.label) == ["ablation of lesion 1", "ablation of lesion 2"])
    }

    @Test("Ablated or resected, a lesion's control is the same; only the margin differs, with the power")
    func margins() async throws {
        let resected = try await forecast(three, [Patients.resection(28), lesion(1, "resect"), lesion(2, "resect"), lesion(3, "resect")])
        func ablated(_ power: Double) async throws -> Forecast {
            try await forecast(
                three,
                (1...3).map { lesion(Double($0), "ablate", ["start": .number(28), "power": .number(power), "minutes": .number(10)]) })
        }
        let (weak, strong) = (try await ablated(20), try await ablated(120))
        #expect(weak.series[0].quantiles == resected.series[0].quantiles && strong.series[0].quantiles == weak.series[0].quantiles)
        let (narrow, wide) = (try endpoint(.ablationMargin, weak).values, try endpoint(.ablationMargin, strong).values)
        let difference =
            BioheatPointSource(power: 120).radius(of: 54, seconds: 600) - BioheatPointSource(power: 20).radius(of: 54, seconds: 600)
        for (a, b) in zip(narrow, wide) { #expect(abs(b - a - difference) < 1e-9) }
        #expect(try endpoint(.marginAdequate, weak).values.allSatisfy { $0 == 0 }, "a zone of 12 mm about a lesion of 15 mm radius")
        #expect(try endpoint(.ablationMargin, resected).values.isEmpty)
        #expect(weak.notes.contains { $0.hasPrefix("lesion 1, segment VI, 30 mm: 20 W for 10 min reach 12.3 mm; margin") })
    }

    @Test("What cannot be planned is refused in words: an unknown lesion, one listed twice, one to be resected without a resection")
    func refusals() {
        func refusal(_ interventions: [Intervention], _ subject: Subject) -> String? {
            do {
                try model.validate(Scenario(name: "", interventions: interventions), for: subject)
                return nil
            } catch { return error.description }
        }
        #expect(refusal([lesion(4, "ablate")], three)?.contains("no diameter") == true)
        #expect(refusal([lesion(1, "ablate"), lesion(1, "leave")], three)?.contains("listed twice") == true)
        #expect(refusal([lesion(1, "resect")], three)?.contains("no resection") == true)
        let waiting = Patients.resection(28, ["when": .choice("remnant")])
        #expect(refusal([waiting], Patients.patient(sums: [(0, 60)], remnant: nil))?.contains("volumetry") == true)
        #expect(refusal([waiting, lesion(1, "ablate", ["start": .number(60)])], three)?.contains("has no day") == true)
        #expect(refusal([waiting, lesion(1, "ablate", ["start": .number(7)]), lesion(2, "resect")], three) == nil)
    }

    @Test("An operation that waits comes in the first week in which gate and growth are met, in every draw, and never without")
    func waiting() async throws {
        let subject = Patients.patient(sums: [(0, 60)], remnant: 260)
        let scenario = [Patients.embolisation(7), Patients.resection(7, ["when": .choice("remnant"), "residual": .number(0)])]
        let calibration = try await calibrated(subject)
        let run = try await model.run(try model.prepared(Patients.forecast(subject, calibration, scenario)), concurrency: 1)
        let operation = try #require(run.plan.operation)
        let standard = try #require(run.plan.standardVolume)
        let rows = LiverDraws(calibration.draws)
        #expect(Set(operation.weeks.map { $0 ?? -1 }).count >= 3, "draws differ")
        for draw in 0..<run.drawCount {
            let row = rows.row(draw)
            let extent = max(0, HypertrophyKinetics.portalVein.extent + HypertrophyKinetics.portalVein.extentSD * row.hypertrophy)
            func share(_ day: Double) -> Double {
                100 * 260 * row.volumetry * (1 + extent * (1 - (-(day - 7) / HypertrophyKinetics.portalVein.timeConstant).exp())) / standard
            }
            let first = operation.days.first { day in
                let weeks = min((day - 7) / 7, 4)
                return share(day) >= 20 && (share(7 + 7 * weeks) - share(7)) / weeks >= 2
            }
            #expect(operation.weeks[draw].map { $0 * 7 } == first, "draw \(draw)")
            let end = run.states[draw, run.asked[120], LiverTreatmentSystem.State.sum]
            #expect((end == 0) == (first != nil), "the tumour is removed in the draws that are operated on and in no other")
        }
        let forecast = try await model.forecast(Patients.forecast(subject, calibration, scenario))
        let without = try await model.forecast(Patients.forecast(subject, calibration, [scenario[1]]))
        func mean(_ forecast: Forecast) throws -> Double {
            let values = try endpoint(.operated, forecast).values
            return values.reduce(0, +) / Double(values.count)
        }
        #expect(try mean(without) < 1 && mean(forecast) > 20, "too small a remnant unless it is made to grow")
    }

    @Test("No cycle begins within the pause about a draw's own operation, and none is lost to it")
    func ownPause() async throws {
        let subject = Patients.patient(sums: [(0, 60)], remnant: 300)
        let scenario = [
            Patients.systemic("5-fu", ["cycles": .number(6), "hold-threshold": .number(0)]), Patients.embolisation(7),
            Patients.resection(7, ["when": .choice("remnant"), "hold": .number(2)]),
        ]
        let calibration = try await calibrated(subject)
        let run = try await model.run(try model.prepared(Patients.forecast(subject, calibration, scenario)), concurrency: 1)
        let operation = try #require(run.plan.operation)
        let decisions = try #require(run.reading.first)
        var near = 0
        for draw in 0..<run.drawCount {
            let days = decisions.days(draw)
            #expect(days.count == 6 && decisions.heldCount(draw) == 0)
            guard let own = operation.weeks[draw] else { continue }
            near += 1
            #expect(days.allSatisfy { abs($0 - own * 7) >= 14 - 1e-6 })
        }
        #expect(near > 20)
    }

    @Test(
        "Exposure: areas under the curve are dose over clearance, the antibody's level the published regimen's, and both follow the doses given"
    )
    func exposure() async throws {
        var subject = Patients.patient(sums: [(0, 60)], height: nil)
        subject.observations = subject.observations.filter { $0.code != LiverCodes.weight }
        subject.observations.append(Patients.number(LiverCodes.weight, 70, .kilogram, day: -2))
        subject.sex = .male
        let plan = [
            Patients.systemic("folfox", ["cycles": .number(6), "bevacizumab": .flag(true), "hold-threshold": .number(0)])
        ]
        let calibration = try await calibrated(subject)
        let forecast = try await model.forecast(Patients.forecast(subject, calibration, plan, days: [0, 14, 83.999_999, 84]))
        let rows = LiverDraws(calibration.draws)
        for (draw, area) in try endpoint(.fluorouracilArea, forecast).values.enumerated() {
            #expect(abs(area * rows.row(draw).clearance / 28.156424581005588 - 1) < 1e-12, "2.8 g/m² at 1.8 m² over 179 L/h")
        }
        #expect(try endpoint(.platinumArea, forecast).values.allSatisfy { abs($0 / 9.286413597985439 - 1) < 1e-9 })
        let antibody = try #require(forecast.series.first { $0.observable == "bevacizumab" })
        #expect(antibody.median[0] == 0)
        #expect(abs(antibody.median[1] / 29.8388 - 1) < 1e-4, "trough of day 14 at 5 mg/kg, 70 kg man")
        #expect(try endpoint(.bevacizumabTrough, forecast).values.allSatisfy { abs($0 / 68.9687 - 1) < 2e-2 })
        let held = try await self.forecast(subject, [Patients.systemic("folfox", ["cycles": .number(6), "hold-threshold": .number(3)])])
        let given = try endpoint(.cyclesGiven, held).values
        #expect(given.contains { $0 < 6 })
    }

    @Test("Visits: shares of whole draws that add up to one, as RECIST's rows have it draw by draw")
    func visits() async throws {
        let subject = Patients.borderline
        let calibration = try await calibrated(subject)
        let request = try model.prepared(Patients.forecast(subject, calibration, [Patients.systemic()]))
        let run = try await model.run(request, concurrency: 1)
        let forecast = try await model.forecast(request)
        let reader = LiverReader(run)
        var counts = [Response: Int]()
        for draw in 0..<run.drawCount {
            let sums = try [0.0, 8, 16, 24].map { week -> DiameterSum in
                let place = try #require(reader.place(of: week))
                return try #require(DiameterSum(millimetres: run.states[draw, place, LiverTreatmentSystem.State.sum]))
            }
            let course = Recist.course(baseline: sums[0], sums: Array(sums.dropFirst()))
            counts[try #require(course.last).category, default: 0] += 1
        }
        let shares = try endpoint(.visitWeek24, forecast).shares
        #expect(abs(shares.reduce(0) { $0 + $1.share } - 1) < 1e-12)
        for share in shares {
            let response = try #require(Response(rawValue: share.category))
            #expect(share.share == Double(counts[response, default: 0]) / Double(run.drawCount))
        }
    }
}
