// What a seat has begun to write of its opinion: kept for it alone, taken up again, and no opinion before it is given.
import Records
import Testing
import Twins

@testable import Meetings

@Suite("Opinions that are being written")
struct BegunOpinionTests {
    private let fixture: SeatFixture
    private let board: Board
    private let item: Int64
    private let begun = OpinionDraft(choice: .scenario("B"), reason: "small rem")

    init() throws {
        fixture = try SeatFixture()
        board = fixture.board
        item = try #require(try fixture.items().first).id
    }

    @Test("What is begun is there again at the next terminal of the same seat, and at nobody else's")
    func sealed() throws {
        _ = try board.join(SeatFixture.chair, meeting: "m1")
        try board.keep(OpinionDraft(reason: "s"), as: SeatFixture.oncologist, item: item)
        try board.keep(begun, as: SeatFixture.oncologist, item: item)
        let other = try fixture.other()
        #expect(try other.voices(item, for: SeatFixture.oncologist).begun == begun)
        for viewer in [SeatFixture.chair, SeatFixture.radiologist, SeatFixture.observer, nil] {
            let voices = try other.voices(item, for: viewer)
            #expect(voices.begun == nil && voices.opinions.isEmpty && voices.answered.isEmpty)
        }
        #expect(try other.opinions(item).isEmpty)
    }

    @Test("It unseals nothing and leaves nothing in the ledger; given, it is an opinion and begun no longer")
    func given() throws {
        for seat in [SeatFixture.chair, SeatFixture.oncologist] { _ = try board.join(seat, meeting: "m1") }
        let before = try board.store.log().count
        try board.keep(begun, as: SeatFixture.oncologist, item: item)
        try board.keep(OpinionDraft(reason: "mine"), as: SeatFixture.chair, item: item)
        #expect(try board.store.log().count == before)
        #expect(try !board.voices(item, for: SeatFixture.oncologist).isUnsealed)
        try board.give(begun, as: SeatFixture.oncologist, item: item)
        #expect(try board.begunOpinion(item, of: SeatFixture.oncologist) == nil)
        #expect(try board.begunOpinion(item, of: SeatFixture.chair)?.reason == "mine")
        try board.give(OpinionDraft(isNone: true, reason: "treats her brother"), as: SeatFixture.chair, item: item)
        #expect(try board.begunOpinion(item, of: SeatFixture.chair) == nil)
    }

    @Test("An opinion that is refused stays begun; an emptied one is forgotten; who has no voice begins none")
    func refused() throws {
        try board.keep(OpinionDraft(reason: "no choice yet"), as: SeatFixture.chair, item: item)
        #expect(throws: BoardError.self) {
            try board.give(OpinionDraft(reason: "no choice yet"), as: SeatFixture.chair, item: item)
        }
        #expect(try board.begunOpinion(item, of: SeatFixture.chair)?.reason == "no choice yet")
        try board.keep(OpinionDraft(), as: SeatFixture.chair, item: item)
        #expect(try board.begunOpinion(item, of: SeatFixture.chair) == nil)
        #expect(throws: BoardError.self) { try board.keep(begun, as: SeatFixture.observer, item: item) }
        #expect(throws: BoardError.self) { try board.keep(begun, as: SeatFixture.chair, item: 999) }
    }
}
