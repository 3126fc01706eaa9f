// Compare with keys and mouse: focus, cursor, endpoints, horizon, duplicate, remove, copy.
import Meetings
import Surface
import Testing
import Twins

@testable import Workstation

@Suite("Keys and mouse on Compare")
struct CompareKeysTests {
    @Test("Arrow keys choose scenario and endpoint; with c they move the date by round steps")
    func movement() {
        var state = Fixture.state()
        Fixture.press([.right, .right, .right, .down, .down, .up], &state)
        #expect(state.compareView.focused == 2)
        #expect(state.compareView.endpoint == 1)
        Fixture.press([.tab], &state)
        #expect(state.compareView.focused == 0, "Tab goes round")
        let day = state.cursorDay
        Fixture.press([.character("c"), .right], &state)
        #expect(state.compareView.focused == 0)
        #expect(abs(state.cursorDay - day - DayCount.month / 2) < 1e-9)
        Fixture.press(Array(repeating: .right, count: 100), &state)
        #expect(state.cursorDay == Fixture.model.horizon, "the horizon stops the cursor")
        Fixture.press(Array(repeating: .left, count: 200), &state)
        #expect(state.cursorDay == -60, "the first observation stops it too")
    }

    @Test("The readout says date, value and interval of every scenario")
    func readout() {
        var state = Fixture.state(size: Size(columns: 120, rows: 36))
        state.compareView.cursorDay = 12 * DayCount.month
        let line = Fixture.text(state).split(separator: "\n").first { $0.contains("at 12 months (22 Nov 2027)") }.map(String.init) ?? ""
        for letter in ["A ", "B ", "C "] { #expect(line.contains(letter)) }
        #expect(line.filter { $0 == "[" }.count == 3)
        #expect(line.contains(" mm"))
    }

    @Test("o overlays, t fills the screen with the table, m shows the next measure")
    func toggles() {
        var state = Fixture.state()
        if let id = state.open?.scenarios.first?.id, var marker = state.open?.forecasts[id]?.forecast?.series.first {
            marker.observable = "marker"
            state.open?.forecasts[id]?.forecast?.series.append(marker)
        }
        Fixture.press([.character("o")], &state)
        #expect(state.compareView.isOverlay)
        #expect(!Fixture.text(state).contains("too few"))
        Fixture.press([.character("t")], &state)
        #expect(state.compareView.isTable)
        Fixture.press([.character("t"), .character("m")], &state)
        #expect(Fixture.text(state).contains("future liver remnant, %"))
        Fixture.press([.character("M"), .character("M")], &state)
        #expect(Fixture.text(state).contains("serum marker"))
        Fixture.press([.character("o")], &state)
        #expect(Fixture.text(state).contains("This scenario has no serum marker."))
    }

    @Test("A longer horizon asks for every forecast again, and ends at four times the model's")
    func horizon() {
        var state = Fixture.state()
        let effects = Fixture.press([.character("]")], &state)
        #expect(effects.count == 3)
        guard case .forecast(let order)? = effects.first else { Issue.record("no forecast was asked for"); return }
        #expect(order.days.last == 36 * DayCount.month)
        Fixture.press(Array(repeating: .character("]"), count: 10), &state)
        #expect(Update.horizon(state) <= Fixture.model.horizon * 4)
        #expect(state.message?.text == "the model forecasts no further")
        Fixture.press(Array(repeating: .character("["), count: 20), &state)
        #expect(state.message?.text == "there is no shorter horizon")
        #expect(Update.horizon(state) >= DayCount.month)
    }

    @Test("d duplicates the focused scenario under a name of its own")
    func duplicate() {
        var state = Fixture.state()
        let effects = Fixture.press([.right, .character("d")], &state)
        guard case .addScenario(let item, let copy, let after)? = effects.last else { Issue.record("nothing added"); return }
        #expect(item == 1 && after == 12)
        #expect(copy.name == Fixture.scenarios[1].name + " (2)")
        #expect(copy.interventions == Fixture.scenarios[1].interventions)
        #expect(state.open.map { Update.freeName("FOLFOX alone (2)", $0) } == "FOLFOX alone (2)")
        var four = Fixture.state(scenarioCount: 4)
        #expect(Fixture.press([.character("d")], &four).isEmpty)
        #expect(four.message?.tone == .warning)
    }

    @Test("x asks before it removes, and not below two scenarios")
    func remove() {
        var state = Fixture.state()
        #expect(Fixture.press([.right, .character("x")], &state).isEmpty)
        #expect(Fixture.text(state).contains("Remove scenario B?"))
        let effects = Fixture.press([.character("y")], &state)
        guard case .removeScenario(_, let id)? = effects.last else { Issue.record("nothing removed"); return }
        #expect(id == 12)
        var two = Fixture.state(scenarioCount: 2)
        Fixture.press([.character("x")], &two)
        #expect(two.overlay == nil)
    }

    @Test("y copies every figure with its interval, the notes, and what the program is not")
    func copy() {
        var state = Fixture.state()
        let effects = Fixture.press([.character("y")], &state)
        guard case .copy(let text)? = effects.last else { Issue.record("nothing copied"); return }
        #expect(text.contains("CRC-0147"))
        #expect(text.contains("not a medical device"))
        for row in CompareFigures.rows(state.open?.comparison ?? Comparison([])) { #expect(text.contains(row.fullLabel)) }
        #expect(text.contains("! B: assumption: the response to anti-EGFR"))
        #expect(text.contains("B − A"))
    }

    @Test("r opens the name in the editor, e the editor on the focused scenario")
    func toEditor() {
        var state = Fixture.state()
        Fixture.press([.right, .character("r")], &state)
        #expect(state.route == .editor)
        #expect(state.editorView.scenario == 1)
        #expect(state.editorView.input?.text == Fixture.scenarios[1].name)
    }

    @Test("A click in a plot focuses it and reads it off there; the wheel moves the date; a row is chosen by a click")
    func mouse() {
        var state = Fixture.state()
        let drawing = View.draw(state)
        guard
            let plot = drawing.hits.last(where: {
                if case .plot(let day, let scenario) = $0.target { scenario == 2 && day > 300 && day < 600 } else { false }
            }),
            case .plot(let day, _) = plot.target, let row = drawing.hits.last(where: { $0.target == .endpoint(3) })
        else { Issue.record("no hits"); return }
        _ = Update.apply(.mouse(MouseEvent(kind: .click, point: plot.rect.origin)), to: &state)
        #expect(state.compareView.focused == 2)
        #expect(state.compareView.cursorDay == day)
        _ = Update.apply(.mouse(MouseEvent(kind: .wheelDown, point: plot.rect.origin)), to: &state)
        #expect(state.cursorDay > day)
        _ = Update.apply(.mouse(MouseEvent(kind: .click, point: Point(column: row.rect.column + 2, row: row.rect.row))), to: &state)
        #expect(state.compareView.endpoint == 3)
        let title = Point(column: 2, row: drawing.hits.first { $0.target == .scenario(0) }?.rect.row ?? 0)
        _ = Update.apply(.mouse(MouseEvent(kind: .click, point: title)), to: &state)
        #expect(state.compareView.focused == 0)
    }

    @Test("A signed case keeps its scenarios as the board saw them")
    func decided() {
        var state = Fixture.state()
        guard let draft = state.open?.decisionDraft else { Issue.record("no draft"); return }
        state.open?.decisions = [
            Decision(
                agendaItem: 1, version: 1, draft: draft, signedBy: "Dr Martin", signedAt: Fixture.reference, quorumReached: true, seen: nil)
        ]
        #expect(Fixture.press([.character("d"), .character("x")], &state).isEmpty)
        #expect(state.overlay == nil)
        state.route = .editor
        state.editorView.line = 4
        #expect(Fixture.press([.character("+"), .enter, .character("r"), .character("a")], &state).isEmpty)
        #expect(state.editorView.input == nil && state.editorView.adding == nil)
        #expect(Fixture.text(state).contains("signed: kept as it is"))
    }

    @Test("Curves have their points on whole weeks, or on even parts of one, up to the horizon: where visits and endpoints are")
    func days() {
        for months in Update.horizons {
            let horizon = months * DayCount.month
            let days = Update.days(horizon: horizon)
            #expect(days.first == 0 && days.last == horizon && zip(days, days.dropFirst()).allSatisfy(<), "\(months) months")
            #expect((60...121).contains(days.count), "\(months) months: \(days.count) points")
            let weeks = days[1] / DayCount.week
            #expect(weeks == weeks.rounded() || (1 / weeks) == (1 / weeks).rounded(), "\(months) months: \(weeks) weeks apart")
        }
        #expect(Update.days(horizon: 24 * DayCount.month).contains(84), "week 12 of two years")
        #expect(Update.days(horizon: 0) == [0])
    }
}
