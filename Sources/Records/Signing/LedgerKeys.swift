// The signers' keys as the ledger tells of them: the only account of them that a check believes.
import Foundation
import Twins

/// Invariant S7: a signature counts by a key that the ledger recorded before it, and that was not retired then.
struct LedgerKeys {
    struct Known {
        var name: String
        var key: MinisignKey
        var made: Int64
        var madeAt: Int64
        var retired: Int64?
        var retiredAt: Int64?
    }
    /// By the key's name, sixteen hexadecimal digits.
    private(set) var known: [String: Known] = [:]
    /// Entries of the ledger that do not read, or that tell of what cannot be.
    private(set) var strange: [Int64] = []

    var first: Int64? { known.values.map(\.made).min() }

    mutating func take(_ entry: RawLedgerEntry) {
        let detail: [String: String]? = try? StoredJSON.value(entry.detail, path: "", what: "")
        guard let detail, let event = detail["event"], let name = detail["name"], let key = detail["public"].flatMap({ MinisignKey($0) }),
            detail["key"] == key.name, key.id == Signer.keyID(of: key.bytes)
        else {
            strange.append(entry.sequence)
            return
        }
        switch event {
        case "made" where known[key.name] == nil:
            known[key.name] = Known(name: name, key: key, made: entry.sequence, madeAt: entry.time)
        case "retired" where known[key.name]?.retired == nil && known[key.name]?.key == key:
            known[key.name]?.retired = entry.sequence
            known[key.name]?.retiredAt = entry.time
        case "passphrase" where known[key.name]?.key == key: break
        default: strange.append(entry.sequence)
        }
    }

    /// The key by which an entry, or the log up to it, may have been signed; nil: none that was in use then.
    func key(_ name: String, at sequence: Int64) -> Known? {
        guard let found = known[name], found.made <= sequence, found.retired ?? .max > sequence else { return nil }
        return found
    }
}
