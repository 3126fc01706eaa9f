// Which versions of a decision there are, and what proves the sheet.
import Foundation
import Meetings
import Twins

extension DecisionSheet {
    func fillProof(_ fields: inout SheetFields) {
        let last = decisions.last
        fields[.documentStatus] = .of(
            last == nil ? "in progress" : decisions.count == 1 ? "approved (signed)" : "approved (amended, version \(decisions.count))")
        fields[.signedBy] = .of(
            last.map { "\($0.signedBy), \(Self.moment($0.signedAt)), for the meeting of \(meeting.day)" } ?? "not signed")
        fields[.ledgerHead] = .of(ledgerHead)
        fields[.distribution] = .of(
            preparation.distribution.map { sent in
                sent.to + (sent.day.map { " on \($0)" } ?? "") + (sent.by.isEmpty ? "" : " by \(sent.by)")
            })
    }

    /// What of the preparation above is not what was signed.
    var preparationBlocks: [SheetBlock] {
        guard !decisions.isEmpty else { return [] }
        if !preparation.isSigned {
            return [
                .paragraph(
                    "This version was signed before what is prepared of a case was signed with it: who asks, tumour, guideline, general "
                        + "state and the like stand here as they are now.")
            ]
        }
        guard !preparation.changedSince.isEmpty else { return [] }
        return [
            .paragraph(
                "Changed in the preparation after the signature, and not shown here: \(preparation.changedSince.joined(separator: ", ")). "
                    + "An amendment takes it up.")
        ]
    }

    /// Every signed version with what it said; of an amendment, what changed.
    var versionBlocks: [SheetBlock] {
        guard !decisions.isEmpty else { return [.paragraph("Not signed.")] }
        let table = SheetTable(
            caption: "Versions", header: ["Version", "Signed", "Proposal", "Reason", "Dissent", "Follow-up", "Quorum"],
            rows: decisions.map { decision in
                [
                    "\(decision.version)", "by \(decision.signedBy), \(Self.moment(decision.signedAt))", decision.draft.choice?.text ?? "",
                    decision.draft.reason, decision.draft.dissent.isEmpty ? "none recorded" : decision.draft.dissent,
                    decision.draft.followUp?.description ?? "not recorded", decision.quorumReached ? "yes" : "no",
                ]
            })
        let changes = zip(decisions, decisions.dropFirst()).map { before, after -> SheetBlock in
            let prepared = after.prepared.flatMap { now in before.prepared.map { now.changes(since: $0) } } ?? []
            let changed =
                Self.changes(before.draft, after.draft)
                + prepared.map {
                    ["prepared: \($0.field)", $0.was.isEmpty ? "not recorded" : $0.was, $0.now.isEmpty ? "not recorded" : $0.now]
                }
            return .table(
                SheetTable(
                    caption: "What version \(after.version) changed",
                    header: ["Field", "Version \(before.version)", "Version \(after.version)"],
                    rows: changed.isEmpty ? [["nothing but what the board saw", "", ""]] : changed))
        }
        return [.table(table)] + changes
    }

    private static func changes(_ before: DecisionDraft, _ after: DecisionDraft) -> [[String]] {
        func rows(_ draft: DecisionDraft) -> [(String, String)] {
            [
                ("Proposal", draft.choice?.text ?? ""), ("Reason", draft.reason), ("Dissent", draft.dissent), ("Question", draft.question),
                ("Follow-up", draft.followUp?.description ?? ""), ("Present", draft.present.map(text).joined(separator: "; ")),
                ("Reason without quorum", draft.withoutQuorum), ("Options", draft.options.joined(separator: "; ")),
                ("Alternatives", draft.plan.alternatives.map(\.text).joined(separator: "; ")),
                ("Sequence", draft.plan.steps.map(text).joined(separator: ", then ")),
                ("Further tests", draft.plan.tests.map { $0.what + period($0.earliest, $0.latest) }.joined(separator: "; ")),
                ("Guideline", [draft.plan.guideline?.name, draft.plan.guideline?.version].compactMap(\.self).joined(separator: " ")),
                ("Follows the guideline", draft.plan.standing?.rawValue ?? ""), ("Deviation", draft.plan.deviation),
                ("Clinical trial", draft.plan.trial), ("Who tells the patient", draft.plan.informant),
                ("Comorbidity", draft.plan.comorbidity), ("Patient's preference", draft.plan.preference),
                ("Correspondents", draft.plan.correspondents.joined(separator: "; ")),
            ]
        }
        return zip(rows(before), rows(after)).filter { $0.1 != $1.1 }.map { was, now in
            [was.0, was.1.isEmpty ? "not recorded" : was.1, now.1.isEmpty ? "not recorded" : now.1]
        }
    }

    /// Signatures as they can be checked, and how.
    var proofBlocks: [SheetBlock] {
        var blocks: [SheetBlock] = []
        if signatures.isEmpty {
            blocks.append(.paragraph(decisions.isEmpty ? "Not signed." : "No cryptographic signature is kept for this decision."))
        }
        for signature in signatures {
            let what = signature.version.map { "version \($0)" } ?? "the ledger"
            let when = signature.time.map { ", \(Self.moment($0))" } ?? ""
            blocks.append(
                .verbatim(
                    SheetText("Signature of \(what) by \(signature.signer), key \(signature.keyID)\(when) (minisign)"),
                    SheetText(signature.text)))
            if !signature.message.isEmpty {
                blocks.append(.verbatim(SheetText("What key \(signature.keyID) signed"), SheetText(signature.message)))
            }
            if !signature.publicKey.isEmpty {
                blocks.append(
                    .paragraph(
                        "To check it: minisign -V -P \(signature.publicKey) -m MESSAGE -x SIGNATURE, with the two texts above as files."))
            }
        }
        if let seen = decisions.last?.seen {
            blocks.append(
                .paragraph(
                    "To compute the figures again: twinboard sheet \(item.patient) --meeting \(meeting.id) --replay "
                        + "(draws \(seen.drawsSHA256), seed \(seen.seed))."))
        }
        blocks.append(.paragraph("To prove that the log still holds this sheet: twinboard log --verify --head \(ledgerHead)"))
        return blocks
    }
}
