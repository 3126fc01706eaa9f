// A scenario: a named list of interventions in time, and what a form must know to let a person edit it.

/// A value that a board can enter.
public enum FieldValue: Hashable, Codable, Sendable {
    case number(Double)
    case choice(String)
    case flag(Bool)

    public var number: Double? { if case .number(let value) = self { value } else { nil } }
    public var choice: String? { if case .choice(let value) = self { value } else { nil } }
    public var flag: Bool? { if case .flag(let value) = self { value } else { nil } }
}

/// One line of the form of an intervention.
public struct Field: Hashable, Codable, Sendable {
    public enum Kind: Hashable, Codable, Sendable {
        /// A number within limits, moved by `step` at a key press.
        case number(unit: Unit, limits: ClosedRange<Double>, step: Double)
        /// (identifier, label) pairs.
        case choice([Choice])
        case flag
    }
    public struct Choice: Hashable, Codable, Sendable {
        public var id: String
        public var label: String
        public init(_ id: String, _ label: String) {
            self.id = id
            self.label = label
        }
    }
    public var id: String
    public var label: String
    public var kind: Kind
    public var standard: FieldValue
    /// Where the standard value comes from; `.assumption` is labelled wherever its result is shown.
    public var source: Source
    /// A sentence beside the field: what it means, published anchors.
    public var help: String
    public init(_ id: String, _ label: String, _ kind: Kind, standard: FieldValue, source: Source, help: String = "") {
        self.id = id
        self.label = label
        self.kind = kind
        self.standard = standard
        self.source = source
        self.help = help
    }
}

/// A kind of intervention that a model understands, with its form.
///
/// Every kind has a field `start` (days from «now») unless it has no date.
public struct InterventionKind: Hashable, Codable, Sendable {
    public var id: String
    public var label: String
    public var help: String
    public var fields: [Field]
    public init(_ id: String, _ label: String, help: String = "", fields: [Field]) {
        self.id = id
        self.label = label
        self.help = help
        self.fields = fields
    }
}

/// One intervention: a kind with its values.
public struct Intervention: Hashable, Codable, Sendable {
    public var kind: String
    public var values: [String: FieldValue]
    public init(_ kind: String, _ values: [String: FieldValue] = [:]) {
        self.kind = kind
        self.values = values
    }
}

/// A named list of interventions.
public struct Scenario: Hashable, Codable, Sendable {
    public var name: String
    public var interventions: [Intervention]
    public init(name: String, interventions: [Intervention]) {
        self.name = name
        self.interventions = interventions
    }
}

/// What is wrong with a scenario, and where.
public enum ScenarioError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownIntervention(String, known: [String])
    case unknownField(String, intervention: String, known: [String])
    case wrongType(field: String, intervention: String, expected: String)
    case outsideLimits(field: String, intervention: String, value: Double, limits: ClosedRange<Double>, unit: String)
    case unknownChoice(String, field: String, intervention: String, known: [String])
    case repeated(intervention: String, limit: Int)
    /// Not allowed for this patient, with the reason.
    case notAllowed(intervention: String, reason: String)

    public var description: String {
        switch self {
        case .unknownIntervention(let id, let known):
            "no intervention «\(id)» in this model; it knows \(known.joined(separator: ", "))"
        case .unknownField(let id, let intervention, let known):
            "\(intervention) has no field «\(id)»; it has \(known.joined(separator: ", "))"
        case .wrongType(let field, let intervention, let expected):
            "\(intervention), \(field): expected \(expected)"
        case .outsideLimits(let field, let intervention, let value, let limits, let unit):
            "\(intervention), \(field): \(value) \(unit) is outside \(limits.lowerBound) to \(limits.upperBound) \(unit)"
        case .unknownChoice(let id, let field, let intervention, let known):
            "\(intervention), \(field): no choice «\(id)»; choose one of \(known.joined(separator: ", "))"
        case .repeated(let intervention, let limit):
            "\(intervention): at most \(limit) in one scenario"
        case .notAllowed(let intervention, let reason):
            "\(intervention): not allowed: \(reason)"
        }
    }
}

extension InterventionKind {
    /// The intervention with every field at its standard value.
    public var standardIntervention: Intervention {
        Intervention(id, Dictionary(fields.map { ($0.id, $0.standard) }, uniquingKeysWith: { first, _ in first }))
    }

    /// The intervention with missing fields filled in, if every given value is of the right type and within limits.
    public func completed(_ intervention: Intervention) throws(ScenarioError) -> Intervention {
        var result = standardIntervention
        for (name, value) in intervention.values.sorted(by: { $0.key < $1.key }) {
            guard let field = fields.first(where: { $0.id == name }) else {
                throw .unknownField(name, intervention: id, known: fields.map(\.id))
            }
            try field.check(value, in: id)
            result.values[name] = value
        }
        return result
    }
}

extension Field {
    /// Checks type and limits of a value.
    public func check(_ value: FieldValue, in intervention: String) throws(ScenarioError) {
        switch (kind, value) {
        case (.number(let unit, let limits, _), .number(let number)):
            guard number.isFinite, limits.contains(number) else {
                throw .outsideLimits(field: id, intervention: intervention, value: number, limits: limits, unit: unit.ucum)
            }
        case (.choice(let choices), .choice(let chosen)):
            guard choices.contains(where: { $0.id == chosen }) else {
                throw .unknownChoice(chosen, field: id, intervention: intervention, known: choices.map(\.id))
            }
        case (.flag, .flag): break
        case (.number, _): throw .wrongType(field: id, intervention: intervention, expected: "a number")
        case (.choice, _): throw .wrongType(field: id, intervention: intervention, expected: "one of its choices")
        case (.flag, _): throw .wrongType(field: id, intervention: intervention, expected: "true or false")
        }
    }
}
