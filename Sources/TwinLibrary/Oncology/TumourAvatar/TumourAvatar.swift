// The twin of a tumour as sensitive and resistant cells: continuous, intermittent and adaptive dosing, learnt from a marker.
import Numerics
import Systems
import Twins

/// Sensitive and resistant cells that compete for room (Strobl 2021), read through PSA, circulating DNA or a sum of diameters.
///
/// The skeleton: Parameters → Dynamics (Systems/Clonal*) → Record → Posterior → Interventions → Plan → Calibration → Observables → Endpoints →
/// Card → Evidence.
public struct TumourAvatar: OrdinaryModel {
    public init() {}

    public var id: String { "tumour-avatar" }
    public var version: String { "1.1" }
    public var title: String { "Tumour avatar: sensitive and resistant cells, adaptive dosing" }
    public var card: ModelCard { Self.modelCard }
    public var parameters: [Parameter] { AvatarParameters.table }
    public var constants: [Parameter] { AvatarParameters.constants }
    public var observables: [Observable] { Self.observableTable }
    public var interventionKinds: [InterventionKind] { Self.kinds }
    public var endpointList: [EndpointDescription] { AvatarEndpoint.allCases.map { EndpointDescription($0.rawValue, $0.label, $0.unit) } }
    public var headlineObservables: [String] { ["psa", "ctdna", "sum-of-diameters", "resistant-fraction"] }
    /// 3 years.
    public var horizon: Double { 3 * DayCount.year }
    public var daysPerUnit: Double { 1 }

    public func plan(_ request: ForecastRequest) throws(TwinError) -> AvatarPlan { try AvatarPlan(request, horizon: horizon) }

    public func integrate(
        _ plan: AvatarPlan, outputs: [Double], concurrency: Int, progress: Ensemble.Progress? = nil
    ) async throws(TwinError) -> EnsembleTrajectories {
        try await OrdinaryRun.integrate(ClonalCompetition.self, plan, outputs: outputs, concurrency: concurrency, progress: progress)
    }
}
