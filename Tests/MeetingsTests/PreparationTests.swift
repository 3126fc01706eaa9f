// Preparing a meeting in a real store: who was informed, what is blocked, put off, registered, and who else has changed it.
import Foundation
import Records
import Testing
import Twins

@testable import Meetings

@Suite("A meeting is prepared")
struct PreparationTests {
    private let board: Board
    private static let day = CalendarDay(number: 20_783)

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "prepare-\(UUID().uuidString)")
        board = Board(try Store.open(path: folder.appending(path: "board.sqlite").path))
        var batch = ImportBatch(patients: [])
        for id in ["CRC-0001", "CRC-0002"] {
            batch.patients.append(
                ImportBatch.Entry(
                    patient: ImportPatient(
                        source: "test:\(id)", id: id, sex: .female, birth: nil, birthPrecision: .day, note: "", identity: nil),
                    observations: [], facts: [], documents: []))
        }
        _ = try board.store.importRecords(batch, origin: ImportOrigin(name: "test", format: "test", sha256: ""), actor: "test")
        for (id, shift) in [("m1", 0), ("m2", 7)] {
            try board.save(
                Meeting(
                    id: id, title: "Liver board", board: "liver", day: CalendarDay(number: Self.day.number + shift), time: "14:00",
                    chair: "Claire Martin", isDemo: false,
                    seats: [
                        Seat(name: "Claire Martin", specialty: "surgery", role: .chair), Seat(name: "Jonas Weber", specialty: "oncology"),
                        Seat(name: "Ines Roux", specialty: "radiology"),
                    ]))
        }
    }

    private func item(_ patient: String = "CRC-0001", in meeting: String = "m1") throws -> AgendaItem {
        try board.add(
            AgendaItem(
                id: 0, meeting: meeting, position: 0, patient: patient, model: "liver-metastases", question: "Resect?",
                reference: Instant(Self.day), state: .waiting),
            scenarios: [Scenario(name: "A", interventions: []), Scenario(name: "B", interventions: [])])
    }

    private func sign(_ item: AgendaItem) throws {
        try board.sign(
            Decision(
                agendaItem: item.id, version: 1,
                draft: DecisionDraft(
                    present: try board.meeting("m1").seats, question: "Resect?", options: ["A", "B"], choice: .scenario("A"),
                    reason: "fits", followUp: CalendarDay(number: 20_900), plan: .forTests), signedBy: "Claire Martin",
                signedAt: Instant(milliseconds: 1), quorumReached: true, seen: nil), meeting: item.meeting)
    }

    @Test("Invariant 5: a blocked case cannot be signed and says why; once the patient is informed it can")
    func blocked() throws {
        let item = try item()
        try board.block(item.id, reason: "could not be reached", actor: "coordinator")
        #expect(try board.preparation(item.id).value.blockReason == "could not be reached")
        let error = #expect(throws: BoardError.self) { try sign(item) }
        #expect(error?.description.contains("could not be reached") == true)
        #expect(try board.decisions(item.id).isEmpty)
        try board.inform(item.id, on: Self.day, by: "Ines Roux", actor: "coordinator")
        try sign(item)
        #expect(try board.decisions(item.id).count == 1)
        #expect(try board.store.verifyLedger().isWhole)
        #expect(try board.store.log(patient: "CRC-0001").filter { $0.action == "prepare" }.count == 2)
    }

    @Test("A block, a registration or a postponement without a reason is refused") func reasons() throws {
        let item = try item()
        #expect(throws: BoardError.self) { try board.block(item.id, reason: "  ", actor: "c") }
        #expect(throws: BoardError.self) { try board.register(item.id, reason: "", actor: "c") }
        #expect(throws: BoardError.self) { _ = try board.postpone(item.id, to: "m2", reason: " ", actor: "c") }
        #expect(throws: BoardError.self) { try board.inform(item.id, on: Self.day, by: "", actor: "c") }
        #expect(try board.preparation(item.id).version == 0)
    }

    @Test("Two coordinators edit the same case: the second is told who changed it, and nothing is overwritten") func twoEditors() throws {
        let item = try item()
        var first = try board.preparation(item.id)
        var second = try board.preparation(item.id)
        first.value.presenter = "Jonas Weber"
        second.value.presenter = "Ines Roux"
        try board.save(first, item: item.id, actor: "Anouk", what: "presenter")
        let error = #expect(throws: BoardError.self) { try board.save(second, item: item.id, actor: "Basile", what: "presenter") }
        #expect(error?.description.contains("Anouk has changed the case of CRC-0001 in the meantime") == true)
        #expect(try board.preparation(item.id).value.presenter == "Jonas Weber")
        var meeting = try board.preparation(meeting: "m1")
        let stale = meeting
        meeting.value.coordinator = "Anouk"
        try board.save(meeting, meeting: "m1", actor: "Anouk")
        #expect(throws: BoardError.self) { try board.save(stale, meeting: "m1", actor: "Basile") }
        #expect(try board.preparation(meeting: "m1").value.coordinator == "Anouk")
    }

    @Test("A case that is put off stands in the other meeting with its scenarios and what was prepared, and is signed only there")
    func postponed() throws {
        let item = try item()
        var prepared = try board.preparation(item.id)
        try prepared.value.set("gp", to: "Dr Paul Estève")
        try board.save(prepared, item: item.id, actor: "c", what: "fields: gp")
        let there = try board.postpone(item.id, to: "m2", reason: "awaits the MRI", actor: "c")
        #expect(there.meeting == "m2" && there.state == .waiting)
        #expect(try board.item(item.id).state == .postponed)
        #expect(try board.scenarios(there.id).scenarios.map(\.scenario.name) == ["A", "B"])
        #expect(try board.preparation(there.id).value.generalPractitioner == "Dr Paul Estève")
        #expect(try board.preparation(item.id).value.postponed == Postponement(meeting: "m2", reason: "awaits the MRI"))
        let error = #expect(throws: BoardError.self) { try sign(item) }
        #expect(error?.description.contains("decided there") == true)
        #expect(throws: BoardError.self) { _ = try board.postpone(item.id, to: "m2", reason: "again", actor: "c") }
        #expect(try board.agenda("m2").count == 1)
    }

    @Test("A specialty that the meeting requires beyond its rule is there, or why not is on the record") func required() throws {
        let item = try item()
        var meeting = try board.preparation(meeting: "m1")
        try meeting.value.set("required", to: "anaesthesia; surgery")
        try board.save(meeting, meeting: "m1", actor: "c")
        let error = #expect(throws: BoardError.self) { try sign(item) }
        #expect(error?.description.contains("missing: anaesthesia)") == true)
        meeting = try board.preparation(meeting: "m1")
        try meeting.value.set("required", to: "radiology")
        try board.save(meeting, meeting: "m1", actor: "c")
        try sign(item)
    }

    @Test("A registered case stands on the agenda with its reason; a decided one is neither registered, put off nor removed")
    func registered() throws {
        let item = try item()
        try board.register(item.id, reason: "standard case 4", actor: "c")
        #expect(try board.item(item.id).state == .registered)
        try board.discuss(item.id, actor: "c")
        #expect(try board.item(item.id).state == .waiting)
        try sign(item)
        #expect(throws: BoardError.self) { try board.register(item.id, reason: "late", actor: "c") }
        #expect(throws: BoardError.self) { _ = try board.postpone(item.id, to: "m2", reason: "late", actor: "c") }
        #expect(throws: BoardError.self) { try board.removeCase(item.id, actor: "c") }
        #expect(throws: BoardError.self) { try board.change(item.id, question: "other", actor: "c") }
        #expect(try board.agenda("m1").map(\.state) == [.decided])
    }

    @Test("Cases move and go, and the places stay without gaps") func order() throws {
        let first = try item()
        let second = try item("CRC-0002")
        try board.move(second.id, to: 1)
        #expect(try board.agenda("m1").map(\.patient) == ["CRC-0002", "CRC-0001"])
        try board.removeCase(second.id, actor: "c")
        #expect(try board.agenda("m1").map(\.position) == [1] && board.agenda("m1").first?.id == first.id)
    }

    @Test("What a rule asks for must be there, and young enough on the day of the meeting") func rules() {
        let code = Code(system: Code.loinc, code: "2857-1")
        let rule = CompletenessRule(label: "PSA", system: Code.loinc, codes: ["2857-1"], maxAgeDays: 42, source: "assumption")
        func subject(_ age: Int) -> Subject {
            Subject(
                sex: .male, birth: nil,
                observations: [
                    Observation(
                        code: code, time: Instant(CalendarDay(number: Self.day.number - age)), value: .quantity(Quantity(4, Unit("ug/L"))))
                ], facts: [], reference: Instant(endOf: Self.day))
        }
        #expect(rule.finding(in: subject(42), on: Self.day).isPresent)
        let old = rule.finding(in: subject(43), on: Self.day)
        #expect(!old.isPresent && old.label == "PSA (43 days old, at most 42)")
        // What is known only after the case's «now» does not count.
        #expect(!rule.finding(in: subject(-1), on: Self.day).isPresent)
        let said = CompletenessRule(label: "chest imaging read", source: "assumption")
        #expect(!said.finding(in: subject(1), on: Self.day).isPresent)
        #expect(said.finding(in: subject(1), on: Self.day, confirmed: ["chest imaging read"]).isPresent)
    }

    @Test("Fields are set by name; what is not a value of theirs is refused by name") func fields() throws {
        var value = CasePreparation()
        try value.set("performance", to: "2")
        try value.set("guideline", to: "INCa")
        try value.set("guideline-day", to: "2023-12-01")
        try value.set("correspondents", to: "Dr A; Dr  B;")
        #expect(value.performanceStatus == 2 && value.guideline?.day?.description == "2023-12-01")
        #expect(value.correspondents == ["Dr A", "Dr B"])
        #expect(throws: PreparationError.self) { try value.set("performance", to: "5") }
        #expect(throws: PreparationError.self) { try value.set("guideline-day", to: "soon") }
        #expect(throws: PreparationError.self) { try value.set("colour", to: "red") }
        for (field, text) in CasePreparation().values where CasePreparation.fields.contains(field) {
            var again = CasePreparation()
            try again.set(field, to: text)
            #expect(again == CasePreparation(), "\(field)")
        }
    }

    @Test("What was prepared is signed with the decision; what is changed afterwards is not what was signed")
    func signedPreparation() throws {
        let item = try item()
        var prepared = try board.preparation(item.id)
        try prepared.value.set("tnm", to: "cT3 N1 M1a")
        try board.save(prepared, item: item.id, actor: "c", what: "fields: tnm")
        var whole = try board.preparation(meeting: "m1")
        whole.value.establishment = "Hospital"
        try board.save(whole, meeting: "m1", actor: "c")
        #expect(throws: BoardError.self) { try board.deliver(item.id, SheetDelivery(to: "Dr A"), actor: "c") }
        try sign(item)
        var later = try board.preparation(item.id)
        try later.value.set("tnm", to: "cT4 N1 M1a")
        try board.save(later, item: item.id, actor: "c", what: "fields: tnm")
        let signed = try #require(try board.decisions(item.id).last)
        #expect(signed.prepared?.tumour.tnm == "cT3 N1 M1a" && signed.preparedMeeting?.establishment == "Hospital")
        let now = try board.preparation(item.id).value
        #expect(now.changes(since: try #require(signed.prepared)).map(\.field) == ["tnm"])
        #expect(try board.preparedSince(signed) == ["tnm"] && board.preparedSince(nil).isEmpty)
        try board.deliver(item.id, SheetDelivery(to: "Dr A", day: Self.day, by: "mail"), actor: "c")
        #expect(throws: BoardError.self) { try board.deliver(item.id, SheetDelivery(to: "  "), actor: "c") }
        #expect(try board.preparation(item.id).value.deliveries.map(\.to) == ["Dr A"])
        #expect(try board.store.verifyLedger().isWhole)
    }

    @Test("A decision from before preparations were signed still reads")
    func olderDecision() throws {
        let item = try item()
        try sign(item)
        let signed = try #require(try board.decisions(item.id).last)
        var object = try #require(try JSONSerialization.jsonObject(with: Data(StoredJSON.text(signed).utf8)) as? [String: Any])
        #expect(object.removeValue(forKey: "prepared") != nil && object.removeValue(forKey: "preparedMeeting") != nil)
        let older = String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
        let read: Decision = try StoredJSON.value(older)
        #expect(read.prepared == nil && read.preparedMeeting == nil && read.draft == signed.draft && read.signedBy == signed.signedBy)
    }

    @Test("The scores of a meeting: who was there, what was decided, put off and why") func scores() throws {
        let first = try item()
        let second = try item("CRC-0002")
        try sign(first)
        _ = try board.postpone(second.id, to: "m2", reason: "awaits the MRI", actor: "c")
        let scores = try board.scores("m1")
        #expect(scores.count(.decided) == 1 && scores.count(.postponed) == 1 && scores.cases.count == 2)
        #expect(scores.present == 3 && scores.expected == 3 && scores.minutesPerCase == nil && scores.withoutQuorum == 0)
        #expect(scores.cases[1].reason == "to m2: awaits the MRI")
    }
}
