// Meetings and who attends them; a whole meeting comes in as one commit.
import GRDB
import Twins

extension Store {
    private static let selectMeeting = "SELECT id, title, board, start, chair, quorum, is_demo FROM meeting "

    /// All meetings, the latest first.
    public func meetings() throws(StoreError) -> [MeetingRow] {
        try read { db in
            try Row.fetchAll(db, cachedSQL: Self.selectMeeting + "ORDER BY start DESC, id").map(Self.meeting)
        }
    }

    /// Errors: `.noSuch`.
    public func meeting(_ id: String) throws(StoreError) -> MeetingRow {
        try read { db in
            let row = try Row.fetchOne(db, cachedSQL: Self.selectMeeting + "WHERE id = ?", [id])
            guard let row else { throw StoreError.noSuch(kind: "meeting", id: id) }
            return Self.meeting(row)
        }
    }

    /// Adds a meeting with its seats, or puts it in the place of the one of that identifier, agenda and all else left as it is.
    ///
    /// One commit. Errors: `.refused` once the meeting has a decision: who was expected then is part of what was decided.
    public func saveMeeting(_ row: MeetingRow, seats: [AttendanceRow]) throws(StoreError) {
        try write { db in
            guard try !isDecided(db, meeting: row.id) else {
                throw StoreError.refused("meeting «\(row.id)» has decisions: it stays as it is")
            }
            try save(db, row)
            try replaceSeats(db, row.id, seats)
        }
    }

    /// Adds a meeting with its seats, its cases in their order, and the scenarios that each starts from: all of it in one commit, or
    /// nothing. A meeting of that identifier without any case is one that was left half-made, and is completed.
    ///
    /// Errors: `.exists` if there is one with cases, `.noSuch` for a patient.
    public func addMeeting(
        _ row: MeetingRow, seats: [AttendanceRow], agenda items: [(item: AgendaItemRow, scenarios: [Scenario])],
        preparation: MeetingPreparationBodies = MeetingPreparationBodies()
    ) throws(StoreError) {
        try write { db in
            guard try agenda(db, row.id).isEmpty else { throw StoreError.exists(kind: "meeting", id: row.id) }
            try save(db, row)
            try replaceSeats(db, row.id, seats)
            if let body = preparation.meeting {
                try saveMeetingPreparation(db, row.id, body: body, over: 0, actor: preparation.actor)
            }
            for (place, entry) in items.enumerated() {
                var item = entry.item
                item.meeting = row.id
                item.position = place + 1
                let added = try addAgendaItem(db, item, scenarios: entry.scenarios)
                guard let prepared = preparation.cases[place] else { continue }
                try saveCasePreparation(
                    db, added.id, body: prepared.body, over: 0, actor: preparation.actor, what: "meeting file", state: prepared.state)
            }
        }
    }

    private func save(_ db: Database, _ row: MeetingRow) throws {
        guard !row.id.isEmpty else { throw StoreError.refused("a meeting needs an identifier") }
        try db.execute(
            cachedSQL: """
                INSERT INTO meeting (id, title, board, start, chair, quorum, is_demo) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                ON CONFLICT (id) DO UPDATE SET title = ?2, board = ?3, start = ?4, chair = ?5, quorum = ?6, is_demo = ?7
                """, [row.id, row.title, row.board, row.start.milliseconds, row.chair, row.quorum, row.isDemo])
    }

    private func replaceSeats(_ db: Database, _ meeting: String, _ seats: [AttendanceRow]) throws {
        try db.execute(cachedSQL: "DELETE FROM attendance WHERE meeting = ?", [meeting])
        for seat in seats { try insert(db, seat, meeting: meeting) }
    }

    private func insert(_ db: Database, _ row: AttendanceRow, meeting: String) throws {
        try db.execute(
            cachedSQL: """
                INSERT INTO attendance (meeting, agenda_item, name, specialty, role, is_present) VALUES (?, ?, ?, ?, ?, ?)
                """, [meeting, row.agendaItem, row.name, row.specialty, row.role, row.isPresent])
    }

    private func isDecided(_ db: Database, meeting: String) throws -> Bool {
        try Row.fetchOne(
            db, cachedSQL: "SELECT 1 FROM decision d JOIN agenda_item a ON a.id = d.agenda_item WHERE a.meeting = ? LIMIT 1", [meeting])
            != nil
    }

    /// Everybody noted for a meeting, in the order in which they were noted.
    public func attendance(_ meeting: String) throws(StoreError) -> [AttendanceRow] {
        try read { db in
            try Row.fetchAll(
                db,
                cachedSQL: """
                    SELECT id, meeting, agenda_item, name, specialty, role, is_present FROM attendance WHERE meeting = ? ORDER BY id
                    """, [meeting]
            ).map {
                AttendanceRow(
                    id: $0[0], meeting: $0[1], agendaItem: $0[2], name: $0[3], specialty: $0[4], role: $0[5], isPresent: $0[6])
            }
        }
    }

    private static func meeting(_ row: Row) -> MeetingRow {
        MeetingRow(
            id: row[0], title: row[1], board: row[2], start: Instant(milliseconds: row[3]), chair: row[4], quorum: row[5],
            isDemo: row[6])
    }
}
