// Simulation-based calibration: truths from the prior, data from the truths, posteriors from the data; then the truths must rank
// uniformly among the draws, and intervals must hold what they promise.
import Numerics
import Twins

/// A model that is put to the test with patients of its own making.
protocol CalibratedProblem: Sendable {
    associatedtype Density: NegativeLogPosterior
    /// A truth from the prior, the posterior of data simulated from it, and where its search begins.
    func simulate(_ replication: Int) -> (truth: [Double], density: Density, start: [Double])
}

/// How often a truth took each rank among the draws, ranks counted into equal bins.
struct RankHistogram {
    static let bins = 16
    /// 0.99 quantile of χ² with 15 degrees of freedom (Abramowitz and Stegun 1964, table 26.8).
    static let limit = 30.578
    var counts = [Int](repeating: 0, count: bins)

    /// Σ(observed − expected)²/expected.
    var chiSquare: Double {
        let expected = Double(counts.reduce(0, +)) / Double(Self.bins)
        return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    }
}

enum CalibrationStatistics {
    /// Draws that a truth is ranked among: 64 possible ranks, four a bin.
    private static let ranked = 63

    /// One histogram a parameter. Method: Talts, Betancourt, Simpson, Vehtari and Gelman (2018), arXiv 1804.06788.
    static func ranks(
        of problem: some CalibratedProblem, replications: Int, proposalsPerDraw: Int = 24
    ) async throws -> [RankHistogram] {
        // Many proposals for few draws: a draw that repeats would count twice.
        let settings = PosteriorSettings(draws: ranked, seed: 0, proposalsPerDraw: proposalsPerDraw)
        let places = try await each(problem, replications, settings) { truth, column in column.count { $0 < truth } }
        return (0..<(places.first?.count ?? 0)).map { parameter in
            var histogram = RankHistogram()
            for place in places { histogram.counts[place[parameter] * RankHistogram.bins / (ranked + 1)] += 1 }
            return histogram
        }
    }

    /// Of each parameter the share of replications whose 90 % interval holds the truth.
    static func coverage(
        of problem: some CalibratedProblem, replications: Int, settings: PosteriorSettings = PosteriorSettings(seed: 0)
    ) async throws -> [Double] {
        let held = try await each(problem, replications, settings) { truth, column in
            let ends = Quantiles.of(column, levels: [0.05, 0.95])
            return ends[0] <= truth && truth <= ends[1]
        }
        return (0..<(held.first?.count ?? 0)).map { parameter in Double(held.count { $0[parameter] }) / Double(held.count) }
    }

    /// For each replication and parameter what `look` says of the truth and its draws, on two cores.
    private static func each<Found: Sendable>(
        _ problem: some CalibratedProblem, _ replications: Int, _ settings: PosteriorSettings,
        _ look: @escaping @Sendable (_ truth: Double, _ column: [Double]) -> Found
    ) async throws -> [[Found]] {
        let half = replications / 2
        @Sendable func part(_ range: Range<Int>) async throws -> [[Found]] {
            var found: [[Found]] = []
            for replication in range {
                let (truth, density, start) = problem.simulate(replication)
                var settings = settings
                settings.seed = UInt64(replication)
                let posterior = try await Posterior.sample(density, from: start, settings: settings)
                found.append(zip(truth, density.names).map { look($0, posterior.draws.column($1)) })
            }
            return found
        }
        async let first = part(0..<half)
        async let second = part(half..<replications)
        return try await first + second
    }
}
