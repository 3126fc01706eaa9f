// `sheet`: the decision sheet of a patient's case.
import ArgumentParser
import Exchange
import Meetings
import Records
import Surface
import Twins

struct Sheet: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the decision sheet of a patient's case: what the board saw, what it proposes, who was there.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The patient's pseudonym.") var patient: String
    @Option(help: "The meeting; default: the patient's last one.") var meeting: String?
    @Flag(help: "Compute what the board saw again from the stored draws, and say whether every figure comes out again.") var replay = false

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let token = try desk.store.access(actor: desk.actor, patient: patient, categories: .record, purpose: "sheet")
            let items = try desk.board.items(patient: patient)
            // The latest meeting comes first.
            guard let item = meeting.map({ id in items.first { $0.meeting == id } }) ?? items.first else {
                throw CommandFailure.noSuch("\(patient) is on no agenda" + (meeting.map { " of the meeting «\($0)»" } ?? ""))
            }
            let subject = try desk.store.subject(token, reference: item.reference)
            let seats = try desk.board.meeting(item.meeting)
            let decisions = try desk.board.decisions(item.id)
            if replay { return Output.line(try desk.replayed(patient, decisions.last?.seen).description) }
            let names = try desk.board.scenarios(item.id).scenarios.map(\.scenario.name)
            _ = try desk.store.note(.print, actor: desk.actor, patient: patient, detail: ["sheet": "\(item.id)"])
            let sheet = DecisionSheet(
                meeting: seats, item: item, sex: subject.sex, age: subject.age(at: item.reference),
                conditions: subject.facts.filter { $0.kind == .condition }.map(\.code.display).filter { !$0.isEmpty },
                draft: try desk.board.draft(item.id) ?? DecisionDraft(present: seats.seats, question: item.question, options: names),
                decisions: decisions, ledgerHead: try desk.store.ledgerHead().short)
            write(sheet)
        }
    }

    private func write(_ sheet: DecisionSheet) {
        switch output.format {
        case .text: for line in sheet.lines() { Output.line(line) }
        case .csv:
            Output.csv(
                ["scenario", "endpoint", "unit", "value", "lower", "upper", "words", "not_within_horizon_above", "shown"],
                (sheet.decisions.last?.seen?.figures ?? []).map { figure in
                    [
                        figure.scenario, figure.endpoint, figure.unit.ucum, figure.value.map { "\($0)" } ?? "",
                        figure.lower.map { "\($0)" } ?? "", figure.upper.map { "\($0)" } ?? "", figure.words,
                        figure.ceiling.map { "\($0)" } ?? "", figure.shown,
                    ]
                })
        case .json: Output.json(Self.json(sheet))
        }
    }

    private static func json(_ sheet: DecisionSheet) -> JSONText {
        let current = sheet.current
        return .object([
            ("notice", .string(DecisionSheet.notice)), ("status", .string(sheet.status)), ("meeting", .string(sheet.meeting.id)),
            ("board", .string(sheet.meeting.title)), ("date", .string(sheet.meeting.day.description)),
            ("demo", .bool(sheet.meeting.isDemo)),
            ("patient", .string(sheet.item.patient)), ("question", .string(current.question)), ("options", .strings(current.options)),
            (
                "present",
                .array(
                    current.present.map {
                        .object([("name", .string($0.name)), ("specialty", .string($0.specialty)), ("role", .string($0.role.rawValue))])
                    })
            ),
            ("proposal", .optional(current.choice?.text)), ("reason", .string(current.reason)), ("dissent", .string(current.dissent)),
            ("follow_up", .optional(current.followUp?.description)), ("without_quorum", .string(current.withoutQuorum)),
            ("follows_simulation", .string(sheet.followsSimulation)),
            (
                "versions",
                .array(
                    sheet.decisions.map { decision in
                        .object([
                            ("version", .integer(Int64(decision.version))), ("signed_by", .string(decision.signedBy)),
                            ("signed_at_utc", .string(Log.moment(decision.signedAt))), ("quorum_reached", .bool(decision.quorumReached)),
                            ("proposal", .optional(decision.draft.choice?.text)),
                        ])
                    })
            ),
            ("seen", sheet.decisions.last?.seen.map(seen) ?? .null), ("ledger_head", .string(sheet.ledgerHead)),
        ])
    }

    private static func seen(_ seen: SimulationSeen) -> JSONText {
        .object([
            ("model", .string(seen.model)), ("model_version", .string(seen.modelVersion)), ("draws_sha256", .string(seen.drawsSHA256)),
            ("seed", .integer(Int64(clamping: seen.seed))), ("arithmetic", .optional(seen.arithmetic?.rawValue)),
            ("record_up_to", .string(seen.reference.day.description)),
            (
                "figures",
                .array(
                    seen.figures.map { figure in
                        .object([
                            ("scenario", .string(figure.scenario)), ("endpoint", .string(figure.endpoint)),
                            ("unit", .string(figure.unit.ucum)),
                            ("value", .optional(figure.value)), ("lower", .optional(figure.lower)), ("upper", .optional(figure.upper)),
                            ("words", .string(figure.words)), ("not_within_horizon_above", .optional(figure.ceiling)),
                            ("shown", .string(figure.shown)), ("notes", .strings(figure.notes)),
                        ])
                    })
            ),
        ])
    }
}
