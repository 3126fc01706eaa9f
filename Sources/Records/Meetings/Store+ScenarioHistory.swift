// Undo and redo of a case's scenarios, kept in the store, so that they survive a restart and a dropped line.
import GRDB
import Twins

extension Store {
    /// So many steps of a case can be taken back.
    static let historyLimit = 500

    /// What undo and redo would do now.
    public func scenarioHistory(_ agendaItem: Int64) throws(StoreError) -> ScenarioHistory {
        try read { db in
            ScenarioHistory(
                undoLabel: try step(db, agendaItem, undo: true)?[1], redoLabel: try step(db, agendaItem, undo: false)?[1])
        }
    }

    /// Takes the last change back; nil if there is none.
    public func undoScenario(_ agendaItem: Int64) throws(StoreError) -> ScenarioHistoryStep? {
        try write { db in try walk(db, agendaItem, undo: true) }
    }

    /// Puts back what was last taken back; nil if there is nothing, or something else was changed since.
    public func redoScenario(_ agendaItem: Int64) throws(StoreError) -> ScenarioHistoryStep? {
        try write { db in try walk(db, agendaItem, undo: false) }
    }

    /// Runs a change of an agenda item's scenarios and keeps the rows that differ, before and after, as one step.
    ///
    /// Invariant R6: the steps of an item, taken back in order, lead to the state before the first; a new change drops those
    /// that were taken back.
    @discardableResult
    func change<T>(_ db: Database, _ agendaItem: Int64, _ label: String, _ body: () throws -> T) throws -> T {
        guard try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM agenda_item WHERE id = ?", [agendaItem]) != nil else {
            throw StoreError.noSuch(kind: "agenda item", id: String(agendaItem))
        }
        let before = try scenarios(db, agendaItem)
        let result = try body()
        let after = try scenarios(db, agendaItem)
        let old = before.filter { !after.contains($0) }
        let new = after.filter { !before.contains($0) }
        if old.isEmpty && new.isEmpty { return result }
        try db.execute(cachedSQL: "DELETE FROM scenario_change WHERE agenda_item = ? AND is_undone", [agendaItem])
        try db.execute(
            cachedSQL: """
                INSERT INTO scenario_change (agenda_item, sequence, label, before, after, is_undone)
                SELECT ?1, coalesce(max(sequence), 0) + 1, ?2, ?3, ?4, 0 FROM scenario_change WHERE agenda_item = ?1
                """, [agendaItem, label, try StoredJSON.text(old), try StoredJSON.text(new)])
        try db.execute(
            cachedSQL: """
                DELETE FROM scenario_change WHERE agenda_item = ?1
                    AND sequence <= (SELECT max(sequence) FROM scenario_change WHERE agenda_item = ?1) - ?2
                """, [agendaItem, Self.historyLimit])
        return result
    }

    /// (sequence, label, before, after) of the step that undo or redo would take.
    private func step(_ db: Database, _ agendaItem: Int64, undo: Bool) throws -> Row? {
        try Row.fetchOne(
            db,
            cachedSQL: undo
                ? """
                SELECT sequence, label, before, after FROM scenario_change WHERE agenda_item = ? AND NOT is_undone
                ORDER BY sequence DESC LIMIT 1
                """
                : """
                SELECT sequence, label, before, after FROM scenario_change WHERE agenda_item = ? AND is_undone
                ORDER BY sequence LIMIT 1
                """, [agendaItem])
    }

    private func walk(_ db: Database, _ agendaItem: Int64, undo: Bool) throws -> ScenarioHistoryStep? {
        guard let row = try step(db, agendaItem, undo: undo) else { return nil }
        let what = "the history of agenda item \(agendaItem)"
        let before: [ScenarioRow] = try StoredJSON.value(row[2], path: path, what: what)
        let after: [ScenarioRow] = try StoredJSON.value(row[3], path: path, what: what)
        let (from, to) = undo ? (after, before) : (before, after)
        for gone in from { try db.execute(cachedSQL: "DELETE FROM scenario WHERE id = ?", [gone.id]) }
        for kept in to {
            try db.execute(
                cachedSQL: "INSERT INTO scenario (id, agenda_item, position, name, body, updated) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    kept.id, kept.agendaItem, kept.position, kept.scenario.name, try StoredJSON.text(kept.scenario),
                    kept.updated.milliseconds,
                ])
        }
        try db.execute(
            cachedSQL: "UPDATE scenario_change SET is_undone = ? WHERE agenda_item = ? AND sequence = ?",
            [undo, agendaItem, row[0] as Int64])
        return ScenarioHistoryStep(label: row[1], scenarios: try scenarios(db, agendaItem))
    }
}
