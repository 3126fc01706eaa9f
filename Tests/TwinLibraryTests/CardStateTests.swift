// The states on a model's card are those that it computes.
import Systems
import Testing
import Twins

@testable import TwinLibrary

@Suite("A model's card")
struct CardStateTests {
    private func times(_ model: any TwinModel) -> [Double] { model is AlzheimerCourse ? [65, 75, 85] : [0, 4, 8] }

    @Test("lists the states that simulate gives, by their names, units and order, before what can be measured")
    func states() async throws {
        for model in TwinLibrary.models {
            let simulation = try await model.simulate(
                SimulationRequest(values: [:], scenario: Scenario(name: "none", interventions: []), times: times(model)))
            let states = model.card.states
            let observables = Set(model.observables.map(\.id))
            let computed = simulation.series.prefix { !observables.contains($0.name) }
            #expect(!states.isEmpty && states.map(\.name) == computed.map(\.name), "\(model.id)")
            #expect(states.map(\.unit) == computed.map(\.unit), "\(model.id)")
            #expect(states.allSatisfy { !$0.meaning.isEmpty })
        }
    }

    @Test("names the liver twin's integrated states in the order of its equations")
    func liver() {
        let names = LiverMetastases.modelCard.states.map(\.name)
        typealias State = LiverTreatmentSystem.State
        // The feedback follows from the cells; what comes after it is counted in the log of doses.
        #expect(names.count == State.feedback + 1)
        #expect(names[State.sum] == "y" && names[State.sensitivity] == "sensitivity")
        #expect(names[State.neutrophils] == "circulating" && names.last == "remnant-factor")
    }
}
