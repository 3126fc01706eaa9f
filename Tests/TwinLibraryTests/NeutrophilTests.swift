// The myelosuppression problem: its closed-form concentration, its derivatives, its posterior beside NUTS's, and whether it can be believed.
import Numerics
import Systems
import Testing
import Twins

@testable import TwinLibrary

/// Patients drawn from the prior with counts on the twelve days.
private struct NeutrophilPatients: CalibratedProblem {
    let template: NeutrophilPosterior

    init() { template = DocetaxelNeutrophils.posterior(counts: DocetaxelNeutrophils.days.map { _ in 1 }) }

    func simulate(_ replication: Int) -> (truth: [Double], density: NeutrophilPosterior, start: [Double]) {
        let z = RandomStream(seed: 500, stream: 5).normals(draw: replication, count: 4 + DocetaxelNeutrophils.days.count)
        let truth = (0..<4).map { template.centres[$0] + template.scales[$0] * z[$0] }
        let expected = (try? template.predictions([truth]))?[0] ?? []
        let counts = expected.enumerated().map { $1 * (DocetaxelNeutrophils.noise * z[4 + $0]).exp() }
        let density = NeutrophilPosterior(
            medians: DocetaxelNeutrophils.medians, deviations: DocetaxelNeutrophils.deviations, noise: DocetaxelNeutrophils.noise,
            segments: template.segments, hours: template.hours, counts: counts)
        return (truth, density, template.centres)
    }
}

@Suite("Neutrophils under docetaxel")
struct NeutrophilTests {
    /// `posterior-data.json` of the benchmarks' peer, seed 20240902.
    static let counts = [
        7.110560260336902, 1.758025688326064, 0.920806113993843, 0.4229117423690423, 0.6635284186515319, 2.7537721532283608,
        2.9810300692248397, 6.388585864779701, 0.7571930404368874, 0.49973637618207034, 0.8476072851846944, 9.235404938469994,
    ]

    @Test("counts are those of the whole system, whose kinetics are integrated too")
    func whole() throws {
        let density = DocetaxelNeutrophils.posterior(counts: Self.counts)
        let points = [density.centres, density.centres.map { $0 + 0.2 }, density.centres.map { $0 - 0.15 }]
        let k = DocetaxelNeutrophils.kinetics
        let (second, third) = (try #require(k.second), try #require(k.third))
        let rows = points.map { [k.clearance, k.volume, second.outward, second.back, third.outward, third.back] + $0.map { $0.exp() } }
        let segments = density.segments.enumerated().map { index, segment in
            Segment(start: segment.start, end: segment.end, input: [index % 2 == 0 ? 222.8 : 0])
        }
        let found = try Ensemble.solveSerially(
            ThreeCompartmentMyelosuppression.self, draws: Matrix(rows),
            initial: .each(Matrix(points.map { [0, 0, 0] + [Double](repeating: $0[0].exp(), count: 5) })), segments: segments,
            outputs: density.hours, tolerance: Tolerance(relative: 1e-9, absolute: 1e-10))
        for (draw, logs) in try density.predictions(points).map({ $0.map { $0.log() } }).enumerated() {
            for (time, log) in logs.enumerated() { #expect((log - found[draw, time, 7].log()).magnitude < 1e-4) }
        }
    }

    @Test("value and gradient of the expansion are the density's own, and at a perfect fit its curvature is exact")
    func expansion() throws {
        let density = DocetaxelNeutrophils.posterior(counts: Self.counts)
        let point = density.centres.enumerated().map { $1 + 0.1 * Double($0) }
        let found = try #require(density.expansion(point))
        #expect((found.value - density.value(point)).magnitude < 1e-3)
        for i in 0..<4 {
            func moved(_ by: Double) -> Double { density.value(point.indices.map { point[$0] + ($0 == i ? by : 0) }) }
            let slope = (8 * (moved(0.01) - moved(-0.01)) - (moved(0.02) - moved(-0.02))) / 0.12
            #expect((found.gradient[i] - slope).magnitude < 2e-3 * max(1, slope.magnitude))
        }
        let fitted = NeutrophilPosterior(
            medians: DocetaxelNeutrophils.medians, deviations: DocetaxelNeutrophils.deviations, noise: DocetaxelNeutrophils.noise,
            segments: density.segments, hours: density.hours, counts: try density.predictions([density.centres])[0])
        let there = try #require(fitted.expansion(density.centres))
        for i in 0..<4 {
            func moved(_ by: Double) -> Double { fitted.value(density.centres.indices.map { density.centres[$0] + ($0 == i ? by : 0) }) }
            let curvature = (moved(0.01) + moved(-0.01) - 2 * moved(0)) / 1e-4
            #expect((there.hessian[5 * i] / curvature - 1).magnitude < 0.02)
        }
    }

    @Test("the posterior of twelve counts is the one that NUTS finds (numpyro 0.22.0, diffrax 0.7.2: 1,000 draws)")
    func peer() async throws {
        let density = DocetaxelNeutrophils.posterior(counts: Self.counts)
        let posterior = try await Posterior.sample(density, from: density.centres)
        print("neutrophils: k \(posterior.paretoShape ?? .nan), ESS \(posterior.effectiveSampleSize), \(posterior.mode.iterations) steps")
        #expect(posterior.diagnosis.isGood && posterior.warnings.isEmpty)
        let clock = ContinuousClock()
        var best = Duration.seconds(100)
        for seed in 1...5 as ClosedRange<UInt64> {
            let time = try await clock.measure {
                _ = try await Posterior.sample(density, from: density.centres, settings: PosteriorSettings(seed: seed))
            }
            best = min(best, time)
        }
        print("neutrophils: 1,000 draws in \(best)")
        for (name, (mean, deviation)) in zip(density.names, Self.peers) {
            let column = posterior.draws.column(name)
            let share: Double = 1 / posterior.effectiveSampleSize + 1 / Self.peerSize
            #expect((Statistics.mean(column) - mean).magnitude < 4 * deviation * share.squareRoot(), "\(name)")
            #expect((Statistics.standardDeviation(column) / deviation - 1).magnitude < 4 * (share / 2).squareRoot(), "\(name)")
        }
    }

    @Test("ranks of 500 truths are uniform at p > 0.01, 90 % intervals hold 88 to 92 % of 2,000 patients")
    func statistics() async throws {
        let problem = NeutrophilPatients()
        let names = problem.template.names
        let ranks = try await CalibrationStatistics.ranks(of: problem, replications: 500, proposalsPerDraw: 4)
        for (name, histogram) in zip(names, ranks) {
            #expect(histogram.chiSquare < RankHistogram.limit, "\(name): χ² \(histogram.chiSquare) of \(histogram.counts)")
        }
        let coverage = try await CalibrationStatistics.coverage(
            of: problem, replications: 2000, settings: PosteriorSettings(draws: 200, seed: 0, proposalsPerDraw: 1))
        print("90 % intervals hold: \(zip(names, coverage).map { "\($0) \($1)" }.joined(separator: ", "))")
        for (name, share) in zip(names, coverage) { #expect(share >= 0.88 && share <= 0.92, "\(name): \(share)") }
    }

    /// `posterior.py` of the benchmarks: means and deviations of the logarithms, and the least effective size of the whole chain.
    private static let peers = [(1.7131, 0.1317), (4.4491, 0.0429), (-1.9058, 0.1196), (2.4641, 0.0803)]
    private static let peerSize = 659.4
}
