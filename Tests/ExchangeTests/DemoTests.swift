// The demo board: its bundles come in without a word of complaint, its meetings fit them, and the models have what they need.
import Meetings
import Records
import TestSupport
import Testing
import TwinLibrary
import Twins

@testable import Exchange

@Suite("The demo board is whole")
struct DemoTests {
    private static let bundles = [
        "CRC-0112", "CRC-0147", "CRC-0163", "CRC-0171", "CRC-0208", "CRC-0215", "CRC-0229", "MEM-0021", "MEM-0034", "MEM-0048", "MEM-0055",
        "URO-0204", "URO-0217", "URO-0231", "URO-0248",
    ]

    private func subject(_ pseudonym: String, on day: CalendarDay) throws -> Subject {
        let entry = try #require(try Importer.read(path: demoFile(pseudonym + ".json")).batch.patients.first)
        return Subject(
            sex: entry.patient.sex, birth: entry.patient.birth, observations: entry.observations.map(\.observation),
            facts: entry.facts.map(\.fact), reference: Instant(day))
    }

    @Test("Every bundle is taken as a whole, under its own pseudonym, with letters", arguments: bundles)
    func bundle(pseudonym: String) throws {
        let file = try Importer.read(path: demoFile(pseudonym + ".json"))
        #expect(file.report.refused.isEmpty)
        #expect(file.report.left.isEmpty)
        #expect(file.report.notes.isEmpty)
        #expect(file.report.patients == [pseudonym])
        let documents = try #require(file.batch.patients.first).documents
        #expect((2...3).contains(documents.count))
        #expect(documents.allSatisfy { $0.text.count > 300 && !$0.title.isEmpty && $0.time != nil })
        #expect(file.batch.patients[0].patient.identity?.names.isEmpty == false)
    }

    @Test(
        "The meetings: who sits, which cases, three scenarios each",
        arguments: [("liver-board", "CRC", 4), ("liver-teaching", "CRC", 3), ("memory-board", "MEM", 4), ("avatar-board", "URO", 4)])
    func meeting(name: String, prefix: String, count: Int) throws {
        let meeting = try MeetingFile(path: demoFile(name + ".toml"))
        #expect(meeting.items.count == count)
        #expect(meeting.items.allSatisfy { $0.patient.hasPrefix(prefix) && $0.scenarios.count == 3 && !$0.question.isEmpty })
        #expect(meeting.items.allSatisfy { Self.bundles.contains($0.patient) })
        #expect(meeting.seats.filter { $0.role == "chair" }.map(\.name) == [meeting.chair])
        #expect(Set(meeting.seats.map(\.specialty)).count >= 3)
    }

    @Test("The demo boards reach their quorum", arguments: ["liver-board", "liver-teaching", "memory-board", "avatar-board"])
    func quorum(name: String) throws {
        let meeting = try MeetingFile(path: demoFile(name + ".toml"))
        let seats = meeting.seats.map { Meetings.Seat(name: $0.name, specialty: $0.specialty, role: .init(rawValue: $0.role) ?? .observer) }
        #expect(Quorum(seats, rule: .rule(for: meeting.board)).missing == [])
    }

    @Test(
        "Every model has what it asks for, and allows every scenario",
        arguments: ["liver-board", "liver-teaching", "memory-board", "avatar-board"])
    func models(name: String) throws {
        for item in try MeetingFile(path: demoFile(name + ".toml")).items {
            let model = try #require(TwinLibrary.models.first { $0.id == item.model })
            let subject = try subject(item.patient, on: item.reference)
            for scenario in item.scenarios { try model.validate(scenario, for: subject) }
            let missing = model.completeness(of: subject).filter { !$0.isPresent }.map(\.label)
            // The one-visit case lacks a second visit on purpose, and the case outside the avatar's domain what puts it there.
            let known = [
                "MEM-0048": ["at least 2 visits"],
                "URO-0231": ["3 values or more", "dates of the drug", "values with the drug", "testosterone"],
            ]
            #expect(missing == known[item.patient] ?? [], "\(item.patient)")
        }
    }

    @Test("The liver cases hold what they are told to show")
    func liver() throws {
        let day = try #require(CalendarDay("2026-11-26"))
        func sums(_ pseudonym: String) throws -> [Double] {
            try subject(pseudonym, on: day).observations.filter { $0.code == Code(system: Code.local, code: "sum-of-diameters") }
                .compactMap { $0.value.number(in: .millimetre) }
        }
        #expect(try sums("CRC-0112") == [48, 45])
        #expect(try sums("CRC-0147") == [140, 118])
        #expect(try sums("CRC-0163") == [120, 88, 76, 84, 101])
        let ras = Code(system: Code.local, code: "ras-status")
        #expect(try subject("CRC-0147", on: day).latestAnswer([ras]) == "wild-type")
        #expect(try subject("CRC-0163", on: day).latestAnswer([ras]) == "mutant")
    }

    @Test(
        "A wrong meeting file names its key",
        arguments: [
            ("time = \"14:00\"", "time = \"25:00\"", "time"), ("day = 2026-11-26", "day = \"26 November\"", "day"),
            ("chair = \"A\"", "chair = \"B\"", "chair"), ("question = \"Q\"", "quetsion = \"Q\"", "item[0].quetsion"),
            ("now = 2026-11-26", "", "item[0].now"), ("name = \"S\"", "", "item[0].scenario[0].name"),
            ("kind = \"resection\"", "knd = \"resection\"", "item[0].scenario[0].intervention[0].kind"),
            ("start = 5", "start = [5]", "item[0].scenario[0].intervention[0].start"),
        ])
    func wrongMeeting(old: String, new: String, path: String) throws {
        let text = """
            id = "m-1"
            title = "Board"
            board = "liver"
            day = 2026-11-26
            time = "14:00"
            chair = "A"
            [[seat]]
            name = "A"
            specialty = "surgery"
            [[item]]
            patient = "CRC-0112"
            model = "liver-metastases"
            question = "Q"
            now = 2026-11-26
            [[item.scenario]]
            name = "S"
            intervention = [{ kind = "resection", start = 5, flag = true }]
            """
        let whole = try MeetingFile(text: text, file: "m.toml")
        let values: [String: FieldValue] = ["start": .number(5), "flag": .flag(true)]
        #expect(whole.items[0].scenarios[0].interventions == [Intervention("resection", values)])
        let error = #expect(throws: ImportError.self) { _ = try MeetingFile(text: text.replacingFirst(old, with: new), file: "m.toml") }
        #expect(error?.place.path == path)
        #expect(error?.kind == .mapping)
    }
}
