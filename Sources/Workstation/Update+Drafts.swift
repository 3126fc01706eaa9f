// Drafts: a value that is still moving is drawn at once and saved when the key has rested.
import Meetings
import Surface
import Twins

extension Update {
    /// Milliseconds of rest after which a draft is saved; the promise is 250, the rest is for the commit.
    static let restBeforeSaving = 180

    /// Invariant 1: shows a changed scenario as a draft, asks for its forecast, and for its saving once the key rests.
    static func draft(_ scenario: Scenario, id: Int64, _ state: inout State) -> [Effect] {
        var effects: [Effect] = []
        if let other = state.open?.draft, other.id != id { effects += commitDrafts(&state) }
        let before = state.open?.draft.flatMap { $0.id == id ? $0.seen : nil }
        let seen = before ?? state.open.map { read(id, $0) } ?? []
        state.open?.draft = ScenarioDraft(id: id, scenario: scenario, seen: seen)
        effects += requestForecasts(&state, only: [id])
        return effects + rest(&state)
    }

    /// Asks to be woken when nothing more has been pressed for a while.
    static func rest(_ state: inout State) -> [Effect] {
        state.wakeToken += 1
        return [.wake(token: state.wakeToken, afterMilliseconds: restBeforeSaving)]
    }

    /// Saves what is drawn as a draft. The draft mark goes when the store answers, not before.
    static func commitDrafts(_ state: inout State) -> [Effect] {
        var effects = state.unsaved
        state.unsaved = []
        if state.sits {
            effects += state.seatsView.unkept.sorted().map { .seats(.keep(item: $0, state.seatsView.drafts[$0] ?? OpinionDraft())) }
            state.seatsView.unkept = []
        }
        guard let open = state.open else { return effects }
        if let draft = open.draft {
            let seen = draft.seen.isEmpty ? read(draft.id, open) : draft.seen
            effects.append(.saveScenario(item: open.item.id, id: draft.id, draft.scenario, seen: seen))
            state.open?.draft?.seen = sent(draft.scenario, seen)
        }
        if open.decisionIsUnsaved {
            effects.append(.saveDecisionDraft(item: open.item.id, open.decisionDraft, seen: open.decisionSeen))
            state.open?.decisionSeen = sent(open.decisionDraft, open.decisionSeen)
        }
        return effects
    }

    private static func read(_ id: Int64, _ open: OpenCase) -> [Scenario] { open.scenarios.filter { $0.id == id }.map(\.scenario) }

    /// What was sent counts as seen: it may be in the store before its answer is here. The first stays, for it is what was read.
    private static func sent<Value: Equatable>(_ value: Value, _ seen: [Value]) -> [Value] {
        seen.last == value ? seen : seen.prefix(1) + seen.dropFirst().suffix(6) + [value]
    }

    /// Milliseconds after which a change that the store refused is tried again.
    static let pauseAfterFailure = 2000

    /// What the open case still shows as a draft is saved with it again; the rest is kept here.
    static func keep(_ effect: Effect, _ error: WorkError, _ state: inout State) -> [Effect] {
        state.saveProblem = error.description
        if case .seats(.keep(let item, _)) = effect {
            state.seatsView.unkept.insert(item)
        } else if effect.item != state.open?.item.id {
            state.unsaved.append(effect)
        }
        state.wakeToken += 1
        return [.wake(token: state.wakeToken, afterMilliseconds: pauseAfterFailure)]
    }

    static func undoOrRedo(_ action: Action, _ state: inout State) -> [Effect] {
        guard let item = state.open?.item.id else { return [] }
        // A deadline that is still running must not save the draft once more, behind what takes it back.
        state.wakeToken += 1
        return commitDrafts(&state) + [action == .undo ? .undo(item: item) : .redo(item: item)]
    }
}
