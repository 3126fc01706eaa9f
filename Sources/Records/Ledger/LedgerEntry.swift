// One line of the access log, and the bytes of it that are hashed into the chain.
import Twins

/// What was done.
public enum LedgerAction: String, Codable, Sendable, CaseIterable {
    case read, list, search, `import`, calibrate, decide, amend, export, print, backup, key
    case opinion, reveal, vote
    /// What was noted of a case before its meeting: informed, blocked, registered, postponed.
    case prepare
    /// Fields of a patient's identity were filled or changed.
    case identity
    case followUp = "follow-up"
    /// A case of a training session: cut, revealed.
    case train
}

/// One entry: who did what, when, to which patient's data.
public struct LedgerEntry: Hashable, Codable, Sendable {
    /// 1, 2, 3 … without gaps.
    public var sequence: Int64
    public var time: Instant
    public var actor: String
    /// One of ``LedgerAction``'s; a text, so that entries of a newer version still read.
    public var action: String
    public var patient: String?
    /// ``AccessCategory`` names, sorted.
    public var categories: [String]
    public var detail: [String: String]
    /// The hash of the entry before, in hexadecimal; zeros for the first.
    public var previous: String
    public var hash: String
}

/// An entry as it stands in the table: what is hashed, byte for byte.
struct RawLedgerEntry {
    var sequence: Int64
    var time: Int64
    var actor: String
    var action: String
    /// Empty: of no one patient.
    var patient: String
    var categories: String
    var detail: String
    var previous: [UInt8]

    /// SHA-256 over ``CanonicalBytes`` of the domain `twinboard ledger 1` and all fields in the order of the table.
    var hash: [UInt8] {
        var bytes = CanonicalBytes(domain: "twinboard ledger 1")
        bytes.add(sequence)
        bytes.add(time)
        bytes.add(actor)
        bytes.add(action)
        bytes.add(patient)
        bytes.add(categories)
        bytes.add(detail)
        bytes.add(raw: previous)
        return bytes.sha256
    }
}

/// Where the ledger stands: how many entries, and the hash of the last, which covers all before it.
///
/// An unkeyed chain does not stop one who can write the file from making a whole new chain. What does is a head kept outside:
/// printed on a decision sheet, or (later) signed; ``Store/verifyLedger(anchor:)`` holds the store against a head that was kept.
public struct LedgerHead: Hashable, Codable, Sendable, CustomStringConvertible {
    public var sequence: Int64
    /// Hexadecimal.
    public var hash: String
    public init(sequence: Int64, hash: String) {
        self.sequence = sequence
        self.hash = hash
    }

    /// Reads `SEQUENCE-HASH` as ``description`` writes it, the hash whole or its first eight digits or more.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), sequence >= 0, (8...64).contains(parts[1].utf8.count),
            parts[1].allSatisfy(\.isHexDigit)
        else { return nil }
        self.init(sequence: sequence, hash: parts[1].lowercased())
    }

    public var description: String { "\(sequence)-\(hash)" }
    /// To print: the number of entries and eight digits of the hash, as in `1234-9f3a2b7c`.
    public var short: String { "\(sequence)-\(hash.prefix(8))" }
}
