// What the board saw, which versions there are, and what proves the sheet.
import Foundation
import Meetings
import Twins

extension DecisionSheet {
    func fillProof(_ fields: inout SheetFields) {
        let last = decisions.last
        fields[.documentStatus] = .of(
            last == nil ? "in progress" : decisions.count == 1 ? "approved (signed)" : "approved (amended, version \(decisions.count))")
        fields[.signedBy] = .of(last.map { "\($0.signedBy), \(Self.moment($0.signedAt))" } ?? "not signed")
        fields[.ledgerHead] = .of(ledgerHead)
        fields[.distribution] = .of(
            preparation.distribution.map { sent in
                sent.to + (sent.day.map { " on \($0)" } ?? "") + (sent.by.isEmpty ? "" : " by \(sent.by)")
            })
    }

    /// How the simulation was made, its figures and its plots.
    var simulationBlocks: [SheetBlock] {
        guard let seen else {
            guard case .missing(let reason) = forecasts, decisions.isEmpty else {
                return [.paragraph("No simulation was on the screen when the decision was signed.")]
            }
            return [.paragraph("No simulation: \(reason).")]
        }
        var blocks: [SheetBlock] = []
        if decisions.isEmpty {
            blocks.append(
                .paragraph("Not signed: the figures are those of the scenarios as they stand now, not of what a board has signed."))
        }
        func field(_ id: String, _ label: String, _ value: String?) {
            blocks.append(.field(SheetField(id: id, label: label, value: .of(value))))
        }
        field("model", "Model and version", "\(seen.model) \(seen.modelVersion)")
        field("recordUpTo", "Record used up to", "\(seen.reference.day)")
        field("seed", "Seed", "\(seen.seed)")
        field("arithmetic", "Arithmetic", seen.arithmetic?.rawValue)
        field("draws", "Draws, SHA-256", seen.drawsSHA256)
        field("interval", "Intervals", "80 % of the draws")
        blocks.append(
            .table(
                SheetTable(
                    caption: "Scenarios that the board saw", header: ["Scenario", "Interventions"],
                    rows: seen.scenarios.map { [$0.name, Self.text($0)] })))
        blocks += figureBlocks(seen)
        switch forecasts {
        case .missing(let reason): blocks.append(.paragraph("No plot: \(reason)."))
        case .shown(let forecasts, let observables, let observed):
            let plots = observables.compactMap { SheetPlot($0, forecasts: forecasts, observed: observed) }
            blocks += plots.map(SheetBlock.plot)
            if plots.isEmpty { blocks.append(.paragraph("No plot: the model gives no course over time for these scenarios.")) }
            var notes: [String] = []
            for note in forecasts.flatMap(\.notes) where !notes.contains(note) { notes.append(note) }
            if !notes.isEmpty { blocks += [.paragraph("Assumptions and warnings of the model:"), .list(notes)] }
        }
        return blocks
    }

    private func figureBlocks(_ seen: SimulationSeen) -> [SheetBlock] {
        let table = SheetTable(
            caption: "Figures, with intervals", header: ["Endpoint", "Scenario", "Figure"],
            rows: seen.figures.map { [$0.endpoint, $0.scenario, $0.shown] })
        var notes: [String] = []
        for figure in seen.figures {
            for note in figure.notes.map({ "\(figure.endpoint): \($0)" }) where !notes.contains(note) { notes.append(note) }
        }
        return [.table(table)] + (notes.isEmpty ? [] : [.list(notes)])
    }

    /// `resection: start 119; systemic: backbone folfox, cycles 6`.
    static func text(_ scenario: Scenario) -> String {
        if scenario.interventions.isEmpty { return "no intervention" }
        return scenario.interventions.map { intervention in
            let values = intervention.values.sorted { $0.key < $1.key }.map { name, value in
                switch value {
                case .number(let number): "\(name) \(number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)")"
                case .choice(let choice): "\(name) \(choice)"
                case .flag(let flag): "\(name) \(flag ? "yes" : "no")"
                }
            }
            return intervention.kind + (values.isEmpty ? "" : ": " + values.joined(separator: ", "))
        }.joined(separator: "; ")
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
                    decision.draft.followUp?.description ?? "not recorded", decision.quorumReached ? "reached" : "not reached",
                ]
            })
        let changes = zip(decisions, decisions.dropFirst()).map { before, after -> SheetBlock in
            let changed = Self.changes(before.draft, after.draft)
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
