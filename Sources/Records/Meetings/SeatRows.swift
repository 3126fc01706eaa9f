// The rows of who sits in a meeting, what they think and how long a case took; what they mean is the business of the module Meetings.
import Twins

/// One stay of one person at one terminal.
public struct SeatRow: Hashable, Codable, Sendable {
    /// 0: not stored yet. The terminal that sits there knows its stay by it.
    public var key: Int64
    public var meeting: String
    public var name: String
    public var specialty: String
    public var role: String
    public var joined: Instant
    /// The last sign of life.
    public var heartbeat: Instant
    /// Nil while it has not left; a terminal that was killed never says so, and is known by an old ``heartbeat``.
    public var left: Instant?
    /// What its screen shows, as JSON.
    public var pointer: String?
    public var pointed: Instant?
    public init(
        key: Int64 = 0, meeting: String, name: String, specialty: String, role: String, joined: Instant = Instant(milliseconds: 0),
        heartbeat: Instant = Instant(milliseconds: 0), left: Instant? = nil, pointer: String? = nil, pointed: Instant? = nil
    ) {
        self.key = key
        self.meeting = meeting
        self.name = name
        self.specialty = specialty
        self.role = role
        self.joined = joined
        self.heartbeat = heartbeat
        self.left = left
        self.pointer = pointer
        self.pointed = pointed
    }
}

/// A version of a seat's opinion or vote: never changed, only followed by a further one.
public struct VoiceRow: Hashable, Codable, Sendable {
    public var key: Int64
    public var agendaItem: Int64
    public var seat: String
    /// 1, then 2 and on for revisions.
    public var version: Int
    public var body: String
    public var time: Instant
}

/// A case's simulation was opened to a seat without its opinion, or (``seat`` empty) its opinions were unsealed for all.
public struct RevealRow: Hashable, Codable, Sendable {
    public var seat: String
    public var time: Instant
    public var reason: String
    public var actor: String
}

/// All that bears on a case's opinions, read at one moment.
public struct VoicesRow: Hashable, Codable, Sendable {
    public var agendaItem: Int64
    public var meeting: String
    public var now: Instant
    /// By seat, the first version first.
    public var opinions: [VoiceRow]
    public var votes: [VoiceRow]
    public var reveals: [RevealRow]
    /// The stays of the meeting that have not ended.
    public var stays: [SeatRow]
    public var isDecided: Bool
    /// The decision's draft, as the module Meetings writes it.
    public var draft: String?
}

/// An interval in which a case was on the table.
public struct CaseTimeRow: Hashable, Codable, Sendable {
    public var agendaItem: Int64
    public var start: Instant
    /// Nil: it still is, or the chair's terminal was killed.
    public var end: Instant?
}
