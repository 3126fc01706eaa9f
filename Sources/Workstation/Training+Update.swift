// The Training screen's part of the state, its keys, and the work behind it.
import Meetings
import Records
import Surface
import Twins

/// Where the person is on Training.
public struct TrainingView: Sendable {
    /// Identifiers and titles; nil until they have been read.
    public var list: [(id: String, title: String)]?
    public var selected = 0
    /// The training that this seat takes part in: until it is left, nothing else is shown.
    public var session: TrainingSession?
    /// Opened by «training join»: it cannot be left for another screen.
    public var isLocked = false
    public var isWorking = false
    /// The training that was asked for last: one that comes after it was left is not shown.
    public var wanted: String?
    /// Which of the measures of the cut record is drawn; the one to predict first.
    public var measure = 0
    /// The line of the cut record that is selected.
    public var line = 0
    /// First line that is shown of what is asked, or of what was revealed.
    public var offset = 0
    public init() {}
}

extension State {
    /// What is on the screen belongs to a training, and says so.
    public var isTraining: Bool { route == .training || trainingView.session != nil || meeting?.isTraining ?? false }
}

extension Update {
    static func goTraining(_ state: inout State) -> [Effect] { go(.training, &state) + [.loadTrainings] }

    static func leaveTraining(_ state: inout State) -> [Effect] {
        guard !state.trainingView.isLocked else {
            state.message = Message("this seat is in a training: q leaves the program", .warning)
            return []
        }
        state.trainingView.session = nil
        state.trainingView.wanted = nil
        state.trainingView.measure = 0
        state.trainingView.line = 0
        state.trainingView.offset = 0
        state.wantedDocument = nil
        return [.loadTrainings]
    }

    static func receiveTraining(_ session: TrainingSession, _ state: inout State) {
        state.trainingView.isWorking = false
        guard state.trainingView.wanted == session.id || state.trainingView.isLocked else { return }
        if state.trainingView.session == nil {
            // Nothing that was asked for before comes up over it.
            state.overlay = nil
            state.wantedDocument = nil
        }
        if session.revealed != nil, state.trainingView.session?.revealed == nil {
            state.trainingView.offset = 0
            state.message = Message("Revealed: what happened, and how each vote did", .good)
        }
        state.trainingView.session = session
        state.route = .training
    }

    /// Invariant 8: whatever a seat in a training presses, and whatever comes late of what it did before, it sees nothing but the training.
    static func stayInTraining(_ state: inout State) {
        guard state.trainingView.session != nil else { return }
        state.route = .training
        switch state.overlay {
        case nil, .help, .palette, .document: break
        case .confirm(let question):
            if case .trainingVote = question.purpose { break }
            state.overlay = nil
        case .search, .passphrase: state.overlay = nil
        }
    }

    static func trainingAction(_ action: Action, _ state: inout State) -> [Effect] {
        guard let session = state.trainingView.session else { return listAction(action, &state) }
        switch action {
        case .vote:
            state.overlay = .confirm(
                Confirmation(
                    title: "TRAINING · your vote",
                    lines: session.scenarios.enumerated().map { "\(ComparePlots.letter($0)) = \($1)" } + [
                        "Type the letter, then from and to of \(session.observable.label) on \(session.target) in \(session.observable.unit.label), with four chances in five between them: «A 40 75»."
                    ], input: TextInput(), purpose: .trainingVote(session.id)))
        case .nextObservable: state.trainingView.measure += 1
        case .up: moveLine(-1, session, &state)
        case .down: moveLine(1, session, &state)
        case .top: moveLine(-100_000, session, &state)
        case .bottom: moveLine(100_000, session, &state)
        case .pageUp: state.trainingView.offset = max(0, state.trainingView.offset - 5)
        case .pageDown: state.trainingView.offset = min(TrainingScreen.lastOffset(state), state.trainingView.offset + 5)
        case .choose: return readLetter(session, &state)
        case .reveal:
            state.trainingView.isWorking = true
            state.message = Message("Fitting the twin to the cut record")
            return [.revealTraining(session.id)]
        default: break
        }
        return []
    }

    private static func moveLine(_ by: Int, _ session: TrainingSession, _ state: inout State) {
        let last = max(0, TrainingScreen.record(session).count - 1)
        state.trainingView.line = max(0, min(last, state.trainingView.line + by))
    }

    private static func readLetter(_ session: TrainingSession, _ state: inout State) -> [Effect] {
        let lines = TrainingScreen.record(session)
        guard lines.indices.contains(state.trainingView.line), let key = lines[state.trainingView.line].letter else {
            state.message = Message("Enter reads a letter: choose one with the arrows")
            return []
        }
        state.wantedDocument = key
        return [.readTrainingLetter(session.id, key: key)]
    }

    static func trainingHit(_ line: Int, _ state: inout State) -> [Effect] {
        guard let session = state.trainingView.session else { return [] }
        let isChosen = state.trainingView.line == line
        state.trainingView.line = line
        return isChosen && TrainingScreen.record(session).indices.contains(line) ? readLetter(session, &state) : []
    }

    private static func listAction(_ action: Action, _ state: inout State) -> [Effect] {
        let list = state.trainingView.list ?? []
        let last = max(0, list.count - 1)
        switch action {
        case .up: state.trainingView.selected = max(0, state.trainingView.selected - 1)
        case .down: state.trainingView.selected = min(last, state.trainingView.selected + 1)
        case .top: state.trainingView.selected = 0
        case .bottom: state.trainingView.selected = last
        case .choose, .right:
            guard list.indices.contains(state.trainingView.selected) else { return [] }
            state.trainingView.wanted = list[state.trainingView.selected].id
            return [.openTraining(list[state.trainingView.selected].id)]
        default: break
        }
        return []
    }

    /// `A 40 75`.
    static func voteNow(_ id: String, typed: String, _ state: inout State) -> [Effect] {
        let parts = typed.split(whereSeparator: \.isWhitespace).map(String.init)
        guard parts.count == 3, let lower = Double(parts[1]), let upper = Double(parts[2]) else {
            state.message = Message("a letter and two numbers are needed: «A 40 75»", .warning)
            return []
        }
        state.overlay = nil
        return [.castTrainingVote(id, TrainingVote(choice: parts[0], lower: lower, upper: upper, isExpert: false))]
    }
}

extension Worker {
    var trainingRoom: TrainingRoom {
        TrainingRoom(board: board, models: models, actor: seat) { [self] patient throws(StoreError) in
            try token(patient, purpose: "training")
        }
    }

    /// A training as this seat may see it.
    public func training(_ id: String) throws -> TrainingSession { try trainingRoom.session(id) }

    func trainings() throws -> [(id: String, title: String)] { try trainingRoom.list().map { ($0.id, $0.training.title) } }

    func reveal(_ id: String) async {
        do {
            try await trainingRoom.reveal(id)
            deliver(.trainingLoaded(try trainingRoom.session(id)))
        } catch { deliver(.failed(WorkError("\(error)"))) }
    }
}
