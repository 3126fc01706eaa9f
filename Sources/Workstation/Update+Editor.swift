// Keys and mouse in the scenario editor: every change is drawn at once as a draft and saved when the key rests.
import Meetings
import Surface
import Twins

extension Update {
    static func editorAction(_ action: Action, _ state: inout State) -> [Effect] {
        guard let open = state.open else { return [] }
        let count = open.scenarios.count
        guard let (id, scenario) = edited(state) else {
            return action == .add ? addFirstScenario(open, &state) : observableOrHorizon(action, &state)
        }
        let lines = EditorForm.lines(scenario, open.model)
        let last = lines.count - 1
        let place = min(max(0, state.editorView.line), last)
        switch action {
        case .up: state.editorView.line = max(0, place - 1)
        case .down: state.editorView.line = min(last, place + 1)
        case .pageUp: state.editorView.line = max(0, place - 8)
        case .pageDown: state.editorView.line = min(last, place + 8)
        case .top: state.editorView.line = 0
        case .bottom: state.editorView.line = last
        case .increase: return step(1, lines[place], scenario, id, open, &state)
        case .decrease: return step(-1, lines[place], scenario, id, open, &state)
        case .increaseMuch: return step(10, lines[place], scenario, id, open, &state)
        case .decreaseMuch: return step(-10, lines[place], scenario, id, open, &state)
        case .choose: return choose(lines[place], scenario, id, open, &state)
        case .add:
            if open.model.interventionKinds.isEmpty {
                state.message = Message("this model knows no intervention")
            } else {
                state.editorView.adding = 0
            }
        case .remove: return askToRemove(lines[place], scenario, id, open, &state)
        case .rename:
            state.editorView.line = 0
            state.editorView.input = TextInput(scenario.name, limit: EditorForm.longestName)
        case .nextPane: show((state.editorView.scenario + 1) % count, &state)
        case .previousPane: show((state.editorView.scenario + count - 1) % count, &state)
        case .duplicate: return duplicate(min(state.editorView.scenario, count - 1), &state)
        default: return observableOrHorizon(action, &state)
        }
        return []
    }

    /// The scenario in the form, as it is drawn.
    static func edited(_ state: State) -> (id: Int64, scenario: Scenario)? {
        guard let open = state.open, let last = open.scenarios.indices.last else { return nil }
        let stored = open.scenarios[min(max(0, state.editorView.scenario), last)]
        return (stored.id, open.shown(stored))
    }

    private static func show(_ index: Int, _ state: inout State) {
        state.editorView.scenario = index
        state.editorView.input = nil
        state.editorView.adding = nil
        state.compareView.focused = index
    }

    private static func addFirstScenario(_ open: OpenCase, _ state: inout State) -> [Effect] {
        guard let first = open.model.suggestedScenarios(for: open.subject).first else {
            state.message = Message("the model suggests no scenario for this patient", .warning)
            return []
        }
        return [.addScenario(item: open.item.id, first, after: nil)]
    }

    /// Invariant 2: what a model does not allow for this patient is not taken; the value stays and the reason is said.
    ///
    /// A scenario that is not allowed as it stands in the store may be changed all the same: otherwise it could never be mended.
    private static func change(_ scenario: Scenario, _ id: Int64, _ open: OpenCase, _ state: inout State) -> [Effect] {
        guard let now = open.scenarios.first(where: { $0.id == id }).map({ open.shown($0) }), now != scenario else { return [] }
        if let problem = problem(scenario, open) {
            if self.problem(now, open) == nil {
                state.message = Message("Not taken: " + problem, .danger)
                return []
            }
            state.message = Message(problem, .warning)
        }
        remember(id, open, &state)
        return draft(scenario, id: id, &state)
    }

    static func problem(_ scenario: Scenario, _ open: OpenCase) -> String? {
        do {
            try open.model.validate(scenario, for: open.subject)
            return nil
        } catch { return error.description }
    }

    /// Keeps the figures from before the first change, for the preview's comparison with them.
    private static func remember(_ id: Int64, _ open: OpenCase, _ state: inout State) {
        guard state.editorView.before[id] == nil, open.draft == nil, let forecast = open.forecasts[id], forecast.isCurrent,
            !open.isComparing,
            let comparison = open.comparison,
            let column = comparison.forecasts.firstIndex(where: { $0.scenario == forecast.forecast?.scenario })
        else { return }
        var figures: [String: Estimate] = [:]
        for endpoint in comparison.endpoints where endpoint.estimates.indices.contains(column) {
            figures[endpoint.id] = endpoint.estimates[column]
        }
        state.editorView.before[id] = figures
    }

    private static func set(_ value: FieldValue, of field: Field, in index: Int, _ scenario: Scenario) -> Scenario {
        var changed = scenario
        changed.interventions[index].values[field.id] = value
        return changed
    }

    private static func step(_ steps: Int, _ line: EditorLine, _ scenario: Scenario, _ id: Int64, _ open: OpenCase, _ state: inout State)
        -> [Effect]
    {
        guard let (index, field, value) = EditorForm.field(line, scenario, open.model) else {
            state.message = Message(line == .name ? "Enter types the name; ↑↓ choose a value to change" : "↑↓ choose a value to change")
            return []
        }
        switch (field.kind, value) {
        case (.number(let unit, let limits, let step), .number(let number)):
            let next = EditorForm.stepped(number, by: steps, step: step, limits: limits)
            if next == (steps > 0 ? limits.upperBound : limits.lowerBound) {
                let text = FigureText.fieldNumber(next, step: step) + (unit.label.isEmpty ? "" : " " + unit.label)
                state.message = Message("\(field.label): \(text) is the \(steps > 0 ? "most" : "least")")
            }
            return change(set(.number(next), of: field, in: index, scenario), id, open, &state)
        case (.choice(let choices), .choice(let now)):
            guard !choices.isEmpty else { return [] }
            let place = choices.firstIndex { $0.id == now } ?? 0
            let next = ((place + steps.signum()) % choices.count + choices.count) % choices.count
            return change(set(.choice(choices[next].id), of: field, in: index, scenario), id, open, &state)
        case (.flag, .flag(let isOn)): return change(set(.flag(!isOn), of: field, in: index, scenario), id, open, &state)
        default: return change(set(field.standard, of: field, in: index, scenario), id, open, &state)
        }
    }

    private static func choose(_ line: EditorLine, _ scenario: Scenario, _ id: Int64, _ open: OpenCase, _ state: inout State) -> [Effect] {
        if let reason = state.whyNot(.edit) {
            state.message = Message(reason, .warning)
            return []
        }
        switch line {
        case .name: state.editorView.input = TextInput(scenario.name, limit: EditorForm.longestName)
        case .intervention: state.editorView.line += 1
        case .add: return perform(.add, &state)
        case .field:
            guard let (_, field, value) = EditorForm.field(line, scenario, open.model) else { return [] }
            guard case .number(_, _, let step) = field.kind else { return self.step(1, line, scenario, id, open, &state) }
            state.editorView.input = TextInput(
                value.number.map { FigureText.fieldNumber($0, step: step).filter { $0 != " " } } ?? "", limit: 24)
        }
        return []
    }

    private static func askToRemove(_ line: EditorLine, _ scenario: Scenario, _ id: Int64, _ open: OpenCase, _ state: inout State)
        -> [Effect]
    {
        let index: Int
        switch line {
        case .intervention(let place), .field(let place, _): index = place
        case .name, .add:
            state.message = Message("choose a line of the intervention to remove; on Compare x removes the scenario")
            return []
        }
        let label = EditorForm.kind(scenario.interventions[index], open.model)?.label ?? scenario.interventions[index].kind
        state.overlay = .confirm(
            Confirmation(
                title: "Remove this intervention?", lines: ["\(label) from \(scenario.name)", "u brings it back."],
                purpose: .removeIntervention(scenario: id, index: index)))
        return []
    }

    static func removeIntervention(scenario id: Int64, index: Int, _ state: inout State) -> [Effect] {
        guard let open = state.open, let stored = open.scenarios.first(where: { $0.id == id }) else { return [] }
        var scenario = open.shown(stored)
        guard scenario.interventions.indices.contains(index) else { return [] }
        scenario.interventions.remove(at: index)
        let effects = change(scenario, id, open, &state)
        if let shown = edited(state) {
            state.editorView.line = min(state.editorView.line, EditorForm.lines(shown.scenario, open.model).count - 1)
        }
        return effects
    }

    static func editorHit(_ target: HitTarget, _ kind: MouseEvent.Kind, _ state: inout State) -> [Effect] {
        switch target {
        case .scenario(let index):
            if state.open?.scenarios.indices.contains(index) ?? false { show(index, &state) }
        case .plot: return compareHit(plotWithoutScenario(target), kind == .doubleClick ? .click : kind, &state)
        case .editorLine(let index):
            if state.editorView.adding != nil {
                let isChosen = state.editorView.adding == index || kind == .doubleClick
                state.editorView.adding = index
                return isChosen ? addChosen(&state) : []
            }
            state.editorView.input = nil
            let wasThere = state.editorView.line == index
            state.editorView.line = index
            return wasThere && kind != .drag ? perform(.choose, &state) : []
        default: break
        }
        return []
    }

    private static func plotWithoutScenario(_ target: HitTarget) -> HitTarget {
        if case .plot(let day, _) = target { return .plot(day: day, scenario: nil) }
        return target
    }

    /// Takes the selected kind of intervention into the scenario, with its standard values.
    static func addChosen(_ state: inout State) -> [Effect] {
        guard let open = state.open, let (id, scenario) = edited(state), let place = state.editorView.adding,
            open.model.interventionKinds.indices.contains(place)
        else { return [] }
        state.editorView.adding = nil
        var changed = scenario
        changed.interventions.append(open.model.interventionKinds[place].standardIntervention)
        let effects = change(changed, id, open, &state)
        guard let now = edited(state)?.scenario, now == changed else { return effects }
        let lines = EditorForm.lines(now, open.model)
        let head = lines.firstIndex(of: .intervention(changed.interventions.count - 1)) ?? 0
        state.editorView.line = min(head + 1, lines.count - 1)
        return effects
    }

    static func takeInput(_ text: String, _ state: inout State) -> [Effect] {
        guard let open = state.open, let (id, scenario) = edited(state) else { return [] }
        let lines = EditorForm.lines(scenario, open.model)
        let line = lines[min(max(0, state.editorView.line), lines.count - 1)]
        if line == .name { return takeName(text, scenario, id, open, &state) }
        guard let (index, field, _) = EditorForm.field(line, scenario, open.model) else {
            state.editorView.input = nil
            return []
        }
        do {
            let value = try EditorForm.parse(text, field, from: open.subject.reference)
            state.editorView.input = nil
            return change(set(value, of: field, in: index, scenario), id, open, &state)
        } catch {
            // The line stays open, so that what was typed can be mended.
            state.message = Message(error.words, .danger)
            return []
        }
    }

    private static func takeName(_ text: String, _ scenario: Scenario, _ id: Int64, _ open: OpenCase, _ state: inout State) -> [Effect] {
        let name = SafeText(text, limit: EditorForm.longestName).string.trimmed
        guard !name.isEmpty else {
            state.message = Message("a scenario needs a name: the decision is recorded by it", .danger)
            return []
        }
        if let place = open.scenarios.firstIndex(where: { $0.id != id && open.shown($0).name == name }) {
            state.message = Message("\(ComparePlots.letter(place)) has that name already: the decision could not tell them apart", .danger)
            return []
        }
        state.editorView.input = nil
        var changed = scenario
        changed.name = name
        return change(changed, id, open, &state)
    }
}
