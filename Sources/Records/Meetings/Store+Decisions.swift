// A decision: written as a draft, then signed once and for all.
import GRDB
import Twins

extension Store {
    /// The draft of a case's decision; nil if there is none.
    public func draft(_ agendaItem: Int64) throws(StoreError) -> DraftRow? {
        try read { db in
            try Row.fetchOne(db, cachedSQL: "SELECT agenda_item, body, updated FROM draft WHERE agenda_item = ?", [agendaItem])
                .map { DraftRow(agendaItem: $0[0], body: $0[1], updated: Instant(milliseconds: $0[2])) }
        }
    }

    /// Keeps a draft in the place of the one before.
    @discardableResult
    public func saveDraft(_ agendaItem: Int64, body: String) throws(StoreError) -> DraftRow {
        try write { db in
            let now = clock()
            try putDraft(db, agendaItem, body: body, at: now)
            return DraftRow(agendaItem: agendaItem, body: body, updated: now)
        }
    }

    func putDraft(_ db: Database, _ agendaItem: Int64, body: String, at time: Instant) throws {
        try requireItem(db, agendaItem)
        try db.execute(
            cachedSQL: """
                INSERT INTO draft (agenda_item, body, updated) VALUES (?1, ?2, ?3) ON CONFLICT (agenda_item)
                DO UPDATE SET body = ?2, updated = ?3
                """, [agendaItem, body, time.milliseconds])
    }

    /// Appends a decision in one commit: the row, its entry in the ledger (`decide`; `amend` for a further version), the item's
    /// state (nil leaves it), and the draft goes.
    ///
    /// Invariant S3: the signature over ``DecisionRow/contentSHA256`` and the signed checkpoint of the ledger up to the decision's own entry
    /// are written in the same commit, by the key of who signs; the entry names the key, so that a signature that is taken away is missed.
    /// The checkpoint's copy in the file beside the store follows the commit; where that cannot be written, the next signature adds it.
    ///
    /// Invariant R8: a version is signed once. `expectedVersion`, 1 or one more than the last that the signer has read, is held against
    /// the store inside the transaction that appends, so that of two seats one signs and the other is told (`.signedMeanwhile`).
    /// `body` is called there too, with the time of the signature by the store's clock; what it throws leaves nothing behind.
    @discardableResult
    public func sign(
        _ agendaItem: Int64, expectedVersion: Int, signer: Signer, actor: String, state: String? = "decided",
        body: (Instant) throws -> String
    ) throws(StoreError) -> DecisionRow {
        let decision: DecisionRow = try write { db in
            try requireActive(db, signer)
            let patient = try requireItem(db, agendaItem)
            let last = try Row.fetchOne(
                db, cachedSQL: "SELECT version, signed_by, time FROM decision WHERE agenda_item = ? ORDER BY version DESC LIMIT 1",
                [agendaItem])
            let version = (last.map { $0[0] as Int } ?? 0) + 1
            guard version == expectedVersion else {
                guard let last, expectedVersion < version else {
                    throw StoreError.refused("version \(expectedVersion) of a decision cannot be signed before version \(version)")
                }
                throw StoreError.signedMeanwhile(version: last[0], by: last[1], at: Instant(milliseconds: last[2]))
            }
            let time = clock()
            // Cleaned before it is hashed: the hash covers what the table holds.
            let body = StoredText.clean(try body(time))
            let signedBy = signer.name
            try DecisionEssentials.check(body, signedBy: signedBy)
            var decision = DecisionRow(
                id: try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM decision") ?? 1, agendaItem: agendaItem,
                version: version, body: body, signedBy: signedBy, time: time, contentSHA256: "", ledgerSequence: 0)
            decision.contentSHA256 = decision.computedSHA256
            let entry = try append(
                db, decision.version == 1 ? .decide : .amend, actor: actor, patient: patient,
                detail: [
                    "content": decision.contentSHA256, "agenda_item": String(agendaItem), "version": String(decision.version),
                    "signed_by": signedBy, "key": signer.key.name,
                ])
            decision.ledgerSequence = entry.sequence
            try db.execute(
                cachedSQL: """
                    INSERT INTO decision (id, agenda_item, version, body, signed_by, time, content_sha256, ledger)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                [
                    decision.id, agendaItem, decision.version, body, signedBy, decision.time.milliseconds, decision.contentSHA256,
                    decision.ledgerSequence,
                ])
            try addSignature(db, decision, before: LedgerHead(sequence: entry.sequence - 1, hash: entry.previous), signer)
            try addCheckpoint(db, LedgerHead(sequence: entry.sequence, hash: entry.hash), signer, time: time)
            try db.execute(cachedSQL: "DELETE FROM draft WHERE agenda_item = ?", [agendaItem])
            if let state { try db.execute(cachedSQL: "UPDATE agenda_item SET state = ? WHERE id = ?", [state, agendaItem]) }
            return decision
        }
        // The decision is signed and kept: a full disk must not make it look otherwise. `log --verify` says what the file lacks.
        try? copyCheckpoints()
        return decision
    }

    /// All versions of a case's decision, the first first.
    public func decisions(_ agendaItem: Int64) throws(StoreError) -> [DecisionRow] {
        try read { db in
            try Row.fetchAll(
                db,
                cachedSQL: """
                    SELECT id, agenda_item, version, body, signed_by, time, content_sha256, ledger FROM decision
                    WHERE agenda_item = ? ORDER BY version
                    """, [agendaItem]
            ).map(Self.decision)
        }
    }

    static func decision(_ row: Row) throws -> DecisionRow {
        DecisionRow(
            id: try row.decode(Int64.self, atIndex: 0), agendaItem: try row.decode(Int64.self, atIndex: 1),
            version: try row.decode(Int.self, atIndex: 2), body: try row.decode(String.self, atIndex: 3),
            signedBy: try row.decode(String.self, atIndex: 4), time: Instant(milliseconds: try row.decode(Int64.self, atIndex: 5)),
            contentSHA256: try row.decode(String.self, atIndex: 6), ledgerSequence: try row.decode(Int64.self, atIndex: 7))
    }

    /// The item's patient. Errors: `.noSuch`.
    @discardableResult
    func requireItem(_ db: Database, _ agendaItem: Int64) throws -> String {
        let row = try Row.fetchOne(
            db, cachedSQL: "SELECT p.id FROM agenda_item a JOIN patient p ON p.key = a.patient WHERE a.id = ?", [agendaItem])
        guard let row else { throw StoreError.noSuch(kind: "agenda item", id: String(agendaItem)) }
        return row[0]
    }
}
