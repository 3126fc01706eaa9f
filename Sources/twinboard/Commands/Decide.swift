// `decision`: everything that the Decision screen does, from a shell.
import ArgumentParser
import Meetings
import Twins

struct Decide: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decision",
        abstract: "Show a case's decision and what is missing, set its fields, sign it as chair, amend it.",
        discussion: """
            Fields: \(DecisionField.allCases.map(\.rawValue).joined(separator: ", ")).
            --set choice=A takes a scenario by letter or name, choice=other:WORDS something else; standing is follows, departs or none;
            follow-up is a date or +12w, +3m, +90d from the meeting; guideline is NAME; VERSION; DAY. Entries of a list: \
            --add "steps=surgery: resection, +4w to +8w", --add "tests=PET, by +2w", --add alternatives=B, --remove steps=1.
            All changes of one command are stored together, or none of them. A signed decision is only ever amended by a further version.
            """)
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The patient's pseudonym.") var patient: String
    @Option(help: "The meeting; default: the patient's last one.") var meeting: String?
    @Option(help: ArgumentHelp("Set a field; an empty text empties it. Repeat for several.", valueName: "field=text")) var set: [String] =
        []
    @Option(help: ArgumentHelp("Add an entry to a list. Repeat for several.", valueName: "field=text")) var add: [String] = []
    @Option(help: ArgumentHelp("Take an entry out of a list by its number from 1.", valueName: "field=n")) var remove: [String] = []
    @Option(help: ArgumentHelp("Sign as chair: the chair's name, as the meeting has it.", valueName: "name")) var sign: String?
    @Flag(help: "With --sign: keep the figures that «compare» prints with the decision, as those that the board saw.") var figures = false

    func run() throws {
        try reporting {
            guard output.format != .csv else { throw CommandFailure.usage("decision writes text or json") }
            guard sign != nil || !figures else { throw CommandFailure.usage("--figures belongs to --sign") }
            let edits = try DecisionEdits(set: set, add: add, remove: remove)
            let desk = Desk(try source.open())
            var open = try desk.edited(try desk.decisionCase(patient, meeting: meeting), edits)
            if let sign {
                open.decisions.append(try desk.sign(open, name: sign, withFigures: figures))
                open.preparedSince = []
            } else if !edits.isEmpty {
                try desk.save(open)
            }
            output.format == .json ? Output.json(Self.json(open)) : Self.text(open)
        }
    }

    private static func text(_ open: Desk.DecisionCase) {
        let version = open.decisions.count
        let state =
            version == 0
            ? "draft, not signed" : open.isUnsigned ? "draft of an amendment, version \(version) stands" : "signed, version \(version)"
        Output.line("\(open.item.patient) · \(open.meeting.title) · \(open.meeting.day)\(open.meeting.isDemo ? " · DEMO" : "") · \(state)")
        Output.line("Scenarios: " + open.options.enumerated().map { "\(letter($0)) \($1)" }.joined(separator: "; "))
        for field in DecisionField.allCases {
            let entries = field.isList ? open.draft.entries(field) : [open.draft.text(field)].filter { !$0.isEmpty }
            if entries.isEmpty { Output.line("  \(padded(field)) -") }
            for (place, entry) in entries.enumerated() {
                Output.line("  \(place == 0 ? padded(field) : padded(nil)) \(field.isList ? "\(place + 1) " : "")\(entry)")
            }
        }
        for decision in open.decisions {
            Output.line(
                "Version \(decision.version) \(decision.signatureWords(meeting: open.meeting.day)): \(decision.draft.choice?.text ?? "")"
            )
        }
        if !open.preparedSince.isEmpty {
            Output.line("changed in the preparation since the signature: \(open.preparedSince.joined(separator: ", "))")
        }
        for problem in open.problems { Output.line("missing: \(problem)") }
        if open.problems.isEmpty, open.isUnsigned { Output.line("ready to sign: --sign NAME, as the chair \(open.meeting.chair)") }
    }

    private static func letter(_ place: Int) -> String { String(Character(Unicode.Scalar(UInt8(65 + place % 26)))) }

    private static func padded(_ field: DecisionField?) -> String {
        let name = field?.rawValue ?? ""
        return name + String(repeating: " ", count: max(1, 16 - name.count))
    }

    private static func json(_ open: Desk.DecisionCase) -> JSONText {
        let quorum = Quorum(open.draft.present, rule: open.rule)
        return .object([
            ("patient", .string(open.item.patient)), ("meeting", .string(open.meeting.id)), ("demo", .bool(open.meeting.isDemo)),
            ("scenarios", .strings(open.options)),
            (
                "fields",
                .object(
                    DecisionField.allCases.map { field in
                        (field.rawValue, field.isList ? .strings(open.draft.entries(field)) : .string(open.draft.text(field)))
                    })
            ),
            (
                "quorum",
                .object([
                    ("reached", .bool(quorum.isReached)), ("missing", .strings(quorum.missing)), ("source", .string(open.rule.source)),
                ])
            ),
            ("missing", .strings(open.problems.map(\.description))), ("unsigned_changes", .bool(open.isUnsigned)),
            (
                "versions",
                .array(
                    open.decisions.map { decision in
                        .object([
                            ("version", .integer(Int64(decision.version))), ("signed_by", .string(decision.signedBy)),
                            ("signed_on", .string(decision.signedAt.day.description)),
                            ("choice", .optional(decision.draft.choice?.text)), ("quorum_reached", .bool(decision.quorumReached)),
                        ])
                    })
            ),
        ])
    }
}
