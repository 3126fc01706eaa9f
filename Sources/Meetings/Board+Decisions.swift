// Decision drafts and signed decisions in the store.
import Records
import Twins

extension Board {
    public func draft(_ item: Int64) throws(BoardError) -> DecisionDraft? {
        guard let row = try Self.stored({ () throws(StoreError) in try store.draft(item) }) else { return nil }
        return try Self.decode(DecisionDraft.self, row.body, what: "decision draft of case", id: item)
    }

    public func save(_ draft: DecisionDraft, item: Int64) throws(BoardError) {
        let body = try Self.encode(draft, what: "decision draft of case", id: item)
        try Self.stored { () throws(StoreError) in _ = try store.saveDraft(item, body: body) }
    }

    /// Decision and amendments, oldest first.
    public func decisions(_ item: Int64) throws(BoardError) -> [Decision] {
        let rows = try Self.stored { () throws(StoreError) in try store.decisions(item) }
        var decisions: [Decision] = []
        for row in rows { decisions.append(try Self.decode(Decision.self, row.body, what: "decision", id: row.id)) }
        return decisions
    }

    /// Invariant 3: a decision reaches the store only complete and signed by the chair of its meeting, whatever called this.
    /// Appends it to the decisions and to the ledger in one commit; returns it as signed, at the time of the store's clock.
    /// `signer` is the chair's unlocked key. `seat`: who sat there, for the ledger; the signer is in the entry besides.
    ///
    /// Errors: `.store(.signedMeanwhile)` if another seat has signed since the decision was read; nothing is changed then.
    @discardableResult
    public func sign(_ decision: Decision, meeting id: String, seat: String? = nil, signer: Signer) throws(BoardError) -> Decision {
        let meeting = try meeting(id)
        // A case of another meeting would be held against the wrong chair and the wrong rule.
        guard try item(decision.agendaItem).meeting == id else {
            throw .noSuch("case \(decision.agendaItem) is not on the agenda of the meeting «\(id)»; nothing was signed")
        }
        if let problem = try preparationProblem(decision) { throw .signing(problem) }
        let options = try scenarios(decision.agendaItem).scenarios.map(\.scenario.name)
        let rule = rules.rule(for: meeting.board).quorum
        if let problem = decision.draft.problems(rule: rule, options: options).first { throw .signing(problem) }
        guard decision.signedBy == meeting.chair, !meeting.chair.isEmpty else {
            throw .signing(.wrongSigner(decision.signedBy, chair: meeting.chair))
        }
        guard signer.name == decision.signedBy else { throw .signing(.wrongSigner(signer.name, chair: meeting.chair)) }
        var signed = decision
        // Said by the rule, not by who calls.
        signed.rule = rule
        signed.quorumReached = Quorum(decision.draft.present, rule: rule).isReached
        (signed.opinions, signed.votes) = try voicesAtSignature(decision.agendaItem)
        signed.prepared = try preparation(decision.agendaItem).value
        signed.preparedMeeting = try preparation(meeting: id).value
        var unwritable: BoardError?
        do throws(StoreError) {
            _ = try store.sign(
                decision.agendaItem, expectedVersion: decision.version, signer: signer, actor: seat ?? decision.signedBy
            ) { time in
                signed.signedAt = time
                do throws(BoardError) {
                    return try Self.encode(signed, what: "decision of case", id: decision.agendaItem)
                } catch {
                    unwritable = error
                    throw error
                }
            }
        } catch {
            throw unwritable ?? .store(error)
        }
        return signed
    }
}
