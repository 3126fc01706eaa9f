// The liver twin as a board uses it: what a scenario does, what is refused, which gate counts, and the same bytes every time.
import Numerics
import Systems
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Liver metastases: what a scenario does")
struct OncologyLiverTests: LiverSuite {
    let model = LiverMetastases()
    private typealias Patients = OncologyPatients

    /// Two lines of treatment, every cycle on its day, and days before, between and after their doses.
    private let interventions = [
        OncologyPatients.systemic("folfox", ["cycles": .number(4), "hold-threshold": .number(0)]),
        OncologyPatients.systemic(
            "folfiri",
            ["start": .number(70), "cycles": .number(8), "carried-resistance": .number(30), "hold-threshold": .number(0)]),
    ]
    private let days: [Double] = [-56, -20, 0, 3, 7, 30, 77, 100, 365, 730]

    @Test("A restart at every dose: the forecast is the closed form, draw by draw, to 1e-9")
    func integratorMeetsClosedForm() async throws {
        let subject = Patients.borderline
        let calibration = try await calibrated(subject, draws: 40)
        let record = LiverRecord(subject)
        let rows = LiverDraws(calibration.draws)
        let scenario = try model.completed(Scenario(name: "test", interventions: interventions))
        let horizon = model.horizon / 7
        let plan = try LiverPlan(
            scenario: scenario, record: record, anchor: -8, draws: rows, horizon: horizon, end: horizon,
            tolerance: Tolerance(relative: 1e-12, absolute: 1e-14))
        let exact = try await model.integrate(plan, outputs: days.map { $0 / 7 }, concurrency: 1)
        let course = ClaretCourse(windows: plan.course.windows)
        for (place, day) in days.enumerated() {
            for draw in 0..<rows.count {
                let row = rows.row(draw)
                let ratio = course.logRatio(from: -8, to: day / 7, growth: row.growth, effect: row.effect, resistance: row.resistance)
                let found = exact[draw, place, LiverTreatmentSystem.State.sum]
                #expect(abs(found / (row.baseline * ratio.value.exp()) - 1) < 1e-9, "day \(day), draw \(draw)")
            }
        }
    }

    @Test("A first picture leaves its draws to the whole forecast, which is the same as if it had been asked for at once")
    func firstPicture() async throws {
        let subject = Patients.borderline
        let calibration = try await calibrated(subject, draws: 300)
        let atOnce = try await model.forecast(Patients.forecast(subject, calibration, interventions))
        var request = Patients.forecast(subject, calibration, interventions, limit: 64)
        let first = try await model.forecast(request)
        request.drawLimit = nil
        let whole = try await model.forecast(request)
        #expect(first.drawCount == 64)
        #expect(whole == atOnce)
        // Another twin of the same patient has draws of its own: none is taken over, though the plan's days are the same.
        request.calibration = try await calibrated(Patients.borderline, draws: 301)
        request.calibration.draws.values.removeFirst(request.calibration.draws.parameterNames.count)
        let other = try await model.forecast(request)
        let afresh = ForecastRequest(
            subject: subject, calibration: request.calibration, scenario: request.scenario, days: request.days, seed: request.seed)
        #expect(try await model.forecast(afresh) == other)
        #expect(other != whole)
    }

    @Test("The forecast's own tolerance: what is shown meets the closed form to 1e-6, draw by draw")
    func productionTolerance() async throws {
        let subject = Patients.borderline
        let calibration = try await calibrated(subject, draws: 40)
        let request = try model.prepared(Patients.forecast(subject, calibration, interventions, days: days))
        let run = try await model.run(request, concurrency: 1)
        let course = ClaretCourse(windows: run.plan.course.windows)
        let rows = LiverDraws(calibration.draws)
        for (place, day) in zip(run.asked, days) {
            for draw in 0..<rows.count {
                let row = rows.row(draw)
                let ratio = course.logRatio(from: -8, to: day / 7, growth: row.growth, effect: row.effect, resistance: row.resistance)
                let found = run.states[draw, place, LiverTreatmentSystem.State.sum]
                #expect(abs(found / (row.baseline * ratio.value.exp()) - 1) < 1e-6, "day \(day), draw \(draw)")
            }
        }
    }

    @Test("Invariant O1: other days asked for, the same endpoints and the same values on common days, bit for bit")
    func gridIndependence() async throws {
        let subject = Patients.borderline
        let calibration = try await calibrated(subject)
        let plan = [Patients.systemic(), Patients.resection(112)]
        let coarse = try await model.forecast(Patients.forecast(subject, calibration, plan, days: [0, 84, 360, 900]))
        let fine = try await model.forecast(Patients.forecast(subject, calibration, plan, days: (0...365).map { Double($0) * 2 }))
        #expect(coarse.endpoints == fine.endpoints)
        for (level, row) in coarse.series[0].quantiles.enumerated() {
            for (index, day) in coarse.days.enumerated() where day <= 730 {
                #expect(row[index].bitPattern == fine.series[0].quantiles[level][Int(day / 2)].bitPattern)
            }
        }
    }

    @Test("Invariant O2: 1, 2 and 8 tasks, the same bytes")
    func threads() async throws {
        let subject = Patients.borderline
        let calibration = try await calibrated(subject, draws: 1000)
        let request = Patients.forecast(subject, calibration, model.suggestedScenarios(for: subject)[1].interventions)
        let one = try await model.forecast(request, concurrency: 1)
        for count in [2, 8] { #expect(try await model.forecast(request, concurrency: count) == one) }
        #expect(try await calibrated(subject, draws: 1000) == calibration)
    }

    @Test("More cycles never make a larger tumour, nor does a higher dose")
    func moreCycles() async throws {
        let subject = Patients.borderline
        var last: [Double]?
        for cycles in [2.0, 4, 8, 16] {
            let median = try await forecast(subject, [Patients.systemic("folfox", ["cycles": .number(cycles)])]).series[0].median
            if let last { for (now, before) in zip(median, last) { #expect(now <= before * (1 + 1e-8)) } }
            last = median
        }
        let low = try await forecast(subject, [Patients.systemic("folfox", ["intensity": .number(60)])])
        let full = try await forecast(subject, [Patients.systemic("folfox", [:])])
        #expect(full.series[0].median[20] < low.series[0].median[20])
    }

    @Test("Without treatment the tumour grows; the twin stays within its draws")
    func naturalCourse() async throws {
        let forecast = try await forecast(Patients.patient(sums: [(0, 60)]), [])
        let median = forecast.series[0].median
        #expect(zip(median, median.dropFirst()).allSatisfy { $0 < $1 })
        #expect(try endpoint(.timeToGrowth, forecast).values.allSatisfy { $0 == 0 })
        #expect(forecast.marks.isEmpty)
    }

    @Test("A resection takes the sum down to what survives unseen, which grows back: recurrence counts from 10 mm")
    func resection() async throws {
        let subject = Patients.patient(sums: [(0, 60)])
        let plan = try await forecast(subject, [Patients.resection(60)])
        let before = plan.series[0].median[10]
        let after = plan.series[0].median[11]
        #expect(after < 0.1 * before && after > 0.02 * before, "median share left is 5 %")
        #expect(plan.series[0].median[120] > after)
        let clean = try await forecast(subject, [Patients.resection(0, ["residual": .number(0)])])
        #expect(clean.series[0].upper[120] == 0)
        let months = try endpoint(.timeToProgression, clean)
        #expect(months.values.allSatisfy { $0 == months.ceiling })
        for kind in [LiverEndpoint.progressionFree12, .progressionFree24] {
            #expect(try endpoint(kind, clean).values.allSatisfy { $0 > 99.99 }, "today's scan is no follow-up")
        }
        let later = try endpoint(.timeToProgression, try await forecast(subject, [Patients.resection(60, ["residual": .number(0)])]))
        let operation = 60 / DayCount.month
        #expect(later.values.allSatisfy { $0 == later.ceiling || $0 < operation }, "what is removed whole does not come back")
        #expect(later.values.contains { $0 == later.ceiling })
        #expect(try endpoint(.timeToGrowth, plan).values.isEmpty, "after an operation a time to growth would mislead")
        #expect(plan.marks == [ForecastMark(day: 60, kind: .operation, label: "resection")])
        #expect(try endpoint(.progressionFree24, plan).notes.contains { $0.contains("survives unseen") })
    }

    @Test("An ablation of half the disease leaves the other half")
    func ablation() async throws {
        let subject = Patients.patient(sums: [(0, 60)])
        let none = try await forecast(subject, [])
        let half = try await forecast(
            subject, [Intervention("ablation", ["start": .number(0), "treated": .number(50), "residual": .number(0)])])
        #expect(abs(half.series[0].median[1] / none.series[0].median[1] - 0.5) < 1e-6)
    }

    @Test("No cycle begins within the pause about a resection; none is lost")
    func pauses() throws {
        let scenario = try model.completed(
            Scenario(name: "", interventions: [Patients.systemic("folfox", ["cycles": .number(12)]), Patients.resection(100)]))
        let course = LiverCourse(scenario, history: LiverHistory(), bodySurface: 1.8)
        let days = try #require(course.cycleDays.first)
        #expect(days.count == 12)
        #expect(days.allSatisfy { $0 <= 72 || $0 >= 128 })
        #expect(zip(days, days.dropFirst()).allSatisfy { $1 - $0 >= 14 })
    }

    @Test("A new partner restarts resistance in part, the same partner does not (invariant L3)")
    func lines() {
        var lines = LiverLines()
        #expect(lines.treat(with: .oxaliplatin, at: 0, carried: 0.5) == 0)
        #expect(lines.treat(with: .oxaliplatin, at: 20, carried: 0.5) == nil)
        #expect(lines.treat(with: .irinotecan, at: 40, carried: 0.5) == 20)
        #expect(lines.treat(with: .none, at: 50, carried: 0.5) == nil)
        #expect(lines.treat(with: .oxaliplatin, at: 60, carried: 0.5) == nil)
    }

    @Test("Embolisation lets the remnant grow until the resection: +36 % after 36.7 days, +84.3 % after 7.8 days with ALPPS")
    func remnantGrowth() async throws {
        let subject = Patients.patient(sums: [(0, 60)])
        for (technique, wait, percent) in [("pve", 36.7, 36.0), ("alpps", 7.8, 84.3)] {
            let scenario = Scenario(
                name: "", interventions: [Patients.embolisation(7, technique), Patients.resection(7 + wait + 30)])
            let run = try await model.simulate(
                SimulationRequest(values: ["flr": 350], scenario: scenario, times: [0, 1, 1 + wait / 7, 30, 60]))
            let volume = try #require(run.series.first { $0.name == "liver-remnant-volume" }).values
            #expect(volume[0] == 350 && volume[1] == 350)
            #expect(abs(volume[2] / 350 - 1 - percent / 100) < 5e-4)
            #expect(volume[3] == volume[4], "after the resection the remnant is not modelled and stands still")
        }
        let with = try await forecast(subject, [Patients.embolisation(14), Patients.resection(56)])
        let without = try await forecast(subject, [Patients.resection(56)])
        #expect(
            Patients.median(try endpoint(.remnantAtSurgery, with).values) > 1.2
                * Patients.median(try endpoint(.remnantAtSurgery, without).values))
        #expect(try endpoint(.growthRate, without).values.isEmpty)
        #expect(!(try endpoint(.growthRate, with).values.isEmpty))
    }

    @Test("Which gate counts: 20 % at first, 30 % after more than 3 months of chemotherapy in record and scenario, 40 % in cirrhosis")
    func gates() async throws {
        func note(_ subject: Subject, _ interventions: [Intervention]) async throws -> String {
            try endpoint(.remnantSuffices, try await forecast(subject, interventions, draws: 50)).notes[0]
        }
        let fresh = Patients.patient(sums: [(0, 60)])
        #expect(try await note(fresh, [Patients.resection(14)]).contains("20 %"))
        let six = [Patients.systemic("folfox", ["cycles": .number(6)]), Patients.resection(119)]
        #expect(try await note(fresh, six).contains("20 %"), "6 cycles are 84 days")
        let seven = [Patients.systemic("folfox", ["cycles": .number(7)]), Patients.resection(133)]
        #expect(try await note(fresh, seven).contains("30 %"))
        #expect(try await note(Patients.borderline, six).contains("30 %"), "8 weeks before and 12 to come")
        let cirrhotic = Patients.patient(sums: [(0, 60)], conditions: [LiverCodes.cirrhosis])
        #expect(try await note(cirrhotic, [Patients.resection(14)]).contains("40 %"))
    }

    @Test("The remnant of 22 % passes the 20 % gate and not the 30 % gate")
    func sufficiency() async throws {
        let fresh = Patients.patient(sums: [(0, 60)], remnant: 345)
        let early = try await forecast(fresh, [Patients.resection(14)])
        #expect(Patients.median(try endpoint(.remnantSuffices, early).values) > 80)
        let late = try await forecast(fresh, [Patients.systemic("folfox", ["cycles": .number(8)]), Patients.resection(140)])
        #expect(Patients.median(try endpoint(.remnantSuffices, late).values) < 1)
        let planned = try await forecast(fresh, [Patients.resection(14, ["remnant": .number(250)])])
        #expect(Patients.median(try endpoint(.remnantSuffices, planned).values) < 5, "the plan's volume counts before the record's")
    }

    @Test("Without volumetry, height or weight the remnant's figures stay empty, and a note says so")
    func missingVolumetry() async throws {
        for subject in [Patients.patient(sums: [(0, 60)], remnant: nil), Patients.patient(sums: [(0, 60)], height: nil)] {
            let plan = try await forecast(subject, [Patients.resection(14)], draws: 50)
            #expect(try endpoint(.remnantAtSurgery, plan).values.isEmpty)
            #expect(!plan.series.contains { $0.observable == "liver-remnant" })
            #expect(plan.notes.contains { $0.contains("not computed") || $0.contains("cannot be standardised") })
        }
    }

    @Test("RECIST shares add up to one and are left out after an operation")
    func responseShares() async throws {
        let drug = try await forecast(Patients.borderline, [Patients.systemic()])
        let shares = try endpoint(.responseWeek12, drug).shares
        #expect(shares.map(\.category) == ["CR", "PR", "SD", "PD"])
        #expect(abs(shares.reduce(0) { $0 + $1.share } - 1) < 1e-12)
        let operation = try await forecast(Patients.borderline, [Patients.resection(28)])
        #expect(try endpoint(.responseWeek12, operation).shares.isEmpty)
    }

    @Test("Assumptions stand beside every figure they shaped (invariant L2)")
    func assumptions() async throws {
        let plan = try await forecast(Patients.borderline, [Patients.systemic(), Patients.resection(112)], draws: 50)
        let sum = try endpoint(.sumWeek12, plan).notes
        #expect(
            sum.contains("assumption: FOLFOX ×6, on fluorouracil's exposure: oxaliplatin × 1.3 (no hazard ratio in our sources)"))
        #expect(sum.contains("assumption: an infused gram of fluorouracil counts 0.25 of a bolus gram"))
        #expect(sum.contains { $0.hasPrefix("assumption: the draws were learnt from 4 past cycles at full dose, oxaliplatin × 1.3") })
        #expect(sum.contains { $0.hasPrefix("assumption: of the disease resected on day 112 a median 5 % survives unseen") })
        #expect(plan.notes.filter { $0.hasPrefix("assumption") }.count >= 3)
        for kind in model.interventionKinds {
            for field in kind.fields where field.id.hasSuffix("contribution") || field.id == "residual" {
                #expect(field.source.trust == .assumption)
            }
        }
    }
}
