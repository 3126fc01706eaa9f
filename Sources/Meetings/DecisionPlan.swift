// What a decision holds beside the choice itself: the options in their order, the sequence, the framework it was made in, who tells the patient.
import Twins

/// Kinds of treatment that a proposed step may be. The national value list of the decision sheet has eighteen; those are its groups.
///
/// Source: ANS CI-SIS, volet FRCP 2022.01 (field «type de traitement»).
public enum TreatmentKind: String, Hashable, Codable, Sendable, CaseIterable {
    case surgery, radiotherapy, chemotherapy, immunotherapy, targetedTherapy, hormoneTherapy, interventionalRadiology, endoscopy
    case transplantation, cellTherapy, radionuclide, device, otherDrug, supportiveCare, palliativeCare, rehabilitation, surveillance, other
}

/// A step of the proposed treatment with its place in time.
public struct PlannedStep: Hashable, Codable, Sendable {
    public var kind: TreatmentKind
    public var what: String
    public var earliest: CalendarDay?
    public var latest: CalendarDay?
    public init(kind: TreatmentKind, what: String, earliest: CalendarDay? = nil, latest: CalendarDay? = nil) {
        self.kind = kind
        self.what = what
        self.earliest = earliest
        self.latest = latest
    }
}

/// A further test that the board asks for before or beside the treatment.
public struct FurtherTest: Hashable, Codable, Sendable {
    public var what: String
    public var earliest: CalendarDay?
    public var latest: CalendarDay?
    public init(what: String, earliest: CalendarDay? = nil, latest: CalendarDay? = nil) {
        self.what = what
        self.earliest = earliest
        self.latest = latest
    }
}

/// The guideline a decision is held against.
public struct Guideline: Hashable, Codable, Sendable {
    public var name: String
    public var version: String
    public var day: CalendarDay?
    public init(name: String, version: String, day: CalendarDay? = nil) {
        self.name = name
        self.version = version
        self.day = day
    }
}

/// Whether the decision follows its guideline. Nothing is chosen beforehand.
public enum GuidelineStanding: String, Hashable, Codable, Sendable, CaseIterable {
    case follows, departs
    /// There is none for the question.
    case none
}

/// How a seat voted on the decision, with its words where it dissents.
public struct Vote: Hashable, Codable, Sendable {
    public enum Kind: String, Hashable, Codable, Sendable, CaseIterable { case agrees, dissents, abstains }
    public var seat: String
    public var specialty: String
    public var kind: Kind
    public var words: String
    public init(seat: String, specialty: String, kind: Kind, words: String = "") {
        self.seat = seat
        self.specialty = specialty
        self.kind = kind
        self.words = words
    }
}

/// A seat's own opinion, given before the simulation was revealed to it; `version` 2 and more are revisions with their reason.
public struct Opinion: Hashable, Codable, Sendable {
    public var seat: String
    public var specialty: String
    public var version: Int
    public var choice: Choice
    /// Why; for a revision, why it was revised.
    public var reason: String
    /// What of the patient's other diseases weighs here.
    public var comorbidity: String
    /// What the patient wants, as this seat knows it.
    public var preference: String
    /// The simulation had been revealed to this seat when it was given.
    public var afterReveal: Bool
    public var time: Instant
    public init(
        seat: String, specialty: String, version: Int = 1, choice: Choice, reason: String, comorbidity: String = "",
        preference: String = "", afterReveal: Bool = false, time: Instant
    ) {
        self.seat = seat
        self.specialty = specialty
        self.version = version
        self.choice = choice
        self.reason = reason
        self.comorbidity = comorbidity
        self.preference = preference
        self.afterReveal = afterReveal
        self.time = time
    }
}

/// What the board plans around its choice. Every field is empty until a person fills it.
public struct DecisionPlan: Hashable, Codable, Sendable {
    /// Further options in the order of the board's preference; the draft's ``DecisionDraft/choice`` comes first.
    public var alternatives: [Choice] = []
    /// The sequence of the first choice.
    public var steps: [PlannedStep] = []
    public var tests: [FurtherTest] = []
    public var guideline: Guideline?
    public var standing: GuidelineStanding?
    /// Why the board departs from the guideline, or from a scenario that the simulation favours.
    public var deviation: String = ""
    /// A trial that is proposed or in which the patient is included; empty: none.
    public var trial: String = ""
    /// Who tells the patient.
    public var informant: String = ""
    public var comorbidity: String = ""
    /// What the patient wants.
    public var preference: String = ""
    /// To whom the sheet goes.
    public var correspondents: [String] = []
    public init() {}
}
