// A small model with invented figures, so that a screen can be tested without a solver.
import Twins

/// Answers at once and the same each time; nothing in it is of clinical meaning.
struct FixtureModel: TwinModel {
    let id = "fixture-tumour"
    let version = "1"
    let title = "Liver metastases (fixture)"
    let horizon = 24 * DayCount.month
    var parameters: [Parameter] {
        [
            Parameter(
                "KL", symbol: "K_L", meaning: "growth", unit: Unit("/wk"), prior: .logNormal(median: 0.015, sdLog: 0.7),
                source: Source("Claret 2009", .excerpt)),
            Parameter(
                "KD", symbol: "K_D", meaning: "shrinkage", unit: Unit("/g/wk"), prior: .logNormal(median: 0.058, sdLog: 0.7),
                source: Source("Claret 2009", .excerpt)),
        ]
    }
    var constants: [Parameter] { [] }
    let observables = [
        Observable(
            "sum-of-diameters", label: "sum of diameters", unit: .millimetre, codes: [FixtureModel.code], range: 0...1000, better: .lower,
            residualSD: 7.8, source: Source("Claret 2014", .excerpt)),
        Observable(
            "remnant", label: "future liver remnant", unit: .percent, codes: [], range: 0...100, better: .higher, residualSD: 2,
            source: Source("own", .assumption)),
        Observable(
            "marker", label: "serum marker", unit: Unit("ug/L"), codes: [], range: 0...10_000, better: .lower, residualSD: 4,
            source: Source("own", .assumption)),
    ]
    static let code = Code(system: Code.local, code: "sum-of-diameters")
    let headlineObservables = ["sum-of-diameters", "remnant"]
    var endpointList: [EndpointDescription] {
        Fixture.endpoints(Scenario(name: "", interventions: []), index: 0).map { EndpointDescription($0.id, $0.label, $0.unit) }
    }
    let card = ModelCard(
        purpose: "To test screens.", notFor: "Anything else.", equations: ["y' = K_L y − K_D E y"],
        states: [ModelState("y", .millimetre, "size of what is invented")], population: "Nobody.",
        limits: ["invented figures"], references: [Source("Nobody 2026", .assumption)])

    let interventionKinds = [
        InterventionKind(
            "regimen", "Systemic regimen", help: "Cycles of two weeks.",
            fields: [
                Field(
                    "start", "Start", .number(unit: .day, limits: 0...365, step: 7), standard: .number(0),
                    source: Source("treatment from today", .assumption), help: "Days from now."),
                Field(
                    "backbone", "Backbone", .choice([Field.Choice("folfox", "FOLFOX"), Field.Choice("folfiri", "FOLFIRI")]),
                    standard: .choice("folfox"), source: Source("the commonest first line", .assumption), help: "The chemotherapy."),
                Field(
                    "dose", "Dose", .number(unit: .percent, limits: 50...110, step: 5), standard: .number(100),
                    source: Source("label", .verified), help: "Share of the full dose."),
                Field(
                    "addition", "Effect of the addition", .number(unit: .one, limits: 0...2, step: 0.05), standard: .number(1.3),
                    source: Source("no fitted set was found; published hazard ratio 0.68 (0.59–0.78)", .assumption),
                    help: "Factor on the kill rate that an added antibody brings."),
                Field("bevacizumab", "Bevacizumab", .flag, standard: .flag(false), source: Source("board", .assumption)),
                Field(
                    "antiEGFR", "Anti-EGFR", .flag, standard: .flag(false), source: Source("board", .assumption),
                    help: "Only in RAS wild type."),
            ]),
        InterventionKind(
            "resection", "Resection",
            fields: [
                Field(
                    "start", "Start", .number(unit: .day, limits: 0...730, step: 7), standard: .number(168),
                    source: Source("after six cycles", .assumption), help: "Day of the operation."),
                Field(
                    "cleared", "Tumour cleared", .number(unit: .percent, limits: 0...100, step: 1), standard: .number(98),
                    source: Source("board", .assumption), help: "Share of the sum of diameters that is taken out."),
            ]),
    ]

    func domain(of subject: Subject) -> [DomainFinding] {
        [
            DomainFinding(input: "age", found: "61 years", domain: "18 to 85 years", isInside: true),
            DomainFinding(input: "lesions", found: "4", domain: "1 to 3", isInside: false),
        ]
    }
    func completeness(of subject: Subject) -> [CompletenessItem] {
        [CompletenessItem("RAS status", true), CompletenessItem("liver volume", false)]
    }
    func suggestedScenarios(for subject: Subject) -> [Scenario] { Fixture.scenarios }
    func validate(_ scenario: Scenario, for subject: Subject) throws(TwinError) {
        do { _ = try completed(scenario) } catch { throw .scenario(error) }
        guard
            !scenario.interventions.contains(where: { $0.values["antiEGFR"] == .flag(true) && $0.values["backbone"] == .choice("folfox") })
        else {
            throw .scenario(.notAllowed(intervention: "regimen", reason: "anti-EGFR is not given with this backbone in the fixture"))
        }
    }
    func calibrate(_ subject: Subject, settings: CalibrationSettings) async throws(TwinError) -> Calibration { Fixture.calibration }
    func forecast(_ request: ForecastRequest) async throws(TwinError) -> Forecast {
        try validate(request.scenario, for: request.subject)
        return Fixture.forecast(request.scenario, index: 0, days: request.days)
    }
    func simulate(_ request: SimulationRequest) async throws(TwinError) -> Simulation {
        Simulation(timeUnit: .day, times: request.times, series: [])
    }
    func evidence() async -> [EvidenceCheck] {
        [EvidenceCheck(name: "one is one", expected: 1, obtained: 1, tolerance: 0, source: "arithmetic")]
    }
}
