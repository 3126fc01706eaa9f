// Nothing that a person has entered is lost, put in the wrong place, or signed before it stands.
import Meetings
import Surface
import Testing
import Twins

@testable import Workstation

@Suite("What was entered is kept")
struct KeptInputTests {
    /// The Decision screen with the line chosen whose text begins so.
    private func decision(_ line: DecisionLine) throws -> State {
        var state = Fixture.state(route: .decision)
        let open = try #require(state.open)
        let meeting = try #require(Fixture.meeting)
        let lines = DecisionForm.lines(open, roster: meeting.seats, rule: .rule(for: meeting.board))
        state.decisionView.line = try #require(lines.firstIndex(of: line))
        return state
    }

    private func wheel(_ kind: MouseEvent.Kind, _ state: inout State, at point: Point = Point(column: 20, row: 10)) -> [Effect] {
        Update.apply(.mouse(MouseEvent(kind: kind, point: point)), to: &state)
    }

    @Test("A pasted reason is in the draft, and Enter keeps it")
    func paste() throws {
        var state = try decision(.reason)
        Fixture.press([.enter], &state)
        _ = Update.apply(.paste("two small lesions"), to: &state)
        #expect(state.open?.decisionDraft.reason == "two small lesions")
        Fixture.press([.enter], &state)
        #expect(state.open?.decisionDraft.reason == "two small lesions")
    }

    @Test("The wheel does not carry what is being typed into another line")
    func wheelWhileTyping() throws {
        var state = try decision(.reason)
        Fixture.press([.enter], &state)
        Fixture.type("because", &state)
        let line = state.decisionView.line
        for _ in 0..<3 { _ = wheel(.wheelDown, &state) }
        Fixture.type(" it fits", &state)
        #expect(state.decisionView.line == line)
        #expect(state.open?.decisionDraft.reason == "because it fits")
        #expect(state.open?.decisionDraft.dissent == "")
    }

    @Test("A double click chooses an option once, and does not take it back")
    func doubleClick() throws {
        var state = try decision(.option(0))
        let place = try #require(
            View.draw(state).hits.last { $0.target == .decisionLine(state.decisionView.line) }?.rect.origin)
        _ = wheel(.click, &state, at: place)
        _ = wheel(.doubleClick, &state, at: place)
        #expect(state.open?.decisionDraft.choice == .scenario(Fixture.scenarios[0].name))
    }

    @Test("Tab moves on to the next field of the decision")
    func tab() throws {
        var state = try decision(.seat(0))
        Fixture.press([.tab], &state)
        #expect(state.decisionView.line == 1)
        Fixture.press([.backTab], &state)
        #expect(state.decisionView.line == 0)
    }

    private func signable() throws -> State {
        var state = try decision(.sign)
        state.open?.decisionDraft.completeForSigning()
        return state
    }

    @Test("Nothing is signed while a forecast is computed or a change is not saved; the message names the scenario")
    func unsettled() throws {
        var computing = try signable()
        computing.open?.forecasts[12]?.requested += 1
        Fixture.press([.character("s")], &computing)
        #expect(computing.overlay == nil)
        #expect(computing.message?.text.contains("scenario B is still being computed") == true)
        var draft = try signable()
        draft.open?.draft = ScenarioDraft(id: 11, scenario: Fixture.scenarios[0])
        Fixture.press([.character("s")], &draft)
        #expect(draft.overlay == nil)
        #expect(draft.message?.text.contains("scenario A has a change that is not saved") == true)
        var ready = try signable()
        Fixture.press([.character("s")], &ready)
        #expect(ready.isSigning)
    }

    @Test("A second Enter does not sign twice")
    func signedOnce() throws {
        var state = try signable()
        Fixture.press([.character("s")], &state)
        Fixture.type(try #require(Fixture.meeting).chair, &state)
        func signatures(_ effects: [Effect]) -> Int { effects.count { if case .sign = $0 { true } else { false } } }
        #expect(signatures(Fixture.press([.enter], &state)) == 1)
        #expect(signatures(Fixture.press([.enter], &state)) == 0)
    }

    @Test("A change that a full disk refused is told, kept, and tried again until it is in")
    func fullDisk() throws {
        var state = try decision(.reason)
        let item = try #require(state.open?.item.id)
        Fixture.press([.enter], &state)
        Fixture.type("kept", &state)
        let draft = try #require(state.open?.decisionDraft)
        let effects = Update.apply(
            .saveFailed(.saveDecisionDraft(item: item, draft, seen: [draft]), WorkError("the disk is full")), to: &state)
        #expect(Fixture.text(state).contains("Not saved yet, tried again: the disk is full"))
        guard case .wake(let token, _) = effects.first else { return #expect(Bool(false), "it is not tried again") }
        let again = Update.apply(.woken(token: token), to: &state)
        #expect(again.contains { if case .saveDecisionDraft(_, let kept, _) = $0 { kept.reason == "kept" } else { false } })
        _ = Update.apply(.draftStored(item: item, draft), to: &state)
        #expect(!Fixture.text(state).contains("Not saved yet"))
    }

    @Test("A refused change of a case that was left is tried again too")
    func leftCase() throws {
        var state = Fixture.state(route: .agenda)
        state.open = nil
        let lost = Fixture.scenarios[1]
        let effects = Update.apply(
            .saveFailed(.saveScenario(item: 99, id: 5, lost, seen: [lost]), WorkError("the disk is full")), to: &state)
        guard case .wake(let token, _) = effects.first else { return #expect(Bool(false), "it is not tried again") }
        let again = Update.apply(.woken(token: token), to: &state)
        #expect(again.contains { if case .saveScenario(99, 5, lost, [lost]) = $0 { true } else { false } })
    }

    @Test("Another seat's signature and scenarios are shown; what is typed here stays")
    func otherSeat() throws {
        var state = try decision(.reason)
        Fixture.press([.enter], &state)
        Fixture.type("mine", &state)
        var theirs = try #require(state.open)
        theirs.decisionDraft.reason = "theirs"
        theirs.scenarios = Array(theirs.scenarios.prefix(2))
        #expect(Update.apply(.storeChanged, to: &state).contains { if case .seats(.catchUp(item: 1)) = $0 { true } else { false } })
        _ = Update.apply(.caseReloaded(theirs), to: &state)
        #expect(state.open?.decisionDraft.reason == "mine")
        #expect(state.open?.scenarios.count == 2)
    }

    @Test("The open case keeps its name in the header when another meeting's agenda comes; the form goes with its meeting")
    func otherMeeting() throws {
        var state = Fixture.state(route: .decision)
        var meeting = try #require(Fixture.meeting)
        meeting.id = "memory-1"
        meeting.title = "Memory board"
        _ = Update.apply(.agendaLoaded(Agenda(meeting: meeting, entries: [], place: 2, meetings: 2), focus: nil), to: &state)
        #expect(state.open == nil)
        #expect(state.route == .agenda)
    }

    @Test("A letter that comes late does not cover what is on the screen now")
    func lateLetter() throws {
        var state = try signable()
        Fixture.press([.character("s")], &state)
        _ = Update.apply(.documentLoaded(id: 1, title: "CRC-0152 · letter", text: "another patient's"), to: &state)
        #expect(state.isSigning)
        #expect(!Fixture.text(state).contains("another patient's"))
    }
}
