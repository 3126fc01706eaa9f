// Saving what two seats may edit: nothing of another seat's is written over unread.
import Records
import Twins

/// What became of a scenario that was saved.
public enum ScenarioSaving: Hashable, Sendable {
    case stored
    /// Another seat had changed other values: both are in.
    case merged(Scenario)
    /// Another seat had changed the same; nothing was written. Nil: it was removed.
    case conflict(Scenario?)
}

/// What became of a decision draft that was saved.
public enum DraftSaving: Hashable, Sendable {
    case stored
    /// Another seat had changed other fields: both are in.
    case merged(DecisionDraft, taken: [String])
    /// Another seat had changed the same fields; nothing was written.
    case conflict(DraftMerge, stored: DecisionDraft)
}

extension Board {
    /// Saves a scenario that was made from one of those that the terminal has seen, the one it had read first.
    public func update(_ id: Int64, to scenario: Scenario, seen: [Scenario], label: String = "edit") throws(BoardError) -> ScenarioSaving {
        switch try Self.stored({ () throws(StoreError) in try store.updateScenario(id, scenario, seen: seen, label: label) }) {
        case .stored: return .stored
        case .changedMeanwhile(nil): return .conflict(nil)
        case .changedMeanwhile(.some(let theirs)):
            guard let base = seen.first, let merged = ScenarioMerge.merged(base: base, mine: scenario, theirs: theirs) else {
                return .conflict(theirs)
            }
            // A third seat may have come between: then it is asked.
            switch try Self.stored({ () throws(StoreError) in try store.updateScenario(id, merged, seen: [theirs], label: label) }) {
            case .stored: return .merged(merged)
            case .changedMeanwhile(let now): return .conflict(now)
            }
        }
    }

    /// Saves a draft that was made from one of those that the terminal has seen, the one it had read first.
    public func save(_ draft: DecisionDraft, item: Int64, seen: [DecisionDraft]) throws(BoardError) -> DraftSaving {
        var failure: BoardError?
        var result = DraftSaving.stored
        do throws(StoreError) {
            try store.saveDraft(item) { stored in
                do throws(BoardError) {
                    let wanted = try Self.settled(draft, seen, stored: stored, item: item, &result)
                    return try wanted.map { value throws(BoardError) in
                        try Self.encode(value, what: "decision draft of case", id: item)
                    }
                } catch {
                    failure = error
                    throw error
                }
            }
        } catch { throw failure ?? .store(error) }
        return result
    }

    private static func settled(
        _ draft: DecisionDraft, _ seen: [DecisionDraft], stored: String?, item: Int64, _ result: inout DraftSaving
    ) throws(BoardError) -> DecisionDraft? {
        guard let stored else { return draft }
        let theirs = try decode(DecisionDraft.self, stored, what: "decision draft of case", id: item)
        guard theirs != draft, let base = seen.first, !seen.contains(theirs) else { return draft }
        let merge = try DraftMerge(base: base, mine: draft, theirs: theirs)
        guard merge.conflicts.isEmpty else {
            result = .conflict(merge, stored: theirs)
            return nil
        }
        result = .merged(merge.mine, taken: merge.taken)
        return merge.mine
    }
}
