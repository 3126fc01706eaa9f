// What the chair reads before signing: the rule with its sources, dissent from the seats, who is there; and that unlocking holds up nobody.
import Foundation
import Meetings
import Records
import StoreSupport
import Surface
import Synchronization
import Testing
import Twins

@testable import Workstation

@Suite("What the chair reads before signing")
struct SigningQuestionTests {
    private func signable(_ size: Size = Size(columns: 120, rows: 36)) -> State {
        var state = Fixture.state(size: size, route: .decision)
        state.open?.decisionDraft.completeForSigning()
        return state
    }

    @Test("Where the rule's sources do not fit the key is named that shows them, and it shows every one", arguments: EveryScreenTests.sizes)
    func sources(size: Size) throws {
        var state = Fixture.state(size: size, route: .decision)
        if size.rows == 24 { #expect(Fixture.text(state).contains("B: all"), "\(Fixture.text(state))") }
        Fixture.press([.character("B")], &state)
        var seen = ""
        for _ in 0..<12 {
            seen += Fixture.text(state)
            Fixture.press([.down], &state)
        }
        let rule = RuleBook.standing.rule(for: "liver")
        for one in rule.quorum.mandatory { #expect(seen.contains("\(one.words) must be there"), "\(one.words)\n\(seen)") }
        for words in ["At least 3 physicians", "An assumption: no source gives it.", "INCa"] { #expect(seen.contains(words), "\(seen)") }
    }

    @Test("A dissent voted at a seat is not «No dissent»; who is marked and at no terminal is named, and who is there and not marked")
    func dissentAndAttendance() throws {
        var state = signable()
        Fixture.press([.character("s")], &state)
        #expect(Fixture.text(state).contains("No dissent.") && !Fixture.text(state).contains("at no terminal"))
        state = signable()
        state.open?.decisionDraft.present = Array(Fixture.seats.prefix(3))
        state.seatsNow = SeatsNow(
            meeting: "liver-1",
            present: [0, 1, 3].map { AttendingSeat(id: Int64($0), seat: Fixture.seats[$0], joined: Fixture.reference) },
            voices: CaseVoices(
                item: 1,
                votes: [
                    CastVote(
                        vote: Vote(seat: "Dr Weber", specialty: "radiology", kind: .dissents, words: "the remnant is too small"),
                        on: Fixture.scenarios[0].name, version: 1, time: Fixture.reference)
                ]))
        Fixture.press([.character("s")], &state)
        let text = Fixture.text(state)
        #expect(text.contains("Dissent: Dr Weber, by vote: the remnant is too small") && !text.contains("No dissent"), "\(text)")
        #expect(text.contains("at no terminal: Dr Weber"), "\(text)")
        #expect(text.contains("not marked as present: Dr Petit"), "\(text)")
    }

    @Test("The question is whole at 80×24: the last line says what to type")
    func small() throws {
        var state = signable(Size(columns: 80, rows: 24))
        state.seatsNow = SeatsNow(
            meeting: "liver-1", present: [AttendingSeat(id: 1, seat: Fixture.seats[0], joined: Fixture.reference)])
        Fixture.press([.character("s")], &state)
        let text = Fixture.text(state)
        #expect(text.contains("type the") && text.contains("Quorum reached"), "\(text)")
    }

    @Test("V shows both versions of an amended decision and what the second changed, at every size", arguments: EveryScreenTests.sizes)
    func versions(size: Size) throws {
        var state = signable(size)
        #expect(state.whyNot(.versions) == "nothing is signed yet")
        var second = try #require(state.open?.decisionDraft)
        second.reason = "the new scan"
        for (version, draft) in [(1, try #require(state.open?.decisionDraft)), (2, second)] {
            state.open?.decisions.append(
                Decision(
                    agendaItem: 1, version: version, draft: draft, signedBy: "Dr Martin", signedAt: Fixture.reference, quorumReached: true,
                    seen: nil, votes: [Vote(seat: "Dr Weber", specialty: "radiology", kind: .dissents, words: "too small a remnant")]))
        }
        #expect(!Fixture.text(state).contains("Decision · signed"))
        state.open?.decisionDraft = second
        let signed = Fixture.text(state)
        #expect(signed.contains("signed, version 2") && !signed.contains("ready to sign"), "\(signed)")
        Fixture.press([.character("V")], &state)
        var seen = ""
        for _ in 0..<20 {
            seen += Fixture.text(state)
            Fixture.press([.down], &state)
        }
        for words in [
            "Version 2, signed by Dr Martin", "Version 1, signed by Dr Martin", "Changed: the reason", "the new scan", "it fits",
            "Dr Weber dissents",
        ] {
            #expect(seen.contains(words), "\(words)\n\(seen)")
        }
    }

    @Test("While a key is unlocked, what is saved after it does not wait for it; who leaves waits for the signature")
    func beside() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "unlock-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try Store.open(path: folder.appending(path: "board.sqlite").path)
        // Half a second of scrypt on any machine that this runs on; the other change takes a few milliseconds.
        _ = try store.makeSigner(
            "Dr Martin", passphrase: Passphrase(new: "long enough"), actor: "a",
            cost: ScryptCost(logRounds: 16, blockSize: 8, parallelism: 1))
        let order = Mutex<[String]>([])
        let worker = Worker(store: store, models: [Fixture.model], seat: "test", meeting: nil) { event in
            switch event {
            case .searched: order.withLock { $0.append("saved") }
            case .passphraseWanted: order.withLock { $0.append("answered") }
            default: order.withLock { $0.append("\(event)") }
            }
        }
        let decision = Decision(
            agendaItem: 1, version: 1, draft: DecisionDraft(present: [], question: "", options: []), signedBy: "Dr Martin",
            signedAt: Fixture.reference, quorumReached: true, seen: nil)
        worker.start(
            .signWith(PassphraseRequest(decision: decision, meeting: "m", isNew: false), try Passphrase("another one")))
        worker.start(.search(""))
        _ = worker.finish([])
        #expect(order.withLock(\.self) == ["saved", "answered"])
    }
}
