// Holds signatures and checkpoints against the chain, word for word, by the keys that the ledger recorded.
import Foundation
import GRDB
import Twins

/// A row of the table of signatures, as it stands there.
struct SignatureRow {
    var row: Int64
    /// The signer's key id, as its row says.
    var key: String
    var decision: Int64?
    var ledger: Int64?
    var message: Data
    var text: String
    var time: Int64

    /// Every row in order; nil for one that does not read.
    static func all(_ db: Database) throws -> [SignatureRow?] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT g.key, s.key_id, g.decision, g.ledger, g.message, g.text, g.time
                FROM signature g LEFT JOIN signer s ON s.key = g.signer ORDER BY g.key
                """
        ).map { row in try? SignatureRow(row) }
    }

    private init(_ row: Row) throws {
        self.row = try row.decode(Int64.self, atIndex: 0)
        key = Hex.text(try row.decode(Data.self, atIndex: 1).reversed()).uppercased()
        decision = try row.decode(Int64?.self, atIndex: 2)
        ledger = try row.decode(Int64?.self, atIndex: 3)
        message = try row.decode(Data.self, atIndex: 4)
        text = try row.decode(String.self, atIndex: 5)
        time = try row.decode(Int64.self, atIndex: 6)
    }
}

/// The second half of a check: after the chain was walked, who signed it.
struct SignatureCheck {
    var chain: ChainCheck
    /// Decisions whose signature holds.
    private(set) var signed = 0
    private(set) var checkpointCount = 0
    private var unsigned = 0
    private let rows: [SignatureRow]
    private let ofDecision: [Int64: [SignatureRow]]
    /// The entries that a checkpoint of the store signs, and each with its signature's text.
    private let checkpointed: Set<Int64>
    private let texts: Set<[String]>
    /// Those of ``texts`` whose signature holds, so that the file's copy need not be verified once more.
    private var held: Set<[String]> = []
    private var seen: Set<Int64> = []

    init(_ signatures: [SignatureRow?], chain: ChainCheck) {
        self.chain = chain
        rows = signatures.compactMap(\.self)
        ofDecision = Dictionary(grouping: rows.filter { $0.decision != nil }) { $0.decision ?? 0 }
        checkpointed = Set(rows.compactMap(\.ledger))
        texts = Set(rows.compactMap { row in row.ledger.map { ["\($0)", row.text] } })
        for (place, row) in signatures.enumerated() where row == nil || row?.row != Int64(place + 1) {
            self.chain.add(.signature, 0, "signature \(place + 1) is gone or does not read (deleted or damaged)")
            break
        }
        for sequence in chain.keys.strange {
            self.chain.add(.key, sequence, "entry \(sequence) tells of a key that cannot be (forged)")
        }
    }

    /// A decision that is as its entry says: is it signed as the entry says, too?
    mutating func decision(
        _ decision: DecisionRow, key: String?, before: LedgerHead, about: (patient: String, meeting: String, isDemo: Bool)?
    ) {
        let sequence = decision.ledgerSequence
        let signatures = ofDecision[decision.id] ?? []
        for row in signatures { seen.insert(row.row) }
        guard let key else {
            if let first = chain.keys.first, first < sequence {
                chain.add(.signature, sequence, "decision \(decision.id) is not signed, although there were keys (inserted)")
            } else if !signatures.isEmpty {
                chain.add(.signature, sequence, "decision \(decision.id) has a signature of which the ledger does not tell (inserted)")
            }
            unsigned += 1
            return
        }
        guard let known = chain.keys.key(key, at: sequence), known.name == decision.signedBy else {
            chain.add(.key, sequence, "decision \(decision.id) is signed by a key that was not \(decision.signedBy)'s then (swapped)")
            return
        }
        guard signatures.count == 1, let row = signatures.first else {
            let words = signatures.isEmpty ? "has lost its signature (stripped)" : "has more than one signature (inserted)"
            chain.add(.signature, sequence, "decision \(decision.id) \(words)")
            return
        }
        guard let about else {
            chain.add(.decisionAltered, sequence, "the case of decision \(decision.id) is gone (deleted)")
            return
        }
        let message = SignedMessage(
            decision: decision, patient: about.patient, meeting: about.meeting, isDemo: about.isDemo, key: known.key, before: before)
        guard row.time == decision.time.milliseconds, holds(row, message, by: known.key) else {
            chain.add(
                .signature, sequence,
                "the signature of decision \(decision.id) does not hold for its content, patient, meeting and place in the ledger (changed)"
            )
            return
        }
        if !checkpointed.contains(sequence) {
            chain.add(.checkpoint, sequence, "the checkpoint that was signed with decision \(decision.id) is gone (stripped)")
        }
        signed += 1
    }

    /// Each checkpoint of the store against the chain.
    mutating func checkpoints() {
        for row in rows {
            guard let sequence = row.ledger else {
                if !seen.contains(row.row) { chain.add(.signature, 0, "signature \(row.row) is of no decision (inserted)") }
                continue
            }
            guard let hash = chain.hashes[sequence] else {
                chain.add(.checkpoint, sequence, "entry \(sequence), which a checkpoint signed, is gone (cut off)")
                continue
            }
            // Any time at all may stand in a damaged row, and not every one has a date.
            guard let known = chain.keys.key(row.key, at: sequence), (0...Self.lastTime).contains(row.time) else {
                chain.add(.key, sequence, "the checkpoint of entry \(sequence) is signed by a key that was not in use then (swapped)")
                continue
            }
            let message = SignedMessage(
                checkpoint: LedgerHead(sequence: sequence, hash: hash), time: Instant(milliseconds: row.time), name: known.name,
                key: known.key)
            guard holds(row, message, by: known.key) else {
                chain.add(.checkpoint, sequence, "entry \(sequence) is not the one that \(known.name) signed (rewritten)")
                continue
            }
            checkpointCount += 1
            held.insert(["\(sequence)", row.text, String(decoding: row.message, as: UTF8.self)])
        }
        if unsigned > 0 { chain.remark("\(unsigned) decision\(unsigned == 1 ? "" : "s") unsigned (before signing existed)") }
    }

    /// The file beside the store against the chain and the store's own checkpoints.
    mutating func file(_ kept: Result<CheckpointFile.Content?, StoreError>, path: String) {
        let content: CheckpointFile.Content
        switch kept {
        case .failure(let error): return chain.add(.checkpoint, 0, "the file of checkpoints cannot be trusted: \(error)")
        case .success(nil):
            if checkpointCount > 0 {
                chain.remark("no file \(path): without it, or --head, a store put back to an earlier state looks whole")
            }
            return
        case .success(let found?): content = found
        }
        if content.unreadable > 0 { chain.add(.checkpoint, 0, "\(path) has \(content.unreadable) line(s) that do not read (damaged)") }
        var told: Set<LedgerHead> = []
        for line in content.lines where told.insert(line.head).inserted {
            let sequence = line.head.sequence
            if chain.hashes[sequence] != line.head.hash {
                let words = chain.hashes[sequence] == nil ? "is gone (cut off or rolled back)" : "is another now (rewritten)"
                chain.add(.anchor, sequence, "entry \(sequence), kept in \(path) as \(line.head.short), \(words)")
            } else if !held.contains(["\(sequence)", line.signature, line.message]), !verifies(line) {
                chain.add(.checkpoint, sequence, "the line \(line.head.short) of \(path) is not signed by a key of the ledger (changed)")
            } else if !texts.contains(["\(sequence)", line.signature]) {
                chain.add(.checkpoint, sequence, "the checkpoint \(line.head.short) of \(path) is gone from the store (stripped)")
            }
        }
        let missing = texts.subtracting(content.lines.map { ["\($0.head.sequence)", $0.signature] }).count
        if missing > 0 { chain.remark("\(missing) checkpoint(s) are not in \(path) yet: the next signature adds them") }
    }

    private func verifies(_ line: CheckpointFile.Line) -> Bool {
        guard let signature = MinisignSignature(line.signature) else { return false }
        let name = Hex.text(signature.keyID.reversed()).uppercased()
        guard let known = chain.keys.key(name, at: line.head.sequence) else { return false }
        return known.key.verifies(signature, of: Data(line.message.utf8)) && line.message.contains("\nhead: \(line.head)\n")
    }

    /// The whole of the row follows from the message; what is not signed in it, the first comment, is held against it too.
    private func holds(_ row: SignatureRow, _ message: SignedMessage, by key: MinisignKey) -> Bool {
        guard row.key == key.name, row.message == message.data, let signature = MinisignSignature(row.text), signature.text == row.text,
            signature.untrustedComment == message.untrustedComment, signature.trustedComment == message.trustedComment
        else { return false }
        return key.verifies(signature, of: message.data)
    }

    /// The end of the year 9999.
    private static let lastTime: Int64 = 253_402_300_799_999
}

extension Store {
    /// The table of signers against the ledger: a public key that was exchanged, a signer that was slipped in or taken out.
    func verifyKeys(_ db: Database, _ chain: inout ChainCheck) throws {
        var unseen = chain.keys.known
        let rows = try Row.fetchAll(db, sql: "SELECT key, name, key_id, public, created, retired FROM signer ORDER BY key")
        for row in rows {
            guard let found = try? signer(row) else {
                chain.add(.key, 0, "a signer's row does not read (edited or damaged)")
                continue
            }
            guard let known = unseen.removeValue(forKey: found.key.name) else {
                chain.add(.key, 0, "the key \(found.key.name) of \(found.name) is not one that the ledger recorded (swapped or inserted)")
                continue
            }
            let isSame =
                known.key == found.key && known.name == found.name && known.madeAt == found.created.milliseconds
                && known.retiredAt == found.retired?.milliseconds
            if !isSame {
                chain.add(.key, known.made, "the key \(found.key.name) of \(known.name) is not as the ledger recorded it (changed)")
            }
        }
        for known in unseen.values {
            chain.add(.key, known.made, "the key \(known.key.name) of \(known.name), which the ledger recorded, is gone (deleted)")
        }
    }
}
