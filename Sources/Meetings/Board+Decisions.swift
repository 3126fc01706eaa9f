// Decision drafts and signed decisions in the store.
import Records
import Twins

extension Board {
    public func draft(_ item: Int64) throws(BoardError) -> DecisionDraft? {
        guard let row = try Self.stored({ () throws(StoreError) in try store.draft(item) }) else { return nil }
        return try Self.decode(DecisionDraft.self, row.body, what: "decision draft of case", id: item)
    }

    public func save(_ draft: DecisionDraft, item: Int64) throws(BoardError) {
        try Self.stored { () throws(StoreError) in _ = try store.saveDraft(item, body: Self.encode(draft)) }
    }

    /// Decision and amendments, oldest first.
    public func decisions(_ item: Int64) throws(BoardError) -> [Decision] {
        let rows = try Self.stored { () throws(StoreError) in try store.decisions(item) }
        var decisions: [Decision] = []
        for row in rows { decisions.append(try Self.decode(Decision.self, row.body, what: "decision", id: row.id)) }
        return decisions
    }

    /// Invariant 3: a decision reaches the store only complete and signed by the chair of its meeting, whatever called this.
    /// Appends it to the decisions and to the ledger in one commit.
    public func sign(_ decision: Decision, meeting id: String) throws(BoardError) {
        let meeting = try meeting(id)
        let options = try scenarios(decision.agendaItem).scenarios.map(\.scenario.name)
        if let problem = decision.draft.problems(rule: .rule(for: meeting.board), options: options).first { throw .signing(problem) }
        guard decision.signedBy == meeting.chair, !meeting.chair.isEmpty else {
            throw .signing(.wrongSigner(decision.signedBy, chair: meeting.chair))
        }
        let earlier = try decisions(decision.agendaItem)
        guard decision.version == earlier.count + 1 else { throw .signing(.alreadySigned) }
        try Self.stored { () throws(StoreError) in
            _ = try store.sign(
                decision.agendaItem, body: Self.encode(decision), signedBy: decision.signedBy, actor: decision.signedBy)
        }
    }
}
