// Follow-up and Training on the screen: what is shown, what is asked, and what a training never shows.
import Foundation
import Records
import StoreSupport
import Surface
import Synchronization
import Testing
import Twins

@testable import Meetings
@testable import Workstation

extension Fixture {
    static func followUpCase(_ look: FollowUp? = nil) -> FollowUpCase {
        let shown = forecast(scenarios[2], index: 2, days: [0, 30, 60, 90])
        let seen = SimulationSeen(
            model: model.id, modelVersion: model.version, drawsSHA256: "00ff00ff00", seed: 7, reference: reference,
            scenarios: Array(scenarios.prefix(3)), figures: [])
        let decision = Decision(
            agendaItem: 3, version: 1,
            draft: DecisionDraft(
                present: seats, question: "Which treatment first?", options: scenarios.prefix(3).map(\.name),
                choice: .scenario("FOLFOX alone"),
                reason: "fits", followUp: reference.adding(days: 2).day), signedBy: "Dr Martin", signedAt: reference, quorumReached: true,
            seen: seen)
        let measured = [30.0, 60, 90].enumerated().map {
            Measurement(observable: "sum-of-diameters", day: $1, value: $0 == 2 ? 400 : shown.series[0].median[$0 + 1])
        }
        let points = OutcomePoint.points(measured, shown, model)
        var entry = FollowUpCase(
            item: item(3, patient: "CRC-0160", state: .decided),
            meeting: meeting ?? Meeting(id: "", title: "", board: "", day: reference.day, time: "", chair: "", isDemo: true, seats: []),
            decision: decision, looks: look.map { [RecordedFollowUp(value: $0, version: 1, actor: "c", time: reference)] } ?? [],
            forecast: shown, points: points, standing: .simulated)
        entry.bands["sum-of-diameters"] = OutcomeBand(shown, model, observable: "sum-of-diameters", points: points)
        return entry
    }

    /// A training whose record goes on after the cut.
    static let blind = TrainingSession(
        id: "t1", title: "Liver, first line", question: "Which treatment?", model: model,
        subject: subject.cut(at: reference.adding(days: -20).day),
        letters: [], scenarios: scenarios.prefix(3).map(\.name), observable: model.observables[0], target: reference.adding(days: -4).day,
        run: 1, voters: ["Ann"], revealed: nil, history: [], trainer: "Dr Martin", isTrainer: true)
}

@Suite("Follow-up and training on the screen")
struct FollowUpScreenTests {
    @Test("What was forecast stands beside what happened, what is due comes first, at every size", arguments: EveryScreenTests.sizes)
    func followUp(size: Size) {
        var state = Fixture.state(size: size, route: .followUp)
        _ = Update.apply(.followUpsLoaded([Fixture.followUpCase()]), to: &state)
        let text = Fixture.text(state)
        for words in ["CRC-0160", "due 2026-11-24", "2/3 in band", "2 of 3 inside the 80 % band", "Nobody has noted", "history"] {
            #expect(text.contains(words), "\(words)\n\(text)")
        }
    }

    @Test("The history says how often the band held, with its interval, once the decision was carried out")
    func history() {
        var state = Fixture.state(route: .followUp)
        _ = Update.apply(.followUpsLoaded([Fixture.followUpCase(FollowUp(carriedOut: .yes))]), to: &state)
        let text = Fixture.text(state)
        #expect(text.contains("In the 80 % band: 2/3 = 67 % [21 % to 94 %]"), "\(text)")
        #expect(text.contains("carried out: yes"))
    }

    @Test("«no» without a reason is not taken; with one it is noted over what was read, and what was given instead beside it")
    func note() {
        var state = Fixture.state(route: .followUp)
        _ = Update.apply(.followUpsLoaded([Fixture.followUpCase()]), to: &state)
        Fixture.press([.character("i")], &state)
        Fixture.type("no", &state)
        #expect(Fixture.press([.enter], &state).isEmpty)
        #expect(Fixture.text(state).contains("is needed"))
        Fixture.type(": he declined; supportive care", &state)
        let effects = Fixture.press([.enter], &state)
        guard case .noteOutcome(let item, let look, let version) = effects.first else {
            Issue.record("nothing was noted")
            return
        }
        #expect(item == 3 && version == 0)
        #expect(look == FollowUp(carriedOut: .no, reason: "he declined", givenInstead: "supportive care"))
    }

    private func training(_ size: Size = Size(columns: 120, rows: 36)) -> State {
        var state = Fixture.state(size: size, route: .training)
        state.trainingView.isLocked = true
        _ = Update.apply(.trainingLoaded(Fixture.blind), to: &state)
        return state
    }

    @Test("Every frame of a training says TRAINING, and neither pseudonym nor anything after the cut", arguments: EveryScreenTests.sizes)
    func marked(size: Size) {
        let text = Fixture.text(training(size))
        #expect(text.split(separator: "\n").first?.contains("TRAINING") == true)
        #expect(text.contains("Voted: Ann"))
        for hidden in ["CRC-0147", "CRC-0160", "131", "Liver board"] { #expect(!text.contains(hidden), "\(hidden)\n\(text)") }
    }

    @Test("From a locked training no key, no palette and no search reaches another screen")
    func locked() {
        for digit in "12345678/nprqaC".unicodeScalars where digit != "q" {
            var state = training()
            let effects = Fixture.press([.character(digit)], &state)
            #expect(state.route == .training && state.trainingView.session != nil && state.overlay == nil, "\(digit)")
            #expect(effects.isEmpty, "\(digit)")
        }
        var state = training()
        Fixture.press([.escape], &state)
        #expect(state.trainingView.session != nil)
        for action in Action.allCases
        where [.goAgenda, .goCase, .goCompare, .goEditor, .goEvidence, .goDecision, .goFollowUp, .search, .nextCase, .sign].contains(action)
        {
            #expect(state.whyNot(action) != nil, "\(action)")
        }
    }

    @Test("A training that was left does not come back with what arrives late; the trainer at an own seat may reveal")
    func left() {
        var state = Fixture.state(route: .training)
        state.trainingView.list = [(id: "t1", title: "Liver")]
        Fixture.press([.enter], &state)
        _ = Update.apply(.trainingLoaded(Fixture.blind), to: &state)
        #expect(state.whyNot(.reveal) == nil && state.whyNot(.goCase) != nil)
        Fixture.press([.escape], &state)
        _ = Update.apply(.trainingLoaded(Fixture.blind), to: &state)
        #expect(state.trainingView.session == nil && state.whyNot(.goCase) == nil)
    }

    @Test("A vote is a letter and two numbers, and goes to the store")
    func vote() {
        var state = training()
        Fixture.press([.character("v")], &state)
        #expect(Fixture.text(state).contains("A = FOLFOX + bev"))
        Fixture.type("B 100", &state)
        #expect(Fixture.press([.enter], &state).isEmpty)
        Fixture.type(" 150", &state)
        guard case .castTrainingVote(let id, let vote) = Fixture.press([.enter], &state).first else {
            Issue.record("no vote")
            return
        }
        #expect(id == "t1" && vote == TrainingVote(choice: "B", lower: 100, upper: 150, isExpert: false))
    }

    @Test("The agenda shows what is blocked with the reason, and asks for day and name when the patient was informed")
    func prepare() {
        var state = Fixture.state(route: .agenda)
        state.agenda[0].preparation.information = .blocked(reason: "could not be reached")
        let text = Fixture.text(state)
        #expect(text.contains("blocked!") && text.contains("could not be reached"))
        Fixture.press([.character("i")], &state)
        #expect(Fixture.text(state).contains("The patient was informed"))
        Fixture.type("Dr Roux", &state)
        guard case .prepare(let item, let change) = Fixture.press([.enter], &state).first else {
            Issue.record("nothing was noted: \(Fixture.text(state))")
            return
        }
        #expect(item == 1 && change == .inform(on: state.now.day, by: "Dr Roux"))
        Fixture.press([.character("P")], &state)
        Fixture.type("later", &state)
        #expect(Fixture.press([.enter], &state).isEmpty, "a meeting without a reason is not enough")
    }
}

@Suite("A training in the store")
struct TrainingRoomTests {
    private let board: Board
    private let room: TrainingRoom
    private static let code = FixtureModel.code

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "training-\(UUID().uuidString)")
        let store = try Store.open(path: folder.appending(path: "board.sqlite").path)
        var batch = ImportBatch(patients: [])
        batch.patients.append(
            ImportBatch.Entry(
                patient: ImportPatient(
                    source: "test:1", id: "CRC-0147", sex: .female, birth: nil, birthPrecision: .day, note: "", identity: nil),
                observations: Fixture.subject.observations.enumerated().map { ImportObservation(source: "o\($0)", observation: $1) },
                facts: [], documents: []))
        _ = try store.importRecords(batch, origin: ImportOrigin(name: "test", format: "test", sha256: ""), actor: "test")
        board = Board(store)
        room = TrainingRoom(board: board, models: [Fixture.model], actor: "trainer") { patient throws(StoreError) in
            try store.access(actor: "trainer", patient: patient, categories: .record, purpose: "training")
        }
        _ = try room.make(
            "t1",
            TrainingCase(
                title: "Liver", question: "Which?", patient: "CRC-0147", model: Fixture.model.id,
                cut: Fixture.reference.adding(days: -20).day,
                scenarios: Array(Fixture.scenarios.prefix(3)), given: "FOLFOX alone", observable: "sum-of-diameters",
                target: Fixture.reference.day, trainer: "trainer"))
    }

    private func vote(_ choice: String, _ lower: Double, _ upper: Double, expert: Bool = false) -> TrainingVote {
        TrainingVote(choice: choice, lower: lower, upper: upper, isExpert: expert)
    }

    @Test("Blind, then revealed, then scored, then run again with the first run kept")
    func whole() async throws {
        let before = try room.session("t1")
        #expect(before.revealed == nil && before.measured.map(\.value) == [120, 138])
        #expect(before.target == Fixture.reference.adding(days: -4).day)
        try room.vote("t1", seat: "Ann", vote("C", 120, 140))
        try room.vote("t1", seat: "Ann", vote("C", 125, 140))
        try room.vote("t1", seat: "Expert", vote("FOLFOX alone", 100, 150, expert: true))
        #expect(try room.session("t1").voters == ["Ann", "Expert"])
        try await room.reveal("t1")
        let revealed = try #require(try room.session("t1").revealed)
        #expect(revealed.result.value == 131 && revealed.patient == "CRC-0147")
        #expect(revealed.scores.map(\.name).contains("the twin"))
        let ann = try #require(revealed.scores.first { $0.name == "Ann" })
        #expect(ann.intervalScore == 15 && ann.isInside && ann.choseGiven == true && ann.withExperts == 1)
        // Invariant R10: the run is over.
        #expect(throws: StoreError.self) { try room.vote("t1", seat: "Late", vote("A", 1, 2)) }
        #expect(try room.reset("t1") == 2)
        let again = try room.session("t1")
        #expect(again.run == 2 && again.voters.isEmpty && again.revealed == nil)
        #expect(again.history.map(\.votes) == [2] && again.history.map(\.isRevealed) == [true])
        #expect(try room.session("t1", run: 1).revealed?.scores == revealed.scores)
    }

    @Test("A training leaves no trace where the board looks: no meeting, no case, no decision, no follow-up, no twin of the patient")
    func apart() async throws {
        try room.vote("t1", seat: "Ann", vote("A", 120, 140))
        try await room.reveal("t1")
        #expect(try board.meetings().isEmpty && board.items(patient: "CRC-0147").isEmpty && board.store.decidedItems().isEmpty)
        let token = try board.store.access(actor: "c", patient: "CRC-0147", categories: .record, purpose: "test")
        #expect(try board.store.calibration(token, model: Fixture.model.id) == nil)
        let store = board.store
        let reader = FollowUpReader(board: board, models: [Fixture.model], days: { _ in [0, 30] }) { patient throws(StoreError) in
            try store.access(actor: "c", patient: patient, categories: .record, purpose: "test")
        }
        #expect(try await reader.cases().isEmpty)
        #expect(try board.store.verifyLedger().isWhole)
    }

    @Test("What cannot be predicted is refused: no such measure, nothing after the cut, nothing before it, an interval that falls")
    func refused() throws {
        func make(_ cut: Double, observable: String = "sum-of-diameters", given: String? = nil) throws {
            _ = try room.make(
                "t\(cut)\(observable)",
                TrainingCase(
                    title: "", question: "", patient: "CRC-0147", model: Fixture.model.id, cut: Fixture.reference.adding(days: cut).day,
                    scenarios: Array(Fixture.scenarios.prefix(3)), given: given, observable: observable, target: Fixture.reference.day,
                    trainer: ""))
        }
        #expect(throws: StoreError.self) { try make(0) }
        #expect(throws: StoreError.self) { try make(-100) }
        #expect(throws: StoreError.self) { try make(-20, observable: "height") }
        #expect(throws: StoreError.self) { try make(-20, given: "homeopathy") }
        #expect(throws: StoreError.self) { try room.vote("t1", seat: "Ann", vote("A", 140, 120)) }
        #expect(throws: StoreError.self) { try room.vote("t1", seat: "Ann", vote("Z", 120, 140)) }
        #expect(throws: StoreError.self) { try room.vote("t1", seat: " ", vote("A", 120, 140)) }
    }
}

@Suite("Follow-ups are read again where something of them changed")
struct FollowUpReadingTests {
    @Test("A sign of life of another seat reads no history anew; and reading it locks no key")
    func reading() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "twinboard-followup-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try Store.open(path: folder.appending(path: "board.sqlite").path)
        let loaded = Mutex(0)
        let worker = Worker(store: store, models: [Fixture.model], seat: "test", meeting: nil) { event in
            if case .followUpsLoaded = event { loaded.withLock { $0 += 1 } }
        }
        worker.keys.keep(try store.testSigner("Dr Martin"), at: Store.systemClock())
        await worker.loadFollowUps(ifChanged: false)
        #expect(loaded.withLock { $0 } == 1)
        try store.setSetting("theme", "light")
        await worker.loadFollowUps(ifChanged: true)
        #expect(loaded.withLock { $0 } == 1)
        _ = try store.importRecords(
            ImportBatch(patients: []), origin: ImportOrigin(name: "week", format: "test", sha256: ""), actor: "test")
        await worker.loadFollowUps(ifChanged: true)
        #expect(loaded.withLock { $0 } == 2)
        #expect(worker.keys.any(at: Store.systemClock()) != nil)
    }
}
