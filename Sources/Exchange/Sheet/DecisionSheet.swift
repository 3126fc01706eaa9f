// The decision sheet: what the board saw, what it proposes, who was there, and how to prove it.
import Foundation
import Meetings
import Surface
import Twins

/// Everything that a decision sheet prints, as values.
public struct DecisionSheet: Sendable {
    public var meeting: Meeting
    public var item: AgendaItem
    public var sex: Sex
    /// Years at the case's «now».
    public var age: Double?
    /// Conditions of the record, in its words.
    public var conditions: [String]
    public var draft: DecisionDraft
    /// Decision and amendments, oldest first; empty before the signature.
    public var decisions: [Decision]
    /// The ledger's head when the sheet was made.
    public var ledgerHead: String
    /// The record up to the case's «now»; nil: only what the other fields say.
    public var subject: Subject?
    public var preparation = SheetCase()
    /// Opinions and votes as they stand, for a sheet that nobody has signed yet; a signed one has its own.
    public var opinions: [Opinion] = []
    public var votes: [Vote] = []
    public var forecasts = SheetForecasts.missing("no forecast was asked for")
    /// What would be recorded as seen if the draft were signed now; a signed decision has its own.
    public var shownNow: SimulationSeen?
    public var signatures: [SheetSignature] = []
    /// Inputs of the model's domain, and published scores, of the record that the simulation used.
    public var findings: [DomainFinding] = []
    public var scores: [PublishedScore] = []
    /// The forms of the model, in whose words scenarios are told; empty: their identifiers.
    public var kinds: [InterventionKind] = []

    public init(
        meeting: Meeting, item: AgendaItem, sex: Sex, age: Double?, conditions: [String], draft: DecisionDraft, decisions: [Decision],
        ledgerHead: String
    ) {
        self.meeting = meeting
        self.item = item
        self.sex = sex
        self.age = age
        self.conditions = conditions
        self.draft = draft
        self.decisions = decisions
        self.ledgerHead = ledgerHead
    }

    public static let notice =
        "Decision support for research, teaching and preparation. Not CE-marked, not a medical device; the board decides."

    /// `draft`, `signed`, `amended`.
    public var status: String { decisions.isEmpty ? "draft" : (decisions.count == 1 ? "signed" : "amended") }
    /// What holds now: the last signed version, else the draft.
    public var current: DecisionDraft { decisions.last?.draft ?? draft }
    /// What the board saw: kept with the last signed version, else what is on the table now.
    public var seen: SimulationSeen? { decisions.isEmpty ? shownNow : decisions.last?.seen }
    /// What keeps the sheet from being taken for a real one.
    public var marks: [String] { (meeting.isDemo ? ["DEMO"] : []) + (meeting.isTraining ? ["TRAINING"] : []) }
    public var isOncology: Bool { preparation.isOncology(board: meeting.board) }
    var currentOpinions: [Opinion] { decisions.last?.opinions ?? (decisions.isEmpty ? opinions : []) }
    var currentVotes: [Vote] { decisions.last?.votes ?? (decisions.isEmpty ? votes : []) }

    /// Whether the choice follows the simulation: is it one of the scenarios, and the one that was the best in most draws?
    public var followsSimulation: String {
        let favoured = favoured.map { "«\($0.scenario)», the best of \($0.endpoint) in \(Int(($0.share * 100).rounded())) % of the draws" }
        switch current.choice {
        case nil: return "nothing chosen yet"
        case .scenario(let name):
            guard seen != nil else { return "a compared scenario; no forecast was on the screen" }
            guard let favoured else { return "a scenario that was simulated" }
            return self.favoured?.scenario == name
                ? "follows it: the choice is \(favoured)"
                : "a scenario that was simulated, not the one that the simulation favours: \(favoured)"
        case .other: return "not among the simulated scenarios" + (favoured.map { "; the simulation favours \($0)" } ?? "")
        }
    }

    /// By the forecasts of what the board saw; nil where they cannot be had, or no endpoint says which direction is better.
    private var favoured: (scenario: String, endpoint: String, share: Double)? {
        guard case .shown(let forecasts, _, _) = forecasts, forecasts.count > 1 else { return nil }
        return Comparison(forecasts).favoured
    }

    /// Held against the rule that stood at the signature; of a draft, and of decisions from before it was kept, against today's.
    var quorum: Quorum { Quorum(current.present, rule: decisions.last?.rule ?? .rule(for: meeting.board)) }

    /// The sheet as lines of at most `width` columns.
    public func lines(width: Int = 96) -> [String] { document.lines(width: width) }

    /// The sheet as a document; every format is written from it.
    public var document: SheetDocument {
        var fields = SheetFields(isOncology: isOncology)
        fillMeeting(&fields)
        fillPatient(&fields)
        fillRecord(&fields)
        fillPlan(&fields)
        fillProof(&fields)
        return SheetDocument(
            title: "Decision sheet", subtitle: "\(meeting.title) · \(meeting.day) \(meeting.time) · \(item.patient)",
            status: status.uppercased(), marks: marks, notice: Self.notice,
            sections: [summary]
                + SheetPart.allCases.map { part in
                    SheetSection(id: part.rawValue, title: part.title, loinc: part.loinc, blocks: fields.blocks(part) + more(part))
                })
    }

    /// What a reader looks for first, taken together; each of it stands below in full.
    private var summary: SheetSection {
        let current = current
        let dissents = currentVotes.count { $0.kind == .dissents } + (current.dissent.isEmpty ? 0 : 1)
        let quorum = decisions.last?.quorumReached ?? quorum.isReached
        var lines = [
            "Question: \(current.question.isEmpty ? "not recorded" : current.question)",
            "The board proposes: \(current.choice?.text ?? "nothing chosen yet")",
            "Reason: \(current.reason.isEmpty ? "not recorded" : current.reason)",
            "Quorum \(quorum ? "reached" : "not reached"); dissent: \(dissents == 0 ? "none recorded" : "\(dissents), in full below")",
            "Follow-up: \(current.followUp?.description ?? "not recorded")",
        ]
        lines.append(
            decisions.last.map { "Meeting of \(meeting.day); version \($0.version) \($0.signatureWords(meeting: meeting.day))" }
                ?? "Not signed")
        return SheetSection(id: "summary", title: "In short", blocks: [.list(lines)])
    }

    /// What a section has beside its fields.
    private func more(_ part: SheetPart) -> [SheetBlock] {
        switch part {
        case .patient:
            if case .printed = preparation.identity {
                [.paragraph("Printed with the identity, for the patient's file. The board works under the pseudonym.")]
            } else {
                [.paragraph("The board works under the pseudonym; name and numbers are kept apart from this record.")]
            }
        case .synthesis: current.options.isEmpty ? [] : [.paragraph("Options compared:"), .list(current.options)]
        case .plan: planTables
        case .simulation: simulationBlocks
        case .opinions: opinionBlocks
        case .versions: versionBlocks
        case .status: preparationBlocks
        case .proof: proofBlocks
        default: []
        }
    }
}
