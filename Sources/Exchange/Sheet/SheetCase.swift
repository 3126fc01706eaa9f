// What a sheet prints of the preparation of a case: all of it optional, since a case may come to the board unprepared.
import Meetings
import Records
import Twins

/// Facts around a case that neither the record nor the decision holds. Nil, or empty, means «not recorded».
public struct SheetCase: Hashable, Sendable {
    /// The board is one of oncology: the fields of a tumour apply. Nil: by the board's type.
    public var isOncology: Bool?
    /// `organ`, `transversal`.
    public var boardKind: String?
    public var author: String?
    public var coordinator: String?
    public var requester: String?
    public var presenter: String?
    public var generalPractitioner: String?
    public var establishment: String?
    public var address: String?
    /// The room, or how to get there.
    public var place: String?
    /// The meeting's identifiers at the regional network and at the board's manager.
    public var identifiers: [String] = []
    public var identity = SheetIdentity.notRecorded
    /// When and by whom the patient was told that the case goes before the board.
    public var informedOn: CalendarDay?
    public var informedBy: String?
    /// Why the patient may not be spoken of yet.
    public var blocked: String?
    /// Why the case was registered without discussion, or put off.
    public var stateReason: String?
    public var correspondents: [String] = []
    public var guideline: Guideline?
    public var comorbidity: String?
    /// WHO performance status, 0 to 4; nil: the record's.
    public var performance: Int?
    public var isRecourse: Bool?
    public var isPaediatric: Bool?
    /// `diagnostic opinion`, `treatment proposal`.
    public var purpose: String?
    public var synthesis: String?
    /// What the board of this kind needs in the record, and whether it is there.
    public var completeness: [CompletenessItem]?
    public var recoursePlan: String?
    public var surveillance: String?
    public var screening: String?
    public var tumour = TumourDescription()
    public var geriatric: String?
    public var pain: String?
    public var pathology: String?
    public var molecular: String?
    public var distribution: [SheetDelivery] = []
    /// What was changed after the signature, by field, and is not what was signed.
    public var changedSince: [String] = []
    /// The preparation was signed with the decision. False: it stands as it is now, for the decision is older than that.
    public var isSigned = true
    public init() {}

    /// Boards on which a tumour's fields apply.
    static let oncologyBoards: Set<String> = ["liver", "urology", "thoracic", "molecular", "digestive", "breast", "oncology"]

    func isOncology(board: String) -> Bool {
        isOncology ?? Self.oncologyBoards.contains { board.lowercased().split { !$0.isLetter }.map(String.init).contains($0) }
    }
}

/// How much of a patient's identity a sheet says.
public enum SheetIdentity: Hashable, Sendable {
    case notRecorded
    /// It is kept, and was not asked for: the sheet stays under the pseudonym.
    case keptApart
    case printed(Identity, birth: CalendarDay?, precision: BirthPrecision)

    /// Of a printed one.
    public var identity: Identity? { if case .printed(let identity, _, _) = self { identity } else { nil } }

    /// The day, the month or the year of birth, as far as it is known; nil unless printed.
    var birth: String? {
        guard case .printed(_, let birth?, let precision) = self else { return nil }
        return switch precision {
        case .year: String("\(birth)".prefix(4))
        case .month: String("\(birth)".prefix(7))
        case .day, .instant: "\(birth)"
        }
    }

    func value(_ text: (Identity) -> String?) -> SheetValue {
        switch self {
        case .notRecorded: .notRecorded
        case .keptApart: .of("kept apart from the record; printed on request")
        case .printed(let identity, _, _): .of(text(identity))
        }
    }
}

/// A signature as the signing module gives it.
public struct SheetSignature: Hashable, Sendable {
    public var signer: String
    /// In hexadecimal, as minisign prints it.
    public var keyID: String
    /// The version of the decision that is signed; nil: a checkpoint of the ledger.
    public var version: Int?
    public var time: Instant?
    /// The whole file in minisign's format.
    public var text: String
    /// What is signed, byte for byte; empty: not at hand.
    public var message: String
    /// As `minisign -P` takes it; empty: not at hand.
    public var publicKey: String
    public init(
        signer: String, keyID: String, version: Int? = nil, time: Instant? = nil, text: String, message: String = "", publicKey: String = ""
    ) {
        self.message = message
        self.publicKey = publicKey
        self.signer = signer
        self.keyID = keyID
        self.version = version
        self.time = time
        self.text = text
    }
}

/// The forecasts that a sheet draws, or why it draws none.
public enum SheetForecasts: Hashable, Sendable {
    /// Of the scenarios that the board saw; `observables` in the order in which they are drawn, `observed` the record's measurements.
    case shown([Forecast], observables: [Observable], observed: [Measurement])
    /// In words for a person.
    case missing(String)
}
