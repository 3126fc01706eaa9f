// Seats: who is there is known at once, a dead terminal is gone in ten seconds, and it can be told later who was there when.
import Records
import Testing
import Twins

@testable import Meetings

@Suite("Seats of a meeting")
struct SeatsTests {
    private let fixture: SeatFixture
    private let board: Board

    init() throws {
        fixture = try SeatFixture()
        board = fixture.board
    }

    @Test("Who joins is seen by the others at once, and who leaves is gone at once")
    func joinAndLeave() throws {
        let other = try fixture.other()
        let chair = try board.join(SeatFixture.chair, meeting: "m1")
        _ = try other.join(SeatFixture.oncologist, meeting: "m1")
        #expect(try board.present("m1").map(\.seat) == [SeatFixture.chair, SeatFixture.oncologist])
        #expect(try other.present("m1").leader?.seat.name == "Claire Martin")
        try board.leave(chair.id)
        #expect(try other.present("m1").map(\.seat.name) == ["Jonas Weber"])
    }

    @Test("R9: a name that sits there alive is refused with the reason; a silent one is taken over, and is told so")
    func takeOver() throws {
        let first = try board.join(SeatFixture.chair, meeting: "m1")
        let refusal = #expect(throws: BoardError.self) { try board.join(SeatFixture.chair, meeting: "m1") }
        #expect(refusal?.description.contains("«Claire Martin» already sits at another terminal") == true)
        fixture.clock.pass(seconds: 9)
        #expect(throws: BoardError.self) { try board.join(SeatFixture.chair, meeting: "m1") }
        fixture.clock.pass(seconds: 2)
        let second = try board.join(SeatFixture.chair, meeting: "m1")
        #expect(second.id != first.id)
        let told = #expect(throws: BoardError.self) { try board.beat(first.id) }
        #expect(told?.description.contains("another terminal has taken the seat over") == true)
        try board.beat(second.id)
        #expect(try board.present("m1").map(\.id) == [second.id])
    }

    @Test("A killed terminal is there for ten seconds, then it is not; a sign of life keeps it")
    func dead() throws {
        let stay = try board.join(SeatFixture.oncologist, meeting: "m1")
        fixture.clock.pass(seconds: 9)
        try board.beat(stay.id)
        fixture.clock.pass(seconds: 9.5)
        #expect(try board.present("m1").count == 1)
        fixture.clock.pass(seconds: 1)
        #expect(try board.present("m1").isEmpty)
    }

    @Test("What a screen shows comes to the others whole, and a sign of life leaves it as it is")
    func pointer() throws {
        let stay = try board.join(Seat(name: "Ada Lind", specialty: "hepatology", role: .presenter), meeting: "m1")
        let pointer = Pointer(item: 3, screen: "compare", scenario: 1, observable: 2, endpoint: 4, cursorDay: 91.5, isOverlay: true)
        try board.beat(stay.id, pointer: pointer)
        try board.beat(stay.id)
        #expect(try fixture.other().present("m1").leader?.pointer == pointer)
    }

    @Test("Attendance is told for the meeting and for each case, also of who has left or died")
    func attendance() throws {
        let items = try fixture.items()
        let chair = try board.join(SeatFixture.chair, meeting: "m1")
        let weber = try board.join(SeatFixture.oncologist, meeting: "m1")
        try board.startClock(items[0].id)
        fixture.clock.pass(seconds: 8)
        try board.beat(chair.id)
        try board.leave(weber.id)
        fixture.clock.pass(seconds: 1)
        try board.startClock(items[1].id)
        _ = try board.join(SeatFixture.radiologist, meeting: "m1")
        fixture.clock.pass(seconds: 8)
        try board.beat(chair.id)
        let stays = try board.attendance("m1")
        #expect(stays.map(\.seat.name) == ["Claire Martin", "Jonas Weber", "Ines Roux"])
        #expect(stays[1].left.map { $0.milliseconds - stays[1].joined.milliseconds } == 8000)
        #expect(stays[0].left == nil)
        #expect(try board.attendance(meeting: "m1", item: items[0].id).map(\.name) == ["Claire Martin", "Jonas Weber"])
        #expect(try board.attendance(meeting: "m1", item: items[1].id).map(\.name) == ["Claire Martin", "Ines Roux"])
    }

    @Test("The chair's clock runs for the case on the table, pauses for another, and does not run on when the chair's terminal dies")
    func clock() throws {
        let items = try fixture.items()
        let chair = try board.join(SeatFixture.chair, meeting: "m1")
        try board.startClock(items[0].id)
        try board.startClock(items[0].id)
        fixture.clock.pass(seconds: 5)
        try board.beat(chair.id)
        try board.startClock(items[1].id)
        fixture.clock.pass(seconds: 4)
        try board.startClock(items[0].id)
        fixture.clock.pass(seconds: 3)
        try board.beat(chair.id)
        let times = try board.caseTimes("m1")
        #expect(times[items[0].id]?.seconds(at: fixture.clock.now) == 8)
        #expect(times[items[1].id]?.seconds(at: fixture.clock.now) == 4)
        #expect(times[items[0].id]?.isRunning == true)
        fixture.clock.pass(seconds: 3600)
        #expect(try board.caseTimes("m1")[items[0].id]?.seconds(at: fixture.clock.now) == 8)
        _ = try board.join(SeatFixture.chair, meeting: "m1")
        #expect(try board.caseTimes("m1")[items[0].id]?.seconds(at: fixture.clock.now) == 8)
    }

    @Test("Signs of life, pointers, opinions and the clock make nobody read the agenda or the case anew; an edit does, for its case alone")
    func marks() throws {
        let items = try fixture.items()
        let stay = try board.join(SeatFixture.chair, meeting: "m1")
        let before = try board.store.marks("m1")
        try board.beat(stay.id, pointer: Pointer(item: 1, screen: "case"))
        try board.startClock(items[0].id)
        try board.give(OpinionDraft(choice: .scenario("A")), as: SeatFixture.chair, item: items[0].id)
        #expect(try board.store.marks("m1") == before)
        let scenario = try #require(try board.scenarios(items[0].id).scenarios.first)
        try board.update(scenario.id, to: Scenario(name: "A2", interventions: []))
        let edited = try board.store.marks("m1")
        #expect(edited.cases[items[0].id] != before.cases[items[0].id])
        #expect(edited.cases[items[1].id] == before.cases[items[1].id])
        #expect(edited.meeting == before.meeting && edited.records == before.records)
        fixture.clock.pass(seconds: 1)
        try board.save(fixture.draft("because"), item: items[1].id)
        let drafted = try board.store.marks("m1")
        #expect(drafted.cases[items[1].id] != edited.cases[items[1].id])
        _ = try board.undo(items[0].id)
        #expect(try board.store.marks("m1").cases[items[0].id] != drafted.cases[items[0].id])
    }
}
