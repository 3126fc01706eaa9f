// What an import brings, as values: patients with observations, facts and letters, each with its name at the source.
import Twins

/// Where an import comes from; written down beside what it brought.
public struct ImportOrigin: Hashable, Codable, Sendable {
    /// The file's name.
    public var name: String
    /// `fhir-r4`, `csv`…
    public var format: String
    /// SHA-256 of the file, in hexadecimal.
    public var sha256: String
    public init(name: String, format: String, sha256: String) {
        self.name = name
        self.format = format
        self.sha256 = sha256
    }
}

/// A patient to be imported.
public struct ImportPatient: Hashable, Codable, Sendable {
    /// What the source calls them, the same at every import, such as `fhir:Patient/7f…`.
    public var source: String
    /// The pseudonym; nil: the store allots `P-000001`, `P-000002`… A patient who is already there keeps theirs.
    public var id: String?
    public var sex: Sex
    public var birth: Instant?
    public var birthPrecision: BirthPrecision
    public var note: String
    /// Nil leaves an identity that is already there as it is.
    public var identity: Identity?
    public init(
        source: String, id: String? = nil, sex: Sex, birth: Instant?, birthPrecision: BirthPrecision = .day, note: String = "",
        identity: Identity? = nil
    ) {
        self.source = source
        self.id = id
        self.sex = sex
        self.birth = birth
        self.birthPrecision = birthPrecision
        self.note = note
        self.identity = identity
    }
}

/// An observation to be imported.
public struct ImportObservation: Hashable, Codable, Sendable {
    /// What the source calls it; nil: named by code and time, so that a second one of that code at that time replaces it.
    public var source: String?
    public var observation: Observation
    public init(source: String? = nil, observation: Observation) {
        self.source = source
        self.observation = observation
    }
}

/// A condition, medication or procedure to be imported.
public struct ImportFact: Hashable, Codable, Sendable {
    /// What the source calls it; nil: named by kind, code and start.
    public var source: String?
    public var fact: CodedFact
    public init(source: String? = nil, fact: CodedFact) {
        self.source = source
        self.fact = fact
    }
}

/// A letter to be imported.
public struct ImportDocument: Hashable, Codable, Sendable {
    /// What the source calls it; nil: named by title and time.
    public var source: String?
    public var title: String
    public var category: String
    public var time: Instant?
    public var text: String
    public init(source: String? = nil, title: String, category: String = "", time: Instant?, text: String) {
        self.source = source
        self.title = title
        self.category = category
        self.time = time
        self.text = text
    }
}

/// An import that is small enough to be held in memory.
public struct ImportBatch: Hashable, Codable, Sendable {
    public struct Entry: Hashable, Codable, Sendable {
        public var patient: ImportPatient
        public var observations: [ImportObservation]
        public var facts: [ImportFact]
        public var documents: [ImportDocument]
        public init(
            patient: ImportPatient, observations: [ImportObservation] = [], facts: [ImportFact] = [], documents: [ImportDocument] = []
        ) {
            self.patient = patient
            self.observations = observations
            self.facts = facts
            self.documents = documents
        }
    }
    public var patients: [Entry]
    public init(patients: [Entry]) { self.patients = patients }
}

/// What an import did.
public struct ImportSummary: Hashable, Codable, Sendable {
    public struct Tally: Hashable, Codable, Sendable {
        public var added = 0
        public var updated = 0
        public var unchanged = 0
        public init() {}

        mutating func count(_ outcome: ImportOutcome) {
            switch outcome {
            case .added: added += 1
            case .updated: updated += 1
            case .unchanged: unchanged += 1
            }
        }
    }
    public var patients = Tally()
    public var observations = Tally()
    public var facts = Tally()
    public var documents = Tally()
    /// The pseudonyms of those touched, in the order of the source.
    public var patientIDs: [String] = []
    public init() {}
}

enum ImportOutcome { case added, updated, unchanged }

/// A patient of the import that is running.
public struct PatientHandle: Hashable, Sendable {
    /// The pseudonym.
    public let id: String
    let key: Int64
}
