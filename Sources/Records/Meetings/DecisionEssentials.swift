// The last door before a decision: what the store itself refuses to keep as one, whoever asks.

/// What of a decision's body must be there. The module Meetings asks for more and says it in words; this holds against a fault there.
struct DecisionEssentials: Decodable {
    struct Draft: Decodable {
        var choice: [String: [String: String]]?
        var reason: String
        var withoutQuorum: String
    }
    var draft: Draft
    var signedBy: String
    var quorumReached: Bool

    /// Invariant R9: no decision is stored without a choice, a reason, the name of who signed, and a quorum or the reason for its absence.
    /// Looked at as the row will hold it, inside the transaction that appends it.
    static func check(_ body: String, signedBy: String) throws(StoreError) {
        func says(_ text: String) -> Bool { text.contains { $0.isLetter || $0.isNumber } }
        let found: DecisionEssentials? = try? StoredJSON.value(body)
        guard let found, let chosen = found.draft.choice?.values.first?.values.first, says(chosen), says(found.draft.reason),
            says(signedBy), found.signedBy == signedBy, found.quorumReached || says(found.draft.withoutQuorum)
        else {
            throw .refused("a decision needs a choice, a reason, a signature, and a quorum or the reason for its absence")
        }
    }
}
