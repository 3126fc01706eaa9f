// A decided case looked at again: what the board chose, what was forecast of it, and what happened.
import Records
import Twins

/// How the choice stands to the simulation.
public enum ChoiceStanding: String, Hashable, Sendable, CaseIterable {
    /// The scenario that was best in most draws by the case's first endpoint with a direction.
    case favoured = "the scenario that the simulation favoured"
    case simulated = "another simulated scenario"
    case notSimulated = "not among the simulated scenarios"
    case unknown = "no simulation was seen, or it cannot be computed again"
}

public struct FollowUpCase: Sendable, Identifiable {
    public var item: AgendaItem
    public var meeting: Meeting
    public var decision: Decision
    public var looks: [RecordedFollowUp]
    /// The chosen scenario's forecast from the draws that the board saw; nil where there is none.
    public var forecast: Forecast?
    public var points: [OutcomePoint]
    /// The 80 % band of a measurement over time, for each observable that was measured.
    public var bands: [String: OutcomeBand] = [:]
    public var standing: ChoiceStanding
    /// Why there is no forecast, in words.
    public var failure: String?
    /// For the board's curves; nil where the twin knows no progression, or the record cannot be read.
    public var outcome: DecidedOutcome?
    public var id: Int64 { item.id }

    public init(
        item: AgendaItem, meeting: Meeting, decision: Decision, looks: [RecordedFollowUp], forecast: Forecast? = nil,
        points: [OutcomePoint] = [], standing: ChoiceStanding = .unknown, failure: String? = nil
    ) {
        self.item = item
        self.meeting = meeting
        self.decision = decision
        self.looks = looks
        self.forecast = forecast
        self.points = points
        self.standing = standing
        self.failure = failure
    }

    public var due: CalendarDay? { decision.draft.followUp }
    public var last: FollowUp? { looks.last?.value }
    /// The review date has come and nobody has looked since.
    public func isDue(on day: CalendarDay) -> Bool {
        guard let due, due <= day else { return false }
        return looks.last.map { $0.time.day < due } ?? true
    }
    public var inside: Int { points.count(where: \.isInside) }
}

/// Reads decided cases with what came of them.
///
/// Invariant 6: the forecast is computed from the draws, the scenario and the seed that stand in the decision, never from a later twin.
public struct FollowUpReader: Sendable {
    let board: Board
    let models: [any TwinModel]
    /// The days at which the board's forecasts were computed, for a model's horizon.
    let days: @Sendable (any TwinModel) -> [Double]
    let access: @Sendable (String) throws(StoreError) -> AccessToken

    public init(
        board: Board, models: [any TwinModel], days: @escaping @Sendable (any TwinModel) -> [Double],
        access: @escaping @Sendable (String) throws(StoreError) -> AccessToken
    ) {
        self.board = board
        self.models = models
        self.days = days
        self.access = access
    }

    /// The decided cases of the store, of one board or one patient; training never comes here: it has no agenda.
    public func cases(board name: String? = nil, patient: String? = nil) async throws -> [FollowUpCase] {
        let ids = try Board.stored { () throws(StoreError) in try board.store.decidedItems() }
        var plain: [(entry: FollowUpCase, versions: [Decision])] = []
        for id in ids {
            let item = try board.item(id)
            guard patient.map({ $0 == item.patient }) ?? true else { continue }
            let meeting = try board.meeting(item.meeting)
            guard !meeting.isTraining, name.map({ $0 == meeting.board }) ?? true else { continue }
            let versions = try board.decisions(id)
            guard let decision = versions.last else { continue }
            plain.append((FollowUpCase(item: item, meeting: meeting, decision: decision, looks: try board.followUps(id)), versions))
        }
        // Side by side: a history of years would otherwise be read one forecast after the other.
        return await withTaskGroup(of: (place: Int, entry: FollowUpCase).self) { group in
            var (cases, next) = (plain.map(\.entry), 0)
            func begin() {
                guard next < plain.count else { return }
                let (place, one) = (next, plain[next])
                group.addTask { (place, await whole(one.entry, one.versions)) }
                next += 1
            }
            // As many as there are processors: each holds its forecasts while it is read.
            for _ in 0..<Cores.count { begin() }
            while let done = await group.next() {
                cases[done.place] = done.entry
                begin()
            }
            return cases
        }
    }

    /// With what came of it and what was forecast, or why not.
    private func whole(_ plain: FollowUpCase, _ versions: [Decision]) async -> FollowUpCase {
        var entry = plain
        do {
            // What came of a patient is known also where nothing can be forecast any more.
            let token = try access(entry.item.patient)
            let counted = try read(&entry, versions, token)
            return try await checked(entry, counted, token)
        } catch {
            entry.failure = "\(error)"
            return entry
        }
    }

    /// Reads from the record what came of the patient; returns the version of the decision that counts for it.
    private func read(_ entry: inout FollowUpCase, _ versions: [Decision], _ token: AccessToken) throws -> Decision {
        guard let model = models.first(where: { $0.id == entry.item.model }) else { return entry.decision }
        let subject = try board.store.subject(token, reference: entry.item.reference)
        // A meeting before the record's day would be a slip: the patient is followed from the later of the two.
        let (now, start) = (entry.item.reference.day, max(entry.item.reference.day, entry.meeting.day))
        guard let reading = model.progression(in: subject, after: start) else { return entry.decision }
        let counted = versions.standing(at: reading.looks.first) ?? entry.decision
        entry.outcome = DecidedOutcome(
            rule: reading.rule, time: ProgressionFreeTime(reading, start: start, now: now, noted: entry.last?.outcomes ?? []),
            treatment: DecidedOutcome.treatment(
                counted.draft.choice, scenarios: try counted.seen?.scenarios ?? board.scenarios(entry.item.id).scenarios.map(\.scenario),
                kinds: model.interventionKinds))
        return counted
    }

    private func checked(_ plain: FollowUpCase, _ counted: Decision, _ token: AccessToken) async throws -> FollowUpCase {
        var result = plain
        guard let seen = plain.decision.seen, let model = models.first(where: { $0.id == seen.model }) else {
            result.failure = "no simulation was seen with the decision"
            return result
        }
        guard seen.modelVersion == model.version else {
            result.failure = "the decision rests on version \(seen.modelVersion) of \(model.id), this program has \(model.version)"
            return result
        }
        guard let twin = try board.store.calibration(token, model: seen.model, drawsSHA256: seen.drawsSHA256) else {
            result.failure = "the draws \(seen.drawsSHA256.prefix(8)) of the decision are not in this store"
            return result
        }
        let subject = try board.store.subject(token, reference: seen.reference)
        let measured = OutcomePoint.measured(subject, model)
        let grid = Array(Set(days(model) + measured.map(\.day))).sorted()
        var forecasts: [Forecast] = []
        for scenario in seen.scenarios {
            let request = ForecastRequest(
                subject: subject, calibration: twin.calibration, scenario: scenario, days: grid, seed: seen.seed)
            forecasts.append(try await board.forecast(request, by: model, drawsSHA256: twin.drawsSHA256))
        }
        if case .scenario(let name) = counted.draft.choice, let outcome = plain.outcome,
            let endpoint = forecasts.first(where: { $0.scenario.name == name })?.endpoints.first(where: { $0.id == outcome.rule.endpoint })
        {
            let shift = outcome.time.start.number - plain.item.reference.day.number
            result.outcome?.forecast = ProgressionForecast(endpoint, shift: shift)
        }
        guard case .scenario(let name) = plain.decision.draft.choice,
            let chosen = forecasts.first(where: { $0.scenario.name == name })
        else {
            result.standing = .notSimulated
            result.failure = "what the board chose was not simulated"
            return result
        }
        result.forecast = chosen
        result.points = OutcomePoint.points(measured, chosen, model)
        for id in Set(result.points.map(\.observable)) {
            result.bands[id] = OutcomeBand(chosen, model, observable: id, points: result.points)
        }
        result.standing = Comparison(forecasts).favoured?.scenario == name ? .favoured : .simulated
        return result
    }
}

extension Comparison {
    /// The scenario that is best in most draws by the first endpoint that says which direction is better, and that endpoint; nil if none
    /// says it, or two share the first place.
    public var favoured: (scenario: String, endpoint: String, share: Double)? {
        for endpoint in endpoints {
            guard let best = endpoint.best else { continue }
            let ranked = best.enumerated().compactMap { place, share in share.map { (place, $0) } }
            guard let first = ranked.max(by: { $0.1 < $1.1 }), ranked.count(where: { $0.1 == first.1 }) == 1 else { return nil }
            return (forecasts[first.0].scenario.name, endpoint.label, first.1)
        }
        return nil
    }
}
