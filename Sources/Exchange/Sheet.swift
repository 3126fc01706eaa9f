// The decision sheet: what the board saw, what it proposes, who was there, and how to prove it.
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

    /// Whether the choice is one of the scenarios that were compared.
    public var followsSimulation: String {
        switch current.choice {
        case nil: "nothing chosen yet"
        case .scenario: decisions.last?.seen == nil ? "a compared scenario; no forecast was on the screen" : "a scenario that was simulated"
        case .other: "not among the simulated scenarios"
        }
    }

    /// The sheet as lines of at most `width` columns.
    public func lines(width: Int = 96) -> [String] {
        var lines: [String] = []
        func put(_ text: String, indent: Int = 0) {
            let pad = String(repeating: " ", count: indent)
            lines += TextWidth.wrap(SafeText(text, limit: 8000).string, width: max(20, width - indent)).map { pad + $0 }
        }
        func field(_ name: String, _ text: String) {
            let wrapped = TextWidth.wrap(SafeText(text.isEmpty ? "not given" : text, limit: 8000).string, width: max(20, width - 20))
            for (row, line) in wrapped.enumerated() { lines.append(TextWidth.fit(row == 0 ? name : "", to: 20) + line) }
        }
        func section(_ title: String) { lines += ["", title, String(repeating: "-", count: title.count)] }

        put("DECISION SHEET · " + status.uppercased() + (meeting.isDemo ? " · DEMO" : ""))
        put(Self.notice)
        section("Meeting")
        field("Board", "\(meeting.title), \(meeting.day) \(meeting.time)")
        field("Chair", meeting.chair)
        field(
            "Present",
            current.present.map { "\($0.name) (\($0.specialty)\($0.role == .member ? "" : ", \($0.role.rawValue)"))" }.joined(
                separator: "; "))
        let quorum = Quorum(current.present, rule: .rule(for: meeting.board))
        field(
            "Quorum",
            quorum.isReached
                ? "reached (\(quorum.physicians) physicians, \(quorum.specialties) specialties)"
                : "not reached, missing \(quorum.missing.joined(separator: ", ")). Reason: \(current.withoutQuorum.isEmpty ? "not given" : current.withoutQuorum)"
        )
        field("Rule", quorum.rule.source)
        section("Patient")
        field("Pseudonym", item.patient)
        field("Sex, age", sex.rawValue + (age.map { ", \(Int(clamping: $0)) years" } ?? ""))
        field("Conditions", conditions.joined(separator: "; "))
        section("Question")
        put(current.question)
        section("Options compared")
        for option in current.options { put("- " + option) }
        section("Proposal")
        field("The board proposes", current.choice?.text ?? "nothing chosen yet")
        field("Reason", current.reason)
        field("Dissent", current.dissent.isEmpty ? "none recorded" : current.dissent)
        field("Follow-up", current.followUp?.description ?? "")
        field("Simulation", followsSimulation)
        if let seen = decisions.last?.seen { figures(seen, &lines, width) }
        section("Signatures")
        if decisions.isEmpty { put("Not signed.") }
        for decision in decisions {
            put(
                "Version \(decision.version): signed by \(decision.signedBy) on \(decision.signedAt.day): \(decision.draft.choice?.text ?? "")"
            )
        }
        field("Ledger head", ledgerHead)
        return lines
    }

    private func figures(_ seen: SimulationSeen, _ lines: inout [String], _ width: Int) {
        lines += ["", "What the board saw", "------------------"]
        let arithmetic = seen.arithmetic.map { " · \($0.rawValue) arithmetic" } ?? ""
        let head =
            "\(seen.model) \(seen.modelVersion) · record up to \(seen.reference.day) · seed \(seen.seed)\(arithmetic) · draws sha256 \(seen.drawsSHA256)"
        lines += TextWidth.wrap(SafeText(head).string, width: width)
        var endpoint = ""
        for figure in seen.figures {
            if figure.endpoint != endpoint {
                endpoint = figure.endpoint
                lines.append(SafeText(endpoint).string)
                lines += figure.notes.flatMap { TextWidth.wrap(SafeText($0).string, width: max(20, width - 4)) }.map { "    " + $0 }
            }
            lines.append("  " + TextWidth.fit(SafeText(figure.scenario).string, to: 44) + " " + SafeText(figure.shown).string)
        }
    }
}
