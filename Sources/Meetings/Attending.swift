// A person at a terminal of the meeting, and what their screen shows.
import Records
import Twins

/// What a seat's screen shows, for those who follow it.
public struct Pointer: Hashable, Codable, Sendable {
    /// The case: the one that is open, on the agenda the one that is selected.
    public var item: Int64?
    /// The screen's name, as the workstation has it. Nil: it shows what the one it follows shows.
    public var screen: String?
    /// Whom it follows; nil: it looks for itself.
    public var follows: String?
    /// Place of the focused scenario, observable and endpoint, from 0.
    public var scenario: Int
    public var observable: Int
    public var endpoint: Int
    /// Days from «now».
    public var cursorDay: Double?
    /// Days shown after «now»; nil: the model's own.
    public var horizon: Double?
    public var isOverlay: Bool
    public var isTable: Bool
    public init(
        item: Int64? = nil, screen: String? = nil, follows: String? = nil, scenario: Int = 0, observable: Int = 0, endpoint: Int = 0,
        cursorDay: Double? = nil, horizon: Double? = nil, isOverlay: Bool = false, isTable: Bool = false
    ) {
        self.item = item
        self.screen = screen
        self.follows = follows
        self.scenario = scenario
        self.observable = observable
        self.endpoint = endpoint
        self.cursorDay = cursorDay
        self.horizon = horizon
        self.isOverlay = isOverlay
        self.isTable = isTable
    }
}

/// Somebody who is there now.
public struct AttendingSeat: Hashable, Sendable, Identifiable {
    /// The stay's number in the store.
    public var id: Int64
    public var seat: Seat
    public var joined: Instant
    public var pointer: Pointer?
    public init(id: Int64, seat: Seat, joined: Instant, pointer: Pointer? = nil) {
        self.id = id
        self.seat = seat
        self.joined = joined
        self.pointer = pointer
    }
}

/// One stay at a terminal of the meeting, from joining to leaving.
public struct Stay: Hashable, Sendable {
    public var seat: Seat
    public var joined: Instant
    /// When it left, or gave its last sign of life; nil: it is there.
    public var left: Instant?
    public init(seat: Seat, joined: Instant, left: Instant?) {
        self.seat = seat
        self.joined = joined
        self.left = left
    }
}

extension Seat {
    /// Gives opinions and votes: everybody who discusses the case. Coordinator and observers do neither.
    public var hasVoice: Bool { role != .observer && role != .coordinator }
}

extension [AttendingSeat] {
    /// Whose screen is followed: of those who are there the first presenter, without one the chair.
    public var leader: AttendingSeat? { first { $0.seat.role == .presenter } ?? first { $0.seat.role == .chair } }
}

extension Meeting {
    /// The roster's entry of a name; the chair's has the chair's role.
    public func rosterSeat(_ name: String) -> Seat? { seats.first { $0.name == name } }
}
