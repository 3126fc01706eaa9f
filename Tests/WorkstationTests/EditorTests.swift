// The scenario editor: steps, limits, typing, adding, removing, drafts and their saving, and what its screen shows.
import Meetings
import Surface
import Testing
import Twins

@testable import Workstation

@Suite("The scenario editor")
struct EditorTests {
    /// On the line of a field of the first scenario's first intervention.
    private func state(on field: String, size: Size = Size(columns: 120, rows: 36)) -> State {
        var state = Fixture.state(size: size, route: .editor)
        let place = Fixture.model.interventionKinds[0].fields.firstIndex { $0.id == field } ?? 0
        state.editorView.line = 2 + place
        return state
    }
    private func value(_ field: String, _ state: State) -> FieldValue? { Update.edited(state)?.scenario.interventions[0].values[field] }

    @Test("A held + is drawn as a draft at each press, asks for its forecast, and is saved once the key rests (invariant 1)")
    func heldKey() {
        var state = state(on: "addition")
        var effects: [Effect] = []
        for _ in 0..<5 { effects = Fixture.press([.character("+")], &state) }
        #expect(value("addition", state) == .number(1.55))
        #expect(state.open?.scenarios[0].scenario == Fixture.scenarios[0], "the store's version is untouched")
        #expect(state.open?.draft?.id == 11)
        #expect(Fixture.text(state).contains("draft"))
        guard effects.count == 2, case .forecast(let order) = effects[0], case .wake(let token, let rest) = effects[1] else {
            Issue.record("expected a forecast and a deadline, not \(effects.count) effects")
            return
        }
        #expect(order.isDraft && order.scenario.interventions[0].values["addition"] == .number(1.55))
        #expect(rest <= 250)
        #expect(Update.apply(.woken(token: token - 1), to: &state).isEmpty, "an older deadline saves nothing")
        guard case .saveScenario(_, let id, let saved, _)? = Update.apply(.woken(token: token), to: &state).first else {
            Issue.record("nothing saved")
            return
        }
        #expect(id == 11 && saved.interventions[0].values["addition"] == .number(1.55))
        #expect(state.open?.draft != nil, "the mark goes when the store has answered")
        let stored = (state.open?.scenarios ?? []).map { $0.id == 11 ? CaseScenario(id: 11, scenario: saved) : $0 }
        _ = Update.apply(.scenariosStored(item: 1, stored, canUndo: true, canRedo: false, what: "", focus: nil), to: &state)
        #expect(state.open?.draft == nil)
    }

    @Test("The preview shows the new figures and the change since the first key")
    func preview() {
        var state = state(on: "addition")
        let effects = Fixture.press(Array(repeating: .character("+"), count: 4), &state)
        for event in Fixture.answers(effects) { _ = Update.apply(event, to: &state) }
        if let forecasts = state.open?.shownForecasts.compactMap(\.self) {
            _ = Update.apply(.compared(item: 1, request: state.generation, Comparison(forecasts)), to: &state)
        }
        let rows = Fixture.text(state).split(separator: "\n").map(String.init)
        #expect(rows.contains { $0.contains("change") })
        #expect(rows.contains { $0.contains("progression-free") && $0.contains("+6") }, "20 + 32·1.5 against 20 + 32·1.3")
    }

    @Test("Steps stay on their grid and within the limits, and the limit is said")
    func limits() {
        var state = state(on: "dose")
        Fixture.press([.character("+"), .character("+")], &state)
        #expect(value("dose", state) == .number(110))
        Fixture.press([.character("+")], &state)
        #expect(value("dose", state) == .number(110))
        #expect(state.message?.text == "Dose: 110 % is the most")
        Fixture.press([.shiftLeft, .shiftLeft], &state)
        #expect(value("dose", state) == .number(50))
        #expect(state.message?.text == "Dose: 50 % is the least")
        #expect(EditorForm.stepped(0.28, by: 1, step: 0.01, limits: 0...1) == 0.29)
        #expect(EditorForm.stepped(26.5, by: 1, step: 1, limits: 0...100) == 27)
        #expect(EditorForm.stepped(26.5, by: -1, step: 1, limits: 0...100) == 26)
    }

    @Test("Choices go round, flags turn over, and a date is shown beside its days")
    func otherFields() {
        var state = state(on: "backbone")
        Fixture.press([.right], &state)
        #expect(value("backbone", state) == .choice("folfiri"))
        Fixture.press([.right], &state)
        #expect(value("backbone", state) == .choice("folfox"))
        Fixture.press([.down, .down, .down, .enter], &state)
        #expect(value("bevacizumab", state) == .flag(true))
        #expect(Fixture.text(state).contains("22 Nov 2026"))
    }

    @Test("What the model does not allow is not taken, and the reason is said (invariant 2)")
    func notAllowed() {
        var state = state(on: "antiEGFR")
        #expect(Fixture.press([.enter], &state).isEmpty)
        #expect(value("antiEGFR", state) == .flag(false))
        #expect(state.open?.draft == nil)
        #expect(state.message?.tone == .danger)
        #expect(Fixture.text(state).contains("anti-EGFR is not given with this backbone"))
    }

    @Test("Typed numbers: point or comma, units that convert, dates; what is wrong is said and can be mended")
    func typing() {
        var state = state(on: "addition")
        Fixture.press([.enter, .control("u")], &state)
        Fixture.type("1,65", &state)
        #expect(Fixture.text(state).contains("1,65"))
        Fixture.press([.enter], &state)
        #expect(value("addition", state) == .number(1.65))
        Fixture.press([.enter, .control("u")], &state)
        Fixture.type("7", &state)
        #expect(Fixture.press([.enter], &state).isEmpty)
        #expect(state.message?.text == "Effect of the addition takes 0.00 to 2.00, not 7.00")
        #expect(state.editorView.input?.text == "7")
        Fixture.press([.escape], &state)
        #expect(state.editorView.input == nil && value("addition", state) == .number(1.65))

        let start = Fixture.model.interventionKinds[0].fields[0]
        #expect((try? EditorForm.parse("6 weeks", start, from: Fixture.reference)) == .number(42))
        #expect((try? EditorForm.parse("2026-12-06", start, from: Fixture.reference)) == .number(14))
        #expect(throws: EditorProblem(words: "«soon» is not a number; write 3.5 or 3,5")) {
            try EditorForm.parse("soon", start, from: Fixture.reference)
        }
        #expect(throws: EditorProblem(words: "«mm» does not convert to days")) {
            try EditorForm.parse("3 mm", start, from: Fixture.reference)
        }
        for text in ["", "nan", "inf", "0x10", "1e400", "--3", "3..5", "2025-01-01"] {
            #expect(throws: EditorProblem.self, "«\(text)»") { try EditorForm.parse(text, start, from: Fixture.reference) }
        }
    }

    @Test("Letters typed into a line are text, not commands; Esc always leads out")
    func masking() {
        var state = state(on: "addition")
        Fixture.press([.character("r"), .control("u")], &state)
        Fixture.type("quit d x n", &state)
        #expect(state.route == .editor)
        #expect(state.editorView.input?.text == "quit d x n")
        Fixture.press([.enter], &state)
        #expect(Update.edited(state)?.scenario.name == "quit d x n")
        Fixture.press([.character("r")], &state)
        #expect(Fixture.press([.control("c")], &state).contains { if case .quit = $0 { true } else { false } })
        Fixture.press([.escape, .escape], &state)
        #expect(state.route == .compare)
    }

    @Test("A name must be there and be the only one of its kind")
    func names() {
        var state = state(on: "addition")
        Fixture.press([.character("r"), .control("u"), .enter], &state)
        #expect(state.message?.tone == .danger && state.editorView.input != nil)
        Fixture.type("FOLFOX alone", &state)
        Fixture.press([.enter], &state)
        #expect(state.message?.text.hasPrefix("C has that name already") == true)
    }

    @Test("a lists the interventions; Enter takes one with its standard values; x asks and removes it")
    func addAndRemove() {
        var state = Fixture.state(route: .editor)
        Fixture.press([.character("a")], &state)
        #expect(Fixture.text(state).contains("Which intervention?"))
        Fixture.press([.down, .enter], &state)
        #expect(Update.edited(state)?.scenario.interventions.count == 3)
        #expect(Update.edited(state)?.scenario.interventions.last == Fixture.resection)
        let lines = Update.edited(state).map { EditorForm.lines($0.scenario, Fixture.model) } ?? []
        #expect(lines[state.editorView.line] == .field(2, 0))
        Fixture.press([.character("x")], &state)
        #expect(Fixture.text(state).contains("Remove this intervention?"))
        let effects = Fixture.press([.character("y")], &state)
        #expect(Update.edited(state)?.scenario.interventions.count == 2)
        #expect(effects.contains { if case .forecast = $0 { true } else { false } })
        Fixture.press([.character("a"), .escape], &state)
        #expect(state.editorView.adding == nil && state.route == .editor)
    }

    @Test("u and ^R save the draft first and then ask the store")
    func undo() {
        var state = state(on: "dose")
        Fixture.press([.character("+")], &state)
        let effects = Fixture.press([.character("u")], &state)
        guard effects.count == 2, case .saveScenario = effects[0], case .undo(let item) = effects[1] else {
            Issue.record("\(effects)"); return
        }
        #expect(item == 1)
        state.open?.canRedo = true
        #expect(Fixture.press([.control("r")], &state).contains { if case .redo = $0 { true } else { false } })
    }

    @Test("Tab goes to the next scenario and saves what was a draft when another is changed")
    func nextScenario() {
        var state = state(on: "dose")
        Fixture.press([.character("-"), .tab], &state)
        #expect(state.editorView.scenario == 1 && state.compareView.focused == 1)
        let effects = Fixture.press([.character("-")], &state)
        #expect(effects.contains { if case .saveScenario(_, let id, _, _) = $0 { id == 11 } else { false } })
        #expect(state.open?.draft?.id == 12)
    }

    @Test("The form shows units, limits, standard, source and assumptions, at every size and in ASCII", arguments: CompareScreenTests.sizes)
    func form(_ size: Size) {
        for capability in CompareScreenTests.capabilities {
            var state = state(on: "addition", size: size)
            state.look = Look(theme: .light, capability: capability)
            let text = Fixture.text(state)
            for word in [
                "Systemic regimen", "Dose", "100 %", "FOLFOX", "1.3", "Effect of the", "Factor on the kill rate", "progression-free",
            ] {
                #expect(text.contains(word), "\(word) at \(size)")
            }
            #expect(text.contains("assumption: no fitted set") || text.contains("assumption: no fitted"), "\(size)")
            if !capability.unicode { #expect(text.unicodeScalars.allSatisfy { $0.value < 0x80 }) }
        }
    }

    @Test("A click chooses a line, a second one opens it; a click on a tab shows that scenario")
    func mouse() {
        var state = state(on: "addition")
        let drawing = View.draw(state)
        guard let line = drawing.hits.last(where: { $0.target == .editorLine(4) }),
            let tab = drawing.hits.last(where: { $0.target == .scenario(2) })
        else { Issue.record("no hits"); return }
        _ = Update.apply(.mouse(MouseEvent(kind: .click, point: line.rect.origin)), to: &state)
        #expect(state.editorView.line == 4 && state.editorView.input == nil)
        _ = Update.apply(.mouse(MouseEvent(kind: .click, point: line.rect.origin)), to: &state)
        #expect(state.editorView.input?.text == "100")
        Fixture.press([.escape], &state)
        _ = Update.apply(.mouse(MouseEvent(kind: .click, point: tab.rect.origin)), to: &state)
        #expect(state.editorView.scenario == 2)
    }

    @Test("Without a scenario a adds the model's first suggestion")
    func empty() {
        var state = Fixture.state(route: .editor, scenarioCount: 0)
        #expect(Fixture.text(state).contains("no scenario yet"))
        guard case .addScenario(_, let scenario, nil)? = Fixture.press([.character("a")], &state).first else {
            Issue.record("nothing added"); return
        }
        #expect(scenario == Fixture.scenarios[0])
    }
}
