// What a model is for, on whose data, where it may be used, and what shows that it can be believed.

public struct ModelCard: Hashable, Codable, Sendable {
    /// What the model is for, and what it is not for, in a clinician's words.
    public var purpose: String
    public var notFor: String
    /// The equations, one a line, in plain text.
    public var equations: [String]
    /// Whom the population was: data, size, age.
    public var population: String
    public var limits: [String]
    public var references: [Source]
    public init(purpose: String, notFor: String, equations: [String], population: String, limits: [String], references: [Source]) {
        self.purpose = purpose
        self.notFor = notFor
        self.equations = equations
        self.population = population
        self.limits = limits
        self.references = references
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
