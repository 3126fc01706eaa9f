// The two competing clones of Zhang 2022 as a twin: a drug that takes the sensitive cells' room, learnt from PSA.
import Numerics
import Systems
import Twins

/// Sensitive cells hold resistant ones down more than these do each other, and abiraterone shrinks the sensitive cells' room (Zhang 2022); beside
/// ``TumourAvatar`` and ``ThreeCloneAvatar`` a third biology of one patient.
///
/// The skeleton: Parameters → Dynamics (Systems/Clonal*) → Card → Evidence; the rest is ``AvatarModel``'s.
public struct CompetitionAvatar: AvatarModel {
    public static var clones: any CloneDraw.Type { CompetitionDraw.self }

    public init() {}

    public var id: String { "competition-avatar" }
    public var version: String { "1.0" }
    public var title: String { "Competition avatar: a drug that takes the sensitive cells' room" }
    public var card: ModelCard { Self.modelCard }
    public var constants: [Parameter] { CompetitionParameters.constants }
    public var observables: [Observable] { Self.observableTable }
    public var interventionKinds: [InterventionKind] { TumourAvatar.kinds.filter { $0.id != "switch" } }
    public var headlineObservables: [String] { ["psa", "resistant-fraction"] }

    private static let observableTable = AvatarObservables.table([.psa], of: CompetitionDraw.self)

    public func integrate(
        _ plan: AvatarPlan, outputs: [Double], after first: EnsembleTrajectories? = nil, concurrency: Int,
        progress: Ensemble.Progress? = nil
    ) async throws(TwinError) -> EnsembleTrajectories {
        try await OrdinaryRun.integrate(
            ClonalCompetition.self, plan, outputs: outputs, after: first, concurrency: concurrency, progress: progress)
    }

    /// The two arms of the trial, and fixed weeks.
    public func suggestedScenarios(for subject: Subject) -> [Scenario] {
        [
            Scenario(name: "Continuous", interventions: [TumourAvatar.continuous.standardIntervention]),
            Scenario(name: "8 weeks on, 8 off", interventions: [TumourAvatar.intermittent.standardIntervention]),
            Scenario(name: "Adaptive at 50 %", interventions: [TumourAvatar.adaptive.standardIntervention]),
        ]
    }
}
