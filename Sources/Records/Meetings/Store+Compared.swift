// Changes that are made only to what the changer has seen: the store refuses to write over another seat's work.
import GRDB
import Twins

/// What became of a change that was held against what the store has.
public enum ComparedChange<Value: Sendable>: Sendable {
    /// It is in the store, as given here.
    case stored(Value)
    /// Another seat has changed the row since; nothing was written. `nil`: the row is gone.
    case changedMeanwhile(Value?)
}

extension Store {
    /// Changes a scenario where the stored one is among those that the changer has seen (`seen`: as it was read, and as it was sent since).
    ///
    /// Invariant R11: the comparison and the change are one transaction.
    public func updateScenario(
        _ id: Int64, _ scenario: Scenario, seen: [Scenario], label: String = "edit"
    ) throws(StoreError) -> ComparedChange<Scenario> {
        try write { db in
            guard try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM scenario WHERE id = ?", [id]) != nil else { return .changedMeanwhile(nil) }
            let old = try self.scenario(db, id)
            if old.scenario == scenario { return .stored(scenario) }
            guard seen.contains(old.scenario) else { return .changedMeanwhile(old.scenario) }
            try update(db, old, scenario, label: label)
            return .stored(scenario)
        }
    }

    /// Keeps the draft that `body` makes of the one in the store (nil: there is none), in one transaction; nil from `body` writes nothing.
    public func saveDraft(_ agendaItem: Int64, body: (String?) throws -> String?) throws(StoreError) {
        try write { db in
            let stored = try Row.fetchOne(db, cachedSQL: "SELECT body FROM draft WHERE agenda_item = ?", [agendaItem])
            guard let text = try body(stored?[0]) else { return }
            try putDraft(db, agendaItem, body: text, at: clock())
        }
    }
}
