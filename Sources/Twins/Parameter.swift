// A parameter of a model: name, unit, prior, and where its value comes from.

/// How far a value can be trusted.
public enum Trust: String, Codable, Sendable {
    /// Read in a source, or computed by us from one.
    case verified
    /// Read only in an abstract, excerpt or table.
    case excerpt
    /// Derived by us from published values.
    case derived
    /// From memory, not checked: shown as unverified.
    case recalled
    /// Our own or the board's: shown wherever its result is.
    case assumption
}

/// Where a value comes from.
public struct Source: Hashable, Codable, Sendable {
    /// Author, year, journal, table; for an assumption, why it was chosen.
    public var citation: String
    public var trust: Trust
    public init(_ citation: String, _ trust: Trust) {
        self.citation = citation
        self.trust = trust
    }
}

/// What is believed of a parameter before the patient is seen.
public enum Prior: Hashable, Codable, Sendable {
    case normal(mean: Double, sd: Double)
    /// Of the natural logarithm: median and standard deviation of the logarithm.
    case logNormal(median: Double, sdLog: Double)
    case fixed(Double)

    /// The middle of the prior, in the parameter's own unit.
    public var centre: Double {
        switch self {
        case .normal(let mean, _): mean
        case .logNormal(let median, _): median
        case .fixed(let value): value
        }
    }
}

/// One parameter of a model.
public struct Parameter: Hashable, Codable, Sendable {
    /// Unique in its model, a word: `KL`, `tau`.
    public var name: String
    /// As a formula writes it: `K_L`, `τ`.
    public var symbol: String
    public var meaning: String
    public var unit: Unit
    public var prior: Prior
    public var source: Source
    public init(_ name: String, symbol: String, meaning: String, unit: Unit, prior: Prior, source: Source) {
        self.name = name
        self.symbol = symbol
        self.meaning = meaning
        self.unit = unit
        self.prior = prior
        self.source = source
    }
}
