// The lines of an opinion's form, and what its keys do.
import Meetings
import Surface
import Twins

/// One line of the form.
enum OpinionLine: Hashable, Sendable {
    case option(Int)
    case other, none, reason, comorbidity, preference, give
}

enum OpinionForm {
    static func lines(_ open: OpenCase) -> [OpinionLine] {
        open.scenarios.indices.map { .option($0) } + [.other, .none, .reason, .comorbidity, .preference, .give]
    }

    /// Text that the line edits; nil for lines that are chosen.
    static func text(_ line: OpinionLine, _ draft: OpinionDraft) -> String? {
        switch line {
        case .other: if case .other(let words) = draft.choice { words } else { "" }
        case .reason: draft.reason
        case .comorbidity: draft.comorbidity
        case .preference: draft.preference
        case .option, .none, .give: nil
        }
    }
}

extension State {
    /// The opinion that is being written on the open case: nothing is chosen beforehand; a revision starts from the last version.
    var opinionDraft: OpinionDraft {
        guard let item = open?.item.id else { return OpinionDraft() }
        if let draft = seatsView.drafts[item] ?? voices?.begun { return draft }
        guard let last = voices?.opinions.last(where: { $0.seat == sitting?.seat.name }) else { return OpinionDraft() }
        return OpinionDraft(choice: last.choice, comorbidity: last.comorbidity, preference: last.preference)
    }
    /// What stands in the form was begun before this terminal was opened, and nothing of it has been touched since.
    var isTakenUpAgain: Bool { open.map { seatsView.drafts[$0.item.id] == nil } ?? false && voices?.begun != nil }
    /// This seat has given an opinion: what it writes now is a revision.
    var isRevision: Bool { voices?.opinions.contains { $0.seat == sitting?.seat.name } ?? false }
}

extension Update {
    /// The keys of the form; nil where a key means nothing to it, so that one can go elsewhere without an opinion.
    static func opinionKey(_ key: Key, _ state: inout State) -> [Effect]? {
        guard state.isWritingOpinion, let open = state.open else { return nil }
        let lines = OpinionForm.lines(open)
        state.seatsView.line = min(max(0, state.seatsView.line), lines.count - 1)
        let line = lines[state.seatsView.line]
        if var input = state.seatsView.input {
            switch key {
            case .control("c"), .control("z"), .control("l"), .function(1): return nil
            case .escape: state.seatsView.input = nil
            case .enter, .tab, .down:
                state.seatsView.input = nil
                state.seatsView.line += 1
                return write(input.text, into: line, &state)
            default:
                _ = input.take(key)
                state.seatsView.input = input
                return write(input.text, into: line, &state)
            }
            return []
        }
        switch key {
        case .up, .character("k"), .backTab: state.seatsView.line = max(0, state.seatsView.line - 1)
        case .down, .character("j"), .tab: state.seatsView.line = min(lines.count - 1, state.seatsView.line + 1)
        case .home: state.seatsView.line = 0
        case .end: state.seatsView.line = lines.count - 1
        case .enter: return choose(line, &state)
        case .escape where state.route == .seats: state.seatsView.isWriting = false
        case .character(let scalar):
            // The scenario's own letter chooses it: an opinion is two keys.
            guard let place = ["a", "b", "c", "d"].firstIndex(of: String(scalar).lowercased()), open.scenarios.indices.contains(place)
            else { return nil }
            return choose(.option(place), &state)
        default: return nil
        }
        return []
    }

    static func opinionPaste(_ text: String, _ state: inout State) -> [Effect] {
        guard var input = state.seatsView.input, let open = state.open else { return [] }
        let lines = OpinionForm.lines(open)
        guard lines.indices.contains(state.seatsView.line) else { return [] }
        input.paste(text)
        state.seatsView.input = input
        return write(input.text, into: lines[state.seatsView.line], &state)
    }

    static func opinionHit(_ place: Int, _ state: inout State) -> [Effect] {
        guard state.isWritingOpinion, let open = state.open else { return [] }
        let lines = OpinionForm.lines(open)
        guard lines.indices.contains(place) else { return [] }
        state.seatsView.input = nil
        state.seatsView.line = place
        return choose(lines[place], &state)
    }

    private static func choose(_ line: OpinionLine, _ state: inout State) -> [Effect] {
        guard let open = state.open else { return [] }
        var draft = state.opinionDraft
        let lines = OpinionForm.lines(open)
        switch line {
        case .option(let place):
            draft.choice = .scenario(open.shown(open.scenarios[place]).name)
            draft.isNone = false
            // A revision is asked for its reason; a first opinion may do without.
            state.seatsView.line = lines.firstIndex(of: state.isRevision && draft.reason.isEmpty ? .reason : .give) ?? 0
        case .none:
            draft.isNone.toggle()
            draft.choice = nil
            if draft.isNone { state.seatsView.line = lines.firstIndex(of: .reason) ?? 0 }
        case .give:
            // Kept first: where it is refused, what was written stays.
            return commitDrafts(&state) + [.seats(.give(item: open.item.id, draft))]
        default:
            state.seatsView.input = TextInput(OpinionForm.text(line, draft) ?? "", limit: 2000)
            return []
        }
        return begin(draft, open.item.id, &state)
    }

    /// What is begun is drawn at once and kept when the keys rest, as every draft is.
    private static func begin(_ draft: OpinionDraft, _ item: Int64, _ state: inout State) -> [Effect] {
        guard state.opinionDraft != draft else { return [] }
        state.seatsView.drafts[item] = draft
        state.seatsView.unkept.insert(item)
        return rest(&state)
    }

    private static func write(_ text: String, into line: OpinionLine, _ state: inout State) -> [Effect] {
        guard let item = state.open?.item.id else { return [] }
        var draft = state.opinionDraft
        switch line {
        case .other:
            if !text.isEmpty { draft.isNone = false }
            if !text.isEmpty || { if case .other = draft.choice { true } else { false } }() {
                draft.choice = text.isEmpty ? nil : .other(text)
            }
        case .reason: draft.reason = text
        case .comorbidity: draft.comorbidity = text
        case .preference: draft.preference = text
        default: return []
        }
        return begin(draft, item, &state)
    }
}
