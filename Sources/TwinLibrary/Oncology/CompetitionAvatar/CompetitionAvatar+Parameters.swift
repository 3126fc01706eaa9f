// Every number of the competition avatar, with unit, source and how far it can be trusted.
import Numerics
import Systems
import Twins

/// Zhang 2022's equations, and the population's numbers by our own fits.
enum CompetitionParameters {
    /// Growth of resistant cells over that of sensitive ones.
    static let growthRatio = Zhang2022Scheme.rates[1] / Zhang2022Scheme.rates[0]

    /// Medians and standard deviations of the logarithms over the 32 men of Zhang 2022, by our own fits.
    static let room = (median: 5.8, sdLog: 1.6)
    static let ratio = (median: 0.06, sdLog: 2.0)
    static let growth = (median: 0.0166, sdLog: 0.63)
    static let remainder = (median: 0.043, sdLog: 1.3)
    static let competition = (median: 2.4, sdLog: 0.57)
    static let residualSD = 0.49
    /// The first measurement is itself one of those that are fitted.
    static let level = (median: 1.0, sdLog: 0.5)

    static let fits = Source(
        "derived: median and spread over our fits of the 32 men of Zhang 2022 (eLife 11:e76284, data CC0), empirical Bayes", .derived)

    /// In the order of a draw.
    enum Place: Int, CaseIterable { case level, room, ratio, growth, remainder, competition }
    private static let spreads = [level, room, ratio, growth, remainder, competition]
    static let centres = spreads.map { $0.median.log() }
    static let scales = spreads.map(\.sdLog)

    static let table: [Parameter] = [
        AvatarParameters.spread(
            "level", "ℓ", "true marker over measured marker at the first measurement used", .one, level,
            Source("assumption: about one, wide beside the residual error", .assumption)),
        AvatarParameters.spread(
            "room", "h", "room left at the first measurement, over the tumour's size: size is 1/(1 + h) of capacity", .one, room, fits),
        AvatarParameters.spread(
            "resistant-ratio", "q", "resistant cells for each sensitive one at the first measurement", .one, ratio, fits),
        AvatarParameters.spread("growth", "r_S", "growth of sensitive cells with room", Unit("/d"), growth, fits),
        AvatarParameters.spread(
            "remainder", "κ", "what the drug leaves of the sensitive cells' room (Zhang 2022: 0.05)", .one, remainder, fits),
        AvatarParameters.spread(
            "competition", "α", "what a sensitive cell takes of a resistant one's room (Zhang 2022: 6)", .one, competition, fits),
    ]

    static let constants: [Parameter] =
        [
            AvatarParameters.fixed(
                "growth-ratio", "r_R/r_S", "growth of resistant cells over that of sensitive ones", .one, growthRatio,
                Source("Zhang 2022, eLife 11:e76284: 0.0091 over 0.0156", .excerpt)),
            AvatarParameters.fixed("residual-psa", "σ", "SD of the logarithm of PSA about the model", .one, residualSD, fits),
        ]
        + AvatarParameters.shared
}

/// One draw, by name; sizes are shares of capacity.
public struct CompetitionDraw: Sendable, Hashable {
    let level, room, ratio, growth, remainder, competition: Double

    public init(_ values: some Collection<Double>) {
        let row = Array(values)
        func value(_ place: CompetitionParameters.Place) -> Double { row.indices.contains(place.rawValue) ? row[place.rawValue] : .nan }
        level = value(.level)
        room = value(.room)
        ratio = value(.ratio)
        growth = value(.growth)
        remainder = value(.remainder)
        competition = value(.competition)
    }
}

extension CompetitionDraw: CloneDraw {
    public static var parameters: [Parameter] { CompetitionParameters.table }
    public static var centres: [Double] { CompetitionParameters.centres }
    public static var scales: [Double] { CompetitionParameters.scales }
    public static var antigenSD: Double { CompetitionParameters.residualSD }
    public static var resistant: [Int] { [ClonalCompetition.State.resistant, ClonalCompetition.State.unreached] }
    public static var source: String { "Zhang 2022 (eLife 11:e76284)" }
    public static var assumption: String {
        "assumption: resistant cells grow at Zhang 2022's 0.58 of the sensitive ones, and the drug takes room instead of killing"
    }
    public static var control: String { "Zhang 2022: resistant cells alone stay at capacity, and that is below 1.2 × reference" }

    public var scale: Double { level * (1 + room) }
    public var untreatedRest: Double { 1 }
    public var treatedRest: Double { 1 }
    public var scaleSlopes: [Double] { [1, room / (1 + room), 0, 0, 0, 0] }

    public var clones: [Double] {
        let size = 1 / (1 + room)
        return [size / (1 + ratio), size * ratio / (1 + ratio)]
    }

    /// A row of ``ClonalRates/Parameter``.
    public var rates: [Double] { [growth, growth * CompetitionParameters.growthRatio, 0, 0, 1, competition, 0, 1 - remainder, 0] }

    public var directions: [Sensitivities.Direction] {
        typealias Place = ClonalRates.Parameter
        let (row, cells) = (rates, clones)
        func direction(_ changes: [(place: Int, by: Double)], initial: [Double] = [0, 0]) -> Sensitivities.Direction {
            Sensitivities.Direction(
                parameters: changes.reduce(into: [Double](repeating: 0, count: ClonalGrowth.parameterCount)) { $0[$1.place] = $1.by },
                initial: initial)
        }
        let mixing = ratio / (1 + ratio)
        return [
            direction([], initial: cells.map { -$0 * room / (1 + room) }),
            direction([], initial: [-cells[0] * mixing, cells[1] * (1 - mixing)]),
            direction([Place.sensitiveGrowth, Place.resistantGrowth].map { ($0, row[$0]) }),
            direction([(Place.capacityLoss, -remainder)]), direction([(Place.competition, competition)]),
        ]
    }

    public static func grow(
        _ draws: Matrix, from initial: Matrix, segments: [Segment], outputs: [Double], tolerance: Tolerance
    ) throws -> EnsembleTrajectories {
        try AvatarDraw.grow(draws, from: initial, segments: segments, outputs: outputs, tolerance: tolerance)
    }

    public static func sensitivities(
        of draw: Sensitivities.Draw, segments: [Segment], outputs: [Double], tolerance: Tolerance
    ) throws -> Sensitivities {
        try AvatarDraw.sensitivities(of: draw, segments: segments, outputs: outputs, tolerance: tolerance)
    }
}
