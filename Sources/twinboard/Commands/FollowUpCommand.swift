// `follow-up`: the decisions whose review has come, what was forecast against what happened, and the board's history.
import ArgumentParser
import Exchange
import Meetings
import Records
import TwinLibrary
import Twins
import Workstation

struct FollowUpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow-up",
        abstract: "Decisions whose review date has come; the forecast of the choice against what happened; the board's history.",
        discussion: """
            Without a patient: every decided case, those due first, and the calibration report over the history. With a patient: each
            measurement after the decision beside its 80 % band. With --carried-out: notes what came of the decision; earlier notes stay.
            With --survival: how long the decided patients went without progression, in groups, with the forecast beside them.
            """)
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The patient's pseudonym.") var patient: String?
    @Option(help: "Only decisions of boards of this type.") var board: String?
    @Option(help: "Due on this day, YYYY-MM-DD; default: today. Only due ones are listed then.") var due: String?
    @Option(help: "The meeting, where the patient was decided on more than once; default: the last.") var meeting: String?
    @Option(help: "yes, partly or no.") var carriedOut: String?
    @Option(help: "Why not, or why only partly.") var reason: String = ""
    @Option(help: "What was given instead.") var given: String = ""
    @Option var note: String = ""
    @Option(help: "An endpoint whose outcome is known, as the sheet names it: 'label=yes' or 'label=no'.") var outcome: [String] = []

    @Flag(help: "Only the curves over the decided patients: time without progression, as seen and as forecast.") var survival = false
    @Option(
        help: ArgumentHelp(
            "By what the curves are compared: treatment (chosen), carried-out, simulation (whether it favoured the choice), together.",
            valueName: "grouping"))
    var by: String = BoardCohort.Grouping.treatment.rawValue

    func run() throws {
        try reporting {
            guard let grouping = BoardCohort.Grouping(rawValue: by) else {
                let known = BoardCohort.Grouping.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure.usage("--by: «\(by)» is not one of \(known)")
            }
            if survival, patient != nil { throw CommandFailure.usage("--survival is over all decided patients: name none") }
            let desk = Desk(try source.open())
            if let carriedOut { try record(desk, carriedOut) }
            let today = try due.map { try day($0, option: "--due") } ?? Clock.now().day
            let (board, patient) = (board, patient)
            let reader = desk.followUpReader
            var cases = try waiting { try await reader.cases(board: board, patient: patient) }
            if let patient, cases.isEmpty { throw CommandFailure.noSuch("\(patient) has no signed decision") }
            let report = CalibrationReport(cases)
            let curves = FollowUpSurvival(patient == nil ? cases : [], by: grouping)
            if survival { return curves.write(output.format) }
            if let meeting { cases = cases.filter { $0.meeting.id == meeting } }
            if due != nil { cases = cases.filter { $0.isDue(on: today) } }
            switch output.format {
            case .text:
                FollowUpText.write(cases, report, today: today, isDetailed: patient != nil)
                if patient == nil { curves.writeWords() }
            case .csv: Output.csv(FollowUpText.header, cases.flatMap(FollowUpText.rows))
            case .json: Output.json(FollowUpText.json(cases, report, curves, today: today))
            }
        }
    }

    private func record(_ desk: Desk, _ word: String) throws {
        guard let patient else { throw CommandFailure.usage("--carried-out needs the patient") }
        guard let carriedOut = FollowUp.CarriedOut(rawValue: word) else {
            throw CommandFailure.usage("--carried-out: «\(word)» is not yes, partly or no")
        }
        let outcomes = try outcome.map { text in
            guard let sign = text.lastIndex(of: "="), ["yes", "no"].contains(text[text.index(after: sign)...]) else {
                throw CommandFailure.usage("--outcome: «\(text)» is not 'label=yes' or 'label=no'")
            }
            return KnownOutcome(endpoint: String(text[..<sign]), happened: text.hasSuffix("=yes"))
        }
        let items = try desk.board.items(patient: patient).filter { item in
            try (meeting == nil || item.meeting == meeting) && !desk.board.decisions(item.id).isEmpty
        }
        guard let item = items.first else { throw CommandFailure.noSuch("\(patient) has no signed decision") }
        let last = try desk.board.followUps(item.id).last?.version ?? 0
        try desk.board.add(
            FollowUp(carriedOut: carriedOut, reason: reason, givenInstead: given, note: note, outcomes: outcomes), item: item.id,
            over: last,
            actor: desk.actor)
    }
}

extension Desk {
    var followUpReader: FollowUpReader {
        let (store, actor) = (store, actor)
        return FollowUpReader(board: board, models: TwinLibrary.models, days: { Update.days(horizon: $0.horizon) }) {
            patient throws(StoreError) in
            try store.access(actor: actor, patient: patient, categories: .record, purpose: "follow-up")
        }
    }
}
