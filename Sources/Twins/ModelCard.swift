// What a model is for, on whose data, where it may be used, and what shows that it can be believed.

public struct ModelCard: Hashable, Codable, Sendable {
    /// What the model is for, and what it is not for, in a clinician's words.
    public var purpose: String
    public var notFor: String
    /// The equations, one a line, in plain text.
    public var equations: [String]
    /// What the equations carry through time, by the names and in the order in which `simulate` gives them before the observables.
    public var states: [ModelState]
    /// Whom the population was: data, size, age.
    public var population: String
    public var limits: [String]
    public var references: [Source]
    public init(
        purpose: String, notFor: String, equations: [String], states: [ModelState], population: String, limits: [String],
        references: [Source]
    ) {
        self.purpose = purpose
        self.notFor = notFor
        self.equations = equations
        self.states = states
        self.population = population
        self.limits = limits
        self.references = references
    }
}

/// What a model must know at a moment, beside its parameters, to know the rest of the course.
public struct ModelState: Hashable, Codable, Sendable {
    /// As `simulate` names it.
    public var name: String
    public var unit: Unit
    public var meaning: String
    public init(_ name: String, _ unit: Unit, _ meaning: String) {
        self.name = name
        self.unit = unit
        self.meaning = meaning
    }
}

/// One input of the model's domain, and whether this patient is inside it.
public struct DomainFinding: Hashable, Codable, Sendable {
    public var input: String
    public var found: String
    public var domain: String
    public var isInside: Bool
    public init(input: String, found: String, domain: String, isInside: Bool) {
        self.input = input
        self.found = found
        self.domain = domain
        self.isInside = isInside
    }
}

/// A published score that a board knows: shown beside the simulation, never part of it.
public struct PublishedScore: Hashable, Codable, Sendable {
    public var name: String
    /// `3 (high)`, or why there is none.
    public var value: String
    /// Stands wherever the score does.
    public var caveat: String
    public init(name: String, value: String, caveat: String) {
        self.name = name
        self.value = value
        self.caveat = caveat
    }
}

/// One check of a model's evidence: what was expected, what was obtained.
public struct EvidenceCheck: Hashable, Codable, Sendable {
    public var name: String
    public var expected: Double
    public var obtained: Double
    /// Absolute difference allowed.
    public var tolerance: Double
    public var source: String
    public init(name: String, expected: Double, obtained: Double, tolerance: Double, source: String) {
        self.name = name
        self.expected = expected
        self.obtained = obtained
        self.tolerance = tolerance
        self.source = source
    }
    public var passed: Bool { obtained.isFinite && abs(obtained - expected) <= tolerance }
}
