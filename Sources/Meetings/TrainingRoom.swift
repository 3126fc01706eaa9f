// Where a training is held: what a seat may see of it, its votes, the reveal. Nothing of it reaches a meeting, a decision or a history.
import Records
import Twins

/// A training as one seat may see it. Before the reveal there is no outcome, no forecast, no vote of another seat, and no name of the patient.
public struct TrainingSession: Sendable {
    public var id: String
    public var title: String
    public var question: String
    public var model: any TwinModel
    /// The record cut at the day.
    public var subject: Subject
    public var letters: [TrainingLetter]
    public var scenarios: [String]
    public var observable: Observable
    public var target: CalendarDay
    public var run: Int
    /// Who has voted in this run.
    public var voters: [String]
    public var revealed: Revealed?
    /// Earlier runs with how many voted.
    public var history: [(run: Int, votes: Int, isRevealed: Bool)]
    /// Who set it up, and reveals it.
    public var trainer = ""
    public var isTrainer = false

    /// What is only there after the reveal.
    public struct Revealed: Sendable {
        public var result: TrainingResult
        public var patient: String
        public var scores: [TrainingScore]
    }

    /// The scenario of a letter (`A`, `B`…) or a name; nil: neither.
    public func scenario(_ text: String) -> String? {
        if scenarios.contains(text) { return text }
        let letters = ["a", "b", "c", "d"]
        guard let place = letters.firstIndex(of: text.lowercased()), scenarios.indices.contains(place) else { return nil }
        return scenarios[place]
    }

    /// The last measurements of what is to be predicted, in its unit.
    public var measured: [Measurement] {
        subject.measurements(of: [observable]).used
    }
}

/// A letter that was written up to the cut, without the patient's pseudonym.
public struct TrainingLetter: Hashable, Sendable {
    public var key: Int64
    public var day: CalendarDay
    public var title: String
}

public struct TrainingRoom: Sendable {
    let board: Board
    let models: [any TwinModel]
    let actor: String
    let access: @Sendable (String) throws(StoreError) -> AccessToken

    public init(
        board: Board, models: [any TwinModel], actor: String, access: @escaping @Sendable (String) throws(StoreError) -> AccessToken
    ) {
        self.board = board
        self.models = models
        self.actor = actor
        self.access = access
    }

    private func model(_ id: String) throws -> any TwinModel {
        guard let model = models.first(where: { $0.id == id }) else { throw TwinError.unknownModel(id, known: models.map(\.id)) }
        return model
    }

    /// Makes a training. The target becomes the day of the measurement that is nearest to it after the cut.
    ///
    /// Errors: `.refused` where the record has no such measurement, or nothing before the cut.
    public func make(_ id: String, _ wanted: TrainingCase) throws -> TrainingCase {
        let model = try model(wanted.model)
        var training = wanted
        guard model.observable(wanted.observable) != nil else {
            throw StoreError.refused(
                "\(model.id) has no measure «\(wanted.observable)»; it has \(model.observables.map(\.id).joined(separator: ", "))")
        }
        let subject = try board.store.subject(try access(wanted.patient), reference: Instant(endOf: wanted.cut))
        let later = OutcomePoint.measured(subject, model).filter { $0.observable == wanted.observable && $0.day > 0.5 }
        let aim = Instant(endOf: wanted.target).days(since: subject.reference)
        guard let nearest = later.min(by: { abs($0.day - aim) < abs($1.day - aim) }) else {
            throw StoreError.refused("after \(wanted.cut) the record has no «\(wanted.observable)»: there is no outcome to predict")
        }
        training.target = subject.reference.adding(days: nearest.day).day
        let cut = subject.cut(at: wanted.cut)
        guard !cut.measurements(of: model.observables).used.isEmpty else {
            throw StoreError.refused("up to \(wanted.cut) the record has nothing that \(model.id) measures: cut it later")
        }
        if training.scenarios.isEmpty { training.scenarios = Array(model.suggestedScenarios(for: cut).prefix(4)) }
        for scenario in training.scenarios { try model.validate(scenario, for: cut) }
        if let given = training.given, !training.scenarios.contains(where: { $0.name == given }) {
            throw StoreError.refused("no scenario «\(given)»; there are \(training.scenarios.map(\.name).joined(separator: ", "))")
        }
        try board.store.addTraining(
            id, body: try Board.encode(training, what: "training", id: 0), patient: training.patient, actor: actor)
        return training
    }

    public func list() throws -> [(id: String, training: TrainingCase, run: Int)] {
        try board.store.trainings().map { ($0.id, try Board.decode(TrainingCase.self, $0.body, what: "training", id: 0), $0.run) }
    }

    public func session(_ id: String, run wanted: Int? = nil) throws -> TrainingSession {
        let row = try board.store.training(id)
        let training = try Board.decode(TrainingCase.self, row.body, what: "training", id: 0)
        let model = try model(training.model)
        guard let observable = model.observable(training.observable) else {
            throw StoreError.refused("\(model.id) no longer has a measure «\(training.observable)»")
        }
        let token = try access(training.patient)
        let cut = try board.store.subject(token, reference: Instant(endOf: training.cut)).cut(at: training.cut)
        let letters = try letters(training, token)
        let runs = try board.store.trainingRuns(id)
        let number = wanted ?? row.run
        guard let run = runs.first(where: { $0.run == number }) else { throw StoreError.noSuch(kind: "run", id: "\(number)") }
        let votes = try votes(id, run: number)
        var revealed: TrainingSession.Revealed?
        if let text = run.result {
            let result = try Board.decode(TrainingResult.self, text, what: "training", id: 0)
            revealed = TrainingSession.Revealed(
                result: result, patient: training.patient, scores: TrainingScore.scores(votes, result))
        }
        return TrainingSession(
            id: id, title: training.title, question: training.question, model: model, subject: cut, letters: letters,
            scenarios: training.scenarios.map(\.name), observable: observable, target: training.target, run: number,
            voters: votes.map(\.seat), revealed: revealed,
            history: try runs.filter { $0.run < row.run }.map { ($0.run, try votesCount(id, $0.run), $0.revealed != nil) },
            trainer: training.trainer, isTrainer: training.trainer == actor)
    }

    private func letters(_ training: TrainingCase, _ token: AccessToken) throws -> [TrainingLetter] {
        try board.store.documents(token).compactMap { heading in
            heading.time.flatMap {
                $0.day <= training.cut
                    ? TrainingLetter(key: heading.key, day: $0.day, title: Self.blind(heading.title, training.patient)) : nil
            }
        }
    }

    /// The text of one of a training's letters. Errors: `.noSuch` for any other letter, also one of the same patient after the cut.
    public func letter(_ id: String, key: Int64) throws -> (letter: TrainingLetter, text: String) {
        let training = try Board.decode(TrainingCase.self, try board.store.training(id).body, what: "training", id: 0)
        let token = try access(training.patient)
        guard let letter = try letters(training, token).first(where: { $0.key == key }) else {
            throw StoreError.noSuch(kind: "letter of this training", id: String(key))
        }
        return (letter, Self.blind(try board.store.document(token, key: key).text, training.patient))
    }

    /// A class is not told who it is.
    private static func blind(_ text: String, _ patient: String) -> String { text.replacing(patient, with: "the patient") }

    private func votes(_ id: String, run: Int) throws -> [(seat: String, vote: TrainingVote)] {
        try board.store.trainingVotes(id, run: run).map {
            ($0.seat, try Board.decode(TrainingVote.self, $0.body, what: "vote of a training, run", id: Int64(run)))
        }
    }

    private func votesCount(_ id: String, _ run: Int) throws -> Int { try board.store.trainingVotes(id, run: run).count }

    /// Casts a seat's vote, or changes it before the reveal. Errors: `.refused`.
    public func vote(_ id: String, seat: String, _ vote: TrainingVote) throws {
        let session = try session(id)
        guard !seat.allSatisfy(\.isWhitespace) else { throw StoreError.refused("a vote needs the seat's name") }
        guard let choice = session.scenario(vote.choice) else {
            throw StoreError.refused("no scenario «\(vote.choice)»; there are \(session.scenarios.joined(separator: ", "))")
        }
        guard vote.lower.isFinite, vote.upper.isFinite, vote.lower <= vote.upper, session.observable.range.contains(vote.lower),
            session.observable.range.contains(vote.upper)
        else {
            throw StoreError.refused(
                "an interval of \(session.observable.label) is two numbers that rise, within \(session.observable.range.lowerBound) to \(session.observable.range.upperBound) \(session.observable.unit.label)"
            )
        }
        var cleaned = vote
        cleaned.choice = choice
        try board.store.castTrainingVote(id, seat: seat, body: try Board.encode(cleaned, what: "vote", id: 0))
    }

    /// Computes what the twin forecast from the cut record, reads what happened, and keeps both with the run.
    ///
    /// The calibration is not stored: a twin that was fitted to a cut record must never pass for the patient's.
    public func reveal(_ id: String) async throws {
        let row = try board.store.training(id)
        let training = try Board.decode(TrainingCase.self, row.body, what: "training", id: 0)
        let model = try model(training.model)
        let whole = try board.store.subject(try access(training.patient), reference: Instant(endOf: training.cut))
        let later = OutcomePoint.measured(whole, model).filter {
            $0.observable == training.observable && whole.reference.adding(days: $0.day).day == training.target
        }
        guard let outcome = later.first, let observable = model.observable(training.observable) else {
            throw StoreError.refused("the record no longer has «\(training.observable)» on \(training.target)")
        }
        let cut = whole.cut(at: training.cut)
        let settings = CalibrationSettings()
        let calibration = try await model.calibrate(cut, settings: settings)
        var forecasts: [TrainingForecast] = []
        for scenario in training.scenarios {
            let forecast = try await model.forecast(
                ForecastRequest(subject: cut, calibration: calibration, scenario: scenario, days: [0, outcome.day], seed: settings.seed))
            guard let series = forecast.series.first(where: { $0.observable == observable.id }),
                let predictive = Predictive(quantiles: series.quantiles.map { $0[1] }, residualSD: observable.residualSD)
            else { continue }
            forecasts.append(
                TrainingForecast(
                    scenario: scenario.name, lower: predictive.quantile(0.1), median: predictive.quantile(0.5),
                    upper: predictive.quantile(0.9)))
        }
        let result = TrainingResult(value: outcome.value, forecasts: forecasts, given: training.given, seed: settings.seed)
        try board.store.revealTraining(
            id, run: row.run, result: try Board.encode(result, what: "training", id: 0), patient: training.patient, actor: actor)
    }

    /// Begins a further run; the earlier ones stay.
    public func reset(_ id: String) throws -> Int { try board.store.resetTraining(id) }
}
