// What the board proposes: drafted in the open, signed by the chair, then only ever amended by addition.
import Foundation
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
    public init(
        model: String, modelVersion: String, drawsSHA256: String, seed: UInt64, reference: Instant, scenarios: [Scenario],
        figures: [SeenFigure], arithmetic: Arithmetic? = nil
    ) {
        self.model = model
        self.modelVersion = modelVersion
        self.drawsSHA256 = drawsSHA256
        self.seed = seed
        self.reference = reference
        self.scenarios = scenarios
        self.figures = figures
        self.arithmetic = arithmetic
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
    public init(
        agendaItem: Int64, version: Int, draft: DecisionDraft, signedBy: String, signedAt: Instant, quorumReached: Bool,
        seen: SimulationSeen?, opinions: [Opinion]? = nil, votes: [Vote]? = nil
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
    }
}

/// What keeps a draft from being signed.
public enum SigningProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case noChoice
    case unknownOption(String)
    case noReason
    case nobodyPresent
    case noQuorum(missing: [String])
    case noFollowUp
    case wrongSigner(String, chair: String)
    /// The patient was not told, or does not want it: why.
    case blocked(String)
    case postponed(to: String)

    public var description: String {
        switch self {
        case .noChoice: "nothing is chosen yet"
        case .unknownOption(let name): "«\(name)» is no longer one of the scenarios: choose again"
        case .noReason: "the reason is empty"
        case .nobodyPresent: "nobody is marked as present"
        case .noQuorum(let missing): "no quorum (missing: \(missing.joined(separator: ", "))): say why the board decides all the same"
        case .noFollowUp: "the follow-up date is missing"
        case .blocked(let reason): "the case is blocked (\(reason)): note that the patient was informed first"
        case .postponed(let meeting): "the case was put off to the meeting «\(meeting)»: it is decided there"
        case .wrongSigner(let name, let chair): "«\(name)» is not the chair: type the name «\(chair)» to sign"
        }
    }
}

extension DecisionDraft {
    /// Invariant 1: a decision exists only with a choice, a reason, a follow-up date, somebody present, and a quorum or
    /// the recorded reason for its absence.
    public func problems(rule: QuorumRule, options current: [String]) -> [SigningProblem] {
        var problems: [SigningProblem] = []
        if present.isEmpty { problems.append(.nobodyPresent) }
        switch choice {
        case nil: problems.append(.noChoice)
        case .other(let words) where words.allSatisfy(\.isWhitespace): problems.append(.noChoice)
        case .scenario(let name) where !current.contains(name): problems.append(.unknownOption(name))
        default: break
        }
        if reason.allSatisfy(\.isWhitespace) { problems.append(.noReason) }
        if followUp == nil { problems.append(.noFollowUp) }
        let quorum = Quorum(present, rule: rule)
        if !present.isEmpty, !quorum.isReached, withoutQuorum.allSatisfy(\.isWhitespace) {
            problems.append(.noQuorum(missing: quorum.missing))
        }
        return problems
    }

    /// Without case, accents and doubled spaces: a meeting room's keyboard may have no é.
    private static func folded(_ name: String) -> String {
        name.split(whereSeparator: \.isWhitespace).joined(separator: " ").folding(
            options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }

    /// The signed decision; throws the first thing that is missing. Invariant 2: only the chair's own name signs.
    public func signed(
        item: Int64, version: Int, rule: QuorumRule, options current: [String], name: String, chair: String, at time: Instant,
        seen: SimulationSeen?
    ) throws(SigningProblem) -> Decision {
        if let problem = problems(rule: rule, options: current).first { throw problem }
        guard !chair.isEmpty, Self.folded(name) == Self.folded(chair) else { throw .wrongSigner(name, chair: chair) }
        return Decision(
            agendaItem: item, version: version, draft: self, signedBy: chair, signedAt: time,
            quorumReached: Quorum(present, rule: rule).isReached, seen: seen)
    }
}
