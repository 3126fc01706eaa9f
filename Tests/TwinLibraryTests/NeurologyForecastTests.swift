// Calibration and forecast of the Alzheimer course twin: bands, endpoints, few data, same bytes, labels.
import Testing
import Twins

@testable import TwinLibrary

@Suite("Alzheimer course: calibration and forecast")
struct NeurologyForecastTests {
    let course = AlzheimerCourse()
    static let days = (0...120).map { Double($0) * 1095.75 / 120 }

    private func calibrated(_ visits: [CohortVisit], draws: Int = 1000) async throws -> (Subject, Calibration) {
        let subject = Cohort.subject(visits)
        return (subject, try await course.calibrate(subject, settings: CalibrationSettings(draws: draws, seed: 7)))
    }

    private func forecast(_ pair: (Subject, Calibration), _ scenario: Scenario, days: [Double] = days) async throws -> Forecast {
        try await course.forecast(
            ForecastRequest(subject: pair.0, calibration: pair.1, scenario: scenario, days: days, seed: 7))
    }

    private func endpoint(_ forecast: Forecast, _ id: String) throws -> Endpoint { try #require(forecast.endpoints.first { $0.id == id }) }

    @Test("the draws stand round the maximum and are nearly all effective")
    func draws() async throws {
        let (_, calibration) = try await calibrated(Cohort.example)
        #expect(calibration.draws.count == 1000)
        #expect(calibration.effectiveSampleSize > 900)
        #expect(try #require(calibration.paretoShape) < 0.7)
        #expect(calibration.measurementsUsed == 16)
        #expect(calibration.fit.count == 16)
        #expect(calibration.warnings.isEmpty)
        for (index, name) in calibration.parameterNames.enumerated() {
            let column = calibration.draws.column(name)
            let mean = column.reduce(0, +) / 1000
            #expect(abs(mean - calibration.map[index]) < calibration.sd[index])
        }
    }

    @Test("a one-visit patient gets finite, wide spreads and is told why")
    func oneVisit() async throws {
        let (_, one) = try await calibrated([Cohort.example[1]])
        let (_, three) = try await calibrated(Cohort.example)
        #expect(one.sd.allSatisfy { $0.isFinite && $0 > 0 })
        #expect(one.sd[0] > 2 * three.sd[0])
        #expect(one.sd[0] <= AlzheimerPopulation.xiSD * 1.001)
        #expect(one.warnings.contains { $0.hasPrefix("one visit only") })
        #expect(one.warnings.contains { $0.hasPrefix("never measured") })
        if let cohort = Cohort() {
            for id in ["GS-105", "GS-107", "GS-198"] {
                let (_, calibration) = try await calibrated(cohort[id])
                #expect(calibration.sd.allSatisfy { $0.isFinite && $0 > 0 }, "\(id)")
                #expect(calibration.effectiveSampleSize > 100, "\(id)")
                print("\(id), one visit: spreads \(calibration.sd), effective sample size \(calibration.effectiveSampleSize)")
            }
        }
    }

    @Test("without a visit the draws are the population's and a warning says so")
    func noVisit() async throws {
        let (subject, calibration) = try await calibrated([])
        #expect(calibration.measurementsUsed == 0)
        #expect(calibration.warnings.contains { $0.hasPrefix("no measurement") })
        #expect(abs(calibration.sd[1] - AlzheimerPopulation.tauSD) < 1e-9)
        #expect(try await forecast((subject, calibration), Scenario(name: "", interventions: [])).series.count == 7)
    }

    @Test("bands are ordered, within the scale, and fall for MMSE and rise for FAQ")
    func bands() async throws {
        let pair = try await calibrated(Cohort.example)
        let natural = try await forecast(pair, Scenario(name: "natural", interventions: []))
        #expect(natural.series.map(\.observable) == course.observables.map(\.id))
        for (series, observable) in zip(natural.series, course.observables) {
            #expect(series.quantiles.count == 7)
            for time in natural.days.indices {
                let column = series.quantiles.map { $0[time] }
                #expect(zip(column, column.dropFirst()).allSatisfy { $0 <= $1 })
                #expect(column.allSatisfy(observable.range.contains))
            }
            let isFalling = observable.better == .higher
            #expect(zip(series.median, series.median.dropFirst()).allSatisfy { isFalling ? $0 >= $1 : $0 <= $1 })
        }
    }

    @Test("the endpoints are those announced, one value a draw, and agree with the bands")
    func endpoints() async throws {
        let pair = try await calibrated(Cohort.example)
        let scenarios = course.suggestedScenarios(for: pair.0)
        for scenario in scenarios {
            let result = try await forecast(pair, scenario, days: [365.25, 730.5, 1095.75])
            #expect(result.endpoints.map(\.id) == course.endpointList.map(\.id))
            for endpoint in result.endpoints {
                #expect(endpoint.values.count == 1000 && endpoint.values.allSatisfy { $0.isFinite }, "\(endpoint.id)")
            }
            for (year, time) in [(1, 0), (2, 1), (3, 2)] {
                let values = try endpoint(result, "mmse-\(year)y").values.sorted()
                let median = (values[499] + values[500]) / 2
                #expect(abs(median - (try #require(result.series.first { $0.observable == "mmse" })).median[time]) < 1e-12)
            }
        }
        let natural = try await forecast(pair, scenarios[0])
        let treated = try await forecast(pair, scenarios[1])
        #expect(try endpoint(natural, "time-saved").values.allSatisfy { $0 == 0 })
        #expect(try endpoint(treated, "time-saved").values.allSatisfy { abs($0 - 4.86) < 1e-12 })
        let risk = try endpoint(treated, "aria-e").values.sorted()
        #expect(abs(risk[500] - 12.6) < 0.2)
        #expect(risk[25] > 10 && risk[975] < 15.5)
        #expect(abs(try endpoint(natural, "aria-e").values.sorted()[500] - 1.7) < 0.1)
        #expect(abs(try endpoint(treated, "infusion-reaction").values.sorted()[500] - 26.4) < 0.3)
        // Paired: every single draw is better off under slowing.
        let better = zip(try endpoint(treated, "mmse-3y").values, try endpoint(natural, "mmse-3y").values)
        #expect(better.allSatisfy { $0 > $1 })
    }

    @Test("donanemab shows its own trial's risks, another antibody none")
    func otherAntibodies() async throws {
        let pair = try await calibrated(Cohort.example, draws: 500)
        func scenario(_ drug: String) -> Scenario {
            Scenario(name: drug, interventions: [Intervention("antibody", ["drug": .choice(drug)])])
        }
        let donanemab = try await forecast(pair, scenario("donanemab"), days: [0])
        #expect(abs(try endpoint(donanemab, "aria-e").values.sorted()[250] - 24.0) < 0.4)
        let other = try await forecast(pair, scenario("other"), days: [0])
        #expect(try endpoint(other, "aria-e").values.isEmpty)
        #expect(try endpoint(other, "aria-e").notes.contains { $0.contains("no published risk") })
    }

    @Test("the time to MMSE 20 is where the draw's own course crosses it, also across a treatment's end")
    func crossing() async throws {
        let (subject, calibration) = try await calibrated(Cohort.example, draws: 200)
        let scenario = try course.completed(
            Scenario(
                name: "both",
                interventions: [
                    Intervention("antibody", ["start": .number(60), "slowing": .number(0.6), "duration": .number(9)]),
                    Intervention("symptomatic", ["mmse": .number(2), "duration": .number(14)]),
                ]))
        let ensemble = try course.ensemble(calibration.draws, scenario: scenario, subject: subject)
        let months = ensemble.crossing(of: 20)
        let place = AlzheimerCourse.place("mmse")
        #expect(Set(months).count > 20)
        for (draw, month) in months.enumerated() where month < AlzheimerCourse.crossingCeiling {
            let day = month * DayCount.month
            func value(_ day: Double) -> Double { ensemble.values(of: place, count: 7, day: day)[draw] }
            #expect(value(day + 0.01) < 20 + 1e-3)
            if month > 0 { #expect(value(day - 0.01) > 20 - 1e-3) }
        }
    }

    @Test("T1, T2: the same draws, scenario and seed give the same bytes, alone, beside others, or day by day")
    func sameBytes() async throws {
        let pair = try await calibrated(Cohort.example)
        let again = try await calibrated(Cohort.example)
        #expect(pair.1 == again.1)
        let scenario = course.suggestedScenarios(for: pair.0)[1]
        let alone = try await forecast(pair, scenario)
        let crowd = try await withThrowingTaskGroup(of: Forecast.self) { group in
            for _ in 0..<6 { group.addTask { try await forecast(pair, scenario) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for other in crowd { #expect(other == alone) }
        for place in [0, 17, 120] {
            let single = try await forecast(pair, scenario, days: [Self.days[place]])
            for (one, all) in zip(single.series, alone.series) { #expect(one.quantiles.map { $0[0] } == all.quantiles.map { $0[place] }) }
        }
        var few = ForecastRequest(subject: pair.0, calibration: pair.1, scenario: scenario, days: Self.days, seed: 7)
        few.drawLimit = 100
        let quick = try await course.forecast(few)
        #expect(quick.drawCount == 100)
        #expect(Array(alone.endpoints[0].values.prefix(100)) == quick.endpoints[0].values)
    }

    @Test("every figure carries what shaped it: the antibody's, the drug's, points from severities, the trial's own placebo")
    func labels() async throws {
        let pair = try await calibrated(Cohort.example, draws: 50)
        let natural = try await forecast(pair, Scenario(name: "", interventions: []), days: [0])
        let treated = try await forecast(
            pair,
            Scenario(
                name: "",
                interventions: [
                    Intervention("antibody", ["slowing": .number(0.35), "drug": .choice("donanemab")]),
                    Intervention("symptomatic", ["mmse": .number(1.5)]),
                ]), days: [0])
        func notes(_ forecast: Forecast, _ id: String) throws -> String { try endpoint(forecast, id).notes.joined(separator: "\n") }
        for id in ["mmse-1y", "p-mmse-below-20", "p-mmse-below-10", "time-to-mmse-20"] {
            #expect(try notes(natural, id).contains("30 (1 − severity) is our inference"))
            #expect(try !notes(natural, id).contains("slows"))
            #expect(try notes(treated, id).contains("assumption: donanemab slows disease time by 35 %"))
            #expect(try notes(treated, id).contains("betters the MMSE by 1.5 points"))
        }
        #expect(try notes(natural, "faq-2y").contains("30 · severity is our inference"))
        #expect(try !notes(treated, "faq-2y").contains("betters"), "the board entered nothing for the FAQ")
        #expect(try notes(treated, "hippocampus-3y").contains("slows disease time by 35 %"))
        #expect(try notes(natural, "hippocampus-3y").isEmpty)
        #expect(try notes(treated, "time-saved").contains("slows disease time by 35 %"))
        #expect(try notes(treated, "aria-e").contains("placebo in the same trial: ARIA-E 2.1 %, infusion reactions 0.5 %"))
    }

    @Test("a request of another model, version or order of days is refused")
    func refusals() async throws {
        let (subject, calibration) = try await calibrated(Cohort.example, draws: 50)
        let natural = Scenario(name: "", interventions: [])
        var other = calibration
        other.model = "liver-metastases"
        var old = calibration
        old.modelVersion = "0.1"
        var empty = calibration
        empty.draws.values = []
        var broken = calibration
        broken.draws.values[3] = .nan
        let stale = TwinError.staleCalibration("the calibration is of version 0.1 of alzheimer-course, this is \(course.version)")
        await #expect(throws: stale) {
            try await course.forecast(ForecastRequest(subject: subject, calibration: old, scenario: natural, days: [0], seed: 1))
        }
        #expect(TwinError.staleCalibration("the record changed").description == "the record changed: calibrate again")
        for wrong in [other, empty, broken] {
            await #expect(throws: TwinError.self) {
                try await course.forecast(ForecastRequest(subject: subject, calibration: wrong, scenario: natural, days: [0], seed: 1))
            }
        }
        for days in [[1.0, 0], [0, 0], [.nan], [0, 1e300]] {
            await #expect(throws: TwinError.self) {
                try await course.forecast(
                    ForecastRequest(subject: subject, calibration: calibration, scenario: natural, days: days, seed: 1))
            }
        }
    }
}
