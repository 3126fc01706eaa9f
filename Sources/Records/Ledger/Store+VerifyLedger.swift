// Proves that the ledger is whole, or says where it is not.
import Foundation
import GRDB

extension Store {
    /// Recomputes every hash and link, and holds the decisions against the ledger's account of them.
    ///
    /// Finds entries that were edited, deleted, inserted or reordered, and a tail that was cut off, by anyone who did not also
    /// recompute the whole chain; `anchor`, a head that was kept outside (printed on a sheet, whole or its first eight digits),
    /// finds that as well. About three seconds for a million entries. Reads one snapshot; nobody waits.
    public func verifyLedger(anchor: LedgerHead? = nil) throws(StoreError) -> LedgerReport {
        try read { db in
            var chain = ChainCheck(anchor: anchor)
            let rows = try Row.fetchCursor(
                db, sql: "SELECT sequence, time, actor, action, patient, categories, detail, previous, hash FROM ledger ORDER BY sequence")
            while let row = try rows.next() {
                let entry = RawLedgerEntry(
                    sequence: row[0], time: row[1], actor: row[2], action: row[3], patient: row[4], categories: row[5],
                    detail: row[6], previous: Array(row[7] as Data))
                chain.take(entry, storedHash: Array(row[8] as Data))
            }
            let head = try Row.fetchOne(db, sql: "SELECT sequence, hash FROM ledger_head")
            chain.finish(head: head.map { ($0[0], Array($0[1] as Data)) })
            let decisions = try verifyDecisions(db, told: chain.decisions, &chain)
            return LedgerReport(
                entries: chain.count, decisions: decisions, head: LedgerHead(sequence: chain.last, hash: Hex.text(chain.lastHash)),
                problems: Array(chain.problems.prefix(100)), remarks: Array(chain.remarks.prefix(20)))
        }
    }

    private func verifyDecisions(_ db: Database, told: [Int64: String], _ chain: inout ChainCheck) throws -> Int {
        var unseen = told
        let rows = try Row.fetchCursor(
            db, sql: "SELECT id, agenda_item, version, body, signed_by, time, content_sha256, ledger FROM decision ORDER BY id")
        var count = 0
        while let row = try rows.next() {
            count += 1
            let decision = Self.decision(row)
            let sequence = decision.ledgerSequence
            guard let detail = unseen.removeValue(forKey: sequence) else {
                chain.add(.decisionMissing, sequence, "decision \(decision.id) stands without an entry in the ledger (inserted)")
                continue
            }
            let facts: [String: String]? = try? StoredJSON.value(detail, path: path, what: "a detail")
            if decision.computedSHA256 != decision.contentSHA256 || facts?["content"] != decision.contentSHA256 {
                chain.add(.decisionAltered, sequence, "decision \(decision.id) is not what was signed (edited)")
            }
        }
        for sequence in unseen.keys.sorted() {
            chain.add(.decisionMissing, sequence, "the decision of entry \(sequence) is gone (deleted)")
        }
        return count
    }
}

/// The walk along the chain.
private struct ChainCheck {
    let anchor: LedgerHead?
    var count: Int64 = 0
    var last: Int64 = 0
    var lastHash = [UInt8](repeating: 0, count: 32)
    var lastTime = Int64.min
    var decisions: [Int64: String] = [:]
    var problems: [LedgerProblem] = []
    var remarks: [String] = []
    private var anchorSeen = false

    init(anchor: LedgerHead?) { self.anchor = anchor }

    mutating func add(_ kind: LedgerProblem.Kind, _ sequence: Int64, _ text: String) { problems.append(.init(kind, sequence, text)) }

    mutating func take(_ entry: RawLedgerEntry, storedHash: [UInt8]) {
        count += 1
        let hash = entry.hash
        if hash != storedHash {
            add(.altered, entry.sequence, "entry \(entry.sequence) does not fit its hash (edited, inserted or moved)")
        }
        if entry.sequence != last + 1 {
            add(.missing, entry.sequence, "entries \(last + 1) to \(entry.sequence - 1) are gone (deleted)")
        }
        if entry.previous != lastHash {
            add(.unlinked, entry.sequence, "entry \(entry.sequence) does not continue entry \(last) (inserted, deleted or reordered)")
        }
        if entry.time < lastTime { remarks.append("the clock went back at entry \(entry.sequence)") }
        if entry.sequence == anchor?.sequence { check(anchor, hash: Hex.text(hash)) }
        if entry.action == LedgerAction.decide.rawValue || entry.action == LedgerAction.amend.rawValue {
            decisions[entry.sequence] = entry.detail
        }
        last = entry.sequence
        // The stored hash, so that one edited entry is one problem and not also the next one's.
        lastHash = storedHash
        lastTime = entry.time
    }

    mutating func finish(head: (sequence: Int64, hash: [UInt8])?) {
        if head?.sequence != last || head?.hash != lastHash {
            let said = head.map { String($0.sequence) } ?? "nothing"
            add(.head, last, "the ledger ends at entry \(last), its head says \(said) (cut off or added to)")
        }
        if let anchor, anchor.sequence > 0, !anchorSeen {
            add(.anchor, anchor.sequence, "entry \(anchor.sequence), kept as \(anchor.short), is gone (cut off or rolled back)")
        }
    }

    private mutating func check(_ anchor: LedgerHead?, hash: String) {
        guard let anchor else { return }
        anchorSeen = true
        if !hash.hasPrefix(anchor.hash) {
            add(.anchor, anchor.sequence, "entry \(anchor.sequence) is not the one that was kept as \(anchor.short) (rewritten)")
        }
    }
}
