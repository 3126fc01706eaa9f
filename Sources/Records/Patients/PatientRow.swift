// A patient in a list, and the identity that is kept apart from them.
import Twins

/// How precisely a date of birth is known.
public enum BirthPrecision: String, Hashable, Codable, Sendable, CaseIterable { case year, month, day, instant }

/// A person under a pseudonym, with what a list shows of their record.
public struct PatientRow: Hashable, Codable, Sendable {
    /// The pseudonym.
    public var id: String
    public var sex: Sex
    public var birth: Instant?
    public var birthPrecision: BirthPrecision
    public var note: String
    /// When the store first had them.
    public var created: Instant
    /// The latest observation, letter or start of a condition, medication or procedure; nil if there is none.
    public var lastSeen: Instant?
    public var observationCount: Int
    public var factCount: Int
    public var documentCount: Int
    /// The models calibrated on them, in alphabetical order.
    public var twins: [String]

    public var birthYear: Int? { birth?.day.components.year }
}

/// A number of a person in some register.
public struct IdentityNumber: Hashable, Codable, Sendable {
    /// The register's URI.
    public var system: String
    public var value: String
    public init(system: String, value: String) {
        self.system = system
        self.value = value
    }
}

/// Who a patient is. In a table of its own, read with a category of its own.
public struct Identity: Hashable, Codable, Sendable {
    /// The name as it is shown.
    public var names: String
    public var numbers: [IdentityNumber]
    public var details: IdentityDetails
    public init(names: String, numbers: [IdentityNumber] = [], details: IdentityDetails = IdentityDetails()) {
        self.names = names
        self.numbers = numbers
        self.details = details
    }

    /// The national health identity number; nil if there is none, or one that cannot be.
    public var nationalIdentifier: NationalIdentifier? {
        get { numbers.lazy.compactMap { try? NationalIdentifier($0) }.first }
        set { numbers = numbers.filter { !NationalIdentifier.isRegister($0.system) } + [newValue?.stored].compactMap { $0 } }
    }
}

/// What a decision sheet wants of an identity beside name and numbers; all of it optional, an empty text where nobody has said it.
///
/// Source: ANS CI-SIS, volet FRCP 2022.01, header: birth traits, contacts, trusted person.
public struct IdentityDetails: Hashable, Codable, Sendable {
    public var birthName = ""
    /// INSEE's code of the place, 99 and the country's number abroad.
    public var birthPlace = ""
    /// Address, telephone, as the patient wants to be reached.
    public var contacts = ""
    /// The trusted person (Code de la santé publique L1111-6): name, relation, telephone.
    public var trustedPerson = ""
    public init() {}

    /// Reads what any version wrote; what it did not know is empty.
    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        birthName = try row.decodeIfPresent(String.self, forKey: .birthName) ?? ""
        birthPlace = try row.decodeIfPresent(String.self, forKey: .birthPlace) ?? ""
        contacts = try row.decodeIfPresent(String.self, forKey: .contacts) ?? ""
        trustedPerson = try row.decodeIfPresent(String.self, forKey: .trustedPerson) ?? ""
    }
}
