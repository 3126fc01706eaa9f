// What came of a decision: a further row each time somebody looked at it again; the earlier ones stay.
import GRDB
import Twins

/// One look at what came of a decision.
public struct FollowUpRow: Hashable, Codable, Sendable {
    public var agendaItem: Int64
    /// 1 for the first look.
    public var version: Int
    public var body: String
    public var actor: String
    public var time: Instant
}

extension Store {
    /// A text that is another once anything that a follow-up reads may have changed: decisions, looks at them, records, draws.
    public func followUpMark() throws(StoreError) -> String {
        try read { db in
            try String.fetchOne(
                db,
                sql: """
                    SELECT (SELECT coalesce(max(id), 0) FROM decision) || '/' || (SELECT coalesce(max(key), 0) FROM follow_up) || '/'
                        || (SELECT coalesce(max(key), 0) FROM import) || '/' || (SELECT coalesce(max(key), 0) FROM calibration)
                    """) ?? ""
        }
    }

    /// Every look at what came of a case's decision, the first first.
    public func followUps(_ agendaItem: Int64) throws(StoreError) -> [FollowUpRow] {
        try read { db in
            try Row.fetchAll(
                db, cachedSQL: "SELECT agenda_item, version, body, actor, time FROM follow_up WHERE agenda_item = ? ORDER BY version",
                [agendaItem]
            ).map { FollowUpRow(agendaItem: $0[0], version: $0[1], body: $0[2], actor: $0[3], time: Instant(milliseconds: $0[4])) }
        }
    }

    /// Adds a look, with an entry `follow-up` in the ledger, in one commit.
    ///
    /// Errors: `.refused` without a signed decision; `.changedMeanwhile` if another has added one since version `over` was read.
    @discardableResult
    public func addFollowUp(_ item: Int64, body: String, over version: Int, actor: String) throws(StoreError) -> FollowUpRow {
        try write { db in
            let patient = try requireItem(db, item)
            guard try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM decision WHERE agenda_item = ? LIMIT 1", [item]) != nil else {
                throw StoreError.refused("the case of \(patient) has no signed decision: there is nothing to follow up")
            }
            let last = try Row.fetchOne(
                db, cachedSQL: "SELECT version, actor, time FROM follow_up WHERE agenda_item = ? ORDER BY version DESC LIMIT 1", [item])
            guard (last.map { $0[0] as Int } ?? 0) == version else {
                throw StoreError.changedMeanwhile(
                    what: "the follow-up of \(patient)", by: last.map { $0[1] } ?? "",
                    at: last.map { Instant(milliseconds: $0[2]) } ?? clock())
            }
            let row = FollowUpRow(
                agendaItem: item, version: version + 1, body: StoredText.clean(body), actor: StoredText.clean(actor), time: clock())
            try db.execute(
                cachedSQL: "INSERT INTO follow_up (agenda_item, version, body, actor, time) VALUES (?, ?, ?, ?, ?)",
                [item, row.version, row.body, row.actor, row.time.milliseconds])
            try append(
                db, .followUp, actor: actor, patient: patient, detail: ["agenda_item": String(item), "version": String(row.version)])
            return row
        }
    }
}
