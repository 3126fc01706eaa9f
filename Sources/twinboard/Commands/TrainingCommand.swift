// `training`: a case run blind: made, voted on, revealed, scored, and run again. Everything it prints says TRAINING.
import ArgumentParser
import Meetings
import Records
import TwinLibrary
import Twins

struct TrainingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "training",
        abstract: "Run a case blind: the future hidden, votes of a class, reveal, score. Nothing of it is a meeting or a decision.",
        subcommands: [
            TrainingList.self, TrainingNew.self, TrainingJoin.self, TrainingShow.self, TrainingCast.self, TrainingReveal.self,
            TrainingScoreCommand.self, TrainingReset.self,
        ],
        defaultSubcommand: TrainingList.self)
}

extension Desk {
    var trainingRoom: TrainingRoom {
        let (store, actor) = (store, actor)
        return TrainingRoom(board: board, models: TwinLibrary.models, actor: actor) { patient throws(StoreError) in
            try store.access(actor: actor, patient: patient, categories: .record, purpose: "training")
        }
    }
}

struct TrainingList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the trainings; their patients are not named.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption

    func run() throws {
        try reporting {
            let rows = try Desk(try source.open()).trainingRoom.list()
            let cells = rows.map { ["TRAINING", $0.id, $0.training.title, $0.training.model, $0.training.target.description, "\($0.run)"] }
            let header = ["what", "id", "title", "model", "predicts_day", "run"]
            switch output.format {
            case .text: Output.table(header, cells)
            case .csv: Output.csv(header, cells)
            case .json:
                Output.json(
                    .array(
                        rows.map {
                            .object([
                                ("is_training", .bool(true)), ("id", .string($0.id)), ("title", .string($0.training.title)),
                                ("model", .string($0.training.model)), ("run", .integer(Int64($0.run))),
                            ])
                        }))
            }
        }
    }
}

struct TrainingNew: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Set up a training on a patient whose record goes on after a day.",
        discussion:
            "The scenarios and what was given are those of the patient's case where it is on an agenda, else what the model suggests.")
    @OptionGroup var source: StoreOption
    @Argument(help: "Its identifier: small letters, digits, hyphens.") var id: String
    @Option(help: "The patient's pseudonym; the class does not see it.") var patient: String
    @Option(help: "The record is cut at the end of this day, YYYY-MM-DD.") var cut: String
    @Option(help: "The day to predict, YYYY-MM-DD: the nearest measurement after the cut is taken.") var target: String
    @Option(help: "The measure to predict, as «twinboard models MODEL» names it; default: the model's first headline.") var observable:
        String?
    @Option var title: String
    @Option var question: String = "Which treatment?"
    @Option var model: String?
    @Option(help: "What was given, as a scenario's name; default: what the board decided.") var given: String?

    func run() throws {
        try reporting {
            guard !id.isEmpty, id.utf8.count <= 40,
                id.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D })
            else { throw CommandFailure.usage("«\(id)» must be at most 40 small letters, digits and hyphens") }
            let desk = Desk(try source.open())
            let made = try desk.makeTraining(
                id, patient: patient, cut: try day(cut, option: "--cut"), target: try day(target, option: "--target"),
                observable: observable, title: title, question: question, model: model, given: given)
            Output.note(
                "TRAINING «\(id)» made: predicts \(made.observable) on \(made.target); «twinboard training join \(id) --seat NAME» takes part"
            )
        }
    }
}

extension Desk {
    func makeTraining(
        _ id: String, patient: String, cut: CalendarDay, target: CalendarDay, observable: String?, title: String, question: String,
        model wanted: String?, given: String?
    ) throws -> TrainingCase {
        let token = try store.access(actor: actor, patient: patient, categories: .record, purpose: "training")
        let subject = try store.subject(token, reference: Instant(endOf: cut))
        let items = try board.items(patient: patient).filter { wanted == nil || $0.model == wanted }
        // The case that was put to the board at the cut, if there was one.
        let item = items.first { $0.reference.day == cut } ?? items.first
        let model = try chosen(wanted ?? item?.model, for: subject, patient: patient)
        let scenarios = try item.map { try board.scenarios($0.id).scenarios.map(\.scenario) } ?? []
        var choice = given
        if choice == nil, let item, case .scenario(let name) = try board.decisions(item.id).last?.draft.choice { choice = name }
        let fitting = scenarios.filter { scenario in (try? model.validate(scenario, for: subject.cut(at: cut))) != nil }
        if given == nil, !fitting.contains(where: { $0.name == choice }) { choice = nil }
        return try trainingRoom.make(
            id,
            TrainingCase(
                title: title, question: question, patient: patient, model: model.id, cut: cut, scenarios: fitting, given: choice,
                observable: observable ?? model.headlineObservables.first ?? "", target: target, trainer: actor))
    }
}

struct TrainingJoin: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join", abstract: "Open the workstation on a training: no other screen, case or search is reachable from it.",
        discussion: "--seat names who votes; it is no seat in a meeting, so --specialty and --role do not go with it.")
    @OptionGroup var source: StoreOption
    @Argument(help: "The training's identifier.") var id: String
    @OptionGroup var display: DisplayOptions

    func run() throws {
        try reporting {
            _ = try display.chosenTheme()
            guard let seat = display.seat, !seat.allSatisfy(\.isWhitespace) else {
                throw CommandFailure.usage("who votes? add --seat NAME: two of a class under one name would change each other's vote")
            }
            guard display.specialty == nil, display.role == nil else {
                throw CommandFailure.usage("--specialty and --role belong to a seat in a meeting, not to a training")
            }
            try Session.requireTerminal(instead: "«twinboard training show \(id)» prints it as text")
            try Session.run(store: try source.open(), meeting: nil, display: display, training: id)
        }
    }
}

struct TrainingShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a training as its class may see it: the record up to the cut, and what was revealed.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The training's identifier.") var id: String

    func run() throws {
        try reporting { TrainingText.write(try Desk(try source.open()).trainingRoom.session(id), output.format) }
    }
}

struct TrainingCast: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vote", abstract: "Cast a seat's vote, or change it before the reveal: a scenario and an 80 % interval.")
    @OptionGroup var source: StoreOption
    @Argument(help: "The training's identifier.") var id: String
    @Option(help: "Who votes.") var seat: String
    @Option(help: "The scenario's letter (A, B…) or name.") var choice: String
    @Option(help: "LOW:HIGH in the measure's unit, with four chances in five between them.") var interval: String
    @Flag(help: "An expert's vote: the class is scored against it.") var expert = false

    func run() throws {
        try reporting {
            let parts = interval.split(separator: ":").compactMap { Double($0) }
            guard parts.count == 2 else { throw CommandFailure.usage("--interval: «\(interval)» is not LOW:HIGH") }
            try Desk(try source.open()).trainingRoom.vote(
                id, seat: seat, TrainingVote(choice: choice, lower: parts[0], upper: parts[1], isExpert: expert))
            Output.note("TRAINING «\(id)»: \(seat) has voted")
        }
    }
}

struct TrainingReveal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reveal", abstract: "Reveal what happened, what the twin forecast from the cut record, and the votes.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The training's identifier.") var id: String

    func run() throws {
        try reporting {
            let room = Desk(try source.open()).trainingRoom
            let id = id
            try waiting { try await room.reveal(id) }
            TrainingText.write(try room.session(id), output.format)
        }
    }
}

struct TrainingScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "The scores of a revealed run against the outcome and the experts.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The training's identifier.") var id: String
    @Option(name: .customLong("run"), help: "Default: the last.") var number: Int?

    func run() throws {
        try reporting {
            let session = try Desk(try source.open()).trainingRoom.session(id, run: number)
            guard session.revealed != nil else {
                throw CommandFailure(
                    message: "run \(session.run) of the training «\(id)» is not revealed: there is nothing to score yet", status: 1)
            }
            TrainingText.write(session, output.format)
        }
    }
}

struct TrainingReset: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Begin a further run with another class; the earlier ones stay with their votes.")
    @OptionGroup var source: StoreOption
    @Argument(help: "The training's identifier.") var id: String

    func run() throws {
        try reporting {
            let run = try Desk(try source.open()).trainingRoom.reset(id)
            Output.note("TRAINING «\(id)»: run \(run) begins")
        }
    }
}

/// A training in the words of a shell.
enum TrainingText {
    static func write(_ session: TrainingSession, _ format: Format) {
        switch format {
        case .text: text(session)
        case .csv:
            Output.csv(
                [
                    "what", "id", "run", "name", "choice", "lower", "upper", "unit", "interval_score", "inside", "chose_given",
                    "with_experts",
                ],
                (session.revealed?.scores ?? []).map { score in
                    [
                        "TRAINING", session.id, "\(session.run)", score.name, score.vote.choice, "\(score.vote.lower)",
                        "\(score.vote.upper)",
                        session.observable.unit.ucum, "\(score.intervalScore)", score.isInside ? "yes" : "no",
                        score.choseGiven.map { $0 ? "yes" : "no" } ?? "", score.withExperts.map { "\($0)" } ?? "",
                    ]
                })
        case .json: Output.json(json(session))
        }
    }

    private static func text(_ session: TrainingSession) {
        Output.line("TRAINING · \(session.title) · run \(session.run) · not a meeting, not a decision")
        Output.line(session.question)
        Output.line("Record up to \(session.subject.reference.day); to predict: \(session.observable.label) on \(session.target)")
        for (place, name) in session.scenarios.enumerated() { Output.line("  \(["A", "B", "C", "D"][min(place, 3)])  \(name)") }
        for measurement in session.measured {
            Output.line(
                "  \(session.subject.reference.adding(days: measurement.day).day)  \(measurement.value) \(session.observable.unit.label)")
        }
        Output.line("Voted: " + (session.voters.isEmpty ? "nobody" : session.voters.joined(separator: ", ")))
        guard let revealed = session.revealed else { return Output.line("Sealed until «twinboard training reveal \(session.id)».") }
        Output.line("Patient \(revealed.patient); measured on \(session.target): \(revealed.result.value) \(session.observable.unit.label)")
        Output.line("Given: \(revealed.result.given ?? "none of the scenarios, or not known")")
        for forecast in revealed.result.forecasts {
            Output.line("  twin, \(forecast.scenario): \(short(forecast.median)) [\(short(forecast.lower)) to \(short(forecast.upper))]")
        }
        Output.table(
            ["name", "choice", "interval", "interval score", "inside", "chose what was given", "with experts"],
            revealed.scores.map { score in
                [
                    score.name, score.vote.choice, "\(short(score.vote.lower)) to \(short(score.vote.upper))", short(score.intervalScore),
                    score.isInside ? "yes" : "no", score.choseGiven.map { $0 ? "yes" : "no" } ?? "",
                    score.withExperts.map { "\(Int(($0 * 100).rounded())) %" } ?? "",
                ]
            })
    }

    private static func short(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

    private static func json(_ session: TrainingSession) -> JSONText {
        .object([
            ("is_training", .bool(true)), ("id", .string(session.id)), ("title", .string(session.title)),
            ("run", .integer(Int64(session.run))),
            ("cut", .string(session.subject.reference.day.description)), ("observable", .string(session.observable.id)),
            ("unit", .string(session.observable.unit.ucum)), ("target", .string(session.target.description)),
            ("scenarios", .strings(session.scenarios)), ("voters", .strings(session.voters)),
            ("is_revealed", .bool(session.revealed != nil)),
            ("measured", .optional(session.revealed?.result.value)), ("given", .optional(session.revealed?.result.given)),
            (
                "forecasts",
                .array(
                    (session.revealed?.result.forecasts ?? []).map {
                        .object([
                            ("scenario", .string($0.scenario)), ("lower", .number($0.lower)), ("median", .number($0.median)),
                            ("upper", .number($0.upper)),
                        ])
                    })
            ),
            (
                "scores",
                .array(
                    (session.revealed?.scores ?? []).map { score in
                        .object([
                            ("name", .string(score.name)), ("choice", .string(score.vote.choice)), ("lower", .number(score.vote.lower)),
                            ("upper", .number(score.vote.upper)), ("is_expert", .bool(score.vote.isExpert)),
                            ("interval_score", .number(score.intervalScore)), ("is_inside", .bool(score.isInside)),
                            ("chose_given", score.choseGiven.map { .bool($0) } ?? .null), ("with_experts", .optional(score.withExperts)),
                        ])
                    })
            ),
        ])
    }
}
