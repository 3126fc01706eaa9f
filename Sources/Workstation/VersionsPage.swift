// Every signed version of a decision as a page to read, the last first, with what each changed.
import Meetings
import Twins

enum VersionsPage {
    static func title(_ open: OpenCase) -> String { "\(open.item.patient) · signed versions" }

    /// - Parameter day: the meeting's.
    static func text(_ open: OpenCase, meeting day: CalendarDay?) -> String {
        open.decisions.indices.reversed().map { place in
            let decision = open.decisions[place]
            let draft = decision.draft
            let before = place > 0 ? open.decisions[place - 1] : nil
            let prepared = decision.prepared.flatMap { now in before?.prepared.map { now.changes(since: $0) } } ?? []
            let changes = (before.map { DraftMerge.changes(from: $0.draft, to: draft) } ?? []) + prepared.map { "prepared: \($0.field)" }
            var lines = ["Version \(decision.version), \(decision.signatureWords(meeting: day ?? decision.signedAt.day))"]
            if before != nil { lines.append("Changed: " + (changes.isEmpty ? "nothing" : changes.joined(separator: ", "))) }
            lines += [
                "First choice: \(draft.choice?.text ?? "")", "Reason: \(draft.reason)", Update.standingWords(draft),
                draft.plan.alternatives.isEmpty ? "" : "Alternatives: \(draft.text(.alternatives))",
                draft.plan.steps.isEmpty ? "" : "Sequence: \(draft.text(.steps))",
                draft.dissent.isEmpty ? "" : "Dissent: \(draft.dissent)",
                votes(decision), decision.quorumReached ? "Quorum reached" : "Without quorum: \(draft.withoutQuorum)",
                "Tells the patient: \(draft.plan.informant)", "Follow-up: \(draft.followUp?.description ?? "no date")",
            ]
            return lines.filter { !$0.isEmpty }.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private static func votes(_ decision: Decision) -> String {
        let votes = (decision.votes ?? []).map { "\($0.seat) \($0.kind.rawValue)" + ($0.words.isEmpty ? "" : ": \($0.words)") }
        return votes.isEmpty ? "" : "Votes: " + votes.joined(separator: "; ")
    }
}
