// Who sits in a meeting: joining, signs of life, what a screen shows, leaving.
import GRDB
import Twins

extension Store {
    /// The time by the store's clock, against which heartbeats are held.
    public var now: Instant { clock() }

    private static let selectSeat = """
        SELECT key, meeting, name, specialty, role, joined, heartbeat, "left", pointer, pointed FROM seat\u{20}
        """

    /// Begins a stay. One of the same name that has given no sign of life for `silence` milliseconds is ended at its last sign, and
    /// with it, where it was the chair's, the clock that it left running.
    ///
    /// Invariant R9: of one name at most one stay of a meeting is open. Errors: `.refused` while another terminal sits there alive,
    /// `.noSuch` for the meeting.
    public func joinSeat(_ row: SeatRow, silence: Int64) throws(StoreError) -> SeatRow {
        try write { db in
            guard try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM meeting WHERE id = ?", [row.meeting]) != nil else {
                throw StoreError.noSuch(kind: "meeting", id: row.meeting)
            }
            let now = clock()
            let found = try Row.fetchOne(
                db, cachedSQL: Self.selectSeat + "WHERE meeting = ? AND name = ? AND \"left\" IS NULL", [row.meeting, row.name])
            if let other = found.map(Self.seat) {
                let quiet = now.milliseconds - other.heartbeat.milliseconds
                guard quiet > silence else {
                    throw StoreError.refused(
                        "«\(row.name)» already sits at another terminal of this meeting, which gave a sign of life "
                            + "\(max(0, quiet) / 1000) s ago; leave there first, or wait until it has been silent for \(silence / 1000) s")
                }
                try end(db, other, at: other.heartbeat)
            }
            try db.execute(
                cachedSQL: """
                    INSERT INTO seat (meeting, name, specialty, role, joined, heartbeat) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
                    """, [row.meeting, row.name, row.specialty, row.role, now.milliseconds])
            return try seat(db, db.lastInsertedRowID)
        }
    }

    /// A sign of life; with it, where it changed, what the seat's screen shows.
    ///
    /// Errors: `.refused` if the stay has ended: it left, or another terminal has taken the seat over.
    public func beatSeat(_ key: Int64, pointer: String? = nil) throws(StoreError) {
        try write { db in
            let now = clock().milliseconds
            try db.execute(
                cachedSQL: """
                    UPDATE seat SET heartbeat = max(heartbeat, ?1), pointer = coalesce(?2, pointer),
                        pointed = CASE WHEN ?2 IS NULL THEN pointed ELSE ?1 END
                    WHERE key = ?3 AND "left" IS NULL
                    """, [now, pointer, key])
            guard db.changesCount == 1 else {
                throw StoreError.refused("this seat's stay has ended: another terminal has taken the seat over, or it has left")
            }
        }
    }

    /// Ends a stay; one that has ended already stays as it is.
    public func leaveSeat(_ key: Int64) throws(StoreError) {
        try write { db in
            let stay = try seat(db, key)
            if stay.left == nil { try end(db, stay, at: clock()) }
        }
    }

    private func end(_ db: Database, _ stay: SeatRow, at time: Instant) throws {
        try db.execute(cachedSQL: "UPDATE seat SET \"left\" = ? WHERE key = ?", [time.milliseconds, stay.key])
        if stay.role == "chair" { try stopClock(db, meeting: stay.meeting, at: time) }
    }

    /// Every stay of a meeting, the first to come first.
    public func seats(_ meeting: String) throws(StoreError) -> [SeatRow] {
        try read { db in
            try Row.fetchAll(db, cachedSQL: Self.selectSeat + "WHERE meeting = ? ORDER BY joined, key", [meeting]).map(Self.seat)
        }
    }

    /// The stays of a meeting that have not ended, alive or not.
    func openSeats(_ db: Database, _ meeting: String) throws -> [SeatRow] {
        try Row.fetchAll(db, cachedSQL: Self.selectSeat + "WHERE meeting = ? AND \"left\" IS NULL ORDER BY joined, key", [meeting])
            .map(Self.seat)
    }

    /// The stays of a meeting that have not ended, alive or not.
    public func openSeats(_ meeting: String) throws(StoreError) -> [SeatRow] {
        try read { db in try openSeats(db, meeting) }
    }

    private func seat(_ db: Database, _ key: Int64) throws -> SeatRow {
        guard let row = try Row.fetchOne(db, cachedSQL: Self.selectSeat + "WHERE key = ?", [key]) else {
            throw StoreError.noSuch(kind: "seat", id: String(key))
        }
        return Self.seat(row)
    }

    private static func seat(_ row: Row) -> SeatRow {
        SeatRow(
            key: row[0], meeting: row[1], name: row[2], specialty: row[3], role: row[4], joined: Instant(milliseconds: row[5]),
            heartbeat: Instant(milliseconds: row[6]), left: (row[7] as Int64?).map(Instant.init(milliseconds:)), pointer: row[8],
            pointed: (row[9] as Int64?).map(Instant.init(milliseconds:)))
    }
}
