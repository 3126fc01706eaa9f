// What treatments do in the Alzheimer course twin, and which scenarios it refuses.
import Testing
import Twins

@testable import TwinLibrary

@Suite("Alzheimer course: treatments")
struct NeurologyScenarioTests {
    let course = AlzheimerCourse()
    let subject = Cohort.subject(Cohort.example)

    private func antibody(_ values: [String: FieldValue] = [:]) -> Scenario {
        Scenario(name: "antibody", interventions: [Intervention("antibody", values)])
    }

    private func drug(_ values: [String: FieldValue] = [:]) -> Scenario {
        Scenario(name: "drug", interventions: [Intervention("symptomatic", values)])
    }

    private func simulated(_ scenario: Scenario, _ name: String, ages: [Double]) async throws -> [Double] {
        let result = try await course.simulate(
            SimulationRequest(values: ["xi": 0.3, "tau": 70, "sources_0": 0.2, "age": 70], scenario: scenario, times: ages))
        return try #require(result.series.first { $0.name == name }).values
    }

    @Test("A2: under slowing s the patient at time t stands where the untreated one stands at t − s(t − t₀)")
    func timeSaved() async throws {
        let start = 180.0
        let treated = antibody(["start": .number(start), "slowing": .number(0.27), "duration": .number(120)])
        let natural = Scenario(name: "natural", interventions: [])
        for years in [0.2, 1.0, 2.5, 4.0] {
            let saved = 0.27 * max(0, years - start / DayCount.year)
            for name in ["rt", "mmse", "faq", "hippocampus"] {
                let with = try await simulated(treated, name, ages: [70 + years])[0]
                let without = try await simulated(natural, name, ages: [70 + years - saved])[0]
                #expect(abs(with - without) < 1e-12 * max(1, without.magnitude), "\(name) after \(years) years")
            }
        }
    }

    @Test("A2: after the antibody stops the disease runs at its own pace and the time saved is kept")
    func stopping() {
        let clock = DiseaseClock(antibody(["start": .number(100), "slowing": .number(0.5), "duration": .number(12)]), age: 70)
        #expect(clock.saved(day: 99) == 0)
        #expect(abs(clock.saved(day: 100 + 365.25 / 2) - 365.25 / 4) < 1e-9)
        #expect(abs(clock.saved(day: 2000) - 365.25 / 2) < 1e-9)
        #expect(abs(clock.effectiveAge(day: 2001) - clock.effectiveAge(day: 2000) - 1 / 365.25) < 1e-12)
    }

    @Test("a symptomatic drug adds its points while it is taken, to MMSE and FAQ only, within the scale")
    func symptomatic() async throws {
        let scenario = drug(["start": .number(10), "mmse": .number(2), "faq": .number(1.5), "duration": .number(12)])
        let days = [9.999, 10, 200, 10 + 365.249, 10 + 365.25]
        let ages = days.map { 70 + $0 / DayCount.year }
        let natural = Scenario(name: "natural", interventions: [])
        for (name, points) in [("mmse", 2.0), ("faq", -1.5), ("ravlt", 0)] {
            let with = try await simulated(scenario, name, ages: ages)
            let without = try await simulated(natural, name, ages: ages)
            for (index, expected) in [0, points, points, points, 0].enumerated() {
                // An age in years gives the day back to within a rounding, which shifts the course beneath alike in both.
                #expect(abs(with[index] - without[index] - expected) < 1e-9, "\(name) on day \(days[index])")
            }
        }
        let clock = DiseaseClock(try course.completed(scenario), age: 70)
        let place = AlzheimerCourse.place("mmse")
        for (day, points) in [(9.999, 0.0), (10, 2), (375.249, 2), (375.25, 0)] {
            #expect(clock.relief(feature: place, day: day) == points)
        }
        #expect(clock.snapped(10 - 1e-9) == 10 && clock.snapped(9.999) == 9.999)
        let early = try await course.simulate(
            SimulationRequest(values: ["tau": 120, "age": 60], scenario: drug(["mmse": .number(6), "faq": .number(6)]), times: [61]))
        #expect(early.series.first { $0.name == "mmse" }?.values == [30])
        #expect(early.series.first { $0.name == "faq" }?.values == [0])
    }

    @Test(
        "hostile scenarios are refused with a message that says what to do",
        arguments: [
            (Scenario(name: "x", interventions: [Intervention("surgery")]), "antibody, symptomatic"),
            (Scenario(name: "x", interventions: [Intervention("antibody", ["slowing": .number(1.01)])]), "outside 0.0 to 1.0"),
            (Scenario(name: "x", interventions: [Intervention("antibody", ["slowing": .number(.nan)])]), "slowing"),
            (Scenario(name: "x", interventions: [Intervention("antibody", ["start": .number(-1)])]), "start"),
            (Scenario(name: "x", interventions: [Intervention("antibody", ["drug": .choice("aducanumab")])]), "lecanemab"),
            (Scenario(name: "x", interventions: [Intervention("antibody", ["drug": .number(1)])]), "one of its choices"),
            (Scenario(name: "x", interventions: [Intervention("antibody", ["dose": .number(10)])]), "no field «dose»"),
            (Scenario(name: "x", interventions: [Intervention("antibody"), Intervention("antibody")]), "at most 1"),
            (Scenario(name: "x", interventions: Array(repeating: Intervention("symptomatic"), count: 3)), "at most 2"),
            (Scenario(name: "x", interventions: [Intervention("symptomatic", ["mmse": .number(1e300)])]), "mmse"),
        ])
    func hostile(scenario: Scenario, says: String) async throws {
        let error = #expect(throws: TwinError.self) { try course.validate(scenario, for: subject) }
        #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
        let calibration = try await course.calibrate(subject, settings: CalibrationSettings(draws: 20))
        await #expect(throws: TwinError.self) {
            try await course.forecast(
                ForecastRequest(subject: subject, calibration: calibration, scenario: scenario, days: [0], seed: 1))
        }
    }

    @Test("without a birth date the twin says that it is missing, everywhere")
    func noBirth() async throws {
        var nobody = subject
        nobody.birth = nil
        await #expect(throws: TwinError.missing("the date of birth", model: "alzheimer-course")) {
            try await course.calibrate(nobody, settings: CalibrationSettings())
        }
        #expect(throws: TwinError.self) { try course.validate(Scenario(name: "", interventions: []), for: nobody) }
        #expect(course.completeness(of: nobody).first { $0.label == "date of birth" }?.isPresent == false)
        #expect(course.domain(of: nobody).first?.isInside == false)
    }

    @Test("simulate refuses unknown names and numbers that are not finite")
    func hostileSimulation() async {
        let natural = Scenario(name: "", interventions: [])
        for (values, times) in [(["ξ": 0.0], [70.0]), (["xi": .nan], [70]), ([:], [.infinity])] as [([String: Double], [Double])] {
            await #expect(throws: TwinError.self) {
                try await course.simulate(SimulationRequest(values: values, scenario: natural, times: times))
            }
        }
    }

    @Test("the suggested scenarios are valid, and the natural course comes first")
    func suggestions() throws {
        let scenarios = course.suggestedScenarios(for: subject)
        #expect(scenarios.count == 3)
        #expect(scenarios[0].interventions.isEmpty)
        for scenario in scenarios { try course.validate(scenario, for: subject) }
        #expect(course.marks(of: scenarios[1]).map(\.kind) == [.treatmentStart, .treatmentEnd])
        #expect(course.notes(on: scenarios[1], for: subject).contains { $0.hasPrefix("assumption") })
        #expect(course.notes(on: scenarios[2], for: subject).contains { $0.hasPrefix("assumption") })
    }

    @Test("the registry knows the twin by its name, and says which names there are")
    func registry() throws {
        #expect(try TwinLibrary.model(named: "alzheimer-course").id == "alzheimer-course")
        let error = #expect(throws: TwinError.self) { try TwinLibrary.model(named: "alzheimer") }
        #expect(error?.description.contains("alzheimer-course") == true)
    }
}
