// What counts of neutrophils in the record tell of a patient's marrow: a posterior of four parameters, and draws of it.
import Numerics
import Systems
import Twins

/// The negative log posterior of the logarithms of baseline (10⁹/L), mean transit time (h), sensitivity and clearance over the typical,
/// given counts of neutrophils; constants left out.
///
/// Normal priors of the logarithms, normal residuals of the counts' logarithms. Draws are weighed by the twin's own system; value, gradient
/// and Fisher's information of a single point come from one integration with exact sensitivities.
struct MarrowPosterior: NegativeLogPosterior {
    let names = ["lnNeutrophils", "lnTransit", "lnMarrow", "lnClearance"]
    var centres: [Double] { likelihood.centres }
    var scales: [Double] { likelihood.scales }
    private let likelihood: LogCounts
    let past: LiverPast
    /// Rising.
    let days: [Double]

    /// 10⁹/L: a count of zero is one that could not be counted.
    private static let least = 0.05

    init(past: LiverPast, counts: [Measurement]) {
        self.past = past
        days = counts.map(\.day)
        likelihood = LogCounts(
            centres: [LiverMarrow.baseline.median.log(), LiverMarrow.transit.median.log(), 0, 0],
            scales: [LiverMarrow.baseline.sdLog, LiverMarrow.transit.sdLog, LiverMarrow.slopeSD, LiverMarrow.clearanceSD],
            measured: counts.map { max($0.value, Self.least).log() }, noise: LiverMarrow.countSD, least: Self.least * 1e-3)
    }

    func value(_ point: [Double]) -> Double { values([point])[0] }

    func values(_ points: [[Double]]) -> [Double] {
        guard let predicted = try? past.counts(points.map(Self.row), days: days) else { return points.map { _ in .infinity } }
        return zip(points, predicted).map { likelihood.value($0, predicted: $1) }
    }

    func expansion(_ point: [Double]) -> PosteriorExpansion? {
        guard let found = try? past.slopes(Self.row(point), days: days) else { return nil }
        return likelihood.expansion(point, predicted: found)
    }

    /// From logarithms.
    static func row(_ point: [Double]) -> [Double] { point.map { $0.exp() } }

    /// Draws of the prior.
    func population(count: Int, seed: UInt64, stream: UInt64) -> [[Double]] {
        let random = RandomStream(seed: seed, stream: stream)
        return (0..<count).map { draw in
            let noise = random.normals(draw: draw, count: 4)
            return Self.row(noise.indices.map { centres[$0] + scales[$0] * noise[$0] })
        }
    }
}

/// Baseline, transit time, sensitivity and clearance of a patient: of the posterior given the record's counts, without counts the population's.
///
/// The counts inform these four alone, and nothing else informs them, so they are learnt apart from the tumour. Counts within six weeks after
/// a dose that lies too far back to be integrated are left out.
struct LiverMarrowDraws: Sendable {
    /// Baseline 10⁹/L, transit h, sensitivity and clearance over the typical, one row a draw.
    let rows: [[Double]]
    /// The maximum, in the same units, and the standard deviations there.
    let map: [Double]
    let sd: [Double]
    /// How good the draws are; nil without counts, where they are the population's own.
    let diagnosis: PosteriorDiagnosis?
    /// What a reader must know: how many counts were used, and what is wrong with the draws; empty without counts.
    let told: [String]

    private static let stream: UInt64 = 0x4c49_5645_5230_3033
    /// Of the gradient at the maximum: an integration's own digits end not far below it.
    private static let gradientTolerance = 1e-6

    /// - Throws: ``TwinError/numerics(_:)`` where the record's doses cannot be integrated, and `.cancelled`.
    init(_ record: LiverRecord, settings: CalibrationSettings) async throws(TwinError) {
        let past = LiverPast(record)
        let used = record.neutrophils.filter { past.canPredict($0.day) }
        let density = MarrowPosterior(past: past, counts: used)
        let said = Self.words(used: used.count, of: record.neutrophils.count)
        guard !used.isEmpty else {
            rows = density.population(count: settings.draws, seed: settings.seed, stream: Self.stream)
            map = MarrowPosterior.row(density.centres)
            sd = zip(map, density.scales).map { $0 * $1 }
            (diagnosis, told) = (nil, said)
            return
        }
        let posterior = try await Posterior.sample(
            density, from: density.centres,
            settings: PosteriorSettings(settings, stream: Self.stream, tolerance: Self.gradientTolerance))
        rows = (0..<posterior.draws.count).map { MarrowPosterior.row(Array(posterior.draws.draw($0))) }
        map = MarrowPosterior.row(posterior.mode.map)
        sd = zip(map, posterior.mode.sd).map { $0 * $1 }
        diagnosis = posterior.diagnosis
        told = said + posterior.warnings.map { "neutrophils: \($0)" }
    }

    private static func words(used: Int, of all: Int) -> [String] {
        guard all > 0 else { return [] }
        var text = "neutrophils: \(used == 1 ? "1 count tells" : "\(used) counts tell") of this marrow, whether rested or under treatment"
        if all > used { text += "; \(all - used) soon after doses too long ago not used" }
        return [text]
    }
}
