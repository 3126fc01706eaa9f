// `meeting`: prepare a meeting from a shell, and look at what came of it.
import ArgumentParser
import Meetings
import Records
import Twins

struct MeetingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meeting",
        abstract: "Prepare a meeting: its cases, what is missing of them, who was informed, what is put off; and its scores.",
        subcommands: [
            MeetingList.self, MeetingShow.self, MeetingNew.self, MeetingAdd.self, MeetingSet.self, MeetingInform.self, MeetingBlock.self,
            MeetingRegister.self, MeetingDiscuss.self, MeetingPostpone.self, MeetingDeliver.self, MeetingMove.self, MeetingRemove.self,
            MeetingCheck.self,
            MeetingScoresCommand.self,
        ],
        defaultSubcommand: MeetingList.self)
}

/// Which case of which meeting.
struct CaseArguments: ParsableArguments {
    @Argument(help: "The meeting's identifier, as «twinboard meeting list» shows it.") var meeting: String
    @Argument(help: "The patient's pseudonym.") var patient: String
    @Option(help: "The model, where the patient is on the agenda with two.") var model: String?

    func item(_ desk: Desk) throws -> AgendaItem {
        _ = try desk.board.meeting(meeting)
        let found = try desk.board.agenda(meeting).filter { $0.patient == patient && (model == nil || $0.model == model) }
        guard let item = found.first else { throw CommandFailure.noSuch("\(patient) is not on the agenda of «\(meeting)»") }
        guard found.count == 1 else {
            throw CommandFailure.usage(
                "\(patient) is on the agenda with \(found.map(\.model).joined(separator: ", ")): name one with --model")
        }
        return item
    }
}

/// A day as it is typed.
func day(_ text: String, option: String) throws -> CalendarDay {
    guard let day = CalendarDay(text) else { throw CommandFailure.usage("\(option): «\(text)» is not a date (YYYY-MM-DD)") }
    return day
}

struct MeetingNew: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "new", abstract: "Make a meeting.")
    @OptionGroup var source: StoreOption
    @Argument(help: "Its identifier: small letters, digits, hyphens.") var id: String
    @Option var title: String
    @Option(help: "The board's type, which names its rules: liver, memory, urology…") var board: String
    @Option(help: "YYYY-MM-DD.") var day: String
    @Option(help: "HH:MM, local time of the room.") var time: String
    @Option(help: "The chair's name; needs a seat.") var chair: String
    @Option var coordinator: String = ""
    @Option(help: "Somebody expected: 'name, specialty, role'; role is member if left out.") var seat: [String] = []

    func run() throws {
        try reporting {
            guard !id.isEmpty, id.utf8.count <= 40,
                id.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D })
            else { throw CommandFailure.usage("«\(id)» must be at most 40 small letters, digits and hyphens") }
            let parts = time.split(separator: ":").compactMap { Int($0) }
            guard time.utf8.count == 5, parts.count == 2, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]) else {
                throw CommandFailure.usage("--time: «\(time)» is not a time of day (HH:MM)")
            }
            let seats = try seat.map(seat)
            guard seats.contains(where: { $0.name == chair }) else {
                throw CommandFailure.usage("the chair needs a seat: add --seat '\(chair), SPECIALTY, chair'")
            }
            let desk = Desk(try source.open(creating: true))
            if try desk.board.meetings().contains(where: { $0.id == id }) {
                throw CommandFailure.data("there is already a meeting «\(id)»")
            }
            var preparation = MeetingPreparation()
            preparation.coordinator = coordinator
            try desk.board.add(
                Meeting(
                    id: id, title: title, board: board, day: try twinboard.day(day, option: "--day"), time: time, chair: chair,
                    isDemo: false, seats: seats), agenda: [], preparation: preparation, actor: desk.actor)
            Output.note("meeting «\(id)» made; «twinboard meeting add \(id) PATIENT --question …» adds a case")
        }
    }

    private func seat(_ text: String) throws -> Seat {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        guard (2...3).contains(parts.count), !parts[0].isEmpty, !parts[1].isEmpty else {
            throw CommandFailure.usage("--seat: «\(text)» is not 'name, specialty, role'")
        }
        let role = parts.count == 3 ? Seat.Role(rawValue: parts[2]) : (parts[0] == chair ? .chair : .member)
        guard let role else {
            throw CommandFailure.usage("--seat: «\(parts[2])» is not one of \(Seat.Role.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return Seat(name: parts[0], specialty: parts[1], role: role)
    }
}

struct MeetingAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Put a patient on the agenda with a question, and the scenarios that the model suggests.")
    @OptionGroup var source: StoreOption
    @Argument(help: "The meeting's identifier.") var meeting: String
    @Argument(help: "The patient's pseudonym.") var patient: String
    @Option(help: "What the board is asked.") var question: String
    @Option(help: "The model; default: the one whose measures the record holds most of.") var model: String?
    @Option var presenter: String = ""
    @Option(help: "«Now» of the case, YYYY-MM-DD; default: the meeting's day.") var now: String?

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let meeting = try desk.board.meeting(meeting)
            guard question.contains(where: { !$0.isWhitespace }) else { throw CommandFailure.usage("--question is empty") }
            if try desk.board.agenda(meeting.id).contains(where: { $0.patient == patient && (model == nil || $0.model == model) }) {
                throw CommandFailure.data("\(patient) is on the agenda of «\(meeting.id)» already")
            }
            let reference = Instant(endOf: try now.map { try day($0, option: "--now") } ?? meeting.day)
            let added = try desk.add(patient, to: meeting, question: question, model: model, presenter: presenter, reference: reference)
            Output.note("\(patient) is case \(added.position) of «\(meeting.id)» (\(added.model))")
        }
    }
}

struct MeetingSet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Fill fields of a meeting, or of one of its cases.",
        discussion: """
            Fields of a meeting: \(MeetingPreparation.fields.joined(separator: ", ")).
            Fields of a case: question, model, \(CasePreparation.fields.joined(separator: ", ")).
            Lists are separated by «;»; an empty value clears a field.
            """)
    @OptionGroup var source: StoreOption
    @Argument(help: "The meeting's identifier, then the patient for a case, then field=value…") var words: [String]

    func run() throws {
        try reporting {
            guard let id = words.first else { throw CommandFailure.usage("which meeting?") }
            let isCase = words.count > 1 && !words[1].contains("=")
            let pairs = try words.dropFirst(isCase ? 2 : 1).map { word in
                guard let sign = word.firstIndex(of: "="), sign > word.startIndex else {
                    throw CommandFailure.usage("«\(word)» is not field=value")
                }
                return (String(word[..<sign]), String(word[word.index(after: sign)...]))
            }
            guard !pairs.isEmpty else { throw CommandFailure.usage("nothing to set: field=value") }
            let desk = Desk(try source.open())
            if isCase {
                try desk.set(pairs, meeting: id, patient: words[1])
            } else {
                try desk.set(pairs, meeting: id)
            }
        }
    }
}

struct MeetingInform: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inform", abstract: "Note that the patient knows that the board speaks of them; lifts a block.")
    @OptionGroup var source: StoreOption
    @OptionGroup var place: CaseArguments
    @Option(help: "YYYY-MM-DD.") var on: String
    @Option(help: "Who told the patient.") var by: String

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            try desk.board.inform(try place.item(desk).id, on: try day(on, option: "--on"), by: by, actor: desk.actor)
        }
    }
}

struct MeetingBlock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "block", abstract: "Keep the board from deciding a case, with the reason, until the patient was informed.")
    @OptionGroup var source: StoreOption
    @OptionGroup var place: CaseArguments
    @Option var reason: String

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            try desk.board.block(try place.item(desk).id, reason: reason, actor: desk.actor)
        }
    }
}

struct MeetingRegister: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Register a standard case without discussion, with the rule's reason.")
    @OptionGroup var source: StoreOption
    @OptionGroup var place: CaseArguments
    @Option var reason: String

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            try desk.board.register(try place.item(desk).id, reason: reason, actor: desk.actor)
        }
    }
}

struct MeetingDiscuss: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discuss", abstract: "Take a registration back: the case is discussed after all.")
    @OptionGroup var source: StoreOption
    @OptionGroup var place: CaseArguments

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            try desk.board.discuss(try place.item(desk).id, actor: desk.actor)
        }
    }
}

struct MeetingPostpone: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postpone", abstract: "Put a case off to another meeting, with its scenarios and what was prepared.")
    @OptionGroup var source: StoreOption
    @OptionGroup var place: CaseArguments
    @Option(help: "The other meeting's identifier.") var to: String
    @Option var reason: String

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let there = try desk.board.postpone(try place.item(desk).id, to: to, reason: reason, actor: desk.actor)
            Output.note("\(there.patient) is case \(there.position) of «\(to)»")
        }
    }
}

struct MeetingDeliver: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver", abstract: "Note to whom the signed decision sheet of a case was given; the sheet lists it as distribution.")
    @OptionGroup var source: StoreOption
    @OptionGroup var place: CaseArguments
    @Option(help: "The general practitioner, a correspondent, the patient's file.") var to: String
    @Option(help: "YYYY-MM-DD; default: today.") var on: String?
    @Option(help: "How or by whom: secure mail, Ms Terrasse.") var by: String = ""

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let given = try on.map { try day($0, option: "--on") } ?? Clock.now().day
            try desk.board.deliver(try place.item(desk).id, SheetDelivery(to: to, day: given, by: by), actor: desk.actor)
        }
    }
}

struct MeetingMove: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "move", abstract: "Move a case to another place of its agenda.")
    @OptionGroup var source: StoreOption
    @OptionGroup var place: CaseArguments
    @Option(name: .customLong("to"), help: "From 1.") var position: Int

    func run() throws {
        try reporting {
            guard position >= 1 else { throw CommandFailure.usage("--to counts from 1") }
            let desk = Desk(try source.open())
            try desk.board.move(try place.item(desk).id, to: position)
        }
    }
}

struct MeetingRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take a case off the agenda; one with an opinion or a decision stays.")
    @OptionGroup var source: StoreOption
    @OptionGroup var place: CaseArguments

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            try desk.board.removeCase(try place.item(desk).id, actor: desk.actor)
        }
    }
}
