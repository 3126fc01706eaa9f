// The walk along the ledger's chain of hashes: each entry against its own hash, the one before, and what was kept outside.
import Foundation
import GRDB

/// What is known after all entries were taken, one after the other in the order of the table.
struct ChainCheck {
    /// A head that somebody kept outside.
    let anchor: LedgerHead?
    /// Entries whose hash a signature or a checkpoint speaks of.
    let wanted: Set<Int64>
    private(set) var count: Int64 = 0
    private(set) var last: Int64 = 0
    private(set) var lastHash = [UInt8](repeating: 0, count: 32)
    private var lastTime = Int64.min
    /// The details of the entries that tell of a decision, and the hash of the entry before each.
    private(set) var decisions: [Int64: (detail: String, before: String)] = [:]
    /// What the entries come to, of those that are ``wanted``.
    private(set) var hashes: [Int64: String] = [:]
    private(set) var keys = LedgerKeys()
    private(set) var problems: [LedgerProblem] = []
    private(set) var remarks: [String] = []
    private var anchorSeen = false

    init(anchor: LedgerHead?, wanted: Set<Int64>) {
        self.anchor = anchor
        self.wanted = wanted
    }

    mutating func add(_ kind: LedgerProblem.Kind, _ sequence: Int64, _ text: String) { problems.append(.init(kind, sequence, text)) }
    mutating func remark(_ text: String) { remarks.append(text) }

    /// An entry that does not even read: the file is damaged there.
    mutating func takeUnreadable(_ sequence: Int64) {
        count += 1
        add(.altered, sequence, "entry \(sequence) does not read (edited or damaged)")
        last = sequence
    }

    mutating func take(_ entry: RawLedgerEntry, storedHash: [UInt8]) {
        count += 1
        let hash = entry.hash
        if hash != storedHash {
            add(.altered, entry.sequence, "entry \(entry.sequence) does not fit its hash (edited, inserted or moved)")
        }
        // A damaged file may hold any number: no sum here may run over.
        if entry.sequence != last &+ 1 {
            add(.missing, entry.sequence, "entries \(last &+ 1) to \(entry.sequence &- 1) are gone (deleted)")
        }
        if entry.previous != lastHash {
            add(.unlinked, entry.sequence, "entry \(entry.sequence) does not continue entry \(last) (inserted, deleted or reordered)")
        }
        if entry.time < lastTime { remarks.append("the clock went back at entry \(entry.sequence)") }
        if entry.sequence == anchor?.sequence { check(anchor, hash: Hex.text(hash)) }
        if wanted.contains(entry.sequence) { hashes[entry.sequence] = Hex.text(hash) }
        switch entry.action {
        case LedgerAction.decide.rawValue, LedgerAction.amend.rawValue:
            decisions[entry.sequence] = (entry.detail, Hex.text(entry.previous))
        case LedgerAction.key.rawValue: keys.take(entry)
        default: break
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

extension RawLedgerEntry {
    /// The row of `sequence, time, actor, action, patient, categories, detail, previous, hash`; nil if it is not of its types.
    init?(_ row: Row) {
        guard let sequence = try? row.decode(Int64.self, atIndex: 0), let time = try? row.decode(Int64.self, atIndex: 1),
            let actor = try? row.decode(String.self, atIndex: 2), let action = try? row.decode(String.self, atIndex: 3),
            let patient = try? row.decode(String.self, atIndex: 4), let categories = try? row.decode(String.self, atIndex: 5),
            let detail = try? row.decode(String.self, atIndex: 6), let previous = try? row.decode(Data.self, atIndex: 7)
        else { return nil }
        self.init(
            sequence: sequence, time: time, actor: actor, action: action, patient: patient, categories: categories, detail: detail,
            previous: Array(previous))
    }
}
