// What was learnt of a patient: the posterior of a model's parameters, as draws, with its diagnostics.

/// Draws of parameters: one row for each draw, in the model's order of parameters.
public struct Draws: Hashable, Codable, Sendable {
    public var parameterNames: [String]
    /// Row by row; count = draws × parameters.
    public var values: [Double]
    public init(parameterNames: [String], values: [Double]) {
        self.parameterNames = parameterNames
        self.values = values
    }
    public var count: Int { parameterNames.isEmpty ? 0 : values.count / parameterNames.count }
    /// One draw; empty if there is no such draw.
    public func draw(_ index: Int) -> ArraySlice<Double> {
        guard index >= 0, index < count else { return [] }
        return values[index * parameterNames.count..<(index + 1) * parameterNames.count]
    }
    /// One parameter over all draws; empty if the name is unknown.
    public func column(_ name: String) -> [Double] {
        guard let place = parameterNames.firstIndex(of: name) else { return [] }
        return (0..<count).map { values[$0 * parameterNames.count + place] }
    }
}

/// How a calibration is asked for.
public struct CalibrationSettings: Hashable, Codable, Sendable {
    public var draws: Int
    public var seed: UInt64
    public init(draws: Int = 1000, seed: UInt64 = 1) {
        self.draws = draws
        self.seed = seed
    }
}

/// An observation beside what the calibrated twin says of it.
public struct FitPoint: Hashable, Codable, Sendable {
    public var measurement: Measurement
    /// Posterior predictive (parameters and residual error): 10 %, 50 %, 90 %.
    public var lower: Double
    public var median: Double
    public var upper: Double
    public init(measurement: Measurement, lower: Double, median: Double, upper: Double) {
        self.measurement = measurement
        self.lower = lower
        self.median = median
        self.upper = upper
    }
    public var isInside: Bool { measurement.value >= lower && measurement.value <= upper }
}

/// The posterior of a twin's parameters given the record up to «now».
public struct Calibration: Hashable, Codable, Sendable {
    public var model: String
    public var modelVersion: String
    /// «Now» at the time of the calibration.
    public var reference: Instant
    public var parameterNames: [String]
    /// The maximum a posteriori, in `parameterNames`' order.
    public var map: [Double]
    /// Standard deviations of the Laplace approximation at the MAP.
    public var sd: [Double]
    /// The negative log posterior at the MAP, in nats; a model may leave constants out (the liver's does), so that only differences
    /// within one model and version mean anything.
    public var objective: Double
    public var draws: Draws
    /// As many independent draws would tell as much; at most `draws.count`.
    public var effectiveSampleSize: Double
    /// Pareto k̂ of the importance weights; above 0.7 the posterior is not to be trusted. Nil if too few draws.
    public var paretoShape: Double?
    /// R̂ between populations where the draws had to be made by tempering, above 1.01 not to be trusted; nil where they had not.
    public var splitR: Double?
    public var seed: UInt64
    public var measurementsUsed: Int
    public var fit: [FitPoint]
    /// What a reader must know: not converged, few data, observations left out, assumptions.
    public var warnings: [String]

    public init(
        model: String, modelVersion: String, reference: Instant, parameterNames: [String], map: [Double], sd: [Double],
        objective: Double, draws: Draws, effectiveSampleSize: Double, paretoShape: Double?, splitR: Double? = nil, seed: UInt64,
        measurementsUsed: Int, fit: [FitPoint], warnings: [String]
    ) {
        self.model = model
        self.modelVersion = modelVersion
        self.reference = reference
        self.parameterNames = parameterNames
        self.map = map
        self.sd = sd
        self.objective = objective
        self.draws = draws
        self.effectiveSampleSize = effectiveSampleSize
        self.paretoShape = paretoShape
        self.splitR = splitR
        self.seed = seed
        self.measurementsUsed = measurementsUsed
        self.fit = fit
        self.warnings = warnings
    }
}

/// Why a twin could not be made or run.
public enum TwinError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The record lacks what the model cannot do without.
    case missing(String, model: String)
    case scenario(ScenarioError)
    /// The calibration is of another model, version or state of the record: why.
    case staleCalibration(String)
    /// What was asked cannot be answered: an unknown name, a time or a value outside its limits.
    case request(String)
    /// The numerics failed: what, and for which draw or parameter.
    case numerics(String)
    case unknownModel(String, known: [String])
    case cancelled

    public var description: String {
        switch self {
        case .missing(let what, let model): "\(model) needs \(what), which the record does not have"
        case .scenario(let error): error.description
        case .staleCalibration(let why): "\(why): calibrate again"
        case .request(let what): what
        case .numerics(let what): "the computation failed: \(what)"
        case .unknownModel(let name, let known): "no model «\(name)»; there are \(known.joined(separator: ", "))"
        case .cancelled: "cancelled"
        }
    }
}
