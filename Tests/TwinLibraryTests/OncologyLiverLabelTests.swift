// What the liver twin says beside its figures, what it warns of, and what it refuses to show.
import Testing
import Twins

@testable import TwinLibrary

@Suite("Liver metastases: labels, warnings, limits")
struct OncologyLiverLabelTests: LiverSuite {
    let model = LiverMetastases()
    private typealias Patients = OncologyPatients

    @Test("Labels name the multipliers and what is published; fluorouracil alone only its own; past treatment even without a new one")
    func labels() async throws {
        let fresh = Patients.patient(sums: [(0, 60)])
        func notes(_ subject: Subject, _ interventions: [Intervention], _ kind: LiverEndpoint = .sumWeek8) async throws -> String {
            try endpoint(kind, try await forecast(subject, interventions, draws: 50)).notes.joined(separator: "\n")
        }
        let antibody = try await notes(
            fresh, [Patients.systemic("folfiri", ["bevacizumab": .flag(true), "bevacizumab-contribution": .number(1.45)])])
        #expect(antibody.contains("irinotecan × 1.3 (no hazard ratio in our sources)"))
        #expect(
            antibody.contains(
                "bevacizumab × 1.45 (published, first line: PFS HR 0.68 (0.59–0.78), OS HR 0.89 (0.78–1.02), PMC4058184)"))
        let alone = try await notes(fresh, [Patients.systemic("5-fu")])
        #expect(alone == "assumption: an infused gram of fluorouracil counts 0.25 of a bolus gram")
        #expect(try await notes(fresh, []).isEmpty)
        #expect(try await notes(Patients.borderline, []).contains("past cycles at full dose, oxaliplatin × 1.3"))
        let edited = try await notes(fresh, [Patients.resection(28, ["residual": .number(12)])])
        #expect(edited.contains("resected on day 28 a median 12 % survives unseen (entered by the board"))
        #expect(edited.contains("22.5 %") && edited.contains("published 22.8 %"))
        let plan = [Patients.embolisation(7, "alpps"), Patients.resection(35)]
        for kind in [LiverEndpoint.remnantAtSurgery, .remnantSuffices, .growthRate] {
            let notes = try await notes(fresh, plan, kind)
            #expect(notes.contains("shape of the remnant's growth (τ 5 d") && notes.contains("volumetry errs by 6 %"))
        }
        #expect(try await notes(fresh, plan, .remnantSuffices).contains("the last year's and the scenario's, nothing older"))
        #expect(try await !notes(fresh, [Patients.resection(35)], .remnantAtSurgery).contains("shape"))
    }

    @Test("Bevacizumab less than six weeks before a resection is warned of, whether in the record or in the plan")
    func bevacizumab() async throws {
        func warning(_ end: Double?, _ interventions: [Intervention]) async throws -> String? {
            let drugs = end.map { [Patients.drug(LiverCodes.bevacizumab, from: -56, to: $0)] } ?? []
            let subject = Patients.patient(
                sums: [(-56, 140), (0, 118)], drugs: drugs + [Patients.drug(LiverCodes.fluorouracil, from: -56, to: -7)])
            return try await forecast(subject, interventions, draws: 20).notes.first { $0.hasPrefix("bevacizumab less") }
        }
        #expect(try await warning(-7, [Patients.resection(14)])?.contains("last on day -7") == true)
        #expect(try await warning(-7, [Patients.resection(35)]) == nil)
        #expect(try await warning(nil, [Patients.resection(14)]) == nil)
        let planned = Patients.systemic("folfox", ["cycles": .number(2), "bevacizumab": .flag(true)])
        #expect(try await warning(nil, [planned, Patients.resection(49)])?.contains("last on day 14") == true)
    }

    @Test("A record that changed since the calibration is refused; the same scans seen from a later day are not")
    func staleCalibration() async throws {
        let subject = Patients.borderline
        let calibration = try await calibrated(subject, draws: 20)
        let stale = TwinError.staleCalibration("the record changed since the calibration")
        for changed in [
            Patients.patient(sums: [(-56, 140), (0, 110)]), Patients.patient(sums: [(-55, 140), (0, 118)]),
            Patients.patient(sums: [(-90, 150), (-56, 140), (0, 118)]), Patients.patient(sums: [(0, 118)]), Patients.patient(sums: []),
        ] {
            await #expect(throws: stale) { _ = try await model.forecast(Patients.forecast(changed, calibration, [])) }
        }
        var later = subject
        later.reference = Patients.instant(21)
        let today = try await model.forecast(Patients.forecast(subject, calibration, [], days: [21, 84]))
        let inThreeWeeks = try await model.forecast(Patients.forecast(later, calibration, [], days: [0, 63]))
        for (a, b) in zip(today.series[0].median, inThreeWeeks.series[0].median) { #expect(abs(a / b - 1) < 1e-7) }
    }

    @Test("Time to growth: a regimen that does not begin on a whole week has its smallest sum at the end of a dose")
    func nadirBetweenWeeks() async throws {
        let subject = Patients.patient(sums: [(0, 60)])
        let plan = Patients.systemic("folfox", ["start": .number(3), "cycles": .number(1)])
        let months = try endpoint(.timeToGrowth, try await forecast(subject, [plan])).values
        let end = 10 / DayCount.month
        #expect(months.contains { abs($0 - end) < 1e-12 })
        #expect(months.allSatisfy { $0 == 0 || $0 <= end + 1e-12 })
    }

    @Test("A sum never leaves what the observable can be, in bands, endpoints and simulation")
    func ceiling() async throws {
        let forecast = try await forecast(Patients.patient(sums: [(-28, 300), (0, 420)]), [])
        let range = try #require(model.observable("sum-of-diameters")).range
        #expect(forecast.series[0].quantiles.allSatisfy { $0.allSatisfy(range.contains) })
        #expect(forecast.series[0].quantiles[6].contains(range.upperBound))
        #expect(try endpoint(.sumMonth12, forecast).values.allSatisfy(range.contains))
        let run = try await model.simulate(
            SimulationRequest(values: ["KL": 0.2], scenario: Scenario(name: "", interventions: []), times: [0, 100]))
        #expect(run.series.first { $0.name == "sum-of-diameters" }?.values == [90, 1000])
        #expect(run.series.first { $0.name == "y" }?.values.last ?? 0 > 1e6, "the state itself has no ceiling")
    }
}
