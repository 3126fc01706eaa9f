// A twin that some of its draws make stiff, so that what a twin's author gets from the integrator can be seen whole.
import Numerics
import Systems
import Twins

/// Van der Pol's oscillator, of no clinical meaning: ε of about 1 is smooth, of a millionth stiff.
struct OscillatorTwin: OrdinaryModel {
    struct Plan: OrdinaryPlan {
        let parameters: Matrix
        let segments = [Segment(start: 0, end: 2)]
        let initial = InitialState.same([2, 0])
        let milestones: [Double] = [1]
        let tolerance = Tolerance()
        let marks: [ForecastMark] = []
        let notes = ["assumption: an oscillator"]
    }

    let id = "oscillator"
    let version = "1"
    let title = "Van der Pol's oscillator"
    let horizon = 2.0
    let daysPerUnit = 1.0
    let method: IntegrationMethod

    private static let source = Source("Hairer and Wanner 1996", .excerpt)
    var parameters: [Parameter] {
        [
            Parameter(
                "epsilon", symbol: "ε", meaning: "stiffness", unit: .one, prior: .logNormal(median: 1, sdLog: 1), source: Self.source)
        ]
    }
    let constants: [Parameter] = []
    let observables = [
        Observable("y", label: "y", unit: .one, codes: [], range: -3...3, better: nil, residualSD: 0, source: Self.source)
    ]
    let headlineObservables = ["y"]
    let interventionKinds: [InterventionKind] = []
    let endpointList: [EndpointDescription] = []
    let card = ModelCard(
        purpose: "To test the integrator.", notFor: "Anything else.", equations: [], states: [], population: "Nobody.", limits: [],
        references: [])

    func domain(of subject: Subject) -> [DomainFinding] { [] }
    func completeness(of subject: Subject) -> [CompletenessItem] { [] }
    func suggestedScenarios(for subject: Subject) -> [Scenario] { [] }
    func validate(_ scenario: Scenario, for subject: Subject) throws(TwinError) {}
    func evidence() async -> [EvidenceCheck] { [] }
    func simulate(_ request: SimulationRequest) async throws(TwinError) -> Simulation {
        Simulation(timeUnit: .day, times: request.times, series: [])
    }
    func calibrate(_ subject: Subject, settings: CalibrationSettings) async throws(TwinError) -> Calibration {
        calibration([1], reference: subject.reference)
    }

    func calibration(_ epsilon: [Double], reference: Instant) -> Calibration {
        Calibration(
            model: id, modelVersion: version, reference: reference, parameterNames: ["epsilon"], map: [1], sd: [1], objective: 0,
            draws: Draws(parameterNames: ["epsilon"], values: epsilon), effectiveSampleSize: Double(epsilon.count), paretoShape: nil,
            seed: 1,
            measurementsUsed: 0, fit: [], warnings: [])
    }

    func plan(_ request: ForecastRequest) throws(TwinError) -> Plan {
        let draws = request.calibration.draws
        do {
            return Plan(parameters: try Matrix(rows: draws.count, columns: 1, elements: draws.values))
        } catch { throw .numerics("\(error)") }
    }
    func integrate(
        _ plan: Plan, outputs: [Double], after first: EnsembleTrajectories?, concurrency: Int, progress: Ensemble.Progress?
    ) async throws(TwinError) -> EnsembleTrajectories {
        try await OrdinaryRun.integrate(
            VanDerPol.self, method: method, plan, outputs: outputs, after: first, concurrency: concurrency, progress: progress)
    }
    func column(of observable: String, at time: Int, in run: OrdinaryRun<Plan>) -> [Double]? { run.states.column(time: time, state: 0) }
    func endpoints(of run: OrdinaryRun<Plan>) -> [Endpoint] { [] }
}
