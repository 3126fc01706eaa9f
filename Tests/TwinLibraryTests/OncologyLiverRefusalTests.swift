// What the liver twin refuses, and in which words; what it suggests; its card and its evidence.
import Testing
import Twins

@testable import TwinLibrary

@Suite("Liver metastases: refusals, suggestions, evidence")
struct OncologyLiverRefusalTests {
    private let model = LiverMetastases()
    private typealias Patients = OncologyPatients

    private func refusal(_ interventions: [Intervention], _ subject: Subject) -> String? {
        do {
            try model.validate(Scenario(name: "test", interventions: interventions), for: subject)
            return nil
        } catch { return error.description }
    }

    @Test("Anti-EGFR only in RAS wild type: mutant and unknown are refused with the reason")
    func rasGate() {
        let antibody = [Patients.systemic("folfiri", ["anti-egfr": .flag(true)])]
        #expect(refusal(antibody, Patients.patient(sums: [(0, 60)])) == nil)
        #expect(refusal(antibody, Patients.patient(sums: [(0, 60)], ras: "mutant"))?.contains("RAS mutant") == true)
        #expect(refusal(antibody, Patients.patient(sums: [(0, 60)], ras: nil))?.contains("no RAS status") == true)
        #expect(refusal(antibody, Patients.patient(sums: [(0, 60)], ras: "pending"))?.contains("no RAS status") == true)
    }

    @Test("Two antibodies, overlapping regimens, a late embolisation, too many operations are refused")
    func otherRefusals() {
        let subject = Patients.patient(sums: [(0, 60)])
        let both = Patients.systemic("folfox", ["anti-egfr": .flag(true), "bevacizumab": .flag(true)])
        #expect(refusal([both], subject)?.contains("together") == true)
        let overlapping = [Patients.systemic(), Patients.systemic("folfiri", ["start": .number(30)])]
        #expect(refusal(overlapping, subject)?.contains("overlap") == true)
        #expect(refusal([Patients.systemic(), Patients.systemic("folfiri", ["start": .number(84)])], subject) == nil)
        #expect(refusal([Patients.embolisation(60), Patients.resection(50)], subject)?.contains("before the resection") == true)
        #expect(refusal([Patients.embolisation(1), Patients.embolisation(2)], subject)?.contains("at most 1") == true)
        #expect(refusal([Patients.systemic("folfox", ["cycles": .number(500)])], subject)?.contains("outside") == true)
        #expect(refusal([Intervention("radiotherapy")], subject)?.contains("no intervention") == true)
    }

    @Test("Suggested scenarios are allowed for every kind of patient and have names of their own")
    func suggestions() throws {
        let subjects = [
            Patients.borderline, Patients.patient(sums: [(0, 45)], ras: "mutant"), Patients.patient(sums: [(0, 140)], ras: nil),
            Patients.patient(
                sums: [(-56, 84), (0, 101)], ras: "mutant",
                drugs: [
                    Patients.drug(LiverCodes.fluorouracil, from: -168, to: -10), Patients.drug(LiverCodes.oxaliplatin, from: -168, to: -10),
                ]),
        ]
        for subject in subjects {
            let scenarios = model.suggestedScenarios(for: subject)
            #expect(scenarios.count == 3 && Set(scenarios.map(\.name)).count == 3)
            for scenario in scenarios { #expect(refusal(scenario.interventions, subject) == nil, "\(scenario.name)") }
        }
    }

    @Test("Every check of the evidence passes")
    func evidence() async {
        let checks = await model.evidence()
        #expect(checks.count > 30)
        for check in checks { #expect(check.passed, "\(check.name): expected \(check.expected), obtained \(check.obtained)") }
    }

    @Test("Simulation: unknown names and descending times are refused in words")
    func simulationErrors() async {
        let empty = Scenario(name: "", interventions: [])
        await #expect(throws: TwinError.self) {
            _ = try await model.simulate(SimulationRequest(values: ["KX": 1], scenario: empty, times: [0, 1]))
        }
        await #expect(throws: TwinError.self) {
            _ = try await model.simulate(SimulationRequest(values: [:], scenario: empty, times: [1, 0]))
        }
    }

    @Test("Simulation refuses what no patient may have, covariates outside their limits and times that would never end")
    func simulationLimits() async {
        func refusal(_ values: [String: Double], _ interventions: [Intervention], _ times: [Double]) async -> String {
            do {
                _ = try await model.simulate(
                    SimulationRequest(values: values, scenario: Scenario(name: "", interventions: interventions), times: times))
                return "nothing was refused"
            } catch { return error.description }
        }
        let overlapping = [Patients.systemic(), Patients.systemic("folfiri", ["start": .number(30)])]
        #expect(await refusal([:], overlapping, [0, 10]).contains("overlap on day 30"))
        #expect(await refusal([:], [Patients.embolisation(60), Patients.resection(50)], [0, 10]).contains("before the resection"))
        let both = Patients.systemic("folfox", ["anti-egfr": .flag(true), "bevacizumab": .flag(true)])
        #expect(await refusal([:], [both], [0, 10]).contains("together"))
        #expect(await refusal(["bsa": 0.4], [], [0, 10]).contains("bsa = 0.4 is outside 0.5 to 3.5 m²"))
        #expect(await refusal(["flr": 5001], [], [0, 10]).contains("outside 20.0 to 5000.0 mL"))
        for last in [5300, 1e9, 1e300] { #expect(await refusal([:], [], [0, last]).contains("100 years")) }
        #expect(await refusal([:], [Patients.systemic("folfiri", ["anti-egfr": .flag(true)])], [0, 10]) == "nothing was refused")
    }

    @Test("Simulation to week 0 shows the start, also with an operation on that day")
    func simulationOfNothing() async throws {
        for interventions in [[], [Patients.resection(0)]] {
            let run = try await model.simulate(
                SimulationRequest(values: ["y0": 70], scenario: Scenario(name: "", interventions: interventions), times: [0]))
            #expect(run.series.first { $0.name == "y" }?.values == [70])
        }
    }

    @Test("Scores stand apart from the domain, each with its caveat; GAME is computed only where disease outside the liver is known")
    func game() throws {
        var subject = Patients.patient(sums: [(0, 60)])
        subject.observations += [
            Patients.number(LiverCodes.lesionCount, 2, .count, day: -1),
            Patients.number(LiverCodes.largestLesion, 40, .millimetre, day: -1),
            Patients.number(LiverCodes.cea, 30, Unit("ng/mL"), day: -1),
            Patients.number(LiverCodes.diseaseFreeInterval, 6, .month, day: -1),
            Observation(code: LiverCodes.nodes, time: Patients.instant(-1), value: .text("yes")),
        ]
        func found(_ name: String) throws -> String { try #require(model.scores(of: subject).first { $0.name == name }).value }
        #expect(model.scores(of: Patients.patient(sums: [(0, 60)])).isEmpty)
        #expect(model.scores(of: subject).map(\.name) == ["Fong", "Tumour burden", "GAME"])
        #expect(model.scores(of: subject).allSatisfy { !$0.caveat.isEmpty })
        #expect(!model.domain(of: subject).contains { $0.input.contains("Fong") })
        #expect(try found("GAME").hasPrefix("not computed"))
        #expect(try found("Fong") == "3 of 5 (high)")
        #expect(try found("Tumour burden") == "4.5 (zone 2 of 3)")
        subject.observations.append(Observation(code: LiverCodes.extrahepatic, time: Patients.instant(-1), value: .text("no")))
        #expect(try found("GAME").hasPrefix("3"))
    }

    @Test("What a board needs is listed, and a patient outside the domain is found out")
    func domain() {
        let complete = model.completeness(of: Patients.borderline)
        #expect(complete.first { $0.label == "RAS status" }?.isPresent == true)
        #expect(complete.first { $0.label == "CEA" }?.isPresent == false)
        let findings = model.domain(of: Patients.patient(sums: [(0, 700)], conditions: [LiverCodes.cirrhosis]))
        #expect(findings.first { $0.input == "sum of diameters" }?.isInside == false)
        #expect(findings.first { $0.input == "liver" }?.isInside == false)
    }
}
