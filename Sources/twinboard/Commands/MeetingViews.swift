// `meeting list`, `show`, `check`: which meetings there are, what was prepared, what is missing.
import ArgumentParser
import Meetings
import Records
import Twins

struct MeetingList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the meetings of the store.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let rows = try desk.board.meetings().map { meeting in
                let agenda = try desk.board.agenda(meeting.id)
                return (meeting, agenda.count, agenda.count { $0.state == .decided })
            }
            let header = ["id", "day", "time", "board", "title", "chair", "cases", "decided", "demo"]
            let cells = rows.map { meeting, count, decided in
                [
                    meeting.id, meeting.day.description, meeting.time, meeting.board, meeting.title, meeting.chair, "\(count)",
                    "\(decided)", meeting.isDemo ? "yes" : "no",
                ]
            }
            switch output.format {
            case .text: Output.table(header, cells)
            case .csv: Output.csv(header, cells)
            case .json:
                Output.json(
                    .array(
                        rows.map { meeting, count, decided in
                            .object([
                                ("id", .string(meeting.id)), ("title", .string(meeting.title)), ("board", .string(meeting.board)),
                                ("day", .string(meeting.day.description)), ("time", .string(meeting.time)),
                                ("chair", .string(meeting.chair)), ("cases", .integer(Int64(count))),
                                ("decided", .integer(Int64(decided))), ("is_demo", .bool(meeting.isDemo)),
                            ])
                        }))
            }
        }
    }
}

struct MeetingShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a meeting: what was noted of it, who is expected, its cases and what is missing.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The meeting's identifier.") var id: String

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let meeting = try desk.board.meeting(id)
            let preparation = try desk.board.preparation(meeting: id).value
            let cases = try desk.prepared(meeting, purpose: "meeting")
            switch output.format {
            case .text: text(meeting, preparation, cases)
            case .csv:
                Output.csv(
                    ["position", "patient", "model", "state", "question", "information", "missing"],
                    cases.map { entry in
                        [
                            "\(entry.item.position)", entry.item.patient, entry.item.model, entry.state, entry.item.question,
                            entry.preparation.informationText, entry.completeness.missing.joined(separator: "; "),
                        ]
                    })
            case .json: json(meeting, preparation, cases)
            }
        }
    }

    private func text(_ meeting: Meeting, _ preparation: MeetingPreparation, _ cases: [Desk.PreparedCase]) {
        Output.line(
            "\(meeting.title) · \(meeting.day) \(meeting.time) · \(meeting.board) · \(meeting.id)" + (meeting.isDemo ? " · DEMO" : ""))
        Output.line("Chair \(meeting.chair)")
        for (field, value) in preparation.values where !value.isEmpty { Output.line("\(field) \(value)") }
        Output.line()
        Output.table(["expected", "specialty", "role"], meeting.seats.map { [$0.name, $0.specialty, $0.role.rawValue] })
        for entry in cases {
            Output.line()
            Output.line("\(entry.item.position)  \(entry.item.patient) · \(entry.item.model) · \(entry.state)")
            Output.line("   \(entry.item.question)")
            for (field, value) in entry.preparation.values where !value.isEmpty && value != "no" { Output.line("   \(field): \(value)") }
            if let decision = entry.decision { Output.line("   decided: \(decision)") }
            let missing = entry.completeness.missing
            if !missing.isEmpty { Output.line("   missing: " + missing.joined(separator: ", ")) }
        }
    }

    private func json(_ meeting: Meeting, _ preparation: MeetingPreparation, _ cases: [Desk.PreparedCase]) {
        Output.json(
            .object(
                [
                    ("id", .string(meeting.id)), ("title", .string(meeting.title)), ("board", .string(meeting.board)),
                    ("day", .string(meeting.day.description)), ("time", .string(meeting.time)), ("chair", .string(meeting.chair)),
                    ("is_demo", .bool(meeting.isDemo)),
                ] + preparation.values.map { ($0.field, .string($0.value)) } + [
                    (
                        "seats",
                        .array(
                            meeting.seats.map {
                                .object([
                                    ("name", .string($0.name)), ("specialty", .string($0.specialty)), ("role", .string($0.role.rawValue)),
                                ])
                            })
                    ),
                    ("cases", .array(cases.map(Self.json))),
                ]))
    }

    static func json(_ entry: Desk.PreparedCase) -> JSONText {
        .object(
            [
                ("position", .integer(Int64(entry.item.position))), ("patient", .string(entry.item.patient)),
                ("model", .string(entry.item.model)), ("state", .string(entry.state)), ("question", .string(entry.item.question)),
                ("decision", .optional(entry.decision)),
            ] + entry.preparation.values.map { ($0.field, .string($0.value)) } + [("missing", .strings(entry.completeness.missing))])
    }
}

struct MeetingCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "List what is missing of each case; exit status 1 if something is.",
        discussion: "With --days-before only meetings that are so near, or have passed, are a reason to fail: it is for a nightly job.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The meeting's identifier.") var id: String
    @Option(help: "Fail only so many days before the meeting, or later.") var daysBefore: Int?
    @Option(help: "Today, YYYY-MM-DD; default: by the machine's clock.") var today: String?

    /// `3 days before`, `today`, `1 day ago`.
    private static func distance(_ days: Int) -> String {
        let words = abs(days) == 1 ? "1 day" : "\(abs(days)) days"
        return days == 0 ? "today" : words + (days > 0 ? " before" : " ago")
    }

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let meeting = try desk.board.meeting(id)
            let now = try today.map { try day($0, option: "--today") } ?? Clock.now().day
            let left = meeting.day.number - now.number
            let cases = try desk.prepared(meeting, purpose: "meeting check").filter { $0.item.state != .decided }
            let rows = cases.flatMap { entry in entry.completeness.missing.map { (entry, $0) } }
            let seats = try desk.missingSeats(meeting)
            switch output.format {
            case .csv:
                Output.csv(
                    ["meeting", "days_before", "position", "patient", "missing"],
                    seats.map { [id, "\(left)", "", "", "expected: \($0)"] }
                        + rows.map { [id, "\(left)", "\($0.item.position)", $0.item.patient, $1] })
            case .json:
                Output.json(
                    .object([
                        ("meeting", .string(id)), ("day", .string(meeting.day.description)), ("days_before", .integer(Int64(left))),
                        ("is_complete", .bool(rows.isEmpty && seats.isEmpty)), ("missing_seats", .strings(seats)),
                        ("cases", .array(cases.map(MeetingShow.json))),
                    ]))
            case .text:
                Output.line("\(meeting.title) · \(meeting.day) · " + Self.distance(left))
                for seat in seats { Output.line("nobody is expected for: \(seat)") }
                for entry in cases where !entry.completeness.missing.isEmpty {
                    Output.line("\(entry.item.position)  \(entry.item.patient) · \(entry.state)")
                    for what in entry.completeness.missing { Output.line("   missing: \(what)") }
                }
                if rows.isEmpty, seats.isEmpty { Output.line("complete: \(cases.count) cases to decide") }
            }
            guard !rows.isEmpty || !seats.isEmpty, daysBefore.map({ left <= $0 }) ?? true else { return }
            throw CommandFailure(
                message:
                    "\(Set(rows.map { $0.0.item.id }).count) of \(cases.count) cases are not complete: \(rows.count + seats.count) things are missing",
                status: 1)
        }
    }
}
