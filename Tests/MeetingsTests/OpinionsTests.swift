// Opinions are given before the simulation, sealed until all are in, and never taken back; votes keep every version.
import Records
import Testing
import Twins

@testable import Meetings

@Suite("Opinions and votes")
struct OpinionsTests {
    private let fixture: SeatFixture
    private let board: Board
    private let item: Int64

    init() throws {
        fixture = try SeatFixture()
        board = fixture.board
        item = try #require(try fixture.items().first).id
    }

    private func sit(_ seats: Seat...) throws { for seat in seats { _ = try board.join(seat, meeting: "m1") } }

    private func problem(_ body: () throws -> Void) -> VoiceProblem? {
        do { try body() } catch BoardError.voice(let problem) { return problem } catch { return nil }
        return nil
    }

    @Test("5: nobody, not the chair, not a shell, sees another's opinion until all who are there have given theirs")
    func sealed() throws {
        try sit(SeatFixture.chair, SeatFixture.oncologist, SeatFixture.observer)
        try board.give(OpinionDraft(choice: .scenario("B"), reason: "small remnant"), as: SeatFixture.oncologist, item: item)
        for viewer in [SeatFixture.chair, SeatFixture.observer, nil] {
            let voices = try board.voices(item, for: viewer)
            #expect(!voices.isUnsealed && voices.opinions.isEmpty)
            #expect(voices.awaited == ["Claire Martin"] && voices.given == 1)
        }
        #expect(try board.opinions(item).isEmpty)
        #expect(try board.voices(item, for: SeatFixture.oncologist).opinions.map(\.reason) == ["small remnant"])
        try board.give(OpinionDraft(choice: .scenario("A")), as: SeatFixture.chair, item: item)
        for viewer in [SeatFixture.chair, SeatFixture.oncologist, SeatFixture.observer, nil] {
            #expect(try board.voices(item, for: viewer).opinions.count == 2)
        }
        #expect(try board.opinions(item).allSatisfy { !$0.afterReveal && $0.version == 1 })
    }

    @Test("4: the simulation opens to a seat after its own opinion; to the shared screen and to observers once all are in")
    func opens() throws {
        try sit(SeatFixture.chair, SeatFixture.oncologist, SeatFixture.observer)
        func isOpen(_ seat: Seat, leads: Bool = false) throws -> Bool { try board.voices(item, for: seat).isOpen(to: seat, leads: leads) }
        #expect(try !isOpen(SeatFixture.oncologist))
        try board.give(OpinionDraft(choice: .scenario("B")), as: SeatFixture.oncologist, item: item)
        #expect(try isOpen(SeatFixture.oncologist))
        #expect(try !isOpen(SeatFixture.oncologist, leads: true))
        #expect(try !isOpen(SeatFixture.observer))
        try board.give(OpinionDraft(isNone: true, reason: "treats the patient's brother"), as: SeatFixture.chair, item: item)
        #expect(try isOpen(SeatFixture.chair, leads: true))
        #expect(try isOpen(SeatFixture.observer))
        let voices = try board.voices(item, for: SeatFixture.oncologist)
        #expect(voices.declared == [CaseVoices.Declaration(seat: "Claire Martin", reason: "treats the patient's brother")])
    }

    @Test("Who comes after the unsealing gives its own opinion first, and seals nothing again")
    func late() throws {
        try sit(SeatFixture.chair)
        try board.give(OpinionDraft(choice: .scenario("A")), as: SeatFixture.chair, item: item)
        try sit(SeatFixture.radiologist)
        #expect(try board.voices(item, for: SeatFixture.chair).isUnsealed)
        let late = try board.voices(item, for: SeatFixture.radiologist)
        #expect(late.opinions.isEmpty && !late.isOpen(to: SeatFixture.radiologist, leads: false))
        try board.give(OpinionDraft(choice: .scenario("B")), as: SeatFixture.radiologist, item: item)
        #expect(try board.voices(item, for: SeatFixture.radiologist).opinions.count == 2)
    }

    @Test("When the last one awaited leaves or dies, the others' opinions are all there are, and it is written down")
    func awaitedLeaves() throws {
        try sit(SeatFixture.chair, SeatFixture.oncologist)
        try board.give(OpinionDraft(choice: .scenario("A")), as: SeatFixture.chair, item: item)
        fixture.clock.pass(seconds: 8)
        let chair = try #require(try board.present("m1").first)
        try board.beat(chair.id)
        fixture.clock.pass(seconds: 4)
        #expect(try board.voices(item, for: SeatFixture.chair).isUnsealed)
        try board.recordUnsealing(item, actor: "Claire Martin")
        _ = try board.join(SeatFixture.oncologist, meeting: "m1")
        #expect(try board.voices(item, for: SeatFixture.chair).unsealing?.reason == "all who were there had answered")
    }

    @Test("When nobody is there, what was given stays sealed")
    func nobody() throws {
        try board.give(OpinionDraft(choice: .scenario("A")), as: SeatFixture.chair, item: item)
        #expect(try board.opinions(item).isEmpty)
        #expect(try !board.voices(item, for: SeatFixture.oncologist).isUnsealed)
    }

    @Test("The chair alone unseals before all are in, with a reason that is recorded")
    func unseal() throws {
        try sit(SeatFixture.chair, SeatFixture.oncologist)
        try board.give(OpinionDraft(choice: .scenario("A")), as: SeatFixture.chair, item: item)
        #expect(problem { try board.unseal(item, as: SeatFixture.oncologist, reason: "hurry") } == .notChair("Jonas Weber"))
        #expect(problem { try board.unseal(item, as: SeatFixture.chair, reason: "  ") } == .noReason)
        try board.unseal(item, as: SeatFixture.chair, reason: "called to theatre")
        #expect(try board.voices(item, for: SeatFixture.chair).unsealing?.reason == "called to theatre")
        #expect(problem { try board.unseal(item, as: SeatFixture.chair, reason: "again") } == .alreadyUnsealed)
        #expect(try board.store.log().contains { $0.action == "reveal" && $0.detail["reason"] == "called to theatre" })
    }

    @Test("6: an opinion is revised after the unsealing only, with a reason, and every version is kept")
    func revise() throws {
        try sit(SeatFixture.chair, SeatFixture.oncologist)
        try board.give(OpinionDraft(choice: .scenario("A"), preference: "no second operation"), as: SeatFixture.chair, item: item)
        let revision = OpinionDraft(choice: .scenario("B"), reason: "the remnant is smaller than I thought")
        #expect(problem { try board.give(revision, as: SeatFixture.chair, item: item) } == .stillSealed(awaited: ["Jonas Weber"]))
        try board.give(OpinionDraft(choice: .other("wait")), as: SeatFixture.oncologist, item: item)
        #expect(problem { try board.give(OpinionDraft(choice: .scenario("B")), as: SeatFixture.chair, item: item) } == .noReason)
        #expect(
            problem { try board.give(OpinionDraft(isNone: true, reason: "none"), as: SeatFixture.chair, item: item) } == .hasOpinion)
        try board.give(revision, as: SeatFixture.chair, item: item)
        let own = try board.opinions(item).filter { $0.seat == "Claire Martin" }
        #expect(own.map(\.version) == [1, 2] && own.map(\.afterReveal) == [false, true])
        #expect(own[0].preference == "no second operation")
    }

    @Test("Nothing is chosen for a seat: no choice, an unknown one or an observer's is refused, and nothing is stored")
    func refused() throws {
        #expect(problem { try board.give(OpinionDraft(), as: SeatFixture.chair, item: item) } == .noChoice)
        #expect(problem { try board.give(OpinionDraft(choice: .other(" ")), as: SeatFixture.chair, item: item) } == .noChoice)
        #expect(problem { try board.give(OpinionDraft(choice: .scenario("Z")), as: SeatFixture.chair, item: item) } == .unknownOption("Z"))
        #expect(problem { try board.give(OpinionDraft(isNone: true), as: SeatFixture.chair, item: item) } == .noReason)
        #expect(
            problem { try board.give(OpinionDraft(choice: .scenario("A")), as: SeatFixture.observer, item: item) } == .noVoice(.observer))
        #expect(try board.store.voices(item).opinions.isEmpty && board.store.voices(item).reveals.isEmpty)
    }

    @Test("7: votes are cast on what is drafted, a dissent has words, and a changed vote keeps the one before")
    func votes() throws {
        #expect(problem { try board.cast(.agrees, as: SeatFixture.chair, item: item) } == .nothingDrafted)
        try board.save(fixture.draft(), item: item)
        try board.cast(.agrees, as: SeatFixture.oncologist, item: item)
        #expect(problem { try board.cast(.dissents, as: SeatFixture.chair, item: item) } == .noWords)
        #expect(problem { try board.cast(.agrees, as: SeatFixture.observer, item: item) } == .noVoice(.observer))
        try board.cast(.dissents, words: "too early", as: SeatFixture.oncologist, item: item)
        try board.cast(.abstains, as: SeatFixture.chair, item: item)
        #expect(try board.votes(item).map(\.kind) == [.abstains, .dissents])
        let all = try board.voices(item, for: nil).votes
        #expect(all.filter { $0.vote.seat == "Jonas Weber" }.map(\.version) == [1, 2])
        #expect(all.allSatisfy { $0.on == "A" })
    }

    @Test("The signature takes every version of every opinion and the votes into the decision, and unseals")
    func signature() throws {
        try sit(SeatFixture.chair, SeatFixture.oncologist)
        try board.give(OpinionDraft(choice: .scenario("B"), reason: "small"), as: SeatFixture.oncologist, item: item)
        var draft = fixture.draft("because")
        draft.present = [SeatFixture.chair, SeatFixture.oncologist, SeatFixture.radiologist]
        draft.followUp = CalendarDay(number: 20_900)
        draft.plan = .forTests
        try board.save(draft, item: item)
        try board.cast(.dissents, words: "too early", as: SeatFixture.oncologist, item: item)
        let decision = try draft.signed(
            item: item, version: 1, rule: .rule(for: "liver"), options: ["A", "B"], name: "Claire Martin", chair: "Claire Martin",
            at: fixture.clock.now, seen: nil)
        try board.sign(decision, meeting: "m1")
        let signed = try #require(try board.decisions(item).first)
        #expect(signed.opinions?.map(\.reason) == ["small"] && signed.votes?.map(\.words) == ["too early"])
        #expect(try board.opinions(item).count == 1)
        #expect(try board.store.verifyLedger().isWhole)
    }

    @Test("Opinions, reveals and votes stand in the ledger by their hash, not by their words")
    func ledger() throws {
        try board.give(OpinionDraft(choice: .other("a secret plan"), reason: "hush"), as: SeatFixture.chair, item: item)
        let entry = try #require(try board.store.log().first { $0.action == "opinion" })
        #expect(entry.patient == "CRC-0001" && entry.detail["content"]?.count == 64)
        #expect(!entry.detail.values.contains { $0.contains("secret") || $0.contains("hush") })
        #expect(try board.store.verifyLedger().isWhole)
    }
}
