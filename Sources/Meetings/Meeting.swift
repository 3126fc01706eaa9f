// A meeting of a board: who meets when, who must be there, and the cases in their order.
import Twins

/// A person attending, with the specialty they stand for.
public struct Seat: Hashable, Codable, Sendable {
    public enum Role: String, Codable, Sendable, CaseIterable {
        case chair, member, presenter
        /// From outside: heard, not counted for the quorum unless the board's rule says so.
        case expert
        /// A nurse, a psychologist, a data manager: heard, not counted as a physician.
        case allied
        case coordinator, observer
    }
    public var name: String
    public var specialty: String
    public var role: Role
    public init(name: String, specialty: String, role: Role = .member) {
        self.name = name
        self.specialty = specialty
        self.role = role
    }
    /// Counts for the quorum unless the board's rule says otherwise (``QuorumRule/counts``): a physician of the board itself.
    public var isPhysician: Bool { QuorumRule.usualRoles.contains(role) }
}

/// A meeting of a board.
public struct Meeting: Hashable, Codable, Sendable, Identifiable {
    public var id: String
    public var title: String
    /// The board's type, which names its quorum rule: `liver`, `memory`.
    public var board: String
    public var day: CalendarDay
    /// Local time as text, `14:00`.
    public var time: String
    public var chair: String
    public var isDemo: Bool
    public var seats: [Seat]
    /// A training session: marked as such on every screen and sheet, and never counted among the board's decisions.
    public var isTraining: Bool
    public init(
        id: String, title: String, board: String, day: CalendarDay, time: String, chair: String, isDemo: Bool, seats: [Seat],
        isTraining: Bool = false
    ) {
        self.id = id
        self.title = title
        self.board = board
        self.day = day
        self.time = time
        self.chair = chair
        self.isDemo = isDemo
        self.seats = seats
        self.isTraining = isTraining
    }
}

/// Where a case stands.
public enum CaseState: String, Codable, Sendable, CaseIterable {
    /// On the agenda, not yet opened by the board.
    case waiting
    /// Opened; scenarios may have been edited, a decision drafted.
    case open
    /// The decision is signed; from here it is only ever amended by addition.
    case decided
    /// Put off to another meeting; the preparation says why.
    case postponed
    /// A standard case, registered without discussion.
    case registered
}

/// A case of a meeting: a patient, a question, and the twin that is asked.
public struct AgendaItem: Hashable, Codable, Sendable, Identifiable {
    /// The store's; 0 until it has been stored.
    public var id: Int64
    public var meeting: String
    /// From 1, the order on the agenda.
    public var position: Int
    public var patient: String
    /// The model's name, such as `liver-metastases`.
    public var model: String
    public var question: String
    /// «Now» for the twin: the record is used up to here.
    public var reference: Instant
    public var state: CaseState
    public init(
        id: Int64, meeting: String, position: Int, patient: String, model: String, question: String, reference: Instant, state: CaseState
    ) {
        self.id = id
        self.meeting = meeting
        self.position = position
        self.patient = patient
        self.model = model
        self.question = question
        self.reference = reference
        self.state = state
    }
}

/// A scenario of a case, as the board edits it.
public struct CaseScenario: Hashable, Codable, Sendable, Identifiable {
    public var id: Int64
    public var scenario: Scenario
    public init(id: Int64, scenario: Scenario) {
        self.id = id
        self.scenario = scenario
    }
}
