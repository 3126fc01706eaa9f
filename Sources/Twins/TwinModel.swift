// The one type that a model is: whatever it computes inside, this is all that the rest of the house sees of it.
import Numerics

/// A model of a disease course that can be calibrated on a patient and asked what a scenario would do.
///
/// Adding a twin means one conforming type in `TwinLibrary`, its name in `TwinLibrary.models`, and demo cases.
/// Kinds of model refine this protocol and get `calibrate` and `forecast` for free.
public protocol TwinModel: Sendable {
    /// The name by which commands call it: `alzheimer-course`.
    var id: String { get }
    /// Changes whenever a forecast could: it is part of the forecast's identity.
    var version: String { get }
    /// What its forecasts are computed in on this machine; part of their identity, like the version.
    var arithmetic: Arithmetic { get }
    /// A short title for people.
    var title: String { get }
    var card: ModelCard { get }
    /// In the order of a draw's values.
    var parameters: [Parameter] { get }
    /// Values that are not calibrated, with their sources.
    var constants: [Parameter] { get }
    var observables: [Observable] { get }
    var interventionKinds: [InterventionKind] { get }
    /// (identifier, label, unit) of every endpoint it can compute, for the model's page; forecasts carry the values.
    var endpointList: [EndpointDescription] { get }
    /// The observables first shown on Compare, best first.
    var headlineObservables: [String] { get }
    /// Default horizon of a forecast, days from «now».
    var horizon: Double { get }

    /// Which facts of the record the model uses, and whether this patient lies in its domain.
    func domain(of subject: Subject) -> [DomainFinding]
    /// Published scores that a board of this kind expects beside the simulation. By default none.
    func scores(of subject: Subject) -> [PublishedScore]
    /// What a board of this kind needs in the record before a meeting: (what, whether it is there).
    func completeness(of subject: Subject) -> [CompletenessItem]
    /// Scenarios to start from for this patient; the first is the natural course or no treatment.
    func suggestedScenarios(for subject: Subject) -> [Scenario]
    /// What the record says of progression after a day, read from «now»; nil: the model knows no progression. By default nil.
    func progression(in subject: Subject, after day: CalendarDay) -> ProgressionReading?
    /// Checks a scenario for this patient: kinds, types, limits, and what is not allowed.
    func validate(_ scenario: Scenario, for subject: Subject) throws(TwinError)

    func calibrate(_ subject: Subject, settings: CalibrationSettings) async throws(TwinError) -> Calibration
    /// The forecast at some days from «now», one request's scenarios share draws by index, so differences are paired.
    func forecast(_ request: ForecastRequest) async throws(TwinError) -> Forecast
    /// The same; `progress` is told the share of the draws that is integrated, 0 to 1, rising, by models that integrate them in blocks, and
    /// by default nothing.
    func forecast(_ request: ForecastRequest, progress: Ensemble.Progress?) async throws(TwinError) -> Forecast
    /// One deterministic trajectory at given parameters (missing ones at their prior's centre).
    func simulate(_ request: SimulationRequest) async throws(TwinError) -> Simulation
    /// Runs the model's evidence: every check with expected, obtained, tolerance and source.
    func evidence() async -> [EvidenceCheck]
    /// The checks against tables that cannot be shipped, and which are left out for want of a file. By default none.
    func evidence(in folder: ReferenceFolder?) async -> ReferenceEvidence
}

public struct EndpointDescription: Hashable, Codable, Sendable {
    public var id: String
    public var label: String
    public var unit: Unit
    public init(_ id: String, _ label: String, _ unit: Unit) {
        self.id = id
        self.label = label
        self.unit = unit
    }
}

public struct CompletenessItem: Hashable, Codable, Sendable {
    public var label: String
    public var isPresent: Bool
    public init(_ label: String, _ isPresent: Bool) {
        self.label = label
        self.isPresent = isPresent
    }
}

extension TwinModel {
    public func scores(of subject: Subject) -> [PublishedScore] { [] }

    public func progression(in subject: Subject, after day: CalendarDay) -> ProgressionReading? { nil }

    public func evidence(in folder: ReferenceFolder?) async -> ReferenceEvidence { ReferenceEvidence() }

    public func forecast(_ request: ForecastRequest, progress: Ensemble.Progress?) async throws(TwinError) -> Forecast {
        try await forecast(request)
    }
}

/// What a forecast is made from.
public struct ForecastRequest: Hashable, Sendable {
    public var subject: Subject
    public var calibration: Calibration
    public var scenario: Scenario
    /// Days from «now», rising.
    public var days: [Double]
    public var seed: UInt64
    /// Only the first so many draws, for a quick first picture; nil: all.
    public var drawLimit: Int?
    /// Where a first picture leaves what was integrated for it: the same request without a limit takes it over.
    let begun = BegunForecast()
    public init(subject: Subject, calibration: Calibration, scenario: Scenario, days: [Double], seed: UInt64, drawLimit: Int? = nil) {
        self.subject = subject
        self.calibration = calibration
        self.scenario = scenario
        self.days = days
        self.seed = seed
        self.drawLimit = drawLimit
    }
}

/// What `simulate` is asked.
public struct SimulationRequest: Hashable, Sendable {
    /// Parameter and covariate values by name; missing ones at their standard.
    public var values: [String: Double]
    public var scenario: Scenario
    /// In the model's own unit of time, which `Simulation.timeUnit` names.
    public var times: [Double]
    public var relativeTolerance: Double
    public init(values: [String: Double], scenario: Scenario, times: [Double], relativeTolerance: Double = 1e-8) {
        self.values = values
        self.scenario = scenario
        self.times = times
        self.relativeTolerance = relativeTolerance
    }
}

/// One deterministic trajectory.
public struct Simulation: Hashable, Codable, Sendable {
    public struct Series: Hashable, Codable, Sendable {
        public var name: String
        public var unit: Unit
        public var source: String
        public var values: [Double]
        public init(name: String, unit: Unit, source: String, values: [Double]) {
            self.name = name
            self.unit = unit
            self.source = source
            self.values = values
        }
    }
    public var timeUnit: Unit
    public var times: [Double]
    /// States first, then observables.
    public var series: [Series]
    public init(timeUnit: Unit, times: [Double], series: [Series]) {
        self.timeUnit = timeUnit
        self.times = times
        self.series = series
    }
}

extension TwinModel {
    /// That of the program's own code, the same on every machine.
    public var arithmetic: Arithmetic { .baseline }

    /// Checks kinds, types and limits; a model's own `validate` adds what is not allowed for a patient.
    public func completed(_ scenario: Scenario) throws(ScenarioError) -> Scenario {
        var result = scenario
        result.interventions = []
        for intervention in scenario.interventions {
            guard let kind = interventionKinds.first(where: { $0.id == intervention.kind }) else {
                throw .unknownIntervention(intervention.kind, known: interventionKinds.map(\.id))
            }
            result.interventions.append(try kind.completed(intervention))
        }
        return result
    }

    public func observable(_ id: String) -> Observable? { observables.first { $0.id == id } }
}
