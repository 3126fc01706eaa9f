// Every number of the three-clone avatar, with unit, source and how far it can be trusted.
import Numerics
import Systems
import Twins

/// Zhang 2017's numbers, and the population's by our own fits.
enum ThreeCloneParameters {
    /// α₁₂, α₁₃, α₂₁, α₂₃, α₃₁, α₃₂ of the authors' patient 7.
    static let competition = Zhang2017Scheme.matrices[7] ?? []
    /// What T⁺ find to live of without TP, a share of capacity.
    static let residue = 0.005

    /// Medians and standard deviations of the logarithms over the 32 men of Zhang 2022, by our own fits.
    static let room = (median: 4.3, sdLog: 1.7)
    static let ratio = (median: 0.0005, sdLog: 2.7)
    static let pace = (median: 4.8, sdLog: 0.68)
    static let remainder = (median: 0.07, sdLog: 1.0)
    static let suppression = (median: 2.3, sdLog: 0.37)
    static let residualSD = 0.48
    /// The first measurement is itself one of those that are fitted.
    static let level = (median: 1.0, sdLog: 0.5)

    static let published = Source("Zhang 2017, Nat Commun 8:1816", .excerpt)
    static let fits = Source(
        "derived: median and spread over our fits of the 32 men of Zhang 2022 (eLife 11:e76284, data CC0), empirical Bayes", .derived)

    /// In the order of a draw.
    enum Place: Int, CaseIterable { case level, room, ratio, pace, remainder, suppression }
    private static let spreads = [level, room, ratio, pace, remainder, suppression]
    static let centres = spreads.map { $0.median.log() }
    static let scales = spreads.map(\.sdLog)

    static let table: [Parameter] = [
        AvatarParameters.spread(
            "level", "ℓ", "true marker over measured marker at the first measurement used", .one, level,
            Source("assumption: about one, wide beside the residual error", .assumption)),
        AvatarParameters.spread(
            "room", "h", "room left at the first measurement, over the tumour's size: size is 1/(1 + h) of what T⁺ and TP would grow to",
            .one,
            room, fits),
        AvatarParameters.spread(
            "independent-ratio", "q", "T⁻ cells for each of the others at the first measurement", .one, ratio, fits),
        AvatarParameters.spread(
            "pace", "s", "all three growth rates over those of Zhang 2017, whose proportions are kept", .one, pace, fits),
        AvatarParameters.spread(
            "remainder", "κ", "what the drug leaves of TP's room (Zhang 2017: 0.01)", .one, remainder, fits),
        AvatarParameters.spread(
            "suppression", "γ", "what T⁺ and TP take of T⁻'s room, over Zhang 2017's α₃₁ and α₃₂", .one, suppression, fits),
    ]

    static let constants: [Parameter] =
        zip(["T⁺", "TP", "T⁻"], Zhang2017Scheme.rates).enumerated().map { place, clone in
            AvatarParameters.fixed(
                "growth-\(place + 1)", "r\(sub(place + 1))", "growth of \(clone.0), before the pace", Unit("/d"), clone.1, published)
        }
        + zip(["12", "13", "21", "23", "31", "32"], competition).map { pair, value in
            AvatarParameters.fixed(
                "competition-\(pair)", "α\(pair.compactMap(\.wholeNumberValue).map(sub).joined())",
                "what a cell of clone \(pair.last ?? " ") takes of clone \(pair.first ?? " ")'s room (1 T⁺, 2 TP, 3 T⁻)", .one, value,
                Source("Zhang 2017: matrix of the authors' patient 7; no marker tells these six apart", .excerpt))
        } + [
            AvatarParameters.fixed("food", "c", "T⁺ that a TP cell feeds; one less with the drug", .one, 1.5, published),
            AvatarParameters.fixed(
                "residue", "ε", "T⁺ that live without TP, a share of capacity", .one, residue,
                Source("assumption: ours, below what PSA shows; Zhang 2017's steps end at a floor of 1e-9 cells instead", .assumption)),
            AvatarParameters.fixed("residual-psa", "σ", "SD of the logarithm of PSA about the model", .one, residualSD, fits),
        ]
        + AvatarParameters.shared

    private static func sub(_ digit: Int) -> String { String(["₀", "₁", "₂", "₃"][digit]) }
}

/// One draw, by name; sizes are shares of T⁻'s capacity.
public struct ThreeCloneDraw: Sendable, Hashable {
    let level, room, ratio, pace, remainder, suppression: Double

    public init(_ values: some Collection<Double>) {
        let row = Array(values)
        func value(_ place: ThreeCloneParameters.Place) -> Double { row.indices.contains(place.rawValue) ? row[place.rawValue] : .nan }
        level = value(.level)
        room = value(.room)
        ratio = value(.ratio)
        pace = value(.pace)
        remainder = value(.remainder)
        suppression = value(.suppression)
    }

    /// T⁺ for each TP where both rest without a drug and without T⁻.
    private static let share = 1.5 - ThreeCloneParameters.competition[0]
    /// T⁺ and TP at that rest.
    static let rest = (1 + share) / (1 + ThreeCloneParameters.competition[2] * share)

    /// At the first measurement.
    private var size: Double { Self.rest / (1 + room) }
    public var scale: Double { level * (1 + room) / Self.rest }
}

extension ThreeCloneDraw: CloneDraw {
    public static var parameters: [Parameter] { ThreeCloneParameters.table }
    public static var centres: [Double] { ThreeCloneParameters.centres }
    public static var scales: [Double] { ThreeCloneParameters.scales }
    public static var antigenSD: Double { ThreeCloneParameters.residualSD }
    public static var resistant: [Int] { [2] }
    public static var source: String { "Zhang 2017 (Nat Commun 8:1816)" }
    public static var assumption: String {
        "assumption: all clones grow at one pace in Zhang 2017's proportions, compete by the matrix of one of the authors' patients, and make PSA alike"
    }
    public static var control: String { "Zhang 2017: T⁻ alone stay at their capacity, and that is below 1.2 × reference" }

    public var untreatedRest: Double { max(Self.rest, 1) }
    public var treatedRest: Double { 1 }
    public var scaleSlopes: [Double] { [1, room / (1 + room), 0, 0, 0, 0] }

    /// T⁺ and TP in the proportion of their rest.
    public var clones: [Double] {
        let others = size / (1 + ratio)
        return [others * Self.share / (1 + Self.share), others / (1 + Self.share), others * ratio]
    }

    public var rates: [Double] {
        let a = ThreeCloneParameters.competition
        return Zhang2017Scheme.rates.map { $0 * pace } + a.prefix(4) + [suppression * a[4], suppression * a[5]]
            + [remainder, ThreeCloneParameters.residue]
    }

    public var directions: [Sensitivities.Direction] {
        let (row, cells) = (rates, clones)
        let none = [Double](repeating: 0, count: CloneRates.count)
        func direction(_ places: some Sequence<Int>) -> Sensitivities.Direction {
            Sensitivities.Direction(parameters: places.reduce(into: none) { $0[$1] = row[$1] }, initial: [0, 0, 0])
        }
        let shrinking = -room / (1 + room)
        let mixing = -ratio / (1 + ratio)
        return [
            Sensitivities.Direction(parameters: none, initial: cells.map { $0 * shrinking }),
            Sensitivities.Direction(parameters: none, initial: [cells[0] * mixing, cells[1] * mixing, cells[2] * (1 + mixing)]),
            direction(0...2), direction([9]), direction(7...8),
        ]
    }

    public static func grow(
        _ draws: Matrix, from initial: Matrix, segments: [Segment], outputs: [Double], tolerance: Tolerance
    ) throws -> EnsembleTrajectories {
        try Ensemble.solveSerially(
            by: DormandPrince<ThreeCloneGrowth, SIMD8<Double>>(), draws: draws, initial: .each(initial), segments: segments,
            outputs: outputs, tolerance: tolerance)
    }

    public static func sensitivities(
        of draw: Sensitivities.Draw, segments: [Segment], outputs: [Double], tolerance: Tolerance
    ) throws -> Sensitivities {
        try Sensitivities.solve(
            ThreeCloneGrowth.self, by: DormandPrince<WithSensitivity<ThreeCloneGrowth>, SIMD8<Double>>(), draws: [draw],
            segments: segments, outputs: outputs, tolerance: tolerance)
    }
}
