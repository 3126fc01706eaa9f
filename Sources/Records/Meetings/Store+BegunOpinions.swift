// What a seat has begun to write of its opinion: kept for that seat alone until the opinion is given.
import GRDB
import Twins

extension Store {
    /// What a seat has begun on a case; nil: nothing. Of no other seat can anything be asked for.
    public func begunOpinion(_ agendaItem: Int64, seat: String) throws(StoreError) -> String? {
        try read { db in
            let row = try Row.fetchOne(
                db, cachedSQL: "SELECT body FROM opinion_draft WHERE agenda_item = ? AND seat = ?", [agendaItem, seat])
            return row.map { $0[0] as String }
        }
    }

    /// Keeps what a seat has begun, in the place of what it had begun before; nil keeps nothing. Errors: `.noSuch`.
    public func keepBegunOpinion(_ agendaItem: Int64, seat: String, body: String?) throws(StoreError) {
        try write { db in
            guard let body else { return try dropBegunOpinion(db, agendaItem, seat: seat) }
            guard try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM agenda_item WHERE id = ?", [agendaItem]) != nil else {
                throw StoreError.noSuch(kind: "agenda item", id: String(agendaItem))
            }
            try db.execute(
                cachedSQL: """
                    INSERT INTO opinion_draft (agenda_item, seat, body, updated) VALUES (?1, ?2, ?3, ?4)
                    ON CONFLICT (agenda_item, seat) DO UPDATE SET body = ?3, updated = ?4
                    """, [agendaItem, seat, StoredText.clean(body), clock().milliseconds])
        }
    }

    func dropBegunOpinion(_ db: Database, _ agendaItem: Int64, seat: String) throws {
        try db.execute(cachedSQL: "DELETE FROM opinion_draft WHERE agenda_item = ? AND seat = ?", [agendaItem, seat])
    }
}
