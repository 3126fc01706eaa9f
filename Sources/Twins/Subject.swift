// What a model is given of a patient: coded facts with their times, and nothing that names a person.

/// A code of a terminology, such as LOINC 72106-8.
public struct Code: Hashable, Codable, Sendable {
    /// The terminology's URI.
    public var system: String
    public var code: String
    /// What the source called it; shown, never compared.
    public var display: String

    public init(system: String, code: String, display: String = "") {
        self.system = system
        self.code = code
        self.display = display
    }

    public static func == (a: Code, b: Code) -> Bool { a.system == b.system && a.code == b.code }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(system)
        hasher.combine(code)
    }

    public static let loinc = "http://loinc.org"
    public static let snomed = "http://snomed.info/sct"
    public static let atc = "http://www.whocc.no/atc"
    /// Our own codes, for what has no verified public one. docs/data.md lists them.
    public static let local = "urn:twinboard:local"
}

/// What was observed.
public enum ObservedValue: Hashable, Codable, Sendable {
    case quantity(Quantity)
    /// A coded answer, such as a smoking status.
    case coded(Code)
    case text(String)

    /// The number in a unit; nil if it is not a number or does not convert.
    public func number(in unit: Unit) -> Double? {
        if case .quantity(let quantity) = self { return quantity.value(in: unit) }
        return nil
    }
}

/// One observation of a patient.
public struct Observation: Hashable, Codable, Sendable {
    public var code: Code
    public var time: Instant
    public var value: ObservedValue
    public init(code: Code, time: Instant, value: ObservedValue) {
        self.code = code
        self.time = time
        self.value = value
    }
}

/// A condition, a medication or a procedure: a code with a period.
public struct CodedFact: Hashable, Codable, Sendable {
    public enum Kind: String, Codable, Sendable { case condition, medication, procedure }
    public var kind: Kind
    public var code: Code
    public var start: Instant?
    public var end: Instant?
    /// The source's own word: `active`, `resolved`, `stopped`…
    public var status: String
    public init(kind: Kind, code: Code, start: Instant?, end: Instant?, status: String) {
        self.kind = kind
        self.code = code
        self.start = start
        self.end = end
        self.status = status
    }
}

public enum Sex: String, Codable, Sendable, CaseIterable { case female, male, other, unknown }

/// A patient as a model sees them: no name, no number.
public struct Subject: Hashable, Codable, Sendable {
    public var sex: Sex
    /// Birth, as precisely as the record has it; nil if unknown.
    public var birth: Instant?
    /// In order of time.
    public var observations: [Observation]
    public var facts: [CodedFact]
    /// «Now»: day 0 of every forecast. Later observations are not used.
    public var reference: Instant

    public init(sex: Sex, birth: Instant?, observations: [Observation], facts: [CodedFact], reference: Instant) {
        self.sex = sex
        self.birth = birth
        self.observations = observations.sorted { $0.time < $1.time }
        self.facts = facts
        self.reference = reference
    }

    /// Age in Julian years at a moment; nil if the birth is unknown.
    public func age(at moment: Instant) -> Double? { birth.map { moment.days(since: $0) / DayCount.year } }

    /// The latest number under one of some codes at or before «now», in a unit; nil if there is none.
    public func latest(_ codes: [Code], in unit: Unit) -> (value: Double, time: Instant)? {
        for observation in observations.reversed() where observation.time <= reference && codes.contains(observation.code) {
            if let number = observation.value.number(in: unit) { return (number, observation.time) }
        }
        return nil
    }

    /// The latest coded or textual answer under one of some codes at or before «now».
    public func latestAnswer(_ codes: [Code]) -> String? {
        for observation in observations.reversed() where observation.time <= reference && codes.contains(observation.code) {
            switch observation.value {
            case .coded(let code): return code.code
            case .text(let text): return text
            case .quantity: continue
            }
        }
        return nil
    }
}
