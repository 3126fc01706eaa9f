// What a meeting leaves behind: who sat there, and which cases were decided.
import GRDB
import Twins

/// A seat that was taken at a meeting.
public struct SeatTakenRow: Hashable, Codable, Sendable {
    public var name: String
    public var specialty: String
    public var role: String
    public var joined: Instant
}

extension Store {
    /// Everybody who took a seat at a meeting, in the order in which they came.
    public func seatsTaken(_ meeting: String) throws(StoreError) -> [SeatTakenRow] {
        try read { db in
            try Row.fetchAll(
                db, cachedSQL: "SELECT name, specialty, role, joined FROM seat WHERE meeting = ? ORDER BY joined, key", [meeting]
            ).map { SeatTakenRow(name: $0[0], specialty: $0[1], role: $0[2], joined: Instant(milliseconds: $0[3])) }
        }
    }

    /// The cases with a signed decision over all meetings, the meeting of the earliest day first.
    public func decidedItems() throws(StoreError) -> [Int64] {
        try read { db in
            try Row.fetchAll(
                db,
                cachedSQL: """
                    SELECT DISTINCT a.id, m.start, a.position FROM decision d JOIN agenda_item a ON a.id = d.agenda_item
                    JOIN meeting m ON m.id = a.meeting ORDER BY m.start, a.position, a.id
                    """
            ).map { $0[0] }
        }
    }
}
