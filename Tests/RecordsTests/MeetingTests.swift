// Meetings, agenda, attendance, scenarios with undo, drafts and decisions keep what a board did.
import Foundation
import Records
import StoreSupport
import Testing
import Twins

@Suite("A meeting is kept")
struct MeetingTests {
    let folder = try? TemporaryFolder()

    @Test("meetings and agenda come back as they were saved, in their order")
    func agenda() throws {
        let store = try #require(folder).open()
        let first = try someCase(store)
        #expect(first.id == 1 && first.position == 1)
        func add(_ question: String, at position: Int = 0) throws -> AgendaItemRow {
            try store.addAgendaItem(
                AgendaItemRow(
                    meeting: "liver", position: position, patient: "CRC-0147", model: "m", question: question,
                    reference: day("2026-03-01")), scenarios: [])
        }
        let last = try add("last")
        let top = try add("top", at: 1)
        #expect(try store.agenda("liver").map(\.question) == ["top", "Resection first?", "last"])
        #expect(try store.agenda("liver").map(\.position) == [1, 2, 3])
        #expect(top.reference == day("2026-03-01"))
        #expect(try store.agendaItem(top.id) == top)
        #expect(try store.setAgendaState(last.id, "discussed").state == "discussed")
        #expect(try store.agendaItems(patient: "CRC-0147").count == 3)
        #expect(throws: StoreError.noSuch(kind: "agenda item", id: "99")) { try store.setAgendaState(99, "x") }
        #expect(throws: StoreError.noSuch(kind: "patient", id: "X")) {
            try store.addAgendaItem(AgendaItemRow(meeting: "liver", patient: "X", model: "m", question: ""), scenarios: [])
        }
        #expect(throws: StoreError.noSuch(kind: "meeting", id: "X")) {
            try store.addAgendaItem(AgendaItemRow(meeting: "X", patient: "CRC-0147", model: "m", question: ""), scenarios: [])
        }
        var meeting = try store.meeting("liver")
        meeting.isDemo = true
        try store.saveMeeting(meeting, seats: [])
        #expect(try store.meetings() == [meeting])
    }

    @Test("who is expected is kept in order; a meeting saved again has its new seats and no others")
    func attendance() throws {
        let store = try #require(folder).open()
        _ = try someCase(store)
        let meeting = try store.meeting("liver")
        func seat(_ name: String, isPresent: Bool = true) -> AttendanceRow {
            AttendanceRow(meeting: "liver", name: name, specialty: "surgery", role: "member", isPresent: isPresent)
        }
        try store.saveMeeting(meeting, seats: [seat("Dr B", isPresent: false), seat("Dr C")])
        #expect(try store.attendance("liver").map(\.name) == ["Dr B", "Dr C"])
        #expect(try store.attendance("liver").map(\.isPresent) == [false, true])
        try store.saveMeeting(meeting, seats: [seat("Dr D")])
        #expect(try store.attendance("liver").map(\.name) == ["Dr D"])
        #expect(try store.agenda("liver").count == 1)
    }

    @Test("R6: every change of the scenarios is taken back and put back in order, also after a restart")
    func undo() throws {
        let folder = try #require(folder)
        var store = try folder.open()
        let item = try someCase(store).id
        func restart() throws { store = try folder.open() }
        func now() throws -> [ScenarioRow] { try store.scenarios(item) }
        var states = [try now()]
        let a = try store.addScenario(folfox(6), agendaItem: item)
        states.append(try now())
        let b = try store.addScenario(folfox(6, name: "B"), agendaItem: item)
        states.append(try now())
        #expect(try now().map(\.scenario.name) == ["A", "B"])
        try store.updateScenario(b.id, folfox(8, name: "B"), label: "cycles 6 → 8")
        states.append(try now())
        try store.addScenario(folfox(1, name: "C"), agendaItem: item, at: 1)
        states.append(try now())
        #expect(try now().map(\.scenario.name) == ["C", "A", "B"])
        try store.deleteScenario(a.id)
        states.append(try now())
        #expect(try now().map(\.scenario.name) == ["C", "B"] && now().map(\.position) == [1, 2])
        try restart()
        #expect(try store.scenarioHistory(item).undoLabel == "delete A")
        for expected in states.dropLast().reversed() {
            #expect(try store.undoScenario(item)?.scenarios == expected)
            try restart()
        }
        #expect(try store.undoScenario(item) == nil)
        #expect(try store.scenarioHistory(item).redoLabel == "add A")
        for expected in states.dropFirst() { #expect(try store.redoScenario(item)?.scenarios == expected) }
        #expect(try store.redoScenario(item) == nil)
        _ = try store.undoScenario(item)
        try store.updateScenario(a.id, folfox(12), label: "other")
        #expect(try store.redoScenario(item) == nil, "a new change drops what was taken back")
        #expect(try store.undoScenario(item)?.label == "other")
    }

    @Test("an edit that changes nothing is no step; a long history keeps the last steps")
    func history() throws {
        let store = try #require(folder).open()
        let item = try someCase(store).id
        let a = try store.addScenario(folfox(0), agendaItem: item)
        try store.updateScenario(a.id, folfox(0))
        #expect(try store.scenarioHistory(item).undoLabel == "add A")
        for index in 1...510 { try store.updateScenario(a.id, folfox(Double(index))) }
        var steps = 0
        while try store.undoScenario(item) != nil { steps += 1 }
        #expect(steps == 500)
        #expect(try store.scenarios(item).map(\.scenario) == [folfox(10)])
        #expect(throws: StoreError.noSuch(kind: "scenario", id: "99")) { try store.updateScenario(99, folfox(1)) }
        #expect(throws: StoreError.noSuch(kind: "agenda item", id: "99")) { try store.addScenario(folfox(1), agendaItem: 99) }
    }

    @Test("a decision is signed once; what follows is a further version, and its meeting stays as it was")
    func decisions() throws {
        let folder = try #require(folder)
        let store = try folder.open()
        let item = try someCase(store).id
        try store.saveDraft(item, body: "one")
        try store.saveDraft(item, body: "two")
        #expect(try folder.open().draft(item)?.body == "two")
        let chair = try store.testSigner("Dr A")
        let first = try store.sign(item, expectedVersion: 1, signer: chair, actor: "chair") { _ in decisionBody("A") }
        #expect(try store.draft(item) == nil)
        #expect(try store.agendaItem(item).state == "decided")
        let second = try store.sign(item, expectedVersion: 2, signer: chair, actor: "chair", state: nil) { _ in decisionBody("B") }
        #expect(first.version == 1 && second.version == 2 && first.contentSHA256 != second.contentSHA256)
        #expect(try folder.open().decisions(item) == [first, second])
        let entry = try #require(try store.log().first { $0.sequence == first.ledgerSequence })
        #expect(entry.action == "decide" && entry.detail["content"] == first.contentSHA256 && entry.patient == "CRC-0147")
        let meeting = try store.meeting("liver")
        #expect(throws: StoreError.self) { try store.saveMeeting(meeting, seats: []) }
        #expect(throws: StoreError.self, "a key without a name") { try store.testSigner("") }
        #expect(throws: StoreError.noSuch(kind: "agenda item", id: "99")) {
            try store.sign(99, expectedVersion: 1, signer: chair, actor: "chair") { _ in "" }
        }
        #expect(try store.verifyLedger().isWhole)
    }

    @Test(
        "R9: the store itself keeps no decision without choice, reason, signature, and quorum or the reason for its absence",
        arguments: [
            ("\"_0\"", "\"_0\"", true), ("{\"scenario\": {\"_0\": \"A\"}}", "null", false), ("\"choice\"", "\"chosen\"", false),
            ("\"reason\": \"r\"", "\"reason\": \" \\t\"", false), ("\"reason\": \"r\"", "\"reason\": null", false),
            ("Dr A", "Dr B", false), ("true", "false", false), ("true", "null", false), ("{\"signedBy\"", "{signedBy", false),
            ("\"quorumReached\": true", "\"quorumReached\": false, \"withoutQuorum\": \"said elsewhere\"", false),
        ])
    func complete(good: String, bad: String, isKept: Bool) throws {
        let store = try #require(folder).open()
        let item = try someCase(store).id
        let chair = try store.testSigner("Dr A")
        let body = decisionBody("A").replacingOccurrences(of: good, with: bad)
        if isKept {
            try store.sign(item, expectedVersion: 1, signer: chair, actor: "chair") { _ in body }
        } else {
            let error = #expect(throws: StoreError.self) {
                try store.sign(item, expectedVersion: 1, signer: chair, actor: "chair") { _ in body }
            }
            #expect(error?.description.contains("a decision needs a choice") == true, "\(error?.description ?? "")")
        }
        #expect(try store.decisions(item).count == (isKept ? 1 : 0))
        #expect(try store.verifyLedger().isWhole)
        let without = decisionBody("A").replacingOccurrences(of: "true", with: "false").replacingOccurrences(
            of: "\"withoutQuorum\": \"\"", with: "\"withoutQuorum\": \"the radiologist is ill\"")
        try store.sign(item, expectedVersion: isKept ? 2 : 1, signer: chair, actor: "chair") { _ in without }
    }

    @Test("R8: of two seats that sign one version at once, one signs; the other is told who did, and nothing of its own is left")
    func race() throws {
        let folder = try #require(folder)
        let one = try folder.open()
        let other = try folder.open()
        let item = try someCase(one).id
        let a = try one.testSigner("Dr A")
        let b = try other.testSigner("Dr B")
        try one.sign(item, expectedVersion: 1, signer: a, actor: "chair") { _ in decisionBody("A") }
        let error = #expect(throws: StoreError.self) {
            try other.sign(item, expectedVersion: 1, signer: b, actor: "chair") { _ in decisionBody("A", by: "Dr B") }
        }
        #expect(error?.description.contains("by Dr A") == true && error?.description.contains("amendment") == true)
        #expect(throws: StoreError.self) {
            try other.sign(item, expectedVersion: 3, signer: b, actor: "chair") { _ in decisionBody("A", by: "Dr B") }
        }
        #expect(throws: StoreError.self) {
            try other.sign(item, expectedVersion: 2, signer: b, actor: "chair") { _ in throw CancellationError() }
        }
        #expect(try one.decisions(item).map(\.signedBy) == ["Dr A"])
        #expect(try one.verifyLedger().isWhole)
    }
}
