// `meeting scores`: one page on a meeting that was held.
import ArgumentParser
import Exchange
import Meetings
import Records

enum PageFormat: String, ExpressibleByArgument, CaseIterable { case text, markdown, json, csv }

struct MeetingScoresCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scores",
        abstract: "One page on a meeting: cases, minutes a case, what was put off and why, attendance, quorum, departures from guidelines.")
    @OptionGroup var source: StoreOption
    @Argument(help: "The meeting's identifier.") var id: String
    @Option(help: "text, markdown, json or csv.") var format: PageFormat = .text

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let scores = try desk.board.scores(id)
            switch format {
            case .text: for line in scores.lines(markdown: false) { Output.line(line) }
            case .markdown: for line in scores.lines(markdown: true) { Output.line(line) }
            case .csv: Output.csv(MeetingScores.header, scores.rows)
            case .json: Output.json(Self.json(scores))
            }
        }
    }

    private static func json(_ scores: MeetingScores) -> JSONText {
        .object([
            ("meeting", .string(scores.meeting.id)), ("day", .string(scores.meeting.day.description)),
            ("is_demo", .bool(scores.meeting.isDemo)), ("cases", .integer(Int64(scores.cases.count))),
            ("decided", .integer(Int64(scores.count(.decided)))), ("registered", .integer(Int64(scores.count(.registered)))),
            ("postponed", .integer(Int64(scores.count(.postponed)))), ("minutes_per_case", .optional(scores.minutesPerCase)),
            ("present", .integer(Int64(scores.present))), ("expected", .integer(Int64(scores.expected))),
            ("without_quorum", .integer(Int64(scores.withoutQuorum))),
            ("departures_from_guideline", .integer(Int64(scores.departures.count))),
            (
                "per_case",
                .array(
                    scores.cases.map { entry in
                        .object([
                            ("position", .integer(Int64(entry.item.position))), ("patient", .string(entry.item.patient)),
                            ("state", .string(entry.item.state.rawValue)), ("minutes", .optional(entry.minutes)),
                            ("quorum_reached", entry.quorumReached.map { .bool($0) } ?? .null), ("decision", .optional(entry.decision)),
                            ("guideline", .optional(entry.standing?.rawValue)), ("reason", .string(entry.reason)),
                        ])
                    })
            ),
            (
                "attendance",
                .array(
                    scores.attendance.map {
                        .object([
                            ("name", .string($0.name)), ("specialty", .string($0.specialty)), ("was_expected", .bool($0.wasExpected)),
                            ("was_there", .bool($0.wasThere)),
                        ])
                    })
            ),
        ])
    }
}
