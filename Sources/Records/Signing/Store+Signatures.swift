// Signatures of decisions and of checkpoints, written in the commit of what they sign, and read back for whoever asks.
import Foundation
import GRDB
import Twins

/// A signature with all that is needed to check it without this program.
public struct StoredSignature: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        case decision(id: Int64)
        case checkpoint(LedgerHead)
    }
    public var subject: Subject
    public var signer: String
    public var key: MinisignKey
    /// The bytes that are signed: a text of a few lines.
    public var message: String
    /// The `.minisig` file.
    public var text: String
    public var time: Instant
}

/// What `signature PATIENT` writes of one decision.
public struct SignedDecision: Sendable {
    public var decision: DecisionRow
    public var signatures: [StoredSignature]
    /// SHA-256 of these bytes is the decision's `content_sha256`.
    public var content: Data
}

extension Store {
    /// The signatures of a decision by its row's id; none for one from before there were signatures.
    public func signatures(decision id: Int64) throws(StoreError) -> [StoredSignature] {
        try read { db in
            try Row.fetchAll(
                db,
                cachedSQL: """
                    SELECT g.decision, g.ledger, s.name, s.key_id, s.public, g.message, g.text, g.time, NULL
                    FROM signature g JOIN signer s ON s.key = g.signer WHERE g.decision = ? ORDER BY g.key
                    """, [id]
            ).map(stored)
        }
    }

    /// All versions of a case's decision with their signatures and the bytes that were hashed.
    public func signedDecisions(_ agendaItem: Int64) throws(StoreError) -> [SignedDecision] {
        var result: [SignedDecision] = []
        for decision in try decisions(agendaItem) {
            result.append(
                SignedDecision(
                    decision: decision, signatures: try signatures(decision: decision.id), content: Data(decision.canonical.bytes)))
        }
        return result
    }

    /// The newest signed checkpoint of the ledger; nil if there is none.
    public func lastCheckpoint() throws(StoreError) -> StoredSignature? { try checkpoints(limit: 1).first }

    /// Signed checkpoints, the newest first.
    public func checkpoints(limit: Int = .max) throws(StoreError) -> [StoredSignature] {
        try read { db in
            try Row.fetchAll(
                db,
                cachedSQL: """
                    SELECT g.decision, g.ledger, s.name, s.key_id, s.public, g.message, g.text, g.time, l.hash
                    FROM signature g JOIN signer s ON s.key = g.signer LEFT JOIN ledger l ON l.sequence = g.ledger
                    WHERE g.ledger IS NOT NULL ORDER BY g.key DESC LIMIT ?
                    """, [limit]
            ).map(stored)
        }
    }

    /// Signs where the ledger stands, and copies the checkpoint to the file beside the store.
    ///
    /// Nothing is done where nothing was added since the last one; nil then. For the hourly checkpoint of an open workstation; a decision
    /// has one of its own in its commit.
    @discardableResult
    public func checkpoint(_ signer: Signer) throws(StoreError) -> LedgerHead? {
        let head: LedgerHead? = try write { db in
            try requireActive(db, signer)
            guard let row = try Row.fetchOne(db, cachedSQL: "SELECT sequence, hash FROM ledger_head"),
                try Int64.fetchOne(db, sql: "SELECT max(ledger) FROM signature") ?? 0 < row.decode(Int64.self, atIndex: 0)
            else { return nil }
            let head = LedgerHead(sequence: row[0], hash: Hex.text(row[1] as Data))
            try addCheckpoint(db, head, signer, time: clock())
            return head
        }
        if head != nil { try copyCheckpoints() }
        return head
    }

    func addCheckpoint(_ db: Database, _ head: LedgerHead, _ signer: Signer, time: Instant) throws {
        let message = SignedMessage(checkpoint: head, time: time, name: signer.name, key: signer.key)
        try insert(db, message, try signer.sign(message), signer, decision: nil, ledger: head.sequence, time: time)
    }

    /// `before`: the head that the decision's own entry follows.
    func addSignature(_ db: Database, _ decision: DecisionRow, before: LedgerHead, _ signer: Signer) throws {
        let about = try Self.about(db, agendaItem: decision.agendaItem)
        guard let about else { throw StoreError.noSuch(kind: "agenda item", id: String(decision.agendaItem)) }
        let message = SignedMessage(
            decision: decision, patient: about.patient, meeting: about.meeting, isDemo: about.isDemo, key: signer.key, before: before)
        try insert(db, message, try signer.sign(message), signer, decision: decision.id, ledger: nil, time: decision.time)
    }

    /// Invariant S5: only a key that is in use signs, asked for in the transaction that writes the signature.
    func requireActive(_ db: Database, _ signer: Signer) throws {
        let row = try Row.fetchOne(
            db, cachedSQL: "SELECT key, name, key_id, public, created, retired FROM signer WHERE key = ?", [signer.row])
        guard let known = try row.map({ try self.signer($0) }), known.key == signer.key, known.name == signer.name else {
            throw StoreError.noSuch(kind: "key of", id: signer.name)
        }
        guard known.retired == nil else {
            throw StoreError.refused("the key \(signer.key.name) of \(signer.name) was retired; make a new one with «twinboard key new»")
        }
    }

    /// Whose case it is, in which meeting.
    static func about(_ db: Database, agendaItem: Int64) throws -> (patient: String, meeting: String, isDemo: Bool)? {
        try Row.fetchOne(
            db,
            cachedSQL: """
                SELECT p.id, m.id, m.is_demo FROM agenda_item a JOIN patient p ON p.key = a.patient JOIN meeting m ON m.id = a.meeting
                WHERE a.id = ?
                """, [agendaItem]
        ).map {
            (try $0.decode(String.self, atIndex: 0), try $0.decode(String.self, atIndex: 1), try $0.decode(Int64.self, atIndex: 2) != 0)
        }
    }

    private func insert(
        _ db: Database, _ message: SignedMessage, _ signature: MinisignSignature, _ signer: Signer, decision: Int64?, ledger: Int64?,
        time: Instant
    ) throws {
        try db.execute(
            cachedSQL: """
                INSERT INTO signature (key, signer, decision, ledger, message, text, time)
                VALUES ((SELECT coalesce(max(key), 0) + 1 FROM signature), ?, ?, ?, ?, ?, ?)
                """, [signer.row, decision, ledger, message.data, signature.text, time.milliseconds])
    }

    private func stored(_ row: Row) throws -> StoredSignature {
        guard
            let key = MinisignKey(
                id: Array(try row.decode(Data.self, atIndex: 3)), bytes: Array(try row.decode(Data.self, atIndex: 4)))
        else { throw StoreError.corrupt(path, detail: "a signer's key does not read") }
        let subject: StoredSignature.Subject
        if let id = try row.decode(Int64?.self, atIndex: 0) {
            subject = .decision(id: id)
        } else {
            let hash = try row.decode(Data?.self, atIndex: 8) ?? Data()
            subject = .checkpoint(LedgerHead(sequence: try row.decode(Int64.self, atIndex: 1), hash: Hex.text(hash)))
        }
        return StoredSignature(
            subject: subject, signer: try row.decode(String.self, atIndex: 2), key: key,
            message: String(decoding: try row.decode(Data.self, atIndex: 5), as: UTF8.self),
            text: try row.decode(String.self, atIndex: 6), time: Instant(milliseconds: try row.decode(Int64.self, atIndex: 7)))
    }
}
