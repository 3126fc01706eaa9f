// Two seats changed the same: the second sees what the first did, says what stands, and loses nothing on the way.
import Meetings
import Surface
import Testing
import Twins

@testable import Workstation

@Suite("Another seat changed it first")
struct ConflictTests {
    private func scenarioConflict() -> (State, Scenario, Scenario) {
        var state = Fixture.state()
        var (mine, theirs) = (Fixture.scenarios[2], Fixture.scenarios[2])
        mine.interventions[0].values["addition"] = .number(3)
        theirs.interventions[0].values["addition"] = .number(2)
        state.open?.draft = ScenarioDraft(id: 13, scenario: mine, seen: [Fixture.scenarios[2]])
        _ = Update.apply(.edited(.conflict(.scenario(item: 1, id: 13, mine: mine, theirs: theirs))), to: &state)
        return (state, mine, theirs)
    }

    @Test("The second is shown both values of the scenario; «mine» saves over what it has now seen, «theirs» gives its own up")
    func scenario() {
        var (state, mine, theirs) = scenarioConflict()
        let text = Fixture.text(state)
        #expect(text.contains("«FOLFOX alone» was changed at another seat"))
        #expect(text.contains("theirs 2, yours 3"))
        var other = state
        Fixture.type("mine", &state)
        #expect(
            Fixture.press([.enter], &state).contains { effect in
                if case .saveScenario(1, 13, mine, let seen) = effect { seen == [theirs] } else { false }
            })
        Fixture.type("theirs", &other)
        let effects = Fixture.press([.enter], &other)
        #expect(!effects.contains { if case .saveScenario = $0 { true } else { false } })
        #expect(other.open?.draft == nil && other.conflicts.waiting.isEmpty)
    }

    @Test("Put off, nothing is lost: the draft stays, and the question comes again with the next screen")
    func putOff() {
        var (state, mine, _) = scenarioConflict()
        Fixture.press([.escape], &state)
        #expect(state.overlay == nil && state.open?.draft?.scenario == mine)
        Fixture.press([.character("2")], &state)
        #expect(Fixture.text(state).contains("was changed at another seat"))
    }

    @Test("While a text is being typed the question waits: a y in a word answers nothing")
    func typing() throws {
        var state = Fixture.state(route: .decision)
        let draft = try #require(state.open?.decisionDraft)
        let lines = DecisionForm.lines(try #require(state.open), roster: Fixture.seats, rule: .liver)
        state.decisionView.line = try #require(lines.firstIndex(of: .reason))
        Fixture.press([.enter], &state)
        Fixture.type("yes, min", &state)
        var (mine, theirs) = (draft, draft)
        mine.reason = "yes, min"
        theirs.reason = "no"
        let merge = try DraftMerge(base: draft, mine: mine, theirs: theirs)
        _ = Update.apply(.edited(.conflict(.draft(item: 1, merge, stored: theirs))), to: &state)
        #expect(state.overlay == nil)
        Fixture.type("e", &state)
        Fixture.press([.enter], &state)
        #expect(Fixture.text(state).contains("Both of you changed the reason"))
        Fixture.type("mine", &state)
        let effects = Fixture.press([.enter], &state)
        #expect(
            effects.contains { if case .saveDecisionDraft(1, let kept, [theirs]) = $0 { kept.reason.hasPrefix("yes") } else { false } })
    }

    @Test("Different fields: both are in the draft, what was typed meanwhile stays, and the message says what came from the other seat")
    func merged() throws {
        var state = Fixture.state(route: .decision)
        let base = try #require(state.open?.decisionDraft)
        var (sent, merged) = (base, base)
        sent.reason = "it fits"
        merged.reason = "it fits"
        merged.dissent = "one of five"
        var now = sent
        now.reason = "it fits well"
        state.open?.decisionDraft = now
        state.open?.decisionIsUnsaved = true
        _ = Update.apply(.edited(.draftMerged(item: 1, sent: sent, merged: merged, taken: ["the dissent"])), to: &state)
        #expect(state.open?.decisionDraft.reason == "it fits well" && state.open?.decisionDraft.dissent == "one of five")
        #expect(state.open?.decisionIsUnsaved == true)
        #expect(Fixture.text(state).contains("Another seat changed the dissent"))
    }

    @Test("What another seat changed of a draft that is only read here is shown, and told in words")
    func told() throws {
        var state = Fixture.state(route: .decision)
        var theirs = try #require(state.open)
        theirs.decisionDraft.reason = "theirs"
        _ = Update.apply(.caseReloaded(theirs), to: &state)
        #expect(state.open?.decisionDraft.reason == "theirs")
        #expect(Fixture.text(state).contains("Another seat changed the reason"))
    }
}
