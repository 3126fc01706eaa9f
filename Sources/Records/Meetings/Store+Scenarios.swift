// The scenarios of a case: every change is committed together with the step that takes it back.
import GRDB
import Twins

extension Store {
    /// An agenda item's scenarios in order.
    public func scenarios(_ agendaItem: Int64) throws(StoreError) -> [ScenarioRow] {
        try read { db in try scenarios(db, agendaItem) }
    }

    /// Adds a scenario at a position (from 1), or at the end.
    @discardableResult
    public func addScenario(_ scenario: Scenario, agendaItem: Int64, at position: Int? = nil) throws(StoreError) -> ScenarioRow {
        try write { db in
            let id = try change(db, agendaItem, "add \(scenario.name)") { try insert(db, scenario, agendaItem, at: position) }
            return try self.scenario(db, id)
        }
    }

    /// Changes a scenario; `label` names the step for undo. No change: no step. Errors: `.noSuch`.
    @discardableResult
    public func updateScenario(_ id: Int64, _ scenario: Scenario, label: String = "edit") throws(StoreError) -> ScenarioRow {
        try write { db in
            let old = try self.scenario(db, id)
            if old.scenario == scenario { return old }
            try update(db, old, scenario, label: label)
            return try self.scenario(db, id)
        }
    }

    func update(_ db: Database, _ old: ScenarioRow, _ scenario: Scenario, label: String) throws {
        try change(db, old.agendaItem, label) {
            try db.execute(
                cachedSQL: "UPDATE scenario SET name = ?, body = ?, updated = ? WHERE id = ?",
                [scenario.name, try StoredJSON.text(scenario), clock().milliseconds, old.id])
        }
    }

    /// Errors: `.noSuch`.
    public func deleteScenario(_ id: Int64) throws(StoreError) {
        try write { db in
            let old = try scenario(db, id)
            try change(db, old.agendaItem, "delete \(old.scenario.name)") {
                try db.execute(cachedSQL: "DELETE FROM scenario WHERE id = ?", [id])
                try number(db, try scenarios(db, old.agendaItem).map(\.id))
            }
        }
    }

    func scenarios(_ db: Database, _ agendaItem: Int64) throws -> [ScenarioRow] {
        try Row.fetchAll(
            db,
            cachedSQL: "SELECT id, agenda_item, position, body, updated FROM scenario WHERE agenda_item = ? ORDER BY position, id",
            [agendaItem]
        ).map(scenario)
    }

    func scenario(_ db: Database, _ id: Int64) throws -> ScenarioRow {
        let row = try Row.fetchOne(
            db, cachedSQL: "SELECT id, agenda_item, position, body, updated FROM scenario WHERE id = ?", [id])
        guard let row else { throw StoreError.noSuch(kind: "scenario", id: String(id)) }
        return try scenario(row)
    }

    private func scenario(_ row: Row) throws -> ScenarioRow {
        ScenarioRow(
            id: row[0], agendaItem: row[1], position: row[2],
            scenario: try StoredJSON.value(row[3], path: path, what: "scenario \(row[0] as Int64)"), updated: Instant(milliseconds: row[4]))
    }

    func insert(_ db: Database, _ scenario: Scenario, _ agendaItem: Int64, at position: Int?) throws -> Int64 {
        try db.execute(
            cachedSQL: "INSERT INTO scenario (agenda_item, position, name, body, updated) VALUES (?, 0, ?, ?, ?)",
            [agendaItem, scenario.name, try StoredJSON.text(scenario), clock().milliseconds])
        let id = db.lastInsertedRowID
        try place(db, id, agendaItem, at: position ?? .max)
        return id
    }

    private func place(_ db: Database, _ id: Int64, _ agendaItem: Int64, at position: Int) throws {
        var order = try scenarios(db, agendaItem).map(\.id).filter { $0 != id }
        order.insert(id, at: min(max(position, 1) - 1, order.count))
        try number(db, order)
    }

    private func number(_ db: Database, _ order: [Int64]) throws {
        for (index, id) in order.enumerated() {
            try db.execute(cachedSQL: "UPDATE scenario SET position = ?1 WHERE id = ?2 AND position <> ?1", [index + 1, id])
        }
    }
}
