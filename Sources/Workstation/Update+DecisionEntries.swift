// What is chosen from a list, typed, moved and taken out on the Decision screen; and where the cursor goes next.
import Meetings
import Surface
import Twins

extension State {
    /// The next case without a decision, round the end of the agenda: only from a case that has one. A chair who has signed goes on to it
    /// with one key, also past cases that others have decided.
    var nextUndecided: Int? {
        guard route == .decision, let open, open.isDecided, agenda.indices.contains(selected) else { return nil }
        return (1..<max(1, agenda.count)).map { (selected + $0) % agenda.count }.first {
            agenda[$0].item.state == .waiting || agenda[$0].item.state == .open
        }
    }
}

extension Update {
    /// Invariant 5: on a case that was just opened the cursor stands on the first thing that is missing, so that a routine case is walked
    /// through with Enter; a person who has moved it finds it where it was left.
    static func placeDecision(_ state: inout State) {
        guard state.route == .decision, !state.decisionView.isPlaced, let open = state.open, let meeting = state.meeting,
            state.selectedEntry.map({ $0.item.id == open.item.id }) ?? true
        else { return }
        state.decisionView.isPlaced = true
        guard !open.isDecided else { return }
        goToMissing(open, meeting, &state)
    }

    /// The line on which the cursor stands; nil where there is no form.
    static func decisionLine(_ state: State) -> DecisionLine? {
        guard let open = state.open, let meeting = state.meeting else { return nil }
        let lines = DecisionForm.lines(open, roster: meeting.seats, rule: .rule(for: meeting.board))
        return lines.indices.contains(state.decisionView.line) ? lines[state.decisionView.line] : nil
    }

    /// Puts the cursor on a line again after the form has changed above it: what is being typed must not go into another field.
    static func keepDecisionLine(_ line: DecisionLine?, _ state: inout State) {
        guard let line, let open = state.open, let meeting = state.meeting else { return }
        let lines = DecisionForm.lines(open, roster: meeting.seats, rule: .rule(for: meeting.board))
        if let place = lines.firstIndex(of: line) {
            state.decisionView.line = place
        } else {
            state.decisionView.input = nil
            state.decisionView.pick = nil
        }
    }

    static func goToMissing(_ open: OpenCase, _ meeting: Meeting, _ state: inout State) {
        let rule = QuorumRule.rule(for: meeting.board)
        let lines = DecisionForm.lines(open, roster: meeting.seats, rule: rule)
        state.decisionView.line = DecisionForm.firstMissing(open, lines: lines, rule: rule)
    }

    /// After something was filled in: on to the next thing that is missing, or to the line below for what may be left out.
    static func advance(from line: DecisionLine, _ state: inout State) {
        guard let open = state.open, let meeting = state.meeting else { return }
        let rule = QuorumRule.rule(for: meeting.board)
        let lines = DecisionForm.lines(open, roster: meeting.seats, rule: rule)
        let missing = DecisionForm.firstMissing(open, lines: lines, rule: rule)
        let here = lines.firstIndex(of: line) ?? state.decisionView.line
        switch line {
        case .option, .other, .reason, .standing, .guideline, .deviation, .informant, .followUp, .withoutQuorum:
            state.decisionView.line = missing
        case .addSeat, .addAlternative, .addStep, .addTest: state.decisionView.line = here
        default: state.decisionView.line = min(lines.count - 1, here + 1)
        }
    }

    /// The list that a line offers instead of a text; nil for a text.
    static func pickList(_ line: DecisionLine, _ open: OpenCase, _ meeting: Meeting) -> PickList? {
        switch line {
        case .standing: .standing(RuleBook.standing.rule(for: meeting.board).guidelines)
        case .informant: .informants(open.decisionDraft.present)
        case .addAlternative: .alternatives(open)
        case .addStep: .kinds()
        default: nil
        }
    }

    /// Keys while a list lies over the form.
    static func pickKey(_ key: Key, _ line: DecisionLine, _ state: inout State) -> [Effect]? {
        guard var pick = state.decisionView.pick else { return nil }
        switch key {
        case .control("c"), .control("z"), .control("l"), .function(1): return nil
        case .escape:
            state.decisionView.pick = nil
            return []
        default:
            let item = pick.take(key)
            state.decisionView.pick = pick
            return item.map { picked($0.value, line, &state) } ?? []
        }
    }

    static func picked(_ value: PickList.Value, _ line: DecisionLine, _ state: inout State) -> [Effect] {
        guard var draft = state.open?.decisionDraft else { return [] }
        state.decisionView.pick = nil
        switch value {
        case .standing(let standing, let name):
            draft.plan.standing = standing
            if standing == .none {
                draft.plan.guideline = nil
            } else if draft.plan.guideline?.name != name {
                draft.plan.guideline = Guideline(name: name, version: "")
            }
        case .otherGuideline(let standing):
            draft.plan.standing = standing
            draft.plan.guideline = nil
            let effects = setDraft(draft, &state) + commitDrafts(&state)
            keepDecisionLine(.guideline, &state)
            write("", &state)
            return effects
        case .informant(let name): draft.plan.informant = name
        case .alternative(let choice): draft.plan.alternatives.append(choice)
        case .kind(let kind):
            state.decisionView.kind = kind
            write("", &state)
            return []
        case .typed:
            write(line == .informant ? draft.plan.informant : "", &state)
            return []
        }
        let effects = setDraft(draft, &state) + commitDrafts(&state)
        advance(from: line, &state)
        return effects
    }

    static func write(_ text: String, _ state: inout State) {
        state.decisionView.input = TextInput(text, limit: EntryText.limit)
    }

    /// Takes what was typed into a line; on an error the line stays open with what is wrong below it.
    static func take(_ text: String, into line: DecisionLine, _ state: inout State) -> [Effect] {
        guard let open = state.open, let meeting = state.meeting else { return [] }
        var draft = open.decisionDraft
        let context = EntryContext(day: meeting.day, options: open.scenarios.map { open.shown($0).name }, roster: meeting.seats)
        do throws(EntryError) {
            if EntryText.says(text) || DecisionForm.field(line) != nil {
                try enter(text, into: line, kind: state.decisionView.kind, context, &draft)
            }
        } catch {
            state.message = Message(error.message, .warning)
            return []
        }
        state.decisionView.input = nil
        state.decisionView.kind = nil
        let effects = setDraft(draft, &state) + commitDrafts(&state)
        advance(from: line, &state)
        return effects
    }

    private static func enter(
        _ text: String, into line: DecisionLine, kind: TreatmentKind?, _ context: EntryContext, _ draft: inout DecisionDraft
    ) throws(EntryError) {
        switch line {
        case .addSeat: try draft.add(text, to: .present, context)
        case .addTest: try draft.add(text, to: .tests, context)
        case .addAlternative: try draft.add("other: " + text, to: .alternatives, context)
        case .alternative(let place) where draft.plan.alternatives.indices.contains(place):
            draft.plan.alternatives[place] = .other(EntryText.tidy(text))
        case .addStep: draft.plan.steps.append(try PlannedStep(typed: text, kind: kind ?? .other, from: context.day))
        case .step(let place) where draft.plan.steps.indices.contains(place):
            draft.plan.steps[place] = try PlannedStep(typed: text, kind: draft.plan.steps[place].kind, from: context.day)
        case .test(let place) where draft.plan.tests.indices.contains(place):
            draft.plan.tests[place] = try FurtherTest(typed: text, from: context.day)
        default:
            // What was a draft while it was typed is there already, as it was typed.
            if let field = DecisionForm.field(line), !DecisionForm.isPlain(field) { try draft.set(field, to: text, context) }
        }
    }

    /// Takes an entry out of its list, or moves it in its order.
    static func changeEntry(_ action: Action, _ line: DecisionLine, _ state: inout State) -> [Effect] {
        guard var draft = state.open?.decisionDraft, let meeting = state.meeting,
            let entry = DecisionForm.entry(line, draft, roster: meeting.seats)
        else {
            state.message = Message("only an alternative, a step or a test can be taken out or moved")
            return []
        }
        switch action {
        case .entryEarlier, .entryLater:
            let other = entry.place + (action == .entryEarlier ? -1 : 1)
            guard (0..<draft.entries(entry.field).count).contains(other) else { return [] }
            switch entry.field {
            case .alternatives: draft.plan.alternatives.swapAt(entry.place, other)
            case .steps: draft.plan.steps.swapAt(entry.place, other)
            default: draft.plan.tests.swapAt(entry.place, other)
            }
            state.decisionView.line += other - entry.place
        default:
            do throws(EntryError) { try draft.remove(entry.place, from: entry.field) } catch { return [] }
        }
        return setDraft(draft, &state) + commitDrafts(&state)
    }
}
