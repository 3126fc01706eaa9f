// The twin of colorectal liver metastases: tumour size under systemic treatment, resection, ablation, growth of the liver remnant.
import Numerics
import Systems
import Twins

/// Sum of diameters under fluorouracil regimens (Claret 2009), operations as events, and the future liver remnant.
///
/// The skeleton: Parameters → Dynamics → Record, History → Interventions → Plan → Calibration → Observables → Endpoints → Card → Evidence.
public struct LiverMetastases: OrdinaryModel {
    public init() {}

    public var id: String { "liver-metastases" }
    public var version: String { "2.5" }
    public var title: String { "Colorectal liver metastases: tumour size and liver remnant" }
    public var card: ModelCard { Self.modelCard }
    public var parameters: [Parameter] { LiverParameters.table }
    public var constants: [Parameter] { LiverParameters.constants }
    public var observables: [Observable] { Self.observableTable }
    public var interventionKinds: [InterventionKind] { Self.kinds }
    public var endpointList: [EndpointDescription] { LiverEndpoint.allCases.map { EndpointDescription($0.rawValue, $0.label, $0.unit) } }
    public var headlineObservables: [String] { ["sum-of-diameters", "liver-remnant", "neutrophils"] }
    /// 24 months.
    public var horizon: Double { 24 * DayCount.month }
    public var daysPerUnit: Double { DayCount.week }

    public func plan(_ request: ForecastRequest) throws(TwinError) -> LiverPlan { try LiverPlan(request, horizon: horizon) }

    public func integrate(
        _ plan: LiverPlan, outputs: [Double], after first: EnsembleTrajectories? = nil, concurrency: Int, progress: Ensemble.Progress? = nil
    ) async throws(TwinError) -> EnsembleTrajectories {
        try await OrdinaryRun.integrate(
            LiverTreatmentSystem.self, plan, outputs: outputs, after: first, concurrency: concurrency, keeping: LiverPlan.kept,
            progress: progress)
    }
}
