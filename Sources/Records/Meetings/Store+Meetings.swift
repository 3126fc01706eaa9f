// Meetings and who attends them.
import GRDB
import Twins

extension Store {
    /// All meetings, the latest first.
    public func meetings() throws(StoreError) -> [MeetingRow] {
        try read { db in
            try Row.fetchAll(
                db, cachedSQL: "SELECT id, title, board, start, chair, quorum, is_demo FROM meeting ORDER BY start DESC, id"
            ).map(Self.meeting)
        }
    }

    /// Errors: `.noSuch`.
    public func meeting(_ id: String) throws(StoreError) -> MeetingRow {
        try read { db in
            let row = try Row.fetchOne(
                db, cachedSQL: "SELECT id, title, board, start, chair, quorum, is_demo FROM meeting WHERE id = ?", [id])
            guard let row else { throw StoreError.noSuch(kind: "meeting", id: id) }
            return Self.meeting(row)
        }
    }

    /// Adds a meeting, or changes the one of that identifier.
    @discardableResult
    public func saveMeeting(_ row: MeetingRow) throws(StoreError) -> MeetingRow {
        guard !row.id.isEmpty else { throw .refused("a meeting needs an identifier") }
        return try write { db in
            try db.execute(
                cachedSQL: """
                    INSERT INTO meeting (id, title, board, start, chair, quorum, is_demo) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                    ON CONFLICT (id) DO UPDATE SET title = ?2, board = ?3, start = ?4, chair = ?5, quorum = ?6, is_demo = ?7
                    """, [row.id, row.title, row.board, row.start.milliseconds, row.chair, row.quorum, row.isDemo])
            return row
        }
    }

    /// Deletes a meeting with its agenda, attendance and scenarios. Refused once it has a decision. No such meeting: nothing.
    public func deleteMeeting(_ id: String) throws(StoreError) {
        try write { db in
            let decided = try Row.fetchOne(
                db,
                cachedSQL: "SELECT 1 FROM decision d JOIN agenda_item a ON a.id = d.agenda_item WHERE a.meeting = ? LIMIT 1", [id])
            guard decided == nil else { throw StoreError.refused("meeting «\(id)» has decisions: it stays") }
            try db.execute(cachedSQL: "DELETE FROM agenda_item WHERE meeting = ?", [id])
            try db.execute(cachedSQL: "DELETE FROM meeting WHERE id = ?", [id])
        }
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

    /// Adds (id 0) or changes one person's attendance; returns the row as stored.
    @discardableResult
    public func saveAttendance(_ row: AttendanceRow) throws(StoreError) -> AttendanceRow {
        try write { db in
            var stored = row
            let values: Arguments = [row.meeting, row.agendaItem, row.name, row.specialty, row.role, row.isPresent]
            if row.id == 0 {
                try db.execute(
                    cachedSQL: """
                        INSERT INTO attendance (meeting, agenda_item, name, specialty, role, is_present) VALUES (?, ?, ?, ?, ?, ?)
                        """, values)
                stored.id = db.lastInsertedRowID
            } else {
                try db.execute(
                    cachedSQL: """
                        UPDATE attendance SET meeting = ?, agenda_item = ?, name = ?, specialty = ?, role = ?, is_present = ? WHERE id = ?
                        """, values + [row.id])
                guard db.changesCount > 0 else { throw StoreError.noSuch(kind: "attendance", id: String(row.id)) }
            }
            return stored
        }
    }

    public func deleteAttendance(_ id: Int64) throws(StoreError) {
        try write { db in try db.execute(cachedSQL: "DELETE FROM attendance WHERE id = ?", [id]) }
    }

    private static func meeting(_ row: Row) -> MeetingRow {
        MeetingRow(
            id: row[0], title: row[1], board: row[2], start: Instant(milliseconds: row[3]), chair: row[4], quorum: row[5],
            isDemo: row[6])
    }
}
