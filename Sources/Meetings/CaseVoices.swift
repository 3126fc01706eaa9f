// The opinions and votes of a case as one seat may see them: sealed until all are in.
import Records
import Twins

/// An opinion before it is given.
public struct OpinionDraft: Hashable, Codable, Sendable {
    public var choice: Choice?
    /// The seat gives no opinion; ``reason`` says why.
    public var isNone: Bool
    public var reason: String
    public var comorbidity: String
    public var preference: String
    public init(choice: Choice? = nil, isNone: Bool = false, reason: String = "", comorbidity: String = "", preference: String = "") {
        self.choice = choice
        self.isNone = isNone
        self.reason = reason
        self.comorbidity = comorbidity
        self.preference = preference
    }
}

/// A vote with the choice that it was cast on, since a draft may change afterwards.
public struct CastVote: Hashable, Codable, Sendable {
    public var vote: Vote
    /// What the draft proposed then.
    public var on: String
    /// 1, then 2 and on where the seat has changed its vote.
    public var version: Int
    public var time: Instant
    public init(vote: Vote, on: String, version: Int, time: Instant) {
        self.vote = vote
        self.on = on
        self.version = version
        self.time = time
    }
}

/// A case's opinions and votes for one viewer.
public struct CaseVoices: Hashable, Sendable {
    public var item: Int64
    /// The seats with a voice that are there now, in the order of coming.
    public var asked: [String]
    /// Everybody who has given an opinion or declared to give none.
    public var answered: Set<String>
    public var isUnsealed: Bool
    /// Who unsealed it, why and when; nil: it is sealed, or all who are there have just answered.
    public var unsealing: Unsealing?
    /// Why some give none; empty while sealed.
    public var declared: [Declaration]
    /// What the viewer may see, by seat, every version: while sealed its own only.
    public var opinions: [Opinion]
    /// Every version, by seat.
    public var votes: [CastVote]
    /// What the board's draft proposes now; votes are cast on it.
    public var proposal: String?
    /// What the viewer has begun to write and not given yet; nobody else's.
    public var begun: OpinionDraft?

    public struct Unsealing: Hashable, Sendable {
        public var by: String
        public var reason: String
        public var time: Instant
    }
    public struct Declaration: Hashable, Sendable {
        public var seat: String
        public var reason: String
    }

    public init(
        item: Int64, asked: [String] = [], answered: Set<String> = [], isUnsealed: Bool = false, unsealing: Unsealing? = nil,
        declared: [Declaration] = [], opinions: [Opinion] = [], votes: [CastVote] = [], proposal: String? = nil
    ) {
        self.item = item
        self.asked = asked
        self.answered = answered
        self.isUnsealed = isUnsealed
        self.unsealing = unsealing
        self.declared = declared
        self.opinions = opinions
        self.votes = votes
        self.proposal = proposal
    }

    /// Those who are there and have not answered.
    public var awaited: [String] { asked.filter { !answered.contains($0) } }
    public var given: Int { asked.count - awaited.count }
    /// Each seat's last vote.
    public var latestVotes: [CastVote] { Self.latest(votes) { $0.vote.seat } }
    /// Each seat's last opinion, of those that may be seen.
    public var latestOpinions: [Opinion] { Self.latest(opinions) { $0.seat } }

    private static func latest<Value>(_ values: [Value], seat: (Value) -> String) -> [Value] {
        values.indices.filter { place in place + 1 == values.count || seat(values[place + 1]) != seat(values[place]) }.map { values[$0] }
    }

    /// Invariant 4: the simulation is shown to a seat with a voice only after its own opinion, or its recorded «no opinion». On the screen
    /// that the others follow, which the room may see on a projector, and to those without a voice only once the opinions are unsealed:
    /// else it would be shown to somebody before theirs.
    public func isOpen(to seat: Seat, leads: Bool) -> Bool {
        guard seat.hasVoice else { return isUnsealed }
        return answered.contains(seat.name) && (isUnsealed || !leads)
    }
}

extension VoicesRow {
    var present: [SeatRow] { stays.filter { Board.isAlive($0, at: now) } }
    var asked: [String] { present.filter { Board.seat($0).hasVoice }.map(\.name) }
    var answered: Set<String> { Set(opinions.map(\.seat) + reveals.map(\.seat).filter { !$0.isEmpty }) }
    var unsealing: RevealRow? { reveals.first { $0.seat.isEmpty } }

    /// Invariant 5: others' opinions are sealed until every seat with a voice that is there has answered, the chair has unsealed them
    /// with a reason, or the decision is signed. Nobody there: sealed.
    var isUnsealed: Bool { unsealing != nil || isDecided || isComplete(answered) }
    func isComplete(_ answered: Set<String>) -> Bool { !asked.isEmpty && asked.allSatisfy(answered.contains) }
}
