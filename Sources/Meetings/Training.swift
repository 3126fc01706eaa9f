// A case run blind: the record is cut at a day, the class votes, then what happened is revealed and scored.
import Records
import Twins

/// What a trainer sets up.
public struct TrainingCase: Hashable, Codable, Sendable {
    public var title: String
    public var question: String
    public var patient: String
    public var model: String
    /// Nothing of the record after this day is in the session before the reveal.
    public var cut: CalendarDay
    public var scenarios: [Scenario]
    /// What was given, as the name of a scenario; nil: none of them, or unknown.
    public var given: String?
    /// The measure that the class predicts, and the day on which it was measured.
    public var observable: String
    public var target: CalendarDay
    public var trainer: String
    public init(
        title: String, question: String, patient: String, model: String, cut: CalendarDay, scenarios: [Scenario], given: String?,
        observable: String, target: CalendarDay, trainer: String
    ) {
        self.title = title
        self.question = question
        self.patient = patient
        self.model = model
        self.cut = cut
        self.scenarios = scenarios
        self.given = given
        self.observable = observable
        self.target = target
        self.trainer = trainer
    }
}

/// What one seat of the class thinks.
public struct TrainingVote: Hashable, Codable, Sendable {
    public var choice: String
    /// The measure on the target day, with four chances in five between these two.
    public var lower: Double
    public var upper: Double
    /// Against the experts' choices the class is scored.
    public var isExpert: Bool
    public init(choice: String, lower: Double, upper: Double, isExpert: Bool) {
        self.choice = choice
        self.lower = lower
        self.upper = upper
        self.isExpert = isExpert
    }
}

/// What the twin had forecast under one scenario, from the cut record alone.
public struct TrainingForecast: Hashable, Codable, Sendable {
    public var scenario: String
    public var lower: Double
    public var median: Double
    public var upper: Double
}

/// What was revealed of a run.
public struct TrainingResult: Hashable, Codable, Sendable {
    public var value: Double
    /// The 80 % band of a measurement under each scenario.
    public var forecasts: [TrainingForecast]
    public var given: String?
    public var seed: UInt64
}

/// How a vote, or the twin, did.
public struct TrainingScore: Hashable, Sendable {
    public var name: String
    public var vote: TrainingVote
    /// The interval score of the 80 % interval, in the measure's unit; smaller is better.
    public var intervalScore: Double
    public var isInside: Bool
    /// Chose what was given; nil where that is none of the scenarios.
    public var choseGiven: Bool?
    /// Share of the experts who chose the same; nil without experts, and for an expert of the others.
    public var withExperts: Double?

    /// The interval score of a central interval of probability 1 − α: its width, and 2/α times by how much it was missed.
    ///
    /// Source: T. Gneiting and A. E. Raftery, J. Am. Stat. Assoc. 102 (2007) 359–378, equation 43; R. L. Winkler 1972.
    public static func intervalScore(lower: Double, upper: Double, value: Double, alpha: Double = 0.2) -> Double {
        (upper - lower) + 2 / alpha * max(0, lower - value) + 2 / alpha * max(0, value - upper)
    }

    /// The scores of a run, the twin's under what was given among them, the best interval first.
    public static func scores(_ votes: [(seat: String, vote: TrainingVote)], _ result: TrainingResult) -> [TrainingScore] {
        let experts = votes.filter(\.vote.isExpert)
        func score(_ name: String, _ vote: TrainingVote, others: [(seat: String, vote: TrainingVote)]) -> TrainingScore {
            TrainingScore(
                name: name, vote: vote, intervalScore: intervalScore(lower: vote.lower, upper: vote.upper, value: result.value),
                isInside: vote.lower <= result.value && result.value <= vote.upper, choseGiven: result.given.map { $0 == vote.choice },
                withExperts: others.isEmpty ? nil : Double(others.count { $0.vote.choice == vote.choice }) / Double(others.count))
        }
        var scores = votes.map { entry in score(entry.seat, entry.vote, others: experts.filter { $0.seat != entry.seat }) }
        if let given = result.given, let twin = result.forecasts.first(where: { $0.scenario == given }) {
            let vote = TrainingVote(choice: given, lower: twin.lower, upper: twin.upper, isExpert: false)
            var row = score("the twin", vote, others: [])
            row.choseGiven = nil
            scores.append(row)
        }
        return scores.sorted { ($0.intervalScore, $0.name) < ($1.intervalScore, $1.name) }
    }
}

extension Subject {
    /// The record as it was at the end of a day.
    ///
    /// Invariant 7: nothing later is in it. A course that ended later has no end yet and goes on; a status is of today and may tell what
    /// came of it, so it is kept only with an end that was known. A fact without a date is left out: nobody can say that it was known.
    public func cut(at day: CalendarDay) -> Subject {
        let end = Instant(endOf: day)
        var cut = self
        cut.reference = end
        cut.observations = observations.filter { $0.time <= end }
        cut.facts = facts.compactMap { fact in
            guard let start = fact.start, start <= end else { return nil }
            var known = fact
            if let stop = fact.end, stop <= end { return known }
            known.end = nil
            known.status = "active"
            return known
        }
        return cut
    }
}
