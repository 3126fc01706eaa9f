// An opinion that is being written at the workstation: kept when the keys rest and when the line drops, and offered again.
import Meetings
import Surface
import Testing
import Twins

@testable import Workstation

@Suite("An opinion that is being written")
struct BegunOpinionScreenTests {
    /// A seat that is asked for its opinion; place 0 is the chair, whom the others follow.
    private func asked(as place: Int = 1, route: Route = .compare, size: Size = Size(columns: 120, rows: 36)) -> State {
        var state = Fixture.state(size: size, route: route, withForecasts: false)
        let present = zip(1..., Fixture.seats.prefix(3)).map { id, seat in
            AttendingSeat(id: Int64(id), seat: seat, joined: Fixture.reference)
        }
        state.sitting = Sitting(present[place], meeting: "liver-1")
        state.seatsNow = SeatsNow(
            meeting: "liver-1", present: present, voices: CaseVoices(item: 1, asked: present.map(\.seat.name), proposal: nil))
        return state
    }

    private func kept(_ effects: [Effect]) -> [OpinionDraft] {
        effects.compactMap { if case .seats(.keep(1, let draft)) = $0 { draft } else { nil } }
    }

    /// Chooses B and begins the reason.
    private func begun() -> State {
        var state = asked()
        Fixture.press([.character("B"), .up, .up, .up, .enter], &state)
        Fixture.type("small rem", &state)
        return state
    }

    @Test("What is typed is kept when the keys rest, and again when more is typed")
    func rests() {
        var state = begun()
        let draft = OpinionDraft(choice: .scenario(Fixture.scenarios[1].name), reason: "small rem")
        #expect(kept(Update.apply(.woken(token: state.wakeToken), to: &state)) == [draft])
        #expect(kept(Update.apply(.woken(token: state.wakeToken), to: &state)).isEmpty, "once is enough")
        Fixture.type("nant", &state)
        #expect(kept(Update.apply(.woken(token: state.wakeToken), to: &state)).map(\.reason) == ["small remnant"])
    }

    @Test("A dropped line keeps what is half-written, pasted text too; a store that refuses it is asked again")
    func dropped() {
        var state = begun()
        _ = Update.apply(.paste("nant"), to: &state)
        let effects = Update.apply(.leaving, to: &state)
        #expect(kept(effects).map(\.reason) == ["small remnant"])
        guard let effect = effects.first(where: { if case .seats(.keep) = $0 { true } else { false } }) else { return }
        _ = Update.apply(.saveFailed(effect, WorkError("the disk is full")), to: &state)
        #expect(Fixture.text(state).contains("the disk is full"))
        #expect(kept(Update.apply(.woken(token: state.wakeToken), to: &state)).map(\.reason) == ["small remnant"])
        _ = Update.apply(.seats(.kept), to: &state)
        #expect(!Fixture.text(state).contains("the disk is full"))
    }

    @Test("What was begun at another terminal stands in the form again and says so, at every size", arguments: EveryScreenTests.sizes)
    func offered(size: Size) {
        var state = asked(size: size)
        state.seatsNow.voices?.begun = OpinionDraft(choice: .scenario(Fixture.scenarios[2].name), reason: "frail, by what I saw")
        let text = Fixture.text(state)
        #expect(text.contains("frail, by what I saw") && text.contains("What you had begun is still here"), "\(text)")
        Fixture.press([.end], &state)
        let given = Fixture.press([.enter], &state).compactMap { if case .seats(.give(1, let draft)) = $0 { draft } else { nil } }
        #expect(given.map(\.reason) == ["frail, by what I saw"])
    }

    @Test("Given, it is kept before it is given, and nothing is sent after it")
    func order() {
        var state = begun()
        Fixture.press([.enter], &state)
        let effects = Fixture.press([.end, .enter], &state)
        let steps = effects.compactMap { effect -> String? in
            switch effect {
            case .seats(.keep): "keep"
            case .seats(.give): "give"
            default: nil
            }
        }
        #expect(steps == ["keep", "give"])
        #expect(kept(Update.apply(.woken(token: state.wakeToken), to: &state)).isEmpty)
        _ = Update.apply(.seats(.given(item: 1, "Your opinion is in")), to: &state)
        #expect(state.opinionDraft == OpinionDraft())
    }

    @Test("A vote or an unsealing does not empty what is half-written")
    func others() {
        var state = begun()
        _ = Update.apply(.seats(.done("The opinions are unsealed")), to: &state)
        #expect(state.opinionDraft.reason == "small rem")
    }

    @Test("The footer names the form's keys and no others; while opinions are awaited, those that lead on")
    func footer() {
        var state = asked()
        let line = Fixture.text(state).split(separator: "\n").last.map(String.init) ?? ""
        #expect(line.contains("A–C choose") && line.contains("7 seats"), "\(line)")
        for word in ["measure", "scenario", "opinion", "unseal"] { #expect(!line.contains(word), "\(line)") }
        state = asked(as: 0)
        state.seatsNow.voices?.answered = ["Dr Martin"]
        let waiting = Fixture.text(state).split(separator: "\n").last.map(String.init) ?? ""
        #expect(waiting.contains("7 seats") && !waiting.contains("measure"), "\(waiting)")
    }

    @Test("While it is sealed, the screen that the others follow does not show its own seat's opinion; another seat's shows it")
    func wall() {
        for (place, shows) in [(0, false), (1, true)] {
            var state = asked(as: place, route: .seats)
            let name = Fixture.seats[place].name
            state.seatsNow.voices?.answered = [name]
            state.seatsNow.voices?.opinions = [
                Opinion(seat: name, specialty: "x", choice: .scenario("FOLFOX alone"), reason: "frail", time: Fixture.reference)
            ]
            #expect(Fixture.text(state).contains("because frail") == shows)
            state.seatsNow.voices?.isUnsealed = true
            #expect(Fixture.text(state).contains("because frail"))
        }
    }

    @Test("Before its own opinion a seat writes no decision sheet, which would hold the simulation")
    func sheet() {
        var state = asked(route: .decision)
        let effects = Fixture.press([.character("w")], &state)
        #expect(!effects.contains { if case .exportSheet = $0 { true } else { false } })
        #expect(Fixture.text(state).contains("the sheet holds the simulation"))
        state.seatsNow.voices?.answered = ["Dr Leroy"]
        #expect(Fixture.press([.character("w")], &state).contains { if case .exportSheet = $0 { true } else { false } })
    }

    @Test("Seats names who is expected and not here, and what the quorum misses", arguments: EveryScreenTests.sizes)
    func missing(size: Size) {
        var state = asked(as: 0, route: .seats, size: size)
        #expect(Fixture.text(state).contains("Not here: Dr Petit (hepatology)"), "\(Fixture.text(state))")
        state.seatsNow.present.removeLast()
        let text = Fixture.text(state)
        #expect(text.contains("No quorum: missing 1 more physician"), "\(text)")
    }
}
