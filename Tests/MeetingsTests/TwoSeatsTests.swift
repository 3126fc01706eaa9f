// Two seats edit the same thing on one store: the second is told, and nothing of the first is written over unread.
import Records
import Testing
import Twins

@testable import Meetings

@Suite("Two seats edit the same thing")
struct TwoSeatsTests {
    private let fixture: SeatFixture
    private let first: Board
    private let second: Board
    private let item: Int64

    init() throws {
        fixture = try SeatFixture()
        first = fixture.board
        second = try fixture.other()
        item = try #require(try fixture.items().first).id
    }

    private func systemic(_ cycles: Double, days: Double = 14, name: String = "B") -> Scenario {
        Scenario(name: name, interventions: [Intervention("systemic", ["cycles": .number(cycles), "days": .number(days)])])
    }

    @Test("R11: the same value of a scenario: the second is told what the first has, and its own is not written")
    func sameValue() throws {
        let id = try #require(try first.scenarios(item).scenarios.last).id
        try first.update(id, to: systemic(6))
        #expect(try first.update(id, to: systemic(8), seen: [systemic(6)]) == .stored)
        #expect(try second.update(id, to: systemic(12), seen: [systemic(6)]) == .conflict(systemic(8)))
        #expect(try first.scenarios(item).scenarios.last?.scenario == systemic(8))
        // Settled in favour of the second, with the first's in the history.
        #expect(try second.update(id, to: systemic(12), seen: [systemic(8)]) == .stored)
        _ = try first.undo(item)
        #expect(try first.scenarios(item).scenarios.last?.scenario == systemic(8))
    }

    @Test("9: different values of a scenario: both changes are in")
    func differentValues() throws {
        let id = try #require(try first.scenarios(item).scenarios.last).id
        try first.update(id, to: systemic(6))
        #expect(try first.update(id, to: systemic(8), seen: [systemic(6)]) == .stored)
        #expect(
            try second.update(id, to: systemic(6, days: 21, name: "B slow"), seen: [systemic(6)])
                == .merged(systemic(8, days: 21, name: "B slow")))
        #expect(try first.scenarios(item).scenarios.last?.scenario == systemic(8, days: 21, name: "B slow"))
    }

    @Test("One's own change that is still on its way counts as seen")
    func ownOnTheWay() throws {
        let id = try #require(try first.scenarios(item).scenarios.last).id
        try first.update(id, to: systemic(6))
        #expect(try first.update(id, to: systemic(7), seen: [systemic(6)]) == .stored)
        #expect(try first.update(id, to: systemic(8), seen: [systemic(6), systemic(7)]) == .stored)
    }

    @Test("A scenario that the first removed: the second is told, and nothing comes back by itself")
    func removed() throws {
        let scenario = try #require(try first.scenarios(item).scenarios.last)
        try first.remove(scenario.id)
        #expect(try second.update(scenario.id, to: systemic(8), seen: [scenario.scenario]) == .conflict(nil))
        #expect(try first.scenarios(item).scenarios.count == 1)
    }

    @Test("8: different fields of a draft: both are in, and the second is told which came from the first")
    func differentFields() throws {
        let base = fixture.draft("because")
        try first.save(base, item: item)
        var mine = base
        mine.dissent = "one of five"
        var theirs = base
        theirs.followUp = CalendarDay(number: 20_900)
        theirs.plan.informant = "Dr Weber"
        theirs.present.append(SeatFixture.oncologist)
        mine.present.append(SeatFixture.radiologist)
        #expect(try first.save(theirs, item: item, seen: [base]) == .stored)
        guard case .merged(let merged, let taken) = try second.save(mine, item: item, seen: [base]) else {
            return #expect(Bool(false), "it was not merged")
        }
        #expect(merged.dissent == "one of five" && merged.followUp == theirs.followUp && merged.plan.informant == "Dr Weber")
        #expect(merged.present.map(\.name) == ["Claire Martin", "Jonas Weber", "Ines Roux"])
        #expect(taken.contains("the follow-up date") && taken.contains("who tells the patient"))
        #expect(try first.draft(item) == merged)
    }

    @Test("The same field of a draft: nothing is written, and the second has both before it")
    func sameField() throws {
        let base = fixture.draft("because")
        try first.save(base, item: item)
        var mine = base
        mine.reason = "it is small"
        mine.dissent = "none"
        var theirs = base
        theirs.reason = "it is large"
        theirs.choice = .other("wait")
        #expect(try first.save(theirs, item: item, seen: [base]) == .stored)
        guard case .conflict(let merge, let stored) = try second.save(mine, item: item, seen: [base]) else {
            return #expect(Bool(false), "it was written over")
        }
        #expect(merge.conflicts == ["the reason"] && stored == theirs)
        #expect(merge.mine.reason == "it is small" && merge.theirs.reason == "it is large")
        #expect(merge.mine.choice == .other("wait") && merge.theirs.dissent == "none")
        #expect(try first.draft(item) == theirs)
    }

    @Test("A choice is one field: two different choices are never put together into none or both")
    func choices() throws {
        let base = fixture.draft("", choice: nil)
        try first.save(base, item: item)
        var (mine, theirs) = (base, base)
        mine.choice = .scenario("A")
        theirs.choice = .other("wait")
        #expect(try first.save(theirs, item: item, seen: [base]) == .stored)
        guard case .conflict(let merge, _) = try second.save(mine, item: item, seen: [base]) else {
            return #expect(Bool(false), "it was written over")
        }
        #expect(merge.mine.choice == .scenario("A") && merge.theirs.choice == .other("wait"))
    }
}
