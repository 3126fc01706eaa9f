// What a check of the ledger found.

/// Something in the ledger, or in a decision, that is not as it was written.
public struct LedgerProblem: Hashable, Codable, Sendable, CustomStringConvertible {
    public enum Kind: String, Codable, Sendable {
        /// The entry's own hash does not fit what it says: edited, inserted or moved.
        case altered
        /// Entries are missing before this one: deleted.
        case missing
        /// The entry does not continue the one before: inserted, deleted or reordered.
        case unlinked
        /// The ledger ends elsewhere than its head says: cut off or added to.
        case head
        /// It does not hold the entry that was printed or signed: rewritten or rolled back.
        case anchor
        /// A decision's text is not what was signed.
        case decisionAltered
        /// A decision that the ledger tells of is gone, or one stands there that the ledger does not tell of.
        case decisionMissing
        /// A signature is gone, was slipped in, or does not hold for what it stands beside.
        case signature
        /// A signed checkpoint is gone, or the ledger is not what it signed.
        case checkpoint
        /// A signer's key is not the one that the ledger recorded.
        case key
    }
    public var kind: Kind
    /// Where in the ledger.
    public var sequence: Int64
    public var description: String

    init(_ kind: Kind, _ sequence: Int64, _ description: String) {
        self.kind = kind
        self.sequence = sequence
        self.description = description
    }
}

/// The result of ``Store/verifyLedger(anchor:)``.
public struct LedgerReport: Hashable, Codable, Sendable, CustomStringConvertible {
    /// Entries read.
    public var entries: Int64
    public var decisions: Int
    /// Decisions whose signature holds, by a key that the ledger recorded.
    public var signed: Int
    /// Signed checkpoints that hold.
    public var checkpoints: Int
    public var keys: Int
    /// What the entries themselves come to.
    public var head: LedgerHead
    /// The first hundred, in the order of the ledger.
    public var problems: [LedgerProblem]
    /// Not proof of anything wrong, but to be looked at: the clock went backwards.
    public var remarks: [String]

    public var isWhole: Bool { problems.isEmpty }

    public var description: String {
        let found =
            isWhole
            ? [
                "the ledger is whole: \(entries) entries, \(decisions) decisions, head \(head.short)",
                "  signed: \(signed) of \(decisions) decisions, \(checkpoints) checkpoints, \(keys) keys",
            ]
            : ["the ledger is NOT whole: \(entries) entries, head \(head.short)"] + problems.map { "  \($0.description)" }
        return (found + remarks.map { "  note: \($0)" }).joined(separator: "\n")
    }
}
