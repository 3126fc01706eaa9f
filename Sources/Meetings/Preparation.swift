// What is noted of a meeting and of each case before it meets. Every field is empty until a person fills it.
import Twins

/// What is noted of a meeting beside its day and seats.
public struct MeetingPreparation: Hashable, Codable, Sendable {
    public var coordinator = ""
    /// Specialties that must be there beyond what the rule asks for.
    public var requiredSpecialties: [String] = []
    public var establishment = ""
    /// The establishment's.
    public var address = ""
    /// The room.
    public var place = ""
    public var link = ""
    /// The meeting's identifiers at the regional network and at the board's manager.
    public var network = ""
    public var manager = ""
    /// `organ`, `transversal`.
    public var boardType = ""
    public init() {}

    static let boardTypes = ["organ", "transversal"]

    /// Reads what any version wrote; what it did not know is empty.
    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        coordinator = try row.value(.coordinator, or: "")
        requiredSpecialties = try row.value(.requiredSpecialties, or: [])
        establishment = try row.value(.establishment, or: "")
        address = try row.value(.address, or: "")
        place = try row.value(.place, or: "")
        link = try row.value(.link, or: "")
        network = try row.value(.network, or: "")
        manager = try row.value(.manager, or: "")
        boardType = try row.value(.boardType, or: "")
    }

    /// The specialties beyond the rule that none of some physicians stands for.
    public func missing(among seats: [Seat]) -> [String] {
        let there = seats.filter(\.isPhysician).map { Specialty($0.specialty) }
        return requiredSpecialties.filter { required in !there.contains { $0.covers(Specialty(required)) } }
    }
}

/// Whether the patient knows that the board will speak of them.
///
/// Source: Code de la santé publique L4001-3 I and L1111-4; the case is told apart by state, never by an empty field.
public enum PatientInformation: Hashable, Codable, Sendable {
    case informed(on: CalendarDay, by: String)
    /// The board may not decide until this is lifted.
    case blocked(reason: String)
}

/// Where a case was put off to.
public struct Postponement: Hashable, Codable, Sendable {
    public var meeting: String
    public var reason: String
    public init(meeting: String, reason: String) {
        self.meeting = meeting
        self.reason = reason
    }
}

/// To whom, when and by whom a decision sheet was given.
public struct SheetDelivery: Hashable, Codable, Sendable {
    public var to: String
    public var day: CalendarDay?
    public var by: String
    public init(to: String, day: CalendarDay? = nil, by: String = "") {
        self.to = to
        self.day = day
        self.by = by
    }
}

/// What is noted of a case before the board sees it: the decision sheet's fields that are known beforehand.
///
/// Source of the fields: ANS CI-SIS, volet FRCP 2022.01.
public struct CasePreparation: Hashable, Codable, Sendable {
    public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
        case treatmentProposal = "treatment-proposal"
        case diagnosticOpinion = "diagnostic-opinion"
    }
    public var requester = ""
    public var presenter = ""
    public var generalPractitioner = ""
    public var correspondents: [String] = []
    /// Nil: nobody has noted whether the patient was told.
    public var information: PatientInformation?
    public var guideline: Guideline?
    /// Why the case is registered without discussion; nil: it is discussed.
    public var registered: String?
    public var postponed: Postponement?
    public var kind: Kind?
    public var isRecourse = false
    public var isPaediatric = false
    /// WHO performance status, 0 to 4.
    public var performanceStatus: Int?
    public var geriatricScreen = ""
    public var pain = ""
    /// How the disease was found: screening, symptoms, by chance.
    public var discovery = ""
    public var comorbidity = ""
    /// Labels of what the board's rule asks for and no code says, as somebody confirmed it.
    public var confirmed: [String] = []
    /// The case in a few sentences.
    public var synthesis = ""
    /// Conclusions of the reports.
    public var pathology = ""
    public var molecular = ""
    public var surveillance = ""
    /// The board of recourse that is asked.
    public var recoursePlan = ""
    public var tumour = TumourDescription()
    /// Of the signed sheet: the only part that comes after the decision.
    public var deliveries: [SheetDelivery] = []
    public init() {}

    /// Reads what any version wrote; what it did not know is empty.
    public init(from decoder: any Decoder) throws {
        self.init()
        let row = try decoder.container(keyedBy: CodingKeys.self)
        requester = try row.value(.requester, or: "")
        presenter = try row.value(.presenter, or: "")
        generalPractitioner = try row.value(.generalPractitioner, or: "")
        correspondents = try row.value(.correspondents, or: [])
        information = try row.decodeIfPresent(PatientInformation.self, forKey: .information)
        guideline = try row.decodeIfPresent(Guideline.self, forKey: .guideline)
        registered = try row.decodeIfPresent(String.self, forKey: .registered)
        postponed = try row.decodeIfPresent(Postponement.self, forKey: .postponed)
        kind = try row.decodeIfPresent(Kind.self, forKey: .kind)
        isRecourse = try row.value(.isRecourse, or: false)
        isPaediatric = try row.value(.isPaediatric, or: false)
        performanceStatus = try row.decodeIfPresent(Int.self, forKey: .performanceStatus)
        geriatricScreen = try row.value(.geriatricScreen, or: "")
        pain = try row.value(.pain, or: "")
        discovery = try row.value(.discovery, or: "")
        comorbidity = try row.value(.comorbidity, or: "")
        confirmed = try row.value(.confirmed, or: [])
        synthesis = try row.value(.synthesis, or: "")
        pathology = try row.value(.pathology, or: "")
        molecular = try row.value(.molecular, or: "")
        surveillance = try row.value(.surveillance, or: "")
        recoursePlan = try row.value(.recoursePlan, or: "")
        tumour = try row.value(.tumour, or: TumourDescription())
        deliveries = try row.value(.deliveries, or: [])
    }

    /// Why the board may not decide; nil: it may.
    public var blockReason: String? {
        if case .blocked(let reason) = information { reason } else { nil }
    }
}

/// A preparation as it stands in the store: a change says over which version it was made.
public struct Prepared<Value: Hashable & Sendable>: Hashable, Sendable {
    public var value: Value
    /// 0: nothing is stored yet.
    public var version: Int
    public init(_ value: Value, version: Int) {
        self.value = value
        self.version = version
    }
}

extension KeyedDecodingContainer {
    /// What stands under a key, or what stands for it where an earlier version wrote none.
    func value<Value: Decodable>(_ key: Key, or missing: Value) throws -> Value { try decodeIfPresent(Value.self, forKey: key) ?? missing }
}
