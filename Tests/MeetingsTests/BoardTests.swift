// The board's rows in a real store: what was entered is there, a decision only ever grows.
import Foundation
import Records
import StoreSupport
import Testing
import Twins

@testable import Meetings

extension DecisionPlan {
    /// The least that a signature asks for.
    static var routine: DecisionPlan {
        var plan = DecisionPlan()
        plan.standing = GuidelineStanding.none
        plan.informant = "Claire Martin"
        return plan
    }
}

@Suite("The board's work is in the store")
struct BoardTests {
    private let board: Board
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "board-\(UUID().uuidString)")
        let store = try Store.open(path: folder.appending(path: "board.sqlite").path)
        board = Board(store)
        var batch = ImportBatch(patients: [])
        batch.patients.append(
            ImportBatch.Entry(
                patient: ImportPatient(
                    source: "test:1", id: "CRC-0001", sex: .female, birth: nil, birthPrecision: .day, note: "", identity: nil),
                observations: [], facts: [], documents: []))
        _ = try store.importRecords(batch, origin: ImportOrigin(name: "test", format: "test", sha256: ""), actor: "test")
        try board.save(
            Meeting(
                id: "m1", title: "Liver board", board: "liver", day: CalendarDay(number: 20_783), time: "14:00", chair: "Claire Martin",
                isDemo: false,
                seats: [
                    Seat(name: "Claire Martin", specialty: "surgery", role: .chair), Seat(name: "Jonas Weber", specialty: "oncology"),
                    Seat(name: "Ines Roux", specialty: "radiology"),
                ]))
    }

    private func item() throws -> AgendaItem {
        try board.add(
            AgendaItem(
                id: 0, meeting: "m1", position: 1, patient: "CRC-0001", model: "liver-metastases", question: "Resect?",
                reference: Instant(CalendarDay(number: 20_783)), state: .waiting),
            scenarios: [Scenario(name: "A", interventions: []), Scenario(name: "B", interventions: [Intervention("systemic")])])
    }

    @Test("A meeting comes back as it was saved") func meeting() throws {
        let meeting = try board.meeting("m1")
        #expect(meeting.time == "14:00")
        #expect(meeting.seats.map(\.name) == ["Claire Martin", "Jonas Weber", "Ines Roux"])
        #expect(meeting.seats.first?.role == .chair)
    }

    @Test("A change to a scenario can be undone and done again, over a restart too") func undo() throws {
        let item = try item()
        let id = try #require(try board.scenarios(item.id).scenarios.first).id
        try board.update(id, to: Scenario(name: "A2", interventions: []))
        #expect(try board.scenarios(item.id).scenarios.map(\.scenario.name) == ["A2", "B"])
        let again = Board(try Store.open(path: board.store.path))
        #expect(try again.undo(item.id) != nil)
        #expect(try board.scenarios(item.id).scenarios.map(\.scenario.name) == ["A", "B"])
        #expect(try again.redo(item.id) != nil)
        #expect(try board.scenarios(item.id).scenarios.map(\.scenario.name) == ["A2", "B"])
    }

    @Test("A signed decision is kept with its amendment, and the ledger is whole") func signing() throws {
        let item = try item()
        let meeting = try board.meeting("m1")
        var draft = DecisionDraft(
            present: meeting.seats, question: "Resect?", options: ["A", "B"], choice: .scenario("A"), reason: "fits",
            followUp: CalendarDay(number: 20_900), plan: .routine)
        func sign(_ version: Int) throws {
            try board.sign(
                Decision(
                    agendaItem: item.id, version: version, draft: draft, signedBy: "Claire Martin", signedAt: Instant(milliseconds: 1),
                    quorumReached: true, seen: nil),
                meeting: "m1")
        }
        try sign(1)
        #expect(try board.item(item.id).state == .decided)
        #expect(throws: BoardError.self) { try sign(1) }
        draft.choice = .scenario("B")
        try sign(2)
        #expect(try board.decisions(item.id).map(\.draft.choice) == [.scenario("A"), .scenario("B")])
        #expect(try board.signatures(item.id).map { $0?.signer } == ["Claire Martin", "Claire Martin"])
        #expect(try board.store.verifyLedger().isWhole)
    }

    @Test("A meeting file comes in as a whole or not at all, once, and with nothing to take back")
    func wholeMeeting() throws {
        let seats = try board.meeting("m1").seats
        let meeting = Meeting(
            id: "m2", title: "Liver board", board: "liver", day: CalendarDay(number: 20_790), time: "09:30", chair: "Claire Martin",
            isDemo: false, seats: seats)
        func cases(_ patients: [String]) -> [(item: AgendaItem, scenarios: [Scenario])] {
            patients.map { patient in
                let item = AgendaItem(
                    id: 0, meeting: "", position: 0, patient: patient, model: "liver-metastases", question: patient,
                    reference: Instant(endOf: CalendarDay(number: 20_790)), state: .waiting)
                return (item, [Scenario(name: "A", interventions: []), Scenario(name: "B", interventions: [])])
            }
        }
        let error = #expect(throws: BoardError.self) { try board.add(meeting, agenda: cases(["CRC-0001", "CRC-9999"])) }
        #expect(error?.description == "no patient «CRC-9999»")
        #expect(try board.meetings().map(\.id) == ["m1"], "nothing half-written remains")
        #expect(try board.items(patient: "CRC-0001").isEmpty)
        try board.add(meeting, agenda: cases(["CRC-0001", "CRC-0001"]))
        let agenda = try board.agenda("m2")
        #expect(agenda.map(\.position) == [1, 2] && agenda.allSatisfy { $0.meeting == "m2" })
        #expect(try board.meeting("m2") == meeting)
        let list = try board.scenarios(agenda[1].id)
        #expect(list.scenarios.map(\.scenario.name) == ["A", "B"] && list.undo == nil)
        #expect(throws: BoardError.self) { try board.add(meeting, agenda: cases(["CRC-0001"])) }
        #expect(try board.agenda("m2") == agenda && board.meeting("m2") == meeting)
    }

    @Test("A meeting that has a decision is not replaced") func decidedMeetingStays() throws {
        let item = try item()
        var meeting = try board.meeting("m1")
        let draft = DecisionDraft(
            present: meeting.seats, question: "Resect?", options: ["A", "B"], choice: .scenario("A"), reason: "fits",
            followUp: CalendarDay(number: 20_900), plan: .routine)
        meeting.title = "Liver board, moved"
        try board.save(meeting)
        try board.sign(
            Decision(
                agendaItem: item.id, version: 1, draft: draft, signedBy: "Claire Martin", signedAt: Instant(milliseconds: 1),
                quorumReached: true, seen: nil), meeting: "m1")
        var other = meeting
        other.seats = []
        let error = #expect(throws: BoardError.self) { try board.save(other) }
        #expect(error?.description.contains("has decisions") == true)
        #expect(try board.meeting("m1") == meeting)
    }

    @Test("Two seats that sign at once: one signs, the other is told and what it saw is not stored; the store's clock tells the time")
    func race() throws {
        let item = try item()
        let other = Board(try Store.open(path: board.store.path, clock: { Instant(milliseconds: 86_400_000) }))
        let draft = DecisionDraft(
            present: try board.meeting("m1").seats, question: "Resect?", options: ["A", "B"], choice: .scenario("A"), reason: "fits",
            followUp: CalendarDay(number: 20_900), plan: .routine)
        let decision = Decision(
            agendaItem: item.id, version: 1, draft: draft, signedBy: "Claire Martin", signedAt: Instant(milliseconds: 1),
            quorumReached: true, seen: nil)
        let signed = try other.sign(decision, meeting: "m1")
        #expect(signed.signedAt == Instant(milliseconds: 86_400_000))
        #expect(try board.decisions(item.id) == [signed])
        let error = #expect(throws: BoardError.self) { try board.sign(decision, meeting: "m1") }
        #expect(error?.description.contains("another seat has signed in the meantime: version 1, by Claire Martin") == true)
        #expect(try board.decisions(item.id) == [signed])
        #expect(try board.store.verifyLedger().isWhole)
    }

    @Test("What cannot be written is refused, never stored as an empty decision; infinity reads in both spellings")
    func encoding() throws {
        struct Unwritable: Encodable {
            func encode(to encoder: any Encoder) throws {
                throw EncodingError.invalidValue(1, .init(codingPath: [], debugDescription: "no"))
            }
        }
        let error = #expect(throws: BoardError.self) { try Board.encode(Unwritable(), what: "decision of case", id: 7) }
        #expect(error?.description.contains("decision of case 7 cannot be written") == true && error?.exitStatus == 65)
        #expect(try Board.encode([Double.infinity], what: "", id: 0) == "[\"infinity\"]")
        #expect(try Board.decode([Double].self, "[\"infinity\", \"-infinity\"]", what: "", id: 0) == [.infinity, -.infinity])
        #expect(try Board.decode([Double].self, "[\"inf\", \"-inf\"]", what: "", id: 0) == [.infinity, -.infinity])
        #expect(throws: BoardError.self) { try Board.decode([Double].self, "[\"much\"]", what: "", id: 0) }
    }

    @Test("Whether the quorum was reached is said by the rule at the signature, whatever the caller says; the rule is kept with it")
    func quorumIsComputed() throws {
        let item = try item()
        let meeting = try board.meeting("m1")
        let draft = DecisionDraft(
            present: Array(meeting.seats.prefix(2)), question: "Resect?", options: ["A", "B"], choice: .scenario("A"), reason: "fits",
            followUp: CalendarDay(number: 20_900), withoutQuorum: "the radiologist is ill", plan: .routine)
        let decision = Decision(
            agendaItem: item.id, version: 1, draft: draft, signedBy: "Claire Martin", signedAt: Instant(milliseconds: 1),
            quorumReached: true, seen: nil)
        let signed = try board.sign(decision, meeting: "m1")
        #expect(!signed.quorumReached)
        #expect(signed.rule == .liver)
        #expect(try board.decisions(item.id) == [signed])
    }

    @Test("A case is signed in its own meeting only: another's chair and rule do not hold for it") func otherMeeting() throws {
        let item = try item()
        var other = try board.meeting("m1")
        other.id = "m2"
        other.board = "general"
        try board.save(other)
        let draft = DecisionDraft(
            present: other.seats, question: "Resect?", options: ["A", "B"], choice: .scenario("A"), reason: "fits",
            followUp: CalendarDay(number: 20_900), plan: .routine)
        let decision = Decision(
            agendaItem: item.id, version: 1, draft: draft, signedBy: "Claire Martin", signedAt: Instant(milliseconds: 1),
            quorumReached: true, seen: nil)
        let error = #expect(throws: BoardError.self) { try board.sign(decision, meeting: "m2") }
        #expect(error?.description.contains("is not on the agenda of the meeting «m2»") == true)
        #expect(try board.decisions(item.id).isEmpty)
    }

    @Test("Invariant 3: an incomplete decision is refused by the store's door too") func refused() throws {
        let item = try item()
        let draft = DecisionDraft(present: [], question: "", options: [])
        #expect(throws: BoardError.self) {
            try board.sign(
                Decision(
                    agendaItem: item.id, version: 1, draft: draft, signedBy: "Claire Martin", signedAt: Instant(milliseconds: 1),
                    quorumReached: false, seen: nil),
                meeting: "m1")
        }
        #expect(try board.decisions(item.id).isEmpty)
    }
}
