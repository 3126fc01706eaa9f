// The rows of a meeting, plain: what they mean is the business of the module Meetings.
import Crypto
import Twins

public struct MeetingRow: Hashable, Codable, Sendable {
    /// Chosen by whoever makes the meeting: `liver-2026-11-26`.
    public var id: String
    public var title: String
    public var board: String
    public var start: Instant
    public var chair: String
    /// The rule, as the module Meetings writes it.
    public var quorum: String
    public var isDemo: Bool
    public init(id: String, title: String, board: String, start: Instant, chair: String, quorum: String = "", isDemo: Bool = false) {
        self.id = id
        self.title = title
        self.board = board
        self.start = start
        self.chair = chair
        self.quorum = quorum
        self.isDemo = isDemo
    }
}

public struct AgendaItemRow: Hashable, Codable, Sendable {
    /// 0: not stored yet.
    public var id: Int64
    public var meeting: String
    /// From 1 without gaps; 0: at the end.
    public var position: Int
    /// The pseudonym.
    public var patient: String
    public var model: String
    public var question: String
    public var state: String
    /// «Now» of the case; nil: the record's end.
    public var reference: Instant?
    public var note: String
    public init(
        id: Int64 = 0, meeting: String, position: Int = 0, patient: String, model: String, question: String, state: String = "",
        reference: Instant? = nil, note: String = ""
    ) {
        self.id = id
        self.meeting = meeting
        self.position = position
        self.patient = patient
        self.model = model
        self.question = question
        self.state = state
        self.reference = reference
        self.note = note
    }
}

public struct AttendanceRow: Hashable, Codable, Sendable {
    /// 0: not stored yet.
    public var id: Int64
    public var meeting: String
    /// Nil: for the whole meeting.
    public var agendaItem: Int64?
    public var name: String
    public var specialty: String
    public var role: String
    public var isPresent: Bool
    public init(
        id: Int64 = 0, meeting: String, agendaItem: Int64? = nil, name: String, specialty: String, role: String = "", isPresent: Bool = true
    ) {
        self.id = id
        self.meeting = meeting
        self.agendaItem = agendaItem
        self.name = name
        self.specialty = specialty
        self.role = role
        self.isPresent = isPresent
    }
}

public struct ScenarioRow: Hashable, Codable, Sendable {
    public var id: Int64
    public var agendaItem: Int64
    /// From 1 without gaps.
    public var position: Int
    public var scenario: Scenario
    public var updated: Instant
}

/// What can be taken back, and what can be put back.
public struct ScenarioHistory: Hashable, Codable, Sendable {
    public var undoLabel: String?
    public var redoLabel: String?
}

/// A change that was taken back or put back.
public struct ScenarioHistoryStep: Hashable, Codable, Sendable {
    /// What was changed: `edit`, `add B`, `delete B`…
    public var label: String
    /// The agenda item's scenarios afterwards.
    public var scenarios: [ScenarioRow]
}

/// A decision that is being written.
public struct DraftRow: Hashable, Codable, Sendable {
    public var agendaItem: Int64
    public var body: String
    public var updated: Instant
}

/// A decision that was signed: never changed, only followed by a further version.
public struct DecisionRow: Hashable, Codable, Sendable {
    public var id: Int64
    public var agendaItem: Int64
    /// 1, then 2 and on for amendments.
    public var version: Int
    public var body: String
    public var signedBy: String
    public var time: Instant
    /// Of agenda item, version, body, signer and time; the ledger holds it too.
    public var contentSHA256: String
    public var ledgerSequence: Int64

    /// SHA-256 over ``CanonicalBytes`` of the domain `twinboard decision 1`. A signature of a decision signs these bytes' hash.
    var computedSHA256: String { Hex.text(canonical.sha256) }

    /// What is hashed.
    var canonical: CanonicalBytes {
        var bytes = CanonicalBytes(domain: "twinboard decision 1")
        bytes.add(agendaItem)
        bytes.add(Int64(version))
        bytes.add(body)
        bytes.add(signedBy)
        bytes.add(time.milliseconds)
        return bytes
    }

    /// SHA-256 of the body's text alone, which a shell can compute too.
    var bodySHA256: String { Hex.text(SHA256.hash(data: Array(body.utf8))) }
}
