// The Decision form: every field by keys, required ones first, nothing chosen beforehand, what is typed read or refused with words.
import Meetings
import Surface
import Testing
import Twins

@testable import Workstation

@Suite("The Decision form")
struct DecisionFormTests {
    private func fresh(_ size: Size = Size(columns: 80, rows: 24)) -> State {
        var state = Fixture.state(size: size, route: .compare)
        Fixture.press([.character("s")], &state)
        return state
    }

    private func go(_ line: DecisionLine, _ state: inout State) throws {
        let open = try #require(state.open)
        let meeting = try #require(state.meeting)
        let lines = DecisionForm.lines(open, roster: meeting.seats, rule: .rule(for: meeting.board))
        state.decisionView.line = try #require(lines.firstIndex(of: line))
    }

    private func enter(_ line: DecisionLine, _ text: String, _ state: inout State) throws {
        try go(line, &state)
        Fixture.press([.enter], &state)
        Fixture.type(text, &state)
        Fixture.press([.enter], &state)
    }

    @Test("It opens on the first thing that is missing, with nothing chosen, and says all that is missing at 80×24 too")
    func opens() {
        let state = fresh()
        #expect(state.route == .decision)
        #expect(Update.decisionLine(state) == .option(0))
        #expect(state.open?.decisionDraft.choice == nil && state.open?.decisionDraft.plan == DecisionPlan())
        let text = Fixture.text(state)
        #expect(text.contains("missing: first choice, reason, guideline, tells the patient, follow-up"), "\(text)")
        #expect(text.contains("(x)") == false)
    }

    @Test("Enter walks through what is missing and ends on the signature") func walk() throws {
        var state = fresh()
        Fixture.press([.enter], &state)
        #expect(Update.decisionLine(state) == .reason)
        Fixture.press([.enter], &state)
        Fixture.type("it fits", &state)
        Fixture.press([.enter], &state)
        #expect(Update.decisionLine(state) == .standing)
        Fixture.press([.enter], &state)
        #expect(state.decisionView.pick?.selected == nil, "nothing is chosen beforehand")
        Fixture.press([.enter], &state)
        #expect(state.decisionView.pick != nil, "a second Enter chooses nothing")
        Fixture.type("none for", &state)
        Fixture.press([.enter], &state)
        #expect(state.open?.decisionDraft.plan.standing == GuidelineStanding.none)
        #expect(Update.decisionLine(state) == .informant)
        Fixture.press([.enter, .character("2")], &state)
        #expect(state.open?.decisionDraft.plan.informant == "Dr Leroy")
        #expect(Update.decisionLine(state) == .followUp)
        Fixture.press([.right], &state)
        #expect(state.open?.decisionDraft.followUp == Fixture.meeting.map { CalendarDay(number: $0.day.number + 84) })
        #expect(Fixture.text(state).contains("ready to sign"))
    }

    @Test("A decision that departs from a guideline asks for its name and why") func departs() throws {
        var state = fresh()
        try go(.standing, &state)
        Fixture.press([.enter], &state)
        Fixture.type("departs from another", &state)
        Fixture.press([.enter], &state)
        #expect(Update.decisionLine(state) == .guideline && state.decisionView.input != nil)
        Fixture.type("EAU; 2024; nonsense", &state)
        Fixture.press([.enter], &state)
        #expect(state.message?.text.contains("«nonsense» is not a day") == true && state.decisionView.input != nil)
        for _ in 0..<8 { Fixture.press([.backspace], &state) }
        Fixture.type("2024-03-01", &state)
        Fixture.press([.enter], &state)
        #expect(state.open?.decisionDraft.plan.guideline == Guideline(name: "EAU", version: "2024", day: CalendarDay("2024-03-01")))
        #expect(state.open?.decisionDraft.plan.standing == .departs)
        let meeting = try #require(state.meeting)
        #expect(state.open?.decisionDraft.problems(rule: .rule(for: meeting.board), options: []).contains(.noDeviation) == true)
        try enter(.deviation, "dialysis", &state)
        #expect(state.open?.decisionDraft.plan.deviation == "dialysis")
    }

    @Test("Alternatives are ranked: added in order, moved, taken out; the first choice is none of them") func alternatives() throws {
        var state = fresh()
        Fixture.press([.enter], &state)
        try go(.addAlternative, &state)
        Fixture.press([.enter, .character("2")], &state)
        Fixture.press([.enter, .character("1")], &state)
        let names = Fixture.scenarios.map(\.name)
        #expect(state.open?.decisionDraft.plan.alternatives == [.scenario(names[2]), .scenario(names[1])])
        try go(.alternative(1), &state)
        Fixture.press([.character("<")], &state)
        #expect(state.open?.decisionDraft.plan.alternatives == [.scenario(names[1]), .scenario(names[2])])
        #expect(Update.decisionLine(state) == .alternative(0))
        try go(.addAlternative, &state)
        Fixture.press([.enter], &state)
        Fixture.type("something", &state)
        Fixture.press([.enter], &state)
        Fixture.type("best supportive care", &state)
        Fixture.press([.enter], &state)
        #expect(state.open?.decisionDraft.plan.alternatives.last == .other("best supportive care"))
        // What is promoted to the first choice is no alternative any more.
        try go(.option(1), &state)
        Fixture.press([.enter], &state)
        #expect(state.open?.decisionDraft.plan.alternatives == [.scenario(names[2]), .other("best supportive care")])
        try go(.alternative(0), &state)
        Fixture.press([.character("x")], &state)
        #expect(state.open?.decisionDraft.plan.alternatives == [.other("best supportive care")])
    }

    @Test("Steps have a kind, words and a window of time; a window that is none is told") func steps() throws {
        var state = fresh(Size(columns: 120, rows: 36))
        try go(.addStep, &state)
        Fixture.press([.enter], &state)
        #expect(Fixture.text(state).contains("Kind of treatment"))
        Fixture.type("interventional", &state)
        Fixture.press([.enter], &state)
        Fixture.type("embolisation, +8w to +4w", &state)
        Fixture.press([.enter], &state)
        #expect(state.message?.text.contains("comes before the earliest") == true)
        #expect(state.open?.decisionDraft.plan.steps.isEmpty == true)
        Fixture.press([.control("u")], &state)
        Fixture.type("embolisation, +4w to +8w", &state)
        Fixture.press([.enter], &state)
        let day = try #require(state.meeting).day.number
        #expect(
            state.open?.decisionDraft.plan.steps == [
                PlannedStep(
                    kind: .interventionalRadiology, what: "embolisation", earliest: CalendarDay(number: day + 28),
                    latest: CalendarDay(number: day + 56))
            ])
        #expect(Update.decisionLine(state) == .addStep, "the next step can be added at once")
        try enter(.addTest, "PET, by +2w", &state)
        #expect(state.open?.decisionDraft.plan.tests == [FurtherTest(what: "PET", latest: CalendarDay(number: day + 14))])
        #expect(Fixture.text(state).contains("interventional radiology: embolisation"))
    }

    @Test("Trial, comorbidity, preference and correspondents are written; those that are not wanted cost no key") func others() throws {
        var state = fresh()
        try enter(.trial, "NCT0", &state)
        try enter(.comorbidity, "dialysis", &state)
        try enter(.preference, "no stoma", &state)
        try enter(.correspondents, "Dr Roche; Dr Kay", &state)
        let plan = try #require(state.open?.decisionDraft.plan)
        #expect(plan.trial == "NCT0" && plan.comorbidity == "dialysis" && plan.preference == "no stoma")
        #expect(plan.correspondents == ["Dr Roche", "Dr Kay"])
    }

    @Test("What is being typed stays in its field when another seat takes a scenario out") func shifted() throws {
        var state = fresh()
        try go(.reason, &state)
        Fixture.press([.enter], &state)
        Fixture.type("it fi", &state)
        var theirs = try #require(state.open)
        theirs.scenarios.removeLast()
        _ = Update.apply(.caseReloaded(theirs), to: &state)
        Fixture.type("ts", &state)
        Fixture.press([.enter], &state)
        #expect(state.open?.decisionDraft.reason == "it fits")
        #expect(state.open?.decisionDraft.plan.standing == nil && state.open?.decisionDraft.plan.deviation == "")
    }

    @Test("A list can be left, clicked, and is drawn at every size and in ASCII") func pickList() throws {
        for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 61, rows: 17)] {
            var state = fresh(size)
            state.look = Look(theme: Theme.builtIn[0], capability: .ascii)
            try go(.informant, &state)
            Fixture.press([.enter], &state)
            #expect(Fixture.text(state).contains("Who tells the patient"))
            Fixture.press([.escape], &state)
            #expect(state.decisionView.pick == nil && state.open?.decisionDraft.plan.informant == "")
            Fixture.press([.enter], &state)
            let place = try #require(View.draw(state).hits.last { $0.target == .pickRow(1) }?.rect.origin)
            _ = Update.apply(.mouse(MouseEvent(kind: .click, point: place)), to: &state)
            #expect(state.open?.decisionDraft.plan.informant == "Dr Leroy")
        }
    }

    @Test("The eighteen kinds of the national list have their codes, each once; ours are coded as other treatments") func kinds() {
        let codes = TreatmentKind.allCases.map { $0.code.code }
        #expect(Set(codes).count == 18)
        #expect(codes.filter { $0 == "GEN-092.03.01" }.count == 4)
        #expect(TreatmentKind(typed: "Targeted therapy") == .targetedTherapy && TreatmentKind(typed: "magic") == nil)
    }
}
