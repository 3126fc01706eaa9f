// Keys and mouse on Compare.
import Meetings
import Surface
import Twins

extension Update {
    /// Horizons that can be chosen, in months.
    static let horizons: [Double] = [1, 3, 6, 12, 18, 24, 36, 60, 120]

    static func compareAction(_ action: Action, _ state: inout State) -> [Effect] {
        let count = state.open?.scenarios.count ?? 0
        switch action {
        case .left, .right:
            let step = action == .left ? -1 : 1
            if state.compareView.movesCursor { moveCursor(Double(step), &state) } else { focus(state.compareView.focused + step, &state) }
        case .nextPane, .previousPane:
            guard count > 0 else { break }
            focus((state.compareView.focused + (action == .nextPane ? 1 : count - 1)) % count, &state)
        case .up: selectEndpoint(state.compareView.endpoint - 1, &state)
        case .down: selectEndpoint(state.compareView.endpoint + 1, &state)
        case .pageUp: selectEndpoint(state.compareView.endpoint - 5, &state)
        case .pageDown: selectEndpoint(state.compareView.endpoint + 5, &state)
        case .top: selectEndpoint(0, &state)
        case .bottom: selectEndpoint(.max, &state)
        case .overlay: state.compareView.isOverlay.toggle()
        case .table: state.compareView.isTable.toggle()
        case .cursor:
            state.compareView.movesCursor.toggle()
            state.message = Message(
                state.compareView.movesCursor
                    ? "Arrow keys move the date; c gives them back to the scenarios" : "Arrow keys choose the scenario")
        case .cursorLeft: moveCursor(-1, &state)
        case .cursorRight: moveCursor(1, &state)
        case .choose: return perform(.edit, &state)
        case .rename:
            guard let name = shownScenario(at: state.compareView.focused, state)?.name else { break }
            let effects = go(.editor, &state)
            state.editorView.line = 0
            state.editorView.input = TextInput(name, limit: EditorForm.longestName)
            return effects
        case .remove: return askToRemoveScenario(state.compareView.focused, &state)
        case .duplicate: return duplicate(state.compareView.focused, &state)
        case .copyFigures: return copyFigures(&state)
        default: return observableOrHorizon(action, &state)
        }
        return []
    }

    /// What Compare and the editor have in common: which measure is shown and how far ahead.
    static func observableOrHorizon(_ action: Action, _ state: inout State) -> [Effect] {
        switch action {
        case .nextObservable, .previousObservable:
            let count = state.open?.comparedObservables.count ?? 0
            guard count > 0 else { return [] }
            if count == 1 { state.message = Message("there is one measure only") }
            state.compareView.observable = (state.observablePlace + (action == .nextObservable ? 1 : count - 1)) % count
            return []
        case .longerHorizon, .shorterHorizon: return changeHorizon(longer: action == .longerHorizon, &state)
        default: return []
        }
    }

    private static func changeHorizon(longer: Bool, _ state: inout State) -> [Effect] {
        guard let model = state.open?.model else { return [] }
        let now = horizon(state)
        // Beyond four times what the model is made for nothing it says means much.
        let possible = (horizons.map { $0 * DayCount.month } + [model.horizon]).filter {
            $0 <= model.horizon * 4 && $0 >= model.horizon / 24
        }.sorted()
        let next = longer ? possible.first { $0 > now * 1.02 } : possible.last { $0 < now * 0.98 }
        guard let next else {
            state.message = Message(longer ? "the model forecasts no further" : "there is no shorter horizon")
            return []
        }
        state.compareView.horizon = next
        if let day = state.compareView.cursorDay, day > next { state.compareView.cursorDay = next }
        state.message = Message("Horizon \(FigureText.span(next))")
        return requestForecasts(&state)
    }

    private static func focus(_ index: Int, _ state: inout State) {
        state.compareView.focused = min(max(0, index), max(0, (state.open?.scenarios.count ?? 1) - 1))
    }

    private static func selectEndpoint(_ index: Int, _ state: inout State) {
        state.compareView.endpoint = min(max(0, index), max(0, (state.open?.comparison?.applicable.count ?? 1) - 1))
    }

    /// A multiple of the cursor's step.
    static func snapped(_ day: Double, step: Double) -> Double { (day / step).rounded() * step }

    static func moveCursor(_ steps: Double, _ state: inout State) {
        let step = state.cursorStep
        setCursor(snapped(state.cursorDay, step: step) + steps * step, &state)
    }

    private static func setCursor(_ day: Double, _ state: inout State) {
        let earliest =
            state.open.map { open in
                ComparePlots.observed(open.subject, open.comparedObservables[state.observablePlace]).map(\.x).min() ?? 0
            } ?? 0
        let horizon = horizon(state)
        state.compareView.cursorDay = min(max(day, max(earliest, -horizon)), horizon)
    }

    static func shownScenario(at index: Int, _ state: State) -> Scenario? {
        guard let open = state.open, open.scenarios.indices.contains(index) else { return nil }
        return open.shown(open.scenarios[index])
    }

    static func askToRemoveScenario(_ index: Int, _ state: inout State) -> [Effect] {
        guard let open = state.open, open.scenarios.indices.contains(index) else { return [] }
        let scenario = open.scenarios[index]
        state.overlay = .confirm(
            Confirmation(
                title: "Remove scenario \(ComparePlots.letter(index))?", lines: [open.shown(scenario).name, "u brings it back."],
                purpose: .removeScenario(scenario.id)))
        return []
    }

    /// A copy after the original, under a name of its own: a decision names a scenario.
    static func duplicate(_ index: Int, _ state: inout State) -> [Effect] {
        guard let open = state.open, open.scenarios.indices.contains(index) else {
            state.message = Message("there is no scenario to duplicate", .warning)
            return []
        }
        var copy = open.shown(open.scenarios[index])
        copy.name = freeName(copy.name, open)
        return commitDrafts(&state) + [.addScenario(item: open.item.id, copy, after: open.scenarios[index].id)]
    }

    /// The name, or the name with the lowest number that is free.
    static func freeName(_ name: String, _ open: OpenCase) -> String {
        let taken = Set(open.scenarios.map { open.shown($0).name })
        guard taken.contains(name) else { return name }
        var base = Substring(name)
        if base.hasSuffix(")"), let start = base.lastIndex(of: "("),
            Int(base[base.index(after: start)..<base.index(before: base.endIndex)]) != nil
        {
            base = base[..<start]
            while base.last == " " { base.removeLast() }
        }
        var number = 2
        while taken.contains("\(base) (\(number))") { number += 1 }
        return "\(base) (\(number))"
    }

    private static func copyFigures(_ state: inout State) -> [Effect] {
        guard let open = state.open, let comparison = open.comparison else {
            state.message = Message("there are no figures yet", .warning)
            return []
        }
        let head = [
            "\(SafeText(open.item.patient).string) · \(SafeText(open.model.title).string) \(SafeText(open.model.version).string) · now = \(open.subject.reference.day)",
            "twinboard: for research, teaching and preparation; not a medical device", "",
        ]
        state.message = Message("The endpoint table was sent to the clipboard", .good)
        return [.copy((head + CompareFigures.lines(comparison)).joined(separator: "\n") + "\n")]
    }

    static func compareHit(_ target: HitTarget, _ kind: MouseEvent.Kind, _ state: inout State) -> [Effect] {
        switch (target, kind) {
        case (.plot, .wheelUp): moveCursor(-1, &state)
        case (.plot, .wheelDown): moveCursor(1, &state)
        case (.plot(let day, let scenario), .click), (.plot(let day, let scenario), .drag), (.plot(let day, let scenario), .doubleClick):
            if let scenario, kind != .drag { focus(scenario, &state) }
            setCursor(day, &state)
            if kind == .doubleClick, scenario != nil { return perform(.edit, &state) }
        case (.scenario(let index), .click): focus(index, &state)
        case (.scenario(let index), .doubleClick):
            focus(index, &state)
            return perform(.edit, &state)
        case (.endpoint(let index), .click), (.endpoint(let index), .doubleClick): selectEndpoint(index, &state)
        default: break
        }
        return []
    }
}
