// The chair's clock: when which case was on the table.
import GRDB
import Twins

extension Store {
    /// The case is on the table from now on, and no other of its meeting is. Does nothing if it is already.
    public func startClock(_ agendaItem: Int64) throws(StoreError) {
        try write { db in
            guard let row = try Row.fetchOne(db, cachedSQL: "SELECT meeting FROM agenda_item WHERE id = ?", [agendaItem]) else {
                throw StoreError.noSuch(kind: "agenda item", id: String(agendaItem))
            }
            let running = try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM case_time WHERE agenda_item = ? AND \"end\" IS NULL", [agendaItem])
            if running != nil { return }
            let now = clock()
            try stopClock(db, meeting: row[0], at: now)
            try db.execute(cachedSQL: "INSERT INTO case_time (agenda_item, start) VALUES (?, ?)", [agendaItem, now.milliseconds])
        }
    }

    /// No case of the meeting is on the table any more.
    public func stopClock(meeting: String) throws(StoreError) {
        try write { db in try stopClock(db, meeting: meeting, at: clock()) }
    }

    func stopClock(_ db: Database, meeting: String, at time: Instant) throws {
        try db.execute(
            cachedSQL: """
                UPDATE case_time SET "end" = max(start, ?1)
                WHERE "end" IS NULL AND agenda_item IN (SELECT id FROM agenda_item WHERE meeting = ?2)
                """, [time.milliseconds, meeting])
    }

    /// The intervals of a meeting's cases, the earliest first.
    public func caseTimes(_ meeting: String) throws(StoreError) -> [CaseTimeRow] {
        try read { db in
            try Row.fetchAll(
                db,
                cachedSQL: """
                    SELECT t.agenda_item, t.start, t."end" FROM agenda_item a JOIN case_time t ON t.agenda_item = a.id
                    WHERE a.meeting = ? ORDER BY t.start, t.key
                    """, [meeting]
            ).map {
                CaseTimeRow(
                    agendaItem: $0[0], start: Instant(milliseconds: $0[1]), end: ($0[2] as Int64?).map(Instant.init(milliseconds:)))
            }
        }
    }
}
