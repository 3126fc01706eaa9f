// The twin of a tumour as sensitive and resistant cells: continuous, intermittent and adaptive dosing, learnt from a marker.
import Numerics
import Systems
import Twins

/// Sensitive and resistant cells that compete for room (Strobl 2021), read through PSA, circulating DNA or a sum of diameters.
///
/// The skeleton: Parameters → Dynamics (Systems/Clonal*) → Record → Posterior → Interventions → Plan → Calibration → Observables → Endpoints →
/// Card → Evidence.
public struct TumourAvatar: AvatarModel {
    public static var clones: any CloneDraw.Type { AvatarDraw.self }

    public init() {}

    public var id: String { "tumour-avatar" }
    public var version: String { "1.2" }
    public var title: String { "Tumour avatar: sensitive and resistant cells, adaptive dosing" }
    public var card: ModelCard { Self.modelCard }
    public var constants: [Parameter] { AvatarParameters.constants }
    public var observables: [Observable] { Self.observableTable }
    public var interventionKinds: [InterventionKind] { Self.kinds }
    public var headlineObservables: [String] { ["psa", "ctdna", "sum-of-diameters", "resistant-fraction"] }

    public func integrate(
        _ plan: AvatarPlan, outputs: [Double], after first: EnsembleTrajectories? = nil, concurrency: Int,
        progress: Ensemble.Progress? = nil
    ) async throws(TwinError) -> EnsembleTrajectories {
        try await OrdinaryRun.integrate(
            ClonalCompetition.self, plan, outputs: outputs, after: first, concurrency: concurrency, progress: progress)
    }
}
