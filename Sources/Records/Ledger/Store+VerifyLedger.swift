// Proves that the ledger is whole, or says where it is not.
import Foundation
import GRDB

extension Store {
    /// Recomputes every hash and link, and holds decisions, signatures, keys and checkpoints against the ledger's account of them.
    ///
    /// Finds entries that were edited, deleted, inserted or reordered, a tail that was cut off, and a chain made anew from any entry
    /// before a signed checkpoint, by one who has no signer's key. A store that was put back whole to an earlier state is found by the
    /// file of checkpoints beside it, or by `anchor`, a head that was kept outside (printed on a sheet, whole or its first eight
    /// digits). About three seconds for a million entries. Reads one snapshot; nobody waits.
    public func verifyLedger(anchor: LedgerHead? = nil) throws(StoreError) -> LedgerReport {
        // Before the snapshot: what another seat signs from here on is in neither, or in the store alone.
        let file = CheckpointFile(store: path)
        let kept: Result<CheckpointFile.Content?, StoreError>
        do { kept = .success(try file.content()) } catch { kept = .failure(error) }
        return try read { db in
            let signatures = try SignatureRow.all(db)
            let lines = (try? kept.get())?.lines ?? []
            var chain = ChainCheck(
                anchor: anchor, wanted: Set(signatures.compactMap { $0?.ledger }).union(lines.map(\.head.sequence)))
            let rows = try Row.fetchCursor(
                db, sql: "SELECT sequence, time, actor, action, patient, categories, detail, previous, hash FROM ledger ORDER BY sequence")
            while let row = try rows.next() {
                if let entry = RawLedgerEntry(row), let hash = try? row.decode(Data.self, atIndex: 8) {
                    chain.take(entry, storedHash: Array(hash))
                } else {
                    chain.takeUnreadable(try row.decode(Int64.self, atIndex: 0))
                }
            }
            chain.finish(head: try head(db))
            try verifyKeys(db, &chain)
            var check = SignatureCheck(signatures, chain: chain)
            let decisions = try verifyDecisions(db, &check)
            check.checkpoints()
            check.file(kept, path: file.path)
            return LedgerReport(
                entries: chain.count, decisions: decisions, signed: check.signed, checkpoints: check.checkpointCount,
                keys: chain.keys.known.count, head: LedgerHead(sequence: chain.last, hash: Hex.text(chain.lastHash)),
                problems: Array(check.chain.problems.prefix(100)), remarks: Array(check.chain.remarks.prefix(20)))
        }
    }

    private func head(_ db: Database) throws -> (sequence: Int64, hash: [UInt8])? {
        guard let row = try Row.fetchOne(db, sql: "SELECT sequence, hash FROM ledger_head"),
            let sequence = try? row.decode(Int64.self, atIndex: 0), let hash = try? row.decode(Data.self, atIndex: 1)
        else { return nil }
        return (sequence, Array(hash))
    }

    private func verifyDecisions(_ db: Database, _ check: inout SignatureCheck) throws -> Int {
        var unseen = check.chain.decisions
        let rows = try Row.fetchCursor(
            db, sql: "SELECT id, agenda_item, version, body, signed_by, time, content_sha256, ledger FROM decision ORDER BY id")
        var count = 0
        while let row = try rows.next() {
            count += 1
            guard let decision = try? Self.decision(row) else {
                check.chain.add(.decisionAltered, 0, "decision \(row[0] as Int64? ?? 0) does not read (edited or damaged)")
                continue
            }
            let sequence = decision.ledgerSequence
            guard let told = unseen.removeValue(forKey: sequence) else {
                check.chain.add(.decisionMissing, sequence, "decision \(decision.id) stands without an entry in the ledger (inserted)")
                continue
            }
            let facts: [String: String]? = try? StoredJSON.value(told.detail, path: path, what: "a detail")
            if decision.computedSHA256 != decision.contentSHA256 || facts?["content"] != decision.contentSHA256 {
                check.chain.add(.decisionAltered, sequence, "decision \(decision.id) is not what was signed (edited)")
                continue
            }
            let about = try? Self.about(db, agendaItem: decision.agendaItem)
            check.decision(decision, key: facts?["key"], before: LedgerHead(sequence: sequence &- 1, hash: told.before), about: about)
        }
        for sequence in unseen.keys.sorted() {
            check.chain.add(.decisionMissing, sequence, "the decision of entry \(sequence) is gone (deleted)")
        }
        return count
    }
}
