// The three clones of Zhang 2017 as a twin: continuous, metronomic and adaptive abiraterone, learnt from PSA.
import Numerics
import Systems
import Twins

/// Cells that need testosterone, make it, or need none (Zhang 2017), fitted to one man's PSA; beside ``TumourAvatar`` a second biology of
/// the same patient.
///
/// The skeleton: Parameters → Dynamics (ThreeClones) → Card → Evidence; the rest is ``AvatarModel``'s.
public struct ThreeCloneAvatar: AvatarModel {
    public static var clones: any CloneDraw.Type { ThreeCloneDraw.self }

    public init() {}

    public var id: String { "three-clone-avatar" }
    public var version: String { "1.0" }
    public var title: String { "Three-clone avatar: cells that need testosterone, make it, or need none" }
    public var card: ModelCard { Self.modelCard }
    public var constants: [Parameter] { ThreeCloneParameters.constants }
    public var observables: [Observable] { Self.observableTable }
    public var interventionKinds: [InterventionKind] { TumourAvatar.kinds.filter { $0.id != "switch" } }
    public var headlineObservables: [String] { ["psa", "resistant-fraction"] }
    /// Its steps are compiled into the program, not into the kernels.
    public var arithmetic: Arithmetic { .baseline }

    private static let observableTable = AvatarObservables.table([.psa], of: ThreeCloneDraw.self)

    public func integrate(
        _ plan: AvatarPlan, outputs: [Double], after first: EnsembleTrajectories? = nil, concurrency: Int,
        progress: Ensemble.Progress? = nil
    ) async throws(TwinError) -> EnsembleTrajectories {
        try await OrdinaryRun.integrate(
            by: DormandPrince<ThreeCloneCompetition, SIMD8<Double>>(), plan, outputs: outputs, after: first, concurrency: concurrency,
            progress: progress)
    }

    /// Zhang 2017's three arms.
    public func suggestedScenarios(for subject: Subject) -> [Scenario] {
        [
            Scenario(name: "Continuous", interventions: [TumourAvatar.continuous.standardIntervention]),
            Scenario(name: "Metronomic", interventions: [TumourAvatar.metronomic.standardIntervention]),
            Scenario(name: "Adaptive at 50 %", interventions: [TumourAvatar.adaptive.standardIntervention]),
        ]
    }
}
