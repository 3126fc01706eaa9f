// A seat in a training: what it may read, and that nothing it presses, and nothing that comes late, shows anything else.
import Surface
import TestSupport
import Testing
import Twins

@testable import Meetings
@testable import Workstation

@Suite("A seat in a training")
struct TrainingScreenTests {
    /// Words of the record, the agenda and the future that no frame of the training may show.
    private static let hidden = ["CRC-0147", "CRC-0152", "CRC-0160", "Radiology report", "131", "Liver board", "Dr Leroy"]

    /// A seat that came from a meeting with an open case, and has joined the training as somebody who is not its trainer.
    private func seated(_ size: Size = Size(columns: 120, rows: 36)) -> State {
        var state = Fixture.state(size: size, route: .training)
        state.trainingView.list = [(id: "t1", title: "Liver")]
        Fixture.press([.enter], &state)
        var blind = Fixture.blind
        blind.isTrainer = false
        blind.letters = [TrainingLetter(key: 7, day: Fixture.reference.adding(days: -40).day, title: "First visit")]
        _ = Update.apply(.trainingLoaded(blind), to: &state)
        return state
    }

    private func isHidden(_ state: State, _ what: String) {
        let text = Fixture.text(state)
        for word in Self.hidden { #expect(!text.contains(word), "\(what): \(word)\n\(text)") }
        #expect(text.contains("TRAINING"), "\(what)")
    }

    /// What the worker may bring late of all that the seat did before it joined.
    private static let late: [Event] = [
        .agendaLoaded(Agenda(meeting: Fixture.meeting, entries: Fixture.agenda, place: 1, meetings: 2), focus: 2),
        .agendaLoaded(Agenda(meeting: nil, entries: Fixture.agenda, place: 2, meetings: 2), focus: nil),
        .caseLoaded(Fixture.open()), .caseReloaded(Fixture.open()),
        .documentLoaded(id: 1, title: "CRC-0147 · Radiology report", text: "131 mm"),
        .searched(words: "liver", [SearchHit(title: "CRC-0147", detail: "131 mm", target: .patient("CRC-0147"))]),
        .storeChanged, .resumed,
        .seats(
            .loaded(
                SeatsNow(
                    meeting: "liver-1",
                    present: [
                        AttendingSeat(
                            id: 1, seat: Fixture.seats[0], joined: Fixture.reference, pointer: Pointer(item: 1, screen: "patientCase")),
                        AttendingSeat(id: 2, seat: Fixture.seats[1], joined: Fixture.reference),
                    ]))),
        .passphraseWanted(
            PassphraseRequest(
                decision: Decision(
                    agendaItem: 1, version: 1, draft: DecisionDraft(present: [], question: "", options: []), signedBy: "Dr Leroy",
                    signedAt: Fixture.reference, quorumReached: true, seen: nil), meeting: "liver-1", isNew: false)),
        .edited(
            .conflict(
                .scenario(item: 1, id: 11, mine: Fixture.scenarios[0], theirs: Fixture.scenarios[1]))),
    ]

    @Test("No key, no line of the palette and no click leads to another screen, a search, a letter after the cut, or the reveal")
    func keys() {
        let characters = (0x21...0x7E).compactMap { Unicode.Scalar($0) }.filter { !"v".unicodeScalars.contains($0) }
        let others: [Key] = [.enter, .tab, .backTab, .left, .right, .up, .down, .home, .end, .pageUp, .pageDown, .delete, .control("r")]
        for key in characters.map(Key.character) + others {
            var state = seated()
            let effects = Fixture.press([key], &state)
            isHidden(state, "\(key)")
            for effect in effects {
                switch effect {
                case .readTrainingLetter("t1", key: 7), .setMouse, .setTheme, .redraw, .quit: break
                default: Issue.record("\(key) asks for \(effect)")
                }
            }
        }
        let state = seated()
        #expect(state.whyNot(.reveal)?.contains("reveals") == true)
        let offered = Set(state.offered.map(\.action))
        #expect(offered.isDisjoint(with: [.goAgenda, .goCase, .goCompare, .goSeats, .search, .nextCase, .copyFigures, .sign]))
        for hit in View.draw(state).hits {
            var clicked = seated()
            _ = Update.apply(.mouse(MouseEvent(kind: .click, point: hit.rect.origin)), to: &clicked)
            if clicked.trainingView.session != nil { isHidden(clicked, "a click on \(hit.target)") }
        }
    }

    @Test("Nothing that was asked for before, and comes late, is shown over the training; a leader's move is not followed")
    func late() {
        for (place, event) in Self.late.enumerated() {
            var state = seated()
            state.sitting = Sitting(AttendingSeat(id: 2, seat: Fixture.seats[1], joined: Fixture.reference), meeting: "liver-1")
            _ = Update.apply(event, to: &state)
            isHidden(state, "late event \(place)")
            Fixture.press([.enter, .enter, .character("y")], &state)
            isHidden(state, "late event \(place), then Enter")
        }
    }

    @Test("Twenty thousand random keys, clicks and late events show nothing but the training until it is left")
    func fuzzed() {
        var random = Seeded(20_261_128)
        let keys: [Key] =
            (0x20...0x7E).compactMap { Unicode.Scalar($0).map(Key.character) } + [
                .enter, .tab, .up, .down, .left, .right, .escape, .backspace,
            ]
        var state = seated()
        for step in 0..<20_000 {
            switch random.next() % 10 {
            case 0: _ = Update.apply(Self.late[Int(random.next() % UInt64(Self.late.count))], to: &state)
            case 1:
                let hits = View.draw(state).hits
                guard !hits.isEmpty else { continue }
                let point = hits[Int(random.next() % UInt64(hits.count))].rect.origin
                _ = Update.apply(.mouse(MouseEvent(kind: .click, point: point)), to: &state)
            default: _ = Update.apply(.key(keys[Int(random.next() % UInt64(keys.count))]), to: &state)
            }
            guard state.trainingView.session != nil else {
                state = seated()
                continue
            }
            #expect(state.route == .training)
            if step % 50 == 0 { isHidden(state, "step \(step)") }
        }
    }

    @Test(
        "Arrows choose a letter of the cut record, Enter asks for its text, and no other letter is shown", arguments: EveryScreenTests.sizes
    )
    func letters(size: Size) {
        var state = seated(size)
        #expect(Fixture.text(state).contains("letter: First visit"))
        let record = TrainingScreen.record(state.trainingView.session ?? Fixture.blind)
        let place = record.firstIndex { $0.letter == 7 } ?? 0
        Fixture.press([.home] + Array(repeating: .down, count: place), &state)
        let asked = Fixture.press([.enter], &state)
        #expect(asked.contains { if case .readTrainingLetter("t1", key: 7) = $0 { true } else { false } })
        _ = Update.apply(.documentLoaded(id: 1, title: "Radiology report", text: "131 mm"), to: &state)
        #expect(state.overlay == nil)
        _ = Update.apply(.documentLoaded(id: 7, title: "TRAINING · First visit", text: "Four lesions."), to: &state)
        #expect(Fixture.text(state).contains("Four lesions."))
    }

    @Test("The footer offers to join outside a training and to read inside one, and to reveal to the trainer alone")
    func footer() {
        func line(_ state: State) -> String { Fixture.text(state).split(separator: "\n").last.map(String.init) ?? "" }
        var list = Fixture.state(route: .training)
        list.trainingView.list = [(id: "t1", title: "Liver")]
        #expect(line(list).contains("Enter join"))
        var state = seated()
        #expect(line(state).contains("Enter read") && !line(state).contains("join") && !line(state).contains("reveal"))
        state.trainingView.session?.letters = []
        #expect(!line(state).contains("Enter"))
        state.trainingView.session?.isTrainer = true
        #expect(line(state).contains("r reveal"))
    }

    @Test("All that was revealed can be read at every size", arguments: EveryScreenTests.sizes)
    func revealed(size: Size) {
        var state = seated(size)
        let result = TrainingResult(
            value: 131, forecasts: Fixture.scenarios.map { TrainingForecast(scenario: $0.name, lower: 100, median: 120, upper: 150) },
            given: "FOLFOX alone", seed: 1)
        let votes = (1...12).map { number in
            (seat: "Student \(number)", vote: TrainingVote(choice: "FOLFOX alone", lower: 90, upper: 100 + Double(number), isExpert: false))
        }
        state.trainingView.session?.revealed = TrainingSession.Revealed(
            result: result, patient: "CRC-0147", scores: TrainingScore.scores(votes, result))
        var seen = ""
        for _ in 0..<20 {
            seen += Fixture.text(state)
            Fixture.press([.pageDown], &state)
        }
        for words in ["Student 1:", "Student 12:", "the twin", "What happened"] { #expect(seen.contains(words), "\(words)\n\(seen)") }
    }
}
