// What comes of changes that two seats make to the same thing.
import Meetings
import Surface
import Twins

extension Update {
    static func receiveEdited(_ event: EditEvent, _ state: inout State) -> [Effect] {
        switch event {
        case .conflict(let conflict):
            state.conflicts.waiting.removeAll { $0.isAbout(conflict) }
            state.conflicts.waiting.append(conflict)
            if state.open?.item.id != conflict.item {
                state.message = Message("\(ConflictWords.title(conflict)); yours is not saved: open its case to settle it", .danger)
            }
        case .scenarioMerged(let item, let id, let sent, let merged):
            guard state.open?.item.id == item else { break }
            if let draft = state.open?.draft, draft.id == id {
                if draft.scenario == sent {
                    state.open?.draft = nil
                } else {
                    let rebased = ScenarioMerge.merged(base: sent, mine: draft.scenario, theirs: merged) ?? draft.scenario
                    state.open?.draft = ScenarioDraft(id: id, scenario: rebased, seen: [merged])
                }
            }
            state.message = Message("Another seat changed «\(merged.name)» too: both changes are in", .warning)
        case .draftMerged(let item, let sent, let merged, let taken):
            state.saveProblem = nil
            guard let open = state.open, open.item.id == item else { break }
            // What was typed while it was being saved stays.
            let current = (try? DraftMerge(base: sent, mine: open.decisionDraft, theirs: merged).mine) ?? open.decisionDraft
            state.open?.decisionDraft = current
            state.open?.decisionSeen = [merged]
            state.open?.decisionIsUnsaved = current != merged
            state.message = Message("Another seat changed \(taken.joined(separator: ", ")): both are in the draft", .warning)
        }
        return []
    }

    /// Asks about a conflict of the open case, unless something else is being asked or typed.
    static func askAboutConflict(_ state: inout State) {
        guard state.trainingView.session == nil, state.overlay == nil, !state.isTyping, !state.conflicts.isPutOff,
            let item = state.open?.item.id,
            let conflict = state.conflicts.waiting.first(where: { $0.item == item })
        else { return }
        state.overlay = .confirm(
            Confirmation(
                title: ConflictWords.title(conflict), lines: ConflictWords.lines(conflict), input: TextInput("", limit: 20),
                purpose: .settle(conflict)))
    }

    static func settle(_ conflict: EditConflict, typed: String, _ state: inout State) -> [Effect] {
        let answer = typed.lowercased().filter { !$0.isWhitespace }
        guard answer == "mine" || answer == "theirs" else {
            state.message = Message("type «mine» or «theirs»", .warning)
            return []
        }
        state.overlay = nil
        state.conflicts.waiting.removeAll { $0.isAbout(conflict) }
        switch conflict {
        case .scenario(let item, let id, let mine, let theirs):
            let latest = state.open?.draft.flatMap { $0.id == id ? $0.scenario : nil } ?? mine
            state.open?.draft = nil
            if answer == "theirs" {
                state.message = Message("The other seat's stands")
                return [.reloadCase(item: item)] + requestForecasts(&state, only: [id])
            }
            state.message = Message("Yours stands; u brings the other seat's back")
            guard let theirs else { return [.addScenario(item: item, latest, after: nil)] }
            state.open?.draft = ScenarioDraft(id: id, scenario: latest, seen: [theirs, latest])
            return [.saveScenario(item: item, id: id, latest, seen: [theirs])] + requestForecasts(&state, only: [id])
        case .draft(let item, let merge, let stored):
            state.message = Message(answer == "mine" ? "Yours stands" : "The other seat's stands")
            guard let open = state.open, open.item.id == item else { return [] }
            // As it stands now: more may have been typed since it was refused.
            let now = open.decisionSeen.first.flatMap { try? DraftMerge(base: $0, mine: open.decisionDraft, theirs: stored) } ?? merge
            let draft = answer == "mine" ? now.mine : now.theirs
            state.open?.decisionDraft = draft
            state.open?.decisionSeen = [stored]
            state.open?.decisionIsUnsaved = draft != stored
            return commitDrafts(&state)
        }
    }
}
