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
    public init(names: String, numbers: [IdentityNumber] = []) {
        self.names = names
        self.numbers = numbers
    }
}
