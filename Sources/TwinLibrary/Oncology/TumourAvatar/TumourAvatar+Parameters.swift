// Every number of the avatar, with unit, source and how far it can be trusted.
import Numerics
import Twins

/// The population, and what the twin assumes.
///
/// - Invariant V1: every number that is ours is marked `.assumption` here or in a field, and stands in the notes of what it shaped.
enum AvatarParameters {
    /// Medians and standard deviations of the logarithms over the 32 men of Zhang 2022, by our own fits.
    static let room = (median: 8.6, sdLog: 1.6)
    static let ratio = (median: 0.036, sdLog: 2.0)
    static let growth = (median: 0.036, sdLog: 0.65)
    static let kill = (median: 1.52, sdLog: 0.42)
    /// Of PSA's logarithm about the model.
    static let residualSD = 0.43

    /// Cost 0.3 of growth and turnover 0.3, each 0.08 to 0.68 in 95 of 100: as odds.
    static let advantage = (median: 0.43, sdLog: 0.8)
    static let turnover = (median: 0.43, sdLog: 0.8)
    /// The first measurement is itself one of those that are fitted.
    static let level = (median: 1.0, sdLog: 0.5)

    /// Times the reference that is progression.
    static let progression = StroblTrial.progression
    /// Days between two looks where a policy names none.
    static let look = 28.0
    /// Days after a switch before its failure is looked for.
    static let grace = 84.0

    static let fits = Source(
        "derived: median and spread over our fits of the 32 men of Zhang 2022 (eLife 11:e76284, data CC0), empirical Bayes with the other "
            + "two priors fixed", .derived)

    /// In the order of a draw.
    enum Place: Int, CaseIterable { case level, room, ratio, growth, kill, advantage, turnover }

    static let table: [Parameter] = [
        Parameter(
            "level", symbol: "ℓ", meaning: "true marker over measured marker at the first measurement used", unit: .one,
            prior: prior(level), source: Source("assumption: about one, wide beside the residual error", .assumption)),
        Parameter(
            "room", symbol: "h", meaning: "room left at the first measurement, over the tumour's size: size is 1/(1 + h) of capacity",
            unit: .one, prior: prior(room), source: fits),
        Parameter(
            "resistant-ratio", symbol: "q", meaning: "resistant cells for each sensitive one at the first measurement", unit: .one,
            prior: prior(ratio), source: fits),
        Parameter(
            "growth", symbol: "r_S", meaning: "growth of sensitive cells with room", unit: Unit("/d"), prior: prior(growth), source: fits),
        Parameter(
            "kill", symbol: "δ", meaning: "what the drug takes from the growth of sensitive cells, as a multiple of it", unit: .one,
            prior: prior(kill), source: fits),
        Parameter(
            "advantage", symbol: "a", meaning: "growth that resistance costs: r_R = r_S/(1 + a)", unit: .one, prior: prior(advantage),
            source: Source(
                "assumption: cost 0.3 (0.08–0.68), about the 0–0.5 that Strobl 2021 looks at; PSA tells little of it", .assumption)),
        Parameter(
            "turnover", symbol: "w", meaning: "deaths for each net birth: d = r_S·w/(1 + w), of both clones", unit: .one,
            prior: prior(turnover),
            source: Source(
                "assumption: deaths 0.3 of births (0.08–0.68), about the 0–0.5 that Strobl 2021 looks at; PSA tells little of it",
                .assumption)),
    ]

    static let constants: [Parameter] = [
        fixed("competition", "α", "what a sensitive cell takes of a resistant one's room", .one, 1, Source("Strobl 2021", .excerpt)),
        fixed(
            "progression", "p", "marker over its reference that is progression", .one, progression,
            Source("Strobl 2021: burden above 1.2 of its initial size", .excerpt)),
        fixed(
            "residual-psa", "σ", "SD of the logarithm of PSA about the model", .one, residualSD, fits),
        fixed(
            "residual-ctdna", "σ", "the same of circulating tumour DNA", .one, AvatarMarker.ctdna.residualSD,
            Source("assumption: no series of our own to learn it from", .assumption)),
        fixed(
            "residual-diameters", "σ", "the same of a sum of diameters", .one, AvatarMarker.diameters.residualSD,
            Source("assumption: 15 %, about the 14.9 mm of Claret 2009 at 100 mm", .assumption)),
        fixed(
            "floor-psa", "ε", "added to PSA before its logarithm is taken", AvatarMarker.psa.unit, AvatarMarker.psa.floor,
            Source("assumption: what cannot be told from nothing weighs nothing", .assumption)),
        fixed(
            "floor-ctdna", "ε", "the same of circulating tumour DNA", .percent, AvatarMarker.ctdna.floor,
            Source("assumption: about the least share that assays report", .assumption)),
        fixed(
            "floor-diameters", "ε", "the same of a sum of diameters", .millimetre, AvatarMarker.diameters.floor,
            Source("assumption: below it a lesion is too small to measure", .assumption)),
        fixed(
            "look", "Δ", "between two looks for progression, where a policy names none", .day, look,
            Source("assumption: about monthly, as PSA in Zhang 2022", .assumption)),
        fixed(
            "grace", "g", "after a switch, before its failure is looked for", .day, grace,
            Source("assumption: 12 weeks, so that a second drug can work", .assumption)),
        fixed(
            "survival-scale", "λ", "scale of the Weibull hazard of death", .day, DesmeeSurvival.scale,
            Source("Desmée 2015 (10.1208/s12248-015-9745-5), weak link", .excerpt)),
        fixed("survival-shape", "k", "shape of it", .one, DesmeeSurvival.shape, Source("Desmée 2015", .excerpt)),
        fixed("survival-link", "β", "hazard × e^(β·PSA)", Unit("mL/ng"), DesmeeSurvival.link, Source("Desmée 2015, weak link", .excerpt)),
    ]

    /// What every avatar has that is fitted to PSA alone: progression, the marker's floor, looks, survival.
    static var shared: [Parameter] {
        constants.filter { ["progression", "floor-psa", "look"].contains($0.name) || $0.name.hasPrefix("survival-") }
    }

    private static func prior(_ spread: (median: Double, sdLog: Double)) -> Prior {
        .logNormal(median: spread.median, sdLog: spread.sdLog)
    }

    /// A parameter with this median and standard deviation of its logarithm.
    static func spread(
        _ name: String, _ symbol: String, _ meaning: String, _ unit: Unit, _ spread: (median: Double, sdLog: Double), _ source: Source
    ) -> Parameter {
        Parameter(name, symbol: symbol, meaning: meaning, unit: unit, prior: prior(spread), source: source)
    }

    static func fixed(
        _ name: String, _ symbol: String, _ meaning: String, _ unit: Unit, _ value: Double, _ source: Source
    ) -> Parameter {
        Parameter(name, symbol: symbol, meaning: meaning, unit: unit, prior: .fixed(value), source: source)
    }

    static let centres = [level, room, ratio, growth, kill, advantage, turnover].map { $0.median.log() }
    static let scales = [level, room, ratio, growth, kill, advantage, turnover].map(\.sdLog)
}

/// One draw, by name; sizes are shares of capacity.
public struct AvatarDraw: Sendable, Hashable {
    var level, room, ratio, growth, kill, advantage, turnover: Double

    /// From values in the parameters' order.
    public init(_ values: some Collection<Double>) {
        let row = Array(values)
        func value(_ place: AvatarParameters.Place) -> Double { row.indices.contains(place.rawValue) ? row[place.rawValue] : .nan }
        level = value(.level)
        room = value(.room)
        ratio = value(.ratio)
        growth = value(.growth)
        kill = value(.kill)
        advantage = value(.advantage)
        turnover = value(.turnover)
    }

    /// Size at the first measurement used.
    var size: Double { 1 / (1 + room) }
    var sensitive: Double { size / (1 + ratio) }
    var resistant: Double { size * ratio / (1 + ratio) }
    /// Marker at capacity over the first measured value.
    public var scale: Double { level * (1 + room) }
    var death: Double { growth * turnover / (1 + turnover) }
    var resistantGrowth: Double { growth / (1 + advantage) }

    /// A row of ``ClonalRates/Parameter``; the second drug is as strong as the first.
    public var rates: [Double] { [growth, resistantGrowth, death, death, 1, 1, kill, 0, kill] }

    /// Where resistant cells alone would stay; 0 where they die out.
    var resistantEquilibrium: Double { max(0, 1 - death / resistantGrowth) }
    var sensitiveEquilibrium: Double { max(0, 1 - death / growth) }
}
