// Saving what two seats may edit: what the other seat did is told, merged or asked about, never written over.
import Meetings
import Records
import Twins

extension Worker {
    func saveScenario(_ item: Int64, _ id: Int64, _ scenario: Scenario, seen: [Scenario]) throws(BoardError) -> [Event] {
        let known = attending.withLock { $0.mergedScenarios[id] }
        let read = known.flatMap { seen.contains($0.sent) && !seen.contains($0.merged) ? [$0.sent] : nil } ?? seen
        switch try board.update(id, to: scenario, seen: read) {
        case .stored: return [try scenarios(item)]
        case .merged(let merged):
            attending.withLock { $0.mergedScenarios[id] = (scenario, merged) }
            return [.edited(.scenarioMerged(item: item, id: id, sent: scenario, merged: merged)), try scenarios(item)]
        case .conflict(let theirs):
            return [.edited(.conflict(.scenario(item: item, id: id, mine: scenario, theirs: theirs)))]
        }
    }

    func saveDraft(_ item: Int64, _ draft: DecisionDraft, seen: [DecisionDraft]) throws(BoardError) -> [Event] {
        let known = attending.withLock { $0.mergedDrafts[item] }
        let read = known.flatMap { seen.contains($0.sent) && !seen.contains($0.merged) ? [$0.sent] : nil } ?? seen
        switch try board.save(draft, item: item, seen: read) {
        case .stored:
            attending.withLock { _ = $0.refused.remove(item) }
            return [.draftStored(item: item, draft)]
        case .merged(let merged, let taken):
            attending.withLock { attending in
                attending.refused.remove(item)
                attending.mergedDrafts[item] = (draft, merged)
            }
            return [.edited(.draftMerged(item: item, sent: draft, merged: merged, taken: taken))]
        case .conflict(let merge, let stored):
            attending.withLock { _ = $0.refused.insert(item) }
            return [.edited(.conflict(.draft(item: item, merge, stored: stored)))]
        }
    }

    /// Invariant 2: what is signed is what the board's draft says, also where another seat has changed it in the last moment.
    func checkUnchanged(_ decision: Decision) throws {
        var signed = decision.draft
        guard let stored = try board.draft(decision.agendaItem) else { return }
        // The names follow the scenarios by themselves.
        signed.options = stored.options
        guard stored == signed, !attending.withLock({ $0.refused.contains(decision.agendaItem) }) else {
            throw WorkError("not signed: the draft was changed in the meantime, here or at another seat; read it, then sign again")
        }
    }
}
