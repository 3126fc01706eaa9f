// `opinion`, `vote`: what a seat thinks of a case, from a shell; sealed as on the screens.
import ArgumentParser
import Meetings
import Records
import Surface
import Twins

/// The case and the seat that `opinion` and `vote` are about.
struct VoiceOptions: ParsableArguments {
    @Argument(help: "The patient's pseudonym.") var patient: String
    @Option(help: "The name of the seat, as the meeting's roster has it.") var seat: String
    @Option(help: "The specialty, for a name that is not on the roster.") var specialty: String?
    @Option(help: "The meeting; default: the patient's last one.") var meeting: String?

    /// Errors: no such case; the name is neither on the roster nor seated, and has no specialty.
    func resolve(_ board: Board) throws -> (item: AgendaItem, seat: Seat) {
        let items = try board.items(patient: patient)
        guard let item = meeting.map({ id in items.first { $0.meeting == id } }) ?? items.first else {
            throw CommandFailure.noSuch("\(patient) is on no agenda" + (meeting.map { " of the meeting «\($0)»" } ?? ""))
        }
        if let seated = try board.present(item.meeting).first(where: { $0.seat.name == seat }) { return (item, seated.seat) }
        return (item, try SeatChoice.seat(seat, specialty: specialty, role: nil, in: try board.meeting(item.meeting)))
    }
}

struct OpinionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opinion",
        abstract: "Give a seat's opinion on a case, or show those that it may see.",
        discussion: """
            Without a choice it shows the opinions. They are sealed: a seat sees the others' once every seat with a voice that is there has
            given its own, the chair has unsealed them, or the decision is signed. A second opinion of the same seat is a revision: it
            needs the unsealing and a reason, and every version is kept.
            """)
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @OptionGroup var voice: VoiceOptions
    @Option(help: "One of the case's scenarios, by its name.") var choice: String?
    @Option(help: "Something else, in words.") var other: String?
    @Flag(help: "Declare that the seat gives no opinion; with --reason.") var none = false
    @Option(help: "Why.") var reason = ""
    @Option(help: "What of the patient's other diseases weighs here.") var comorbidity = ""
    @Option(help: "What the patient wants, as this seat knows it.") var preference = ""
    @Flag(help: "As chair: unseal before all are in; with --reason.") var unseal = false

    func validate() throws {
        let count = (choice == nil ? 0 : 1) + (other == nil ? 0 : 1) + (none ? 1 : 0) + (unseal ? 1 : 0)
        guard count <= 1 else { throw ValidationError("--choice, --other, --none and --unseal exclude each other") }
        guard count == 1 || (reason + comorbidity + preference).isEmpty else {
            throw ValidationError("--reason, --comorbidity and --preference go with --choice, --other, --none or --unseal")
        }
    }

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let (item, seat) = try voice.resolve(desk.board)
            if unseal {
                try desk.board.unseal(item.id, as: seat, reason: reason, actor: desk.actor)
            } else if none || choice != nil || other != nil {
                try desk.board.give(
                    OpinionDraft(
                        choice: choice.map { .scenario($0) } ?? other.map { .other($0) }, isNone: none, reason: reason,
                        comorbidity: comorbidity, preference: preference), as: seat, item: item.id, actor: desk.actor)
            }
            VoicesText.write(try desk.board.voices(item.id, for: seat), output.format)
        }
    }
}

struct VoteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vote",
        abstract: "Cast a seat's vote on the drafted decision of a case: agrees, dissents (with --words) or abstains.",
        discussion: "A further vote of the same seat takes the place of the one before; every version is kept.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @OptionGroup var voice: VoiceOptions
    @Argument(help: "agrees, dissents or abstains; without: shows the votes.") var kind: String?
    @Option(help: "What the seat dissents from, or what it adds.") var words = ""

    func validate() throws {
        if let kind, Vote.Kind(rawValue: kind) == nil { throw ValidationError("a vote is agrees, dissents or abstains, not «\(kind)»") }
    }

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let (item, seat) = try voice.resolve(desk.board)
            if let kind = kind.flatMap(Vote.Kind.init) {
                try desk.board.cast(kind, words: words, as: seat, item: item.id, actor: desk.actor)
            }
            VoicesText.write(try desk.board.voices(item.id, for: seat), output.format)
        }
    }
}

/// Opinions and votes of a case as one seat may see them, as text, JSON or CSV.
private enum VoicesText {
    private static let header = [
        "kind", "seat", "specialty", "version", "what", "words", "comorbidity", "preference", "after_simulation", "time_utc",
    ]

    private static func rows(_ voices: CaseVoices) -> [[String]] {
        voices.opinions.map {
            [
                "opinion", $0.seat, $0.specialty, "\($0.version)", $0.choice.text, $0.reason, $0.comorbidity, $0.preference,
                $0.afterReveal ? "true" : "false", Log.moment($0.time),
            ]
        } + voices.declared.map { ["no opinion", $0.seat, "", "", "", $0.reason, "", "", "", ""] }
            + voices.votes.map {
                [
                    "vote", $0.vote.seat, $0.vote.specialty, "\($0.version)", "\($0.vote.kind.rawValue): \($0.on)", $0.vote.words, "", "",
                    "",
                    Log.moment($0.time),
                ]
            }
    }

    static func write(_ voices: CaseVoices, _ format: Format) {
        let rows = rows(voices)
        switch format {
        case .csv: Output.csv(header, rows)
        case .json:
            Output.json(
                .object([
                    ("unsealed", .bool(voices.isUnsealed)), ("asked", .strings(voices.asked)),
                    ("answered", .strings(voices.answered.sorted())), ("awaited", .strings(voices.awaited)),
                    ("unsealed_by", .optional(voices.unsealing?.by)), ("unsealed_reason", .optional(voices.unsealing?.reason)),
                    ("proposal", .optional(voices.proposal)),
                    ("voices", .array(rows.map { row in .object(zip(header, row).map { ($0, JSONText.string($1)) }) })),
                ]))
        case .text:
            let awaited = voices.awaited.isEmpty ? "" : "; awaited: " + voices.awaited.joined(separator: ", ")
            Output.line(
                "\(voices.given) of \(voices.asked.count) who are there have answered, "
                    + (voices.isUnsealed ? "unsealed" : "sealed: only the seat's own is shown") + awaited)
            if !rows.isEmpty { Output.table(Array(header.prefix(6)), rows.map { Array($0.prefix(6)) }) }
        }
    }
}
