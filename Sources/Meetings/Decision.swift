// What the board proposes: drafted in the open, signed by the chair, then only ever amended by addition.
import Twins

/// What the board chose.
public enum Choice: Hashable, Codable, Sendable {
    /// One of the case's scenarios, by its name.
    case scenario(String)
    /// Something else, in words.
    case other(String)

    public var text: String {
        switch self {
        case .scenario(let name): name
        case .other(let words): words
        }
    }
}

/// A decision in the making. Nothing is chosen until a person chooses.
public struct DecisionDraft: Hashable, Codable, Sendable {
    public var present: [Seat]
    public var question: String
    /// The scenarios' names, as the board compared them.
    public var options: [String]
    public var choice: Choice?
    public var reason: String
    public var dissent: String
    public var followUp: CalendarDay?
    /// Why the board decides without its quorum; asked for only then.
    public var withoutQuorum: String
    /// What the board plans around its choice.
    public var plan: DecisionPlan

    public init(
        present: [Seat], question: String, options: [String], choice: Choice? = nil, reason: String = "", dissent: String = "",
        followUp: CalendarDay? = nil, withoutQuorum: String = "", plan: DecisionPlan = DecisionPlan()
    ) {
        self.present = present
        self.question = question
        self.options = options
        self.choice = choice
        self.reason = reason
        self.dissent = dissent
        self.followUp = followUp
        self.withoutQuorum = withoutQuorum
        self.plan = plan
    }

    /// Reads a draft of any version: rows from before there was a plan have none.
    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        present = try row.decode([Seat].self, forKey: .present)
        question = try row.decode(String.self, forKey: .question)
        options = try row.decode([String].self, forKey: .options)
        choice = try row.decodeIfPresent(Choice.self, forKey: .choice)
        reason = try row.decode(String.self, forKey: .reason)
        dissent = try row.decode(String.self, forKey: .dissent)
        followUp = try row.decodeIfPresent(CalendarDay.self, forKey: .followUp)
        withoutQuorum = try row.decode(String.self, forKey: .withoutQuorum)
        plan = try row.decodeIfPresent(DecisionPlan.self, forKey: .plan) ?? DecisionPlan()
    }
}

/// A figure that the board saw, kept with the decision.
public struct SeenFigure: Hashable, Codable, Sendable {
    public var scenario: String
    public var endpoint: String
    public var unit: Twins.Unit
    public var value: Double?
    public var lower: Double?
    public var upper: Double?
    /// Shares of categories instead, in words.
    public var words: String
    public var notes: [String]
    /// «Not reached within the horizon»: a figure at or above it was shown as «> ceiling». Nil: none, or a row from before it was kept.
    public var ceiling: Double?
    /// The screen showed the endpoint's figures in percent. Nil: a row from before it was kept.
    public var isShare: Bool?
    /// So many decimals the screen showed. Nil: a row from before it was kept.
    public var decimals: Int?
    public init(
        scenario: String, endpoint: String, unit: Twins.Unit, value: Double?, lower: Double?, upper: Double?, words: String,
        notes: [String], ceiling: Double? = nil, isShare: Bool? = nil, decimals: Int? = nil
    ) {
        self.scenario = scenario
        self.endpoint = endpoint
        self.unit = unit
        self.value = value
        self.lower = lower
        self.upper = upper
        self.words = words
        self.notes = notes
        self.ceiling = ceiling
        self.isShare = isShare
        self.decimals = decimals
    }
}

/// What the board had before its eyes: enough to compute it again.
public struct SimulationSeen: Hashable, Codable, Sendable {
    public var model: String
    public var modelVersion: String
    public var drawsSHA256: String
    public var seed: UInt64
    public var reference: Instant
    public var scenarios: [Scenario]
    public var figures: [SeenFigure]
    /// What the figures were computed in. Nil: a row from before it was kept.
    public var arithmetic: Arithmetic?
    /// The days from «now» that the forecasts were asked for. Nil: a row from before they were kept.
    public var days: [Double]?
    /// SHA-256 of each scenario's forecast, in their order (``ForecastDigest``). Nil: a row from before they were kept.
    public var forecastSHA256: [String]?
    public init(
        model: String, modelVersion: String, drawsSHA256: String, seed: UInt64, reference: Instant, scenarios: [Scenario],
        figures: [SeenFigure], arithmetic: Arithmetic? = nil, days: [Double]? = nil, forecastSHA256: [String]? = nil
    ) {
        self.model = model
        self.modelVersion = modelVersion
        self.drawsSHA256 = drawsSHA256
        self.seed = seed
        self.reference = reference
        self.scenarios = scenarios
        self.figures = figures
        self.arithmetic = arithmetic
        self.days = days
        self.forecastSHA256 = forecastSHA256
    }
}

/// A signed decision.
public struct Decision: Hashable, Codable, Sendable {
    public var agendaItem: Int64
    /// 1 for the decision, 2 and more for its amendments.
    public var version: Int
    public var draft: DecisionDraft
    public var signedBy: String
    public var signedAt: Instant
    public var quorumReached: Bool
    public var seen: SimulationSeen?
    /// The seats' opinions as they stood at the signature, every version of each. Nil: a row from before they were kept.
    public var opinions: [Opinion]?
    /// Nil: a row from before they were kept.
    public var votes: [Vote]?
    /// The rule that the quorum was held against, as it stood at the signature. Nil: a row from before it was kept.
    public var rule: QuorumRule?
    /// What was noted of the case and of its meeting, as it stood at the signature. Nil: a row from before they were kept.
    public var prepared: CasePreparation?
    public var preparedMeeting: MeetingPreparation?
    public init(
        agendaItem: Int64, version: Int, draft: DecisionDraft, signedBy: String, signedAt: Instant, quorumReached: Bool,
        seen: SimulationSeen?, opinions: [Opinion]? = nil, votes: [Vote]? = nil, rule: QuorumRule? = nil
    ) {
        self.agendaItem = agendaItem
        self.version = version
        self.draft = draft
        self.signedBy = signedBy
        self.signedAt = signedAt
        self.quorumReached = quorumReached
        self.seen = seen
        self.opinions = opinions
        self.votes = votes
        self.rule = rule
    }

    /// `signed by A. Roux on 2026-11-28, 2 days after the meeting`: the decision is the meeting's, its signature may be of another day.
    public func signatureWords(meeting day: CalendarDay) -> String {
        let late = signedAt.day.number - day.number
        let days = abs(late) == 1 ? "1 day" : "\(abs(late)) days"
        let apart = late == 0 ? "" : late > 0 ? ", \(days) after the meeting" : ", \(days) before the date of the meeting"
        return "signed by \(signedBy) on \(signedAt.day)\(apart)"
    }
}
