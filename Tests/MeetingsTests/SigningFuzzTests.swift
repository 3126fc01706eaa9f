// Random decisions at the doors themselves: the board's and, behind it, the store's. What comes through is whole.
import Foundation
import Records
import StoreSupport
import TestSupport
import Testing
import Twins

@testable import Meetings

@Suite("Random decisions at the doors of board and store")
struct SigningFuzzTests {
    private static let roster = [
        Seat(name: "Claire Martin", specialty: "surgery", role: .chair), Seat(name: "Jonas Weber", specialty: "oncology"),
        Seat(name: "Ines Roux", specialty: "radiology"), Seat(name: "Guest", specialty: "radiology", role: .expert),
        Seat(name: "Paul Petit", specialty: "nursing", role: .allied),
    ]

    private static func draft(_ random: inout Seeded) -> DecisionDraft {
        var draft = DecisionDraft(
            present: roster.filter { _ in random.one([true, true, true, false], or: true) }, question: "?", options: ["A", "B"])
        draft.choice = random.one([nil, .scenario("A"), .scenario("A"), .scenario("C"), .other(random.text())], or: nil)
        draft.reason = random.text()
        draft.withoutQuorum = random.text()
        draft.followUp = random.one([nil, CalendarDay(number: 20_900), CalendarDay(number: 20_901)], or: nil)
        draft.plan.standing = random.one([nil, .follows, .departs, GuidelineStanding.none, GuidelineStanding.none], or: nil)
        draft.plan.guideline = random.one([nil, Guideline(name: random.text(), version: "")], or: nil)
        draft.plan.deviation = random.text()
        draft.plan.informant = random.text()
        draft.plan.alternatives = random.one([[], [], [.scenario("B")], [.scenario("A")], [.scenario("C")]], or: [])
        return draft
    }

    private static func says(_ text: String) -> Bool { text.contains { $0.isLetter || $0.isNumber } }

    /// Apart from what the program checks.
    private static func isWhole(_ decision: Decision) -> Bool {
        let draft = decision.draft
        let there = draft.present.filter { [.chair, .member, .presenter].contains($0.role) }.map(\.specialty)
        let isReached = ["surgery", "oncology", "radiology"].allSatisfy(there.contains)
        let choice =
            switch draft.choice {
            case nil: false
            case .scenario(let name): ["A", "B"].contains(name)
            case .other(let words): says(words)
            }
        return choice && says(draft.reason) && draft.followUp != nil && draft.plan.standing != nil && says(draft.plan.informant)
            && decision.signedBy == "Claire Martin" && decision.quorumReached == isReached && (isReached || says(draft.withoutQuorum))
            && !draft.present.isEmpty
    }

    static func fuzz(seed: UInt64, attempts: Int) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "doors-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try Store.open(path: folder.appending(path: "board.sqlite").path)
        let board = Board(store)
        let patient = ImportPatient(source: "t:1", id: "CRC-0001", sex: .female, birth: nil, birthPrecision: .day, note: "", identity: nil)
        _ = try store.importRecords(
            ImportBatch(patients: [ImportBatch.Entry(patient: patient, observations: [], facts: [], documents: [])]),
            origin: ImportOrigin(name: "test", format: "test", sha256: ""), actor: "test")
        let meeting = Meeting(
            id: "m1", title: "Liver board", board: "liver", day: CalendarDay(number: 20_783), time: "14:00", chair: "Claire Martin",
            isDemo: false, seats: roster)
        try board.add(
            meeting,
            agenda: [
                (
                    AgendaItem(
                        id: 0, meeting: "m1", position: 1, patient: "CRC-0001", model: "m", question: "?", reference: Instant(meeting.day),
                        state: .waiting), [Scenario(name: "A", interventions: []), Scenario(name: "B", interventions: [])]
                )
            ])
        let item = try #require(try board.agenda("m1").first).id
        var random = Seeded(seed)
        var signed = 0
        var refused = 0
        for _ in 0..<attempts {
            let version = signed + random.one([1, 1, 1, 0, 2], or: 1)
            let decision = Decision(
                agendaItem: item, version: version, draft: draft(&random),
                signedBy: random.one(["Claire Martin", "Claire Martin", "Claire Martin", "", "Jonas Weber"], or: ""),
                signedAt: Instant(milliseconds: 1), quorumReached: random.one([true, false], or: true), seen: nil)
            do {
                if random.one([true, false, false], or: true) {
                    // The store's own door, with the same body and no board before it.
                    try store.sign(item, expectedVersion: version, signer: store.testSigner(decision.signedBy), actor: "x") { _ in
                        try Self.body(decision, &random)
                    }
                } else {
                    let kept = try board.sign(decision, meeting: "m1")
                    #expect(isWhole(kept), "seed \(seed): \(kept)")
                }
                signed += 1
            } catch {
                refused += 1
            }
        }
        let rows = try store.decisions(item)
        #expect(rows.map(\.version) == Array(1..<(signed + 1)))
        for row in rows {
            let body = try #require(try JSONSerialization.jsonObject(with: Data(row.body.utf8)) as? [String: Any])
            let draft = try #require(body["draft"] as? [String: Any])
            let filled = { (key: String) in !(draft[key] as? String ?? "").allSatisfy(\.isWhitespace) }
            #expect(draft["choice"] is [String: Any] && filled("reason") && !row.signedBy.isEmpty, "seed \(seed): \(row.body)")
            #expect(body["quorumReached"] as? Bool == true || filled("withoutQuorum"), "seed \(seed): \(row.body)")
        }
        print("doors: seed \(seed), \(attempts) attempts, \(signed) signed, \(refused) refused")
        #expect(signed > attempts / 300 && refused > signed)
        #expect(try store.verifyLedger().isWhole)
    }

    /// The decision as JSON, now and then with a member of it gone.
    private static func body(_ decision: Decision, _ random: inout Seeded) throws -> String {
        let text = String(decoding: try JSONEncoder().encode(decision), as: UTF8.self)
        let members = ["\"choice\"", "\"reason\"", "\"signedBy\"", "\"quorumReached\"", "\"withoutQuorum\"", "\"draft\"", "{"]
        let gone = random.one(Array(repeating: "", count: 7) + members, or: "")
        return gone.isEmpty ? text : text.replacingOccurrences(of: gone, with: gone == "{" ? "[" : "\"gone\"")
    }

    @Test("2,000 random decisions", arguments: [20_261_126, 7] as [UInt64])
    func short(seed: UInt64) throws { try Self.fuzz(seed: seed, attempts: 1000) }
}

@Suite("Random decisions at the doors: 100,000", .enabled(if: ProcessInfo.processInfo.environment["TWINBOARD_SOAK"] == "1"))
struct SigningSoakTests {
    @Test("100,000 random decisions", arguments: [1, 2] as [UInt64])
    func long(seed: UInt64) throws { try SigningFuzzTests.fuzz(seed: seed, attempts: 50_000) }
}

extension Seeded {
    fileprivate mutating func text() -> String { one(["it fits", "it fits", "it fits", "", " \t\n", "\u{200B}", "–", "é"], or: "") }
}
