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

    func agendaItem(_ db: Database, _ id: Int64) throws -> AgendaItemRow {
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

    /// Adds an item at its position (0: at the end) with the scenarios to start from, in one commit; there is nothing to take back yet.
    /// Returns it as stored. Errors: `.noSuch` for the patient or the meeting.
    @discardableResult
    public func addAgendaItem(_ row: AgendaItemRow, scenarios: [Scenario]) throws(StoreError) -> AgendaItemRow {
        try write { db in try addAgendaItem(db, row, scenarios: scenarios) }
    }

    func addAgendaItem(_ db: Database, _ row: AgendaItemRow, scenarios: [Scenario]) throws -> AgendaItemRow {
        let patient = try patientKey(db, row.patient)
        guard try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM meeting WHERE id = ?", [row.meeting]) != nil else {
            throw StoreError.noSuch(kind: "meeting", id: row.meeting)
        }
        try db.execute(
            cachedSQL: """
                INSERT INTO agenda_item (meeting, patient, model, question, state, reference, note, position)
                VALUES (?, ?, ?, ?, ?, ?, ?, 0)
                """, [row.meeting, patient, row.model, row.question, row.state, row.reference?.milliseconds, row.note])
        let id = db.lastInsertedRowID
        var order = try agenda(db, row.meeting).map(\.id).filter { $0 != id }
        order.insert(id, at: row.position == 0 ? order.count : min(max(row.position - 1, 0), order.count))
        try numberItems(db, order)
        for scenario in scenarios { _ = try insert(db, scenario, id, at: nil) }
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

    func numberItems(_ db: Database, _ order: [Int64]) throws {
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
