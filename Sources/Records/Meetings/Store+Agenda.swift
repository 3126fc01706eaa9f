// The cases of a meeting in their order.
import GRDB
import Twins

extension Store {
    /// The columns that the function of a row below reads, in its order.
    private static let selectAgendaItem = """
        SELECT a.id, a.meeting, a.position, p.id, a.model, a.question, a.state, a.reference, a.note
        FROM agenda_item a JOIN patient p ON p.key = a.patient\u{20}
        """

    /// A meeting's items in order. Empty if there is no such meeting.
    public func agenda(_ meeting: String) throws(StoreError) -> [AgendaItemRow] {
        try read { db in try agenda(db, meeting) }
    }

    func agenda(_ db: Database, _ meeting: String) throws -> [AgendaItemRow] {
        try Row.fetchAll(
            db, cachedSQL: Self.selectAgendaItem + "WHERE a.meeting = ? ORDER BY a.position, a.id", [meeting]
        ).map(Self.agendaItem)
    }

    /// Errors: `.noSuch`.
    public func agendaItem(_ id: Int64) throws(StoreError) -> AgendaItemRow {
        try read { db in try agendaItem(db, id) }
    }

    private func agendaItem(_ db: Database, _ id: Int64) throws -> AgendaItemRow {
        let row = try Row.fetchOne(db, cachedSQL: Self.selectAgendaItem + "WHERE a.id = ?", [id])
        guard let row else { throw StoreError.noSuch(kind: "agenda item", id: String(id)) }
        return Self.agendaItem(row)
    }

    /// Every item about a patient, the latest meeting first.
    public func agendaItems(patient: String) throws(StoreError) -> [AgendaItemRow] {
        try read { db in
            try Row.fetchAll(
                db,
                cachedSQL: Self.selectAgendaItem + "JOIN meeting m ON m.id = a.meeting WHERE p.id = ? ORDER BY m.start DESC, a.position",
                [patient]
            ).map(Self.agendaItem)
        }
    }

    /// Adds (id 0) or changes an item, and moves it to its position; returns the row as stored.
    ///
    /// Errors: `.noSuch` for the patient, the meeting or the item.
    @discardableResult
    public func saveAgendaItem(_ row: AgendaItemRow) throws(StoreError) -> AgendaItemRow {
        try write { db in try saveAgendaItem(db, row) }
    }

    /// Adds an item with the scenarios to start from in one commit; there is nothing to take back yet. Errors: `.noSuch`.
    @discardableResult
    public func addAgendaItem(_ row: AgendaItemRow, scenarios: [Scenario]) throws(StoreError) -> AgendaItemRow {
        try write { db in try addAgendaItem(db, row, scenarios: scenarios) }
    }

    func addAgendaItem(_ db: Database, _ row: AgendaItemRow, scenarios: [Scenario]) throws -> AgendaItemRow {
        var new = row
        new.id = 0
        let stored = try saveAgendaItem(db, new)
        for scenario in scenarios { _ = try insert(db, scenario, stored.id, at: nil) }
        return stored
    }

    private func saveAgendaItem(_ db: Database, _ row: AgendaItemRow) throws -> AgendaItemRow {
        let patient = try patientKey(db, row.patient)
        guard try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM meeting WHERE id = ?", [row.meeting]) != nil else {
            throw StoreError.noSuch(kind: "meeting", id: row.meeting)
        }
        let values: Arguments = [
            row.meeting, patient, row.model, row.question, row.state, row.reference?.milliseconds, row.note,
        ]
        let id: Int64
        if row.id == 0 {
            try db.execute(
                cachedSQL: """
                    INSERT INTO agenda_item (meeting, patient, model, question, state, reference, note, position)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 0)
                    """, values)
            id = db.lastInsertedRowID
        } else {
            try db.execute(
                cachedSQL: """
                    UPDATE agenda_item SET meeting = ?, patient = ?, model = ?, question = ?, state = ?, reference = ?, note = ?
                    WHERE id = ?
                    """, values + [row.id])
            guard db.changesCount > 0 else { throw StoreError.noSuch(kind: "agenda item", id: String(row.id)) }
            id = row.id
        }
        var order = try agenda(db, row.meeting).map(\.id).filter { $0 != id }
        order.insert(id, at: row.position == 0 ? order.count : min(max(row.position - 1, 0), order.count))
        try number(db, order)
        return try agendaItem(db, id)
    }

    /// Changes only the state. Errors: `.noSuch`.
    @discardableResult
    public func setAgendaState(_ id: Int64, _ state: String) throws(StoreError) -> AgendaItemRow {
        try write { db in
            try db.execute(cachedSQL: "UPDATE agenda_item SET state = ? WHERE id = ?", [state, id])
            return try agendaItem(db, id)
        }
    }

    /// Deletes an item with its scenarios and draft. Refused once it has a decision.
    public func deleteAgendaItem(_ id: Int64) throws(StoreError) {
        try write { db in
            let item = try agendaItem(db, id)
            guard try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM decision WHERE agenda_item = ?", [id]) == nil else {
                throw StoreError.refused("the case of \(item.patient) has a decision: it stays on the agenda")
            }
            try db.execute(cachedSQL: "DELETE FROM agenda_item WHERE id = ?", [id])
            try number(db, try agenda(db, item.meeting).map(\.id))
        }
    }

    private func number(_ db: Database, _ order: [Int64]) throws {
        for (index, id) in order.enumerated() {
            try db.execute(
                cachedSQL: "UPDATE agenda_item SET position = ?1 WHERE id = ?2 AND position <> ?1", [index + 1, id])
        }
    }

    private static func agendaItem(_ row: Row) -> AgendaItemRow {
        AgendaItemRow(
            id: row[0], meeting: row[1], position: row[2], patient: row[3], model: row[4], question: row[5], state: row[6],
            reference: (row[7] as Int64?).map(Instant.init(milliseconds:)), note: row[8])
    }
}
