// What a scenario would do to a twin: quantiles over the draws in time, and endpoints.

/// One observable over time, summarised over all draws.
public struct ForecastSeries: Hashable, Codable, Sendable {
    public var observable: String
    public var label: String
    public var unit: Unit
    /// 5 %, 10 %, 25 %, 50 %, 75 %, 90 %, 95 % of the draws at each time: `quantiles[level][time]`.
    public var quantiles: [[Double]]
    public var source: Source

    public static let levels = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95]

    public init(observable: String, label: String, unit: Unit, quantiles: [[Double]], source: Source) {
        self.observable = observable
        self.label = label
        self.unit = unit
        self.quantiles = quantiles
        self.source = source
    }
    /// The 80 % band's lower edge, the median, the 80 % band's upper edge.
    public var lower: [Double] { quantiles[1] }
    public var median: [Double] { quantiles[3] }
    public var upper: [Double] { quantiles[5] }
}

/// An operation or a change of treatment, drawn as a mark on the axis.
public struct ForecastMark: Hashable, Codable, Sendable {
    public enum Kind: String, Codable, Sendable { case operation, treatmentStart, treatmentEnd, held, other }
    /// Days from «now».
    public var day: Double
    public var kind: Kind
    public var label: String
    public init(day: Double, kind: Kind, label: String) {
        self.day = day
        self.kind = kind
        self.label = label
    }
}

/// A figure of clinical meaning computed from a forecast.
public struct Endpoint: Hashable, Codable, Sendable {
    public var id: String
    public var label: String
    public var unit: Unit
    /// Which direction is better for the patient; nil: neither, and no probability of being best.
    public var better: Direction?
    /// One value a draw (a level, a time, or a probability given the draw); NaN where the draw has none.
    /// Empty if the endpoint does not apply to this scenario.
    public var values: [Double]
    /// A category instead of a number, such as a RECIST response: share of the draws in each.
    public var shares: [Share]
    /// Labels that belong to the figure wherever it is shown: «assumption: …».
    public var notes: [String]
    /// A value that means «not within the horizon» for a time to an event, shown as «> value»; nil if there is none.
    public var ceiling: Double?
    /// The values are probabilities given each draw: their mean is the probability, and is what is shown.
    public var isProbability: Bool

    public struct Share: Hashable, Codable, Sendable {
        public var category: String
        public var share: Double
        public init(category: String, share: Double) {
            self.category = category
            self.share = share
        }
    }

    public init(
        id: String, label: String, unit: Unit, better: Direction?, values: [Double], shares: [Share] = [], notes: [String] = [],
        ceiling: Double? = nil, isProbability: Bool = false
    ) {
        self.id = id
        self.label = label
        self.unit = unit
        self.better = better
        self.values = values
        self.shares = shares
        self.notes = notes
        self.ceiling = ceiling
        self.isProbability = isProbability
    }
}

/// The trajectories of a twin under a scenario, over all draws.
///
/// A pure function of (model version, draws, scenario, seed, arithmetic): the same five give the same bytes.
public struct Forecast: Hashable, Codable, Sendable {
    public var model: String
    public var modelVersion: String
    public var scenario: Scenario
    public var seed: UInt64
    public var drawCount: Int
    /// Days from «now», rising.
    public var days: [Double]
    public var series: [ForecastSeries]
    public var endpoints: [Endpoint]
    public var marks: [ForecastMark]
    /// Assumptions and warnings, to stand where the decision is taken.
    public var notes: [String]
    /// What it was computed in. Nil: it was not said.
    public var arithmetic: Arithmetic?

    public init(
        model: String, modelVersion: String, scenario: Scenario, seed: UInt64, drawCount: Int, days: [Double], series: [ForecastSeries],
        endpoints: [Endpoint], marks: [ForecastMark], notes: [String], arithmetic: Arithmetic? = nil
    ) {
        self.model = model
        self.modelVersion = modelVersion
        self.scenario = scenario
        self.seed = seed
        self.drawCount = drawCount
        self.days = days
        self.series = series
        self.endpoints = endpoints
        self.marks = marks
        self.notes = notes
        self.arithmetic = arithmetic
    }

    /// What a forecast keeps of its trajectories at a time, bytes: many times what 1,000 draws of any twin need.
    public static let mostBytes = 256 << 20
}
