// What a decision holds beside the choice itself: the options in their order, the sequence, the framework it was made in, who tells the patient.
import Twins

/// Kinds of treatment that a proposed step may be: the eighteen of the national value list, and three of our own for boards outside
/// oncology.
///
/// Source: ANS CI-SIS, value set JDV_TypeTraitement-FRCP-CISIS (1.2.250.1.213.1.1.5.595) of the volet FRCP 2022.01, as shipped with the
/// agency's checker of June 2023. ``code`` gives each its code there.
public enum TreatmentKind: String, Hashable, Codable, Sendable, CaseIterable {
    case surgery, radiotherapy, brachytherapy, chemotherapy, targetedTherapy, hormoneTherapy, immunotherapy, interventionalRadiology
    case endoscopy, radionuclide, transplantation, otherDrug, therapeuticWindow, surveillance, activeSurveillance, supportiveCare
    case palliativeCare, other
    /// Not in the value list; assumption: what the other boards propose most.
    case device, cellTherapy, rehabilitation

    /// As a person reads it: `interventional radiology`.
    public var title: String {
        rawValue.reduce(into: "") { $0 += $1.isUppercase ? " " + $1.lowercased() : String($1) }
    }

    /// By its name as a person may type it: `Targeted therapy`, `targetedTherapy`.
    public init?(typed: String) {
        let wanted = typed.lowercased().filter(\.isLetter)
        guard let kind = Self.allCases.first(where: { $0.rawValue.lowercased() == wanted }) else { return nil }
        self = kind
    }

    private static let thesaurus = "2.16.840.1.113883.3.26.1.1"
    private static let agency = "1.2.250.1.213.1.1.4.322"

    /// The code of the value list with its system's OID; our own three have that of «other treatments».
    public var code: (system: String, code: String) {
        switch self {
        case .surgery: (Self.thesaurus, "C15329")
        case .radiotherapy: (Self.thesaurus, "C15313")
        case .brachytherapy: (Self.thesaurus, "C15195")
        case .chemotherapy: (Self.thesaurus, "C15632")
        case .targetedTherapy: (Self.thesaurus, "C93352")
        case .hormoneTherapy: (Self.thesaurus, "C547")
        case .immunotherapy: (Self.thesaurus, "C15262")
        case .interventionalRadiology: (Self.thesaurus, "C63334")
        case .endoscopy: (Self.thesaurus, "C16546")
        case .radionuclide: (Self.agency, "MED-232")
        case .transplantation: (Self.agency, "MED-126")
        case .otherDrug: (Self.agency, "GEN-092.03.02")
        case .therapeuticWindow: (Self.agency, "MED-556")
        case .surveillance: (Self.agency, "MED-226")
        case .activeSurveillance: (Self.agency, "MED-227")
        case .supportiveCare: (Self.thesaurus, "C15747")
        case .palliativeCare: (Self.thesaurus, "C15292")
        case .other, .device, .cellTherapy, .rehabilitation: (Self.agency, "GEN-092.03.01")
        }
    }
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
