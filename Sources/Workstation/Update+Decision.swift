// Keys on the Decision screen: who is present, what is chosen and why, and the signature.
import Meetings
import Surface
import Twins

extension Update {
    static func decisionAction(_ action: Action, _ state: inout State) -> [Effect] {
        guard let open = state.open, let meeting = state.meeting else { return [] }
        let lines = DecisionForm.lines(open, roster: meeting.seats, rule: .rule(for: meeting.board))
        let last = lines.count - 1
        state.decisionView.line = min(state.decisionView.line, last)
        let line = lines[state.decisionView.line]
        switch action {
        case .up, .previousPane: state.decisionView.line = max(0, state.decisionView.line - 1)
        case .down, .nextPane: state.decisionView.line = min(last, state.decisionView.line + 1)
        case .pageUp, .top: state.decisionView.line = 0
        case .pageDown, .bottom: state.decisionView.line = last
        case .left where line == .followUp: return moveFollowUp(-7, &state)
        case .right where line == .followUp: return moveFollowUp(7, &state)
        case .choose: return choose(line, &state)
        case .sign: return askSignature(&state)
        case .removeEntry, .entryEarlier, .entryLater: return changeEntry(action, line, &state)
        case .exportSheet: return exportSheet(&state)
        case .versions:
            state.overlay = .document(
                title: VersionsPage.title(open), text: VersionsPage.text(open, meeting: state.meeting?.day), scroll: 0)
        case .copyFigures: return [.copy(DecisionScreen.plainText(state))]
        default: break
        }
        return []
    }

    /// The keys of the line being typed; nil if none is, so that letters are commands.
    static func decisionInputKey(_ key: Key, _ state: inout State) -> [Effect]? {
        guard let open = state.open, let meeting = state.meeting else { return nil }
        let lines = DecisionForm.lines(open, roster: meeting.seats, rule: .rule(for: meeting.board))
        guard lines.indices.contains(state.decisionView.line) else { return nil }
        let line = lines[state.decisionView.line]
        if state.decisionView.pick != nil { return pickKey(key, line, &state) }
        guard var input = state.decisionView.input else { return nil }
        switch key {
        case .control("c"), .control("z"), .control("l"), .function(1): return nil
        case .escape:
            state.decisionView.input = nil
            state.decisionView.kind = nil
            return []
        case .enter, .tab, .down:
            return take(input.text, into: line, &state)
        default:
            _ = input.take(key)
            state.decisionView.input = input
            return typed(input.text, into: line, &state)
        }
    }

    /// Pasted text is typed text.
    static func decisionPaste(_ text: String, _ state: inout State) -> [Effect] {
        guard var input = state.decisionView.input, let open = state.open, let meeting = state.meeting else { return [] }
        let lines = DecisionForm.lines(open, roster: meeting.seats, rule: .rule(for: meeting.board))
        guard lines.indices.contains(state.decisionView.line) else { return [] }
        input.paste(text)
        state.decisionView.input = input
        return typed(input.text, into: lines[state.decisionView.line], &state)
    }

    private static func choose(_ line: DecisionLine, _ state: inout State) -> [Effect] {
        guard let open = state.open, let meeting = state.meeting else { return [] }
        switch line {
        case .seat(let index):
            let seat = DecisionForm.seats(open, roster: meeting.seats)[index]
            var draft = open.decisionDraft
            if let place = draft.present.firstIndex(where: { $0.name == seat.name }) {
                draft.present.remove(at: place)
            } else {
                draft.present.append(seat)
            }
            return setDraft(draft, &state) + commitDrafts(&state)
        case .option(let index):
            var draft = open.decisionDraft
            let name = open.shown(open.scenarios[index]).name
            draft.choice = draft.choice == .scenario(name) ? nil : .scenario(name)
            draft.options = open.scenarios.map { open.shown($0).name }
            // An alternative that becomes the first choice is no alternative any more.
            draft.plan.alternatives.removeAll { $0 == draft.choice }
            let effects = setDraft(draft, &state) + commitDrafts(&state)
            if draft.choice != nil { advance(from: line, &state) }
            return effects
        case .sign: return askSignature(&state)
        case .alternative(let place):
            guard open.decisionDraft.plan.alternatives.indices.contains(place),
                case .other(let words) = open.decisionDraft.plan.alternatives[place]
            else {
                state.message = Message("a scenario: x takes it out, < and > move it")
                return []
            }
            write(words, &state)
            return []
        default:
            if let pick = pickList(line, open, meeting) {
                state.decisionView.pick = pick
            } else {
                write(DecisionForm.text(line, open.decisionDraft), &state)
            }
            return []
        }
    }

    /// Free text is a draft while it is typed, saved when the keys rest, so that a dropped line loses nothing.
    private static func typed(_ text: String, into line: DecisionLine, _ state: inout State) -> [Effect] {
        guard var draft = state.open?.decisionDraft else { return [] }
        switch line {
        case .other: draft.choice = text.isEmpty ? nil : .other(text)
        case .question: draft.question = text
        case .reason: draft.reason = text
        case .deviation: draft.plan.deviation = text
        case .informant: draft.plan.informant = text
        case .withoutQuorum: draft.withoutQuorum = text
        case .trial: draft.plan.trial = text
        case .comorbidity: draft.plan.comorbidity = text
        case .preference: draft.plan.preference = text
        case .dissent: draft.dissent = text
        default: return []
        }
        return setDraft(draft, &state) + rest(&state)
    }

    private static func moveFollowUp(_ days: Int, _ state: inout State) -> [Effect] {
        guard var draft = state.open?.decisionDraft, let meeting = state.meeting else { return [] }
        let before = draft.followUp ?? CalendarDay(number: meeting.day.number + 84)
        draft.followUp = draft.followUp == nil ? before : CalendarDay(number: max(meeting.day.number + 1, before.number + days))
        return setDraft(draft, &state) + rest(&state)
    }

    static func setDraft(_ draft: DecisionDraft, _ state: inout State) -> [Effect] {
        guard state.open?.decisionDraft != draft else { return [] }
        state.open?.decisionDraft = draft
        state.open?.decisionIsUnsaved = true
        return []
    }

    private static func askSignature(_ state: inout State) -> [Effect] {
        guard let open = state.open, let meeting = state.meeting else { return [] }
        let draft = open.decisionDraft
        let rule = QuorumRule.rule(for: meeting.board)
        let problems = draft.problems(rule: rule, options: open.scenarios.map(\.scenario.name))
        if let problem = problems.first {
            state.message = Message(
                "Not ready to sign: \(problem)" + (problems.count > 1 ? " (and \(problems.count - 1) more)" : ""), .warning)
            return []
        }
        let prepared = state.agenda.first { $0.item.id == open.item.id }?.preparation
        let isPreparedAnew =
            if let signed = open.decisions.last?.prepared, let prepared { !prepared.changes(since: signed).isEmpty } else { false }
        if let last = open.decisions.last, last.draft == draft, !isPreparedAnew {
            state.message = Message("Already signed by \(last.signedBy); change something to sign an amendment", .warning)
            return []
        }
        if let unsettled = open.unsettled {
            state.message = Message("Not ready to sign: \(unsettled)", .warning)
            return commitDrafts(&state)
        }
        let quorum = Quorum(draft.present, rule: rule)
        state.overlay = .confirm(
            Confirmation(
                title: open.isDecided ? "Sign amendment \(open.decisions.count + 1)" : "Sign the decision",
                lines: [
                    "\(open.item.patient): \(draft.choice?.text ?? "")", "Reason: \(draft.reason)",
                    Self.dissentWords(state),
                    Self.standingWords(draft),
                    "Present: \(draft.present.map { "\($0.name) (\($0.specialty))" }.joined(separator: ", "))",
                    quorum.isReached ? "Quorum reached." : "Without quorum: \(draft.withoutQuorum)",
                    "\(draft.plan.informant) tells the patient. Follow-up on \(draft.followUp?.description ?? "").",
                ] + Self.attendanceWords(state) + open.failures + [
                    "",
                    "Once signed it is only ever amended by addition. To sign, type the chair's name: \(meeting.chair)",
                ], input: TextInput("", limit: 100), purpose: .sign))
        return commitDrafts(&state)
    }

    /// What was written into the draft, and what was voted at the seats: both are signed.
    private static func dissentWords(_ state: State) -> String {
        let votes = state.voices?.latestVotes.filter { $0.vote.kind == .dissents } ?? []
        let written = state.open?.decisionDraft.dissent ?? ""
        let words = (written.isEmpty ? [] : [written]) + votes.map { "\($0.vote.seat), by vote: \($0.vote.words)" }
        return words.isEmpty ? "No dissent." : "Dissent: " + words.joined(separator: "; ")
    }

    /// Where people sit at terminals: who is marked as present and sits at none, and who sits there and is not marked.
    private static func attendanceWords(_ state: State) -> [String] {
        let sitting = state.present.map(\.seat).filter { $0.role != .observer }
        guard !sitting.isEmpty, let marked = state.open?.decisionDraft.present else { return [] }
        let absent = marked.map(\.name).filter { name in !state.present.contains { $0.seat.name == name } }
        let forgotten = sitting.map(\.name).filter { name in !marked.contains { $0.name == name } }
        return
            (absent.isEmpty
            ? [] : ["Marked as present, but at no terminal: \(absent.joined(separator: ", ")). In the room? Else Esc, then J."])
            + (forgotten.isEmpty ? [] : ["At a terminal, but not marked as present: \(forgotten.joined(separator: ", "))."])
    }

    static func standingWords(_ draft: DecisionDraft) -> String {
        switch draft.plan.standing {
        case nil: ""
        case .follows?: "Follows \(draft.plan.guideline?.entry ?? "")."
        case .departs?: "Departs from \(draft.plan.guideline?.entry ?? ""): \(draft.plan.deviation)"
        case GuidelineStanding.none?: "There is no guideline for the question."
        }
    }

    static func signNow(typed name: String, _ state: inout State) -> [Effect] {
        guard let open = state.open, let meeting = state.meeting else { return [] }
        if let unsettled = open.unsettled {
            state.overlay = nil
            state.message = Message("Not signed: \(unsettled)", .warning)
            return commitDrafts(&state)
        }
        do {
            let decision = try open.decisionDraft.signed(
                item: open.item.id, version: open.decisions.count + 1, rule: .rule(for: meeting.board),
                options: open.scenarios.map(\.scenario.name), name: name, chair: meeting.chair, at: state.now, seen: seen(open))
            // The question goes before the store answers: a second Enter must not sign twice.
            state.overlay = nil
            state.message = Message("Signing")
            return commitDrafts(&state) + [.sign(decision, meeting: meeting.id)]
        } catch {
            state.message = Message(error.description, .danger)
            return []
        }
    }

    /// What the board had before its eyes; nil where no comparison was on the screen.
    static func seen(_ open: OpenCase) -> SimulationSeen? {
        guard let twin = open.calibration.value, let comparison = open.comparison else { return nil }
        return SimulationSeen(twin: twin.calibration, drawsSHA256: twin.drawsSHA256, comparison: comparison)
    }

    static func decisionHit(_ target: HitTarget, _ kind: MouseEvent.Kind, _ state: inout State) -> [Effect] {
        guard let open = state.open, let meeting = state.meeting else { return [] }
        let lines = DecisionForm.lines(open, roster: meeting.seats, rule: .rule(for: meeting.board))
        if case .pickRow(let row) = target {
            guard kind == .click, let pick = state.decisionView.pick, pick.shown.indices.contains(row),
                lines.indices.contains(state.decisionView.line)
            else { return [] }
            return picked(pick.shown[row].value, lines[state.decisionView.line], &state)
        }
        guard case .decisionLine(let line) = target else { return [] }
        // The second press of a double click would take back what the first has done.
        guard lines.indices.contains(line), kind == .click else { return [] }
        let wasTyping = state.decisionView.input != nil && state.decisionView.line == line
        state.decisionView.input = nil
        state.decisionView.kind = nil
        state.decisionView.line = line
        return wasTyping ? [] : choose(lines[line], &state)
    }
}
