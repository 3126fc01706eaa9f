// This terminal's seat in the meeting, and what the store says of all seats as this one may see it.
import Meetings
import Surface
import Twins

/// What the store says of a meeting's seats.
public struct SeatsNow: Hashable, Sendable {
    public var meeting: String
    /// Who is there, the first to come first.
    public var present: [AttendingSeat]
    /// Of the case that is open; nil: none is.
    public var voices: CaseVoices?
    /// The chair's clock, by case.
    public var times: [Int64: CaseTime]
    public init(meeting: String = "", present: [AttendingSeat] = [], voices: CaseVoices? = nil, times: [Int64: CaseTime] = [:]) {
        self.meeting = meeting
        self.present = present
        self.voices = voices
        self.times = times
    }
}

/// The seat that somebody took at this terminal with `--seat`.
public struct Sitting: Sendable {
    /// The stay's number in the store.
    public var stay: Int64
    public var seat: Seat
    public var meeting: String
    public var isFollowing: Bool
    /// Why it is no longer this terminal's: another has taken it over.
    public var ended: String?
    /// What of this screen the others were told last.
    var published: Pointer?
    /// The leader's pointer that is on this screen.
    var applied: Pointer?

    public init(_ attending: AttendingSeat, meeting: String) {
        stay = attending.id
        seat = attending.seat
        self.meeting = meeting
        // Who leads looks for itself; the others come along until they leave.
        isFollowing = attending.seat.role != .presenter && attending.seat.role != .chair
    }
}

/// Where the person is on Seats, and in the form of an opinion wherever it stands.
public struct SeatsView: Sendable {
    public var offset = 0
    /// Line of the opinion's form.
    public var line = 0
    public var input: TextInput?
    /// The form stands on Seats.
    public var isWriting = false
    /// Opinions that are being written, by case.
    public var drafts: [Int64: OpinionDraft] = [:]
    /// Those of them that have changed since they were last sent to the store.
    var unkept: Set<Int64> = []
    public init() {}
}

/// What a seat asks of the store.
public enum SeatsEffect: Sendable {
    /// Finds out what others have changed, and brings only that.
    case catchUp(item: Int64?)
    /// A sign of life.
    case beat
    /// What this screen shows; written at most five times a second.
    case point(Pointer)
    /// What is begun of an opinion, so that a dropped line loses nothing; nobody else is shown it.
    case keep(item: Int64, OpinionDraft)
    case give(item: Int64, OpinionDraft)
    case unseal(item: Int64, reason: String)
    case vote(item: Int64, Vote.Kind, words: String)
    /// The chair's clock; nil stops it.
    case clock(item: Int64?)
}

extension SeatsEffect {
    var isKeeping: Bool { if case .keep = self { true } else { false } }
}

/// What comes to a seat.
public enum SeatsEvent: Sendable {
    case loaded(SeatsNow)
    /// Time for a sign of life.
    case pulse(Instant)
    /// The seat is no longer this terminal's.
    case ended(WorkError)
    /// What was begun of an opinion is in the store.
    case kept
    /// An opinion, or that there is none, is in the store.
    case given(item: Int64, String)
    /// An unsealing or a vote is in the store.
    case done(String)
    /// It is not, and why.
    case refused(WorkError)
}

extension State {
    /// Whether this terminal sits in the meeting that is on the screen.
    public var sits: Bool { sitting.map { $0.meeting == meeting?.id && $0.ended == nil } ?? false }

    /// The seats that are known to be there, in the meeting on the screen.
    public var present: [AttendingSeat] { seatsNow.meeting == meeting?.id ? seatsNow.present : [] }

    /// Whose screen is followed.
    public var leader: AttendingSeat? { present.leader }

    /// What is known of the open case's opinions and votes.
    public var voices: CaseVoices? { seatsNow.voices.flatMap { $0.item == open?.item.id ? $0 : nil } }

    /// Invariant 4 of the module Meetings, on the screen: nothing of the simulation is computed or shown to a seat before its own
    /// opinion. Without a seat nobody is asked, and a decided case has no opinion left to give.
    public var isSimulationHidden: Bool {
        guard let sitting, let open, sitting.meeting == open.item.meeting, !open.isDecided else { return false }
        guard let voices else { return true }
        return !voices.isOpen(to: sitting.seat, leads: leader?.id == sitting.stay)
    }

    /// This seat's own opinion is what the simulation waits for.
    public var isAskedForOpinion: Bool {
        guard isSimulationHidden, let sitting, let voices else { return false }
        return sitting.seat.hasVoice && !voices.answered.contains(sitting.seat.name)
    }

    /// The form of an opinion takes the keys.
    var isWritingOpinion: Bool {
        guard overlay == nil, open != nil, sits else { return false }
        return route == .seats ? seatsView.isWriting : Self.simulated.contains(route) && isAskedForOpinion
    }

    /// The screens that show the simulation and nothing else.
    static let simulated: Set<Route> = [.compare, .editor, .evidence]

    /// Minutes that the open case has been on the table by the chair's clock; nil where it never was.
    public var caseMinutes: Int? {
        guard let open, seatsNow.meeting == open.item.meeting, let time = seatsNow.times[open.item.id] else { return nil }
        return Int(time.seconds(at: now) / 60)
    }
}
