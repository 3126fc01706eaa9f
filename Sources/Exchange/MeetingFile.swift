// A board meeting as a file: agenda, seats, questions and the scenarios to start from.

import Meetings
import Twins

/// A meeting with its cases, read from TOML; `demo-data/README.md` lists the keys.
public struct MeetingFile: Codable, Hashable, Sendable {
    /// A person expected at the meeting.
    public struct Seat: Codable, Hashable, Sendable {
        public var name: String
        public var specialty: String
        /// `chair`, `member`, `presenter`, `expert`, `allied`, `coordinator` or `observer`.
        public var role: String
    }
    private static let roles = ["chair", "member", "presenter", "expert", "allied", "coordinator", "observer"]

    /// One case.
    public struct Item: Codable, Hashable, Sendable {
        /// Pseudonym.
        public var patient: String
        /// The model's name, such as `liver-metastases`.
        public var model: String
        public var question: String
        /// «Now»: day 0 of every forecast.
        public var reference: CalendarDay
        public var scenarios: [Scenario]
        public var preparation = CasePreparation()
        /// A decision that is taken while the file is loaded: only a demo has one.
        public var decided: PastDecision?
    }

    public var id: String
    public var title: String
    /// The board's type, which names its quorum rule: `liver`, `memory`.
    public var board: String
    public var day: CalendarDay
    /// Local time of the meeting room, `14:00`.
    public var time: String
    public var chair: String
    public var seats: [Seat]
    public var items: [Item]
    public var preparation: MeetingPreparation

    /// Reads a file. What is missing, misspelt or of the wrong kind is an error that names file and key.
    ///
    /// Whether a model knows the interventions is for the model to say (`TwinModel.validate`), not for the file.
    public init(path: String) throws(ImportError) { try self.init(reader: TOMLNode.read(path: path).node) }

    public init(text: String, file: String) throws(ImportError) { try self.init(reader: TOMLNode.parse(text, file: file)) }

    private init(reader: TOMLTableReader) throws(ImportError) {
        try reader.allow(["id", "title", "board", "day", "time", "chair", "seat", "item"] + MeetingPreparation.fields)
        id = try reader.text("id")
        guard id.utf8.count <= 40, id.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D }) else {
            throw reader.fault("id", "must be at most 40 small letters, digits and hyphens")
        }
        title = try reader.text("title")
        board = try reader.text("board")
        day = try reader.day("day")
        time = try Self.timeOfDay(reader)
        chair = try reader.text("chair")
        preparation = try Self.preparation(reader)
        seats = try Self.seats(reader, chair: chair)
        var agenda: [Item] = []
        for table in try reader.tables("item") {
            let item = try Self.item(table)
            if agenda.contains(where: { $0.patient == item.patient && $0.model == item.model }) {
                throw table.fault("patient", "\(item.patient) stands twice on the agenda with \(item.model)")
            }
            agenda.append(item)
        }
        items = agenda
        guard !agenda.isEmpty else { throw reader.fault("item", "the agenda is empty; write at least one [[item]]") }
    }

    private static func timeOfDay(_ reader: TOMLTableReader) throws(ImportError) -> String {
        let text = try reader.text("time")
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ part in part.utf8.count == 2 && part.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { throw reader.fault("time", "«\(text)» is not a time of day (HH:MM)") }
        return text
    }

    private static func seats(_ reader: TOMLTableReader, chair: String) throws(ImportError) -> [Seat] {
        var seats: [Seat] = []
        for table in try reader.tables("seat") {
            try table.allow(["name", "specialty", "role"])
            let name = try table.text("name")
            let role = try table.optionalText("role") ?? (name == chair ? "chair" : "member")
            guard roles.contains(role) else { throw table.fault("role", "«\(role)» is not one of \(roles.joined(separator: ", "))") }
            guard !seats.contains(where: { $0.name == name }) else { throw table.fault("name", "«\(name)» has two seats") }
            seats.append(Seat(name: name, specialty: try table.text("specialty"), role: role))
        }
        guard seats.contains(where: { $0.name == chair }) else { throw reader.fault("chair", "«\(chair)» has no [[seat]]") }
        return seats
    }

    private static func item(_ table: TOMLTableReader) throws(ImportError) -> Item {
        try table.allow(["patient", "model", "question", "now", "scenario", "decided"] + preparationKeys)
        var item = Item(
            patient: try table.text("patient"), model: try table.text("model"), question: try table.text("question"),
            reference: try table.day("now"), scenarios: [], preparation: try casePreparation(table),
            decided: try pastDecision(table))
        for scenario in try table.tables("scenario") {
            try scenario.allow(["name", "intervention"])
            let name = try scenario.text("name")
            guard !item.scenarios.contains(where: { $0.name == name }) else {
                throw scenario.fault("name", "two scenarios are called «\(name)»")
            }
            var interventions: [Intervention] = []
            for intervention in try scenario.tables("intervention") { interventions.append(try Self.intervention(intervention)) }
            item.scenarios.append(Scenario(name: name, interventions: interventions))
        }
        guard !item.scenarios.isEmpty else { throw table.fault("scenario", "a case needs at least one scenario") }
        return item
    }

    /// `kind` names the intervention; every other key is a field of its form.
    static func intervention(_ table: TOMLTableReader) throws(ImportError) -> Intervention {
        var values: [String: FieldValue] = [:]
        for (key, value) in table.members where key != "kind" {
            switch value {
            case .integer(let number): values[key] = .number(Double(number))
            case .number(let number) where number.isFinite: values[key] = .number(number)
            case .string(let choice): values[key] = .choice(choice)
            case .flag(let flag): values[key] = .flag(flag)
            default: throw table.fault(key, "must be a number, a choice or true/false, not \(value.kindName)")
            }
        }
        return Intervention(try table.text("kind"), values)
    }
}
