// The screens of a seat: nothing of the simulation before one's own opinion, the form in two keys, following and leaving.
import Meetings
import Surface
import Testing
import Twins

@testable import Workstation

@Suite("A seat at the workstation")
struct SeatsScreenTests {
    private static let names = ["Dr Martin", "Dr Leroy", "Dr Weber"]

    /// The fixture's meeting with three seats there; this terminal sits on one of them.
    private func state(
        as place: Int, route: Route = .compare, size: Size = Size(columns: 120, rows: 36), look: Look = Look(), answered: Set<String> = [],
        pointer: Pointer? = nil, isUnsealed: Bool = false
    ) -> State {
        var state = Fixture.state(size: size, route: route, look: look, withForecasts: false)
        let present = zip(1..., Fixture.seats.prefix(3)).map { id, seat in
            AttendingSeat(id: Int64(id), seat: seat, joined: Fixture.reference, pointer: id == 1 ? pointer : nil)
        }
        state.sitting = Sitting(present[place], meeting: "liver-1")
        state.seatsNow = SeatsNow(
            meeting: "liver-1", present: present,
            voices: CaseVoices(item: 1, asked: Self.names, answered: answered, isUnsealed: isUnsealed, proposal: nil))
        return state
    }

    private func loaded(_ state: State, answered: Set<String>, isUnsealed: Bool = false, pointer: Pointer? = nil) -> Event {
        var now = state.seatsNow
        now.voices?.answered = answered
        now.voices?.isUnsealed = isUnsealed
        if let pointer { now.present[0].pointer = pointer }
        return .seats(.loaded(now))
    }

    private func given(_ effects: [Effect]) -> OpinionDraft? {
        effects.lazy.compactMap { if case .seats(.give(_, let draft)) = $0 { draft } else { nil } }.first
    }

    @Test(
        "Before its own opinion a seat is asked instead of shown: nothing is computed, no figure stands anywhere, nothing is copied",
        arguments: [Route.compare, .editor, .evidence])
    func hidden(route: Route) {
        for size in EveryScreenTests.sizes {
            for look in EveryScreenTests.looks {
                var state = state(as: 1, route: route, size: size, look: look)
                let text = Fixture.text(state)
                #expect(text.contains("Your own opinion first"), "\(text)")
                #expect(text.contains("FOLFOX alone") && text.contains("not a medical device"))
                #expect(!text.contains("horizon") && !text.contains("draws") && !text.contains("sample size"))
                #expect(Update.requestForecasts(&state).isEmpty)
                let effects = Fixture.press([.character("y"), .character("o"), .character("e"), .character("x")], &state)
                #expect(!effects.contains { if case .copy = $0 { true } else { false } })
            }
        }
    }

    @Test("A forecast that is already there is not shown either, not on the Decision screen")
    func hiddenForecasts() {
        var state = state(as: 1, route: .decision)
        #expect(Fixture.text(state).contains("The simulation opens once the opinions are in"))
        state.route = .compare
        state.open = Fixture.open()
        #expect(!Fixture.text(state).contains("median"))
    }

    @Test("A letter and Enter give an opinion: two keys, and nothing is chosen beforehand")
    func twoKeys() {
        var state = state(as: 1)
        #expect(!Fixture.text(state).contains("(x)"))
        #expect(given(Fixture.press([.enter], &state)) == nil || state.opinionDraft.choice != nil)
        state.seatsView = SeatsView()
        let draft = given(Fixture.press([.character("b"), .enter], &state))
        #expect(draft?.choice == .scenario(Fixture.scenarios[1].name))
    }

    @Test("Reason, other diseases and the patient's wish have their place; «no opinion» is declared with its reason")
    func fields() {
        var state = state(as: 1)
        Fixture.press([.character("a"), .up, .up, .up, .enter], &state)
        Fixture.type("small remnant", &state)
        Fixture.press([.enter, .enter], &state)
        Fixture.type("cirrhosis", &state)
        Fixture.press([.enter, .enter], &state)
        Fixture.type("wants no bag", &state)
        #expect(Fixture.text(state).contains("wants no bag"))
        let draft = given(Fixture.press([.enter, .enter], &state))
        #expect(draft?.reason == "small remnant" && draft?.comorbidity == "cirrhosis" && draft?.preference == "wants no bag")
        state = self.state(as: 1)
        Fixture.press([.down, .down, .down, .down, .enter, .enter], &state)
        Fixture.type("treats her brother", &state)
        let none = given(Fixture.press([.enter, .end, .enter], &state))
        #expect(none?.isNone == true && none?.reason == "treats her brother" && none?.choice == nil)
    }

    @Test("Once the opinion is in, the simulation is computed and shown to this seat; others' opinions stay sealed")
    func opens() {
        var state = state(as: 1)
        let effects = Update.apply(loaded(state, answered: ["Dr Leroy"]), to: &state)
        #expect(effects.count { if case .forecast = $0 { true } else { false } } == 3)
        #expect(!Fixture.text(state).contains("Your own opinion first"))
        state.route = .seats
        #expect(Fixture.text(state).contains("1 of 3 here have answered, sealed"))
    }

    @Test("The screen that the others follow waits for the last opinion, and says for whom")
    func sharedScreen() {
        var state = state(as: 0, answered: ["Dr Martin", "Dr Leroy"])
        #expect(Fixture.text(state).contains("Waiting for the opinions"))
        #expect(Fixture.text(state).contains("Awaited: Dr Weber"))
        _ = Update.apply(loaded(state, answered: Set(Self.names), isUnsealed: true), to: &state)
        #expect(!Fixture.text(state).contains("Waiting for the opinions"))
    }

    @Test("Without a seat nobody is asked, and Compare opens straight")
    func withoutSeat() {
        var state = state(as: 1)
        state.sitting = nil
        #expect(!state.isSimulationHidden)
        #expect(!Update.requestForecasts(&state).isEmpty)
    }

    @Test("A follower's screen shows what the presenter's shows: screen, scenario, measure, cursor, overlay")
    func follows() {
        var state = state(as: 1, route: .agenda, answered: Set(Self.names), isUnsealed: true)
        let pointer = Pointer(item: 1, screen: "compare", scenario: 2, endpoint: 1, cursorDay: 91, isOverlay: true)
        _ = Update.apply(loaded(state, answered: Set(Self.names), isUnsealed: true, pointer: pointer), to: &state)
        #expect(state.route == .compare && state.compareView.focused == 2 && state.compareView.cursorDay == 91)
        #expect(state.compareView.isOverlay && state.compareView.endpoint == 1)
        #expect(Fixture.text(state).contains("Dr Martin"))
        let other = Pointer(item: 2, screen: "patientCase")
        let effects = Update.apply(loaded(state, answered: [], pointer: other), to: &state)
        #expect(effects.contains { if case .openCase(item: 2) = $0 { true } else { false } })
    }

    @Test("Any move leaves the presenter, F comes back; while something is typed the screen stays")
    func leaves() {
        var state = state(as: 1, answered: Set(Self.names), pointer: Pointer(item: 1, screen: "compare", scenario: 1), isUnsealed: true)
        _ = Update.apply(.clock(state.now), to: &state)
        #expect(state.compareView.focused == 1)
        Fixture.press([.right], &state)
        #expect(state.sitting?.isFollowing == false)
        #expect(Fixture.text(state).contains("F follows Dr Martin again"))
        _ = Update.apply(
            loaded(state, answered: Set(Self.names), isUnsealed: true, pointer: Pointer(item: 1, screen: "compare", scenario: 0)),
            to: &state)
        #expect(state.compareView.focused == 2)
        Fixture.press([.character("F")], &state)
        #expect(state.sitting?.isFollowing == true && state.compareView.focused == 0)
        Fixture.press([.character("7")], &state)
        #expect(state.route == .seats && state.sitting?.isFollowing == true)
        _ = Update.apply(
            loaded(state, answered: Set(Self.names), isUnsealed: true, pointer: Pointer(item: 1, screen: "compare", scenario: 2)),
            to: &state)
        #expect(state.route == .seats)
        Fixture.press([.escape], &state)
        #expect(state.route == .compare && state.compareView.focused == 2)
    }

    @Test("What this screen shows is told when it changes, and a follower tells only where it is")
    func pointers() {
        var state = state(as: 0, answered: Set(Self.names), isUnsealed: true)
        func told(_ effects: [Effect]) -> [Pointer] {
            effects.compactMap { if case .seats(.point(let pointer)) = $0 { pointer } else { nil } }
        }
        #expect(told(Update.apply(.clock(state.now), to: &state)).first?.screen == "compare")
        #expect(told(Fixture.press([.right], &state)).last?.scenario == 1)
        #expect(told(Update.apply(.clock(state.now), to: &state)).isEmpty)
        state = self.state(as: 1, answered: Set(Self.names), pointer: Pointer(item: 1, screen: "compare"), isUnsealed: true)
        #expect(told(Update.apply(.clock(state.now), to: &state)) == [Pointer(item: 1, follows: "Dr Martin")])
    }

    @Test("Seats shows who is there, where they look, opinions once unsealed, and votes; the header's quorum counts who sits there")
    func seats() {
        for size in EveryScreenTests.sizes {
            var state = state(
                as: 0, route: .seats, size: size, answered: Set(Self.names), pointer: Pointer(item: 1, screen: "seats"), isUnsealed: true)
            state.seatsNow.voices?.opinions = [
                Opinion(
                    seat: "Dr Leroy", specialty: "oncology", choice: .scenario("FOLFOX alone"), reason: "frail", time: Fixture.reference)
            ]
            state.seatsNow.voices?.proposal = "FOLFOX alone"
            state.seatsNow.voices?.votes = [
                CastVote(
                    vote: Vote(seat: "Dr Weber", specialty: "radiology", kind: .dissents, words: "too little"), on: "FOLFOX alone",
                    version: 1,
                    time: Fixture.reference)
            ]
            let text = Fixture.text(state)
            for words in ["Here now (3)", "Dr Leroy", "hepatology"] where words != "hepatology" {
                #expect(text.contains(words), "\(words)")
            }
            if size.rows >= 36 {
                for words in ["because frail", "0 agree, 1 dissent, 0 abstain, 2 not yet", "too little"] { #expect(text.contains(words)) }
            }
            #expect(text.contains("quorum 3/3"))
            state.seatsNow.present.removeLast(2)
            #expect(Fixture.text(state).contains("no quorum 1/3"))
        }
    }

    @Test("The chair's clock stands in the header and turns to a warning after four minutes")
    func clock() {
        var state = state(as: 0, answered: Set(Self.names), isUnsealed: true)
        state.seatsNow.times = [1: CaseTime(intervals: [CaseTime.Interval(start: state.now.adding(days: -3.0 / 1440), end: nil)])]
        #expect(Fixture.text(state).contains(" 3 min"))
        state.now = state.now.adding(days: 2.0 / 1440)
        #expect(Fixture.text(state).contains("⚠ 5 min"))
    }

    @Test("Opening a case starts the chair's clock; a member's opening does not")
    func clockStarts() {
        for (place, starts) in [(0, true), (1, false)] {
            var state = state(as: place)
            let effects = Update.apply(.caseLoaded(Fixture.open(withForecasts: false)), to: &state)
            #expect(effects.contains { if case .seats(.clock(item: 1)) = $0 { true } else { false } } == starts)
        }
    }

    @Test("Only the chair unseals, with a reason; a dissent asks for its words; J marks as present who sits here")
    func actions() {
        var member = state(as: 1, route: .seats)
        Fixture.press([.character("u")], &member)
        #expect(Fixture.text(member).contains("only the chair unseals"))
        var chair = state(as: 0, route: .seats)
        Fixture.press([.character("u")], &chair)
        #expect(Fixture.press([.enter], &chair).allSatisfy { if case .seats(.unseal) = $0 { false } else { true } })
        Fixture.type("theatre", &chair)
        #expect(Fixture.press([.enter], &chair).contains { if case .seats(.unseal(1, "theatre")) = $0 { true } else { false } })
        chair.seatsNow.voices?.proposal = "FOLFOX alone"
        Fixture.press([.character("d")], &chair)
        Fixture.type("too early", &chair)
        #expect(
            Fixture.press([.enter], &chair).contains { if case .seats(.vote(1, .dissents, "too early")) = $0 { true } else { false } })
        Fixture.press([.character("J")], &chair)
        #expect(chair.open?.decisionDraft.present.map(\.name) == Self.names)
    }

    @Test("A seat that another terminal took over is told, and gives nothing more from here")
    func ended() {
        var state = state(as: 1, route: .seats)
        _ = Update.apply(.seats(.ended(WorkError("another terminal has taken the seat over"))), to: &state)
        #expect(Fixture.text(state).contains("You no longer sit here"))
        #expect(Update.apply(.seats(.pulse(state.now)), to: &state).isEmpty)
        Fixture.press([.character("o")], &state)
        #expect(state.seatsView.isWriting == false)
    }
}
