// The sensitive and resistant cells of Strobl 2021 as the avatar's clones.
import Numerics
import Systems
import Twins

extension AvatarDraw: CloneDraw {
    public static var parameters: [Parameter] { AvatarParameters.table }
    public static var centres: [Double] { AvatarParameters.centres }
    public static var scales: [Double] { AvatarParameters.scales }
    public static var antigenSD: Double { AvatarParameters.residualSD }
    public static var resistant: [Int] { [ClonalCompetition.State.resistant, ClonalCompetition.State.unreached] }
    public static var source: String { "Strobl 2021 (10.1158/0008-5472.CAN-20-0806)" }
    public static var assumption: String { AvatarNotes.structure }
    public static var control: String { "Strobl 2021: deaths hold resistant cells alone below the limit, 1 − d/r_R < 1.2 × reference" }

    public var clones: [Double] { [sensitive, resistant] }
    public var untreatedRest: Double { max(sensitiveEquilibrium, resistantEquilibrium) }
    public var treatedRest: Double { resistantEquilibrium }
    /// The marker at capacity depends on the room too.
    public var scaleSlopes: [Double] { [1, room / (1 + room), 0, 0, 0, 0, 0] }

    public var directions: [Sensitivities.Direction] {
        let share = 1 / (1 + ratio)
        let sizes = -room / (1 + room)
        let mixed = size * ratio * share * share
        func rates(_ changes: [(place: Int, by: Double)]) -> [Double] {
            changes.reduce(into: [Double](repeating: 0, count: ClonalGrowth.parameterCount)) { $0[$1.place] = $1.by }
        }
        typealias Place = ClonalRates.Parameter
        let byTurnover = death / (1 + turnover)
        return [
            Sensitivities.Direction(parameters: rates([]), initial: [sensitive * sizes, resistant * sizes]),
            Sensitivities.Direction(parameters: rates([]), initial: [-mixed, mixed]),
            Sensitivities.Direction(
                parameters: rates([
                    (Place.sensitiveGrowth, growth), (Place.resistantGrowth, resistantGrowth), (Place.sensitiveDeath, death),
                    (Place.resistantDeath, death),
                ]), initial: [0, 0]),
            Sensitivities.Direction(parameters: rates([(Place.kill, kill), (Place.secondKill, kill)]), initial: [0, 0]),
            Sensitivities.Direction(
                parameters: rates([(Place.resistantGrowth, -resistantGrowth * advantage / (1 + advantage))]), initial: [0, 0]),
            Sensitivities.Direction(
                parameters: rates([(Place.sensitiveDeath, byTurnover), (Place.resistantDeath, byTurnover)]), initial: [0, 0]),
        ]
    }

    public static func grow(
        _ draws: Matrix, from initial: Matrix, segments: [Segment], outputs: [Double], tolerance: Tolerance
    ) throws -> EnsembleTrajectories {
        try Ensemble.solveSerially(
            ClonalGrowth.self, draws: draws, initial: .each(initial), segments: segments, outputs: outputs, tolerance: tolerance)
    }

    public static func sensitivities(
        of draw: Sensitivities.Draw, segments: [Segment], outputs: [Double], tolerance: Tolerance
    ) throws -> Sensitivities {
        try Sensitivities.solve(ClonalGrowth.self, draws: [draw], segments: segments, outputs: outputs, tolerance: tolerance)
    }
}
