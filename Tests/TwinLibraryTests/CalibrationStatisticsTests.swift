// Whether calibrations can be believed: 500 and 2,000 patients simulated from each twin's own population.
import Numerics
import Testing
import Twins

@testable import TwinLibrary

/// Memory patients with four visits, at an age that tells nothing of τ: only then is the prior what they were drawn from.
private struct MemoryPatients: CalibratedProblem {
    func simulate(_ replication: Int) -> (truth: [Double], density: CoursePosterior, start: [Double]) {
        let map = AlzheimerPopulation.map
        let z = RandomStream(seed: 500, stream: 1).normals(draw: replication, count: 4)
        let truth = [map.xiSD * z[0], map.tauMean + map.tauSD * z[1], z[2], z[3]]
        let errors = RandomStream(seed: 500, stream: 2).normals(draw: replication, count: 28)
        let visits = [75.0, 75.5, 76.5, 78].enumerated().map { visit, age in
            CohortVisit(
                age: age,
                severities: (0..<7).map { feature in
                    map.severity(feature, age: age, xi: truth[0], tau: truth[1], sources: truth[2...])
                        + map.noise[feature] * errors[visit * 7 + feature]
                })
        }
        return (truth, Cohort.density(visits), Cohort.start)
    }
}

/// Patients with four scans during half a year of FOLFOX.
private struct LiverPatients: CalibratedProblem {
    private let history: LiverHistory
    private let weeks = [-24.0, -16, -8, 0]

    init() {
        let drugs = [LiverCodes.fluorouracil, LiverCodes.oxaliplatin].map { OncologyPatients.drug($0, from: -168, to: -10) }
        history = LiverRecord(OncologyPatients.patient(sums: [], drugs: drugs)).history
    }

    private func density(_ sums: [Double]) -> LiverPosterior {
        LiverPosterior(history: history, sums: zip(weeks, sums).map { Measurement(observable: "sum", day: $0 * 7, value: $1) })
    }

    func simulate(_ replication: Int) -> (truth: [Double], density: LiverPosterior, start: [Double]) {
        let prior = density([0, 0, 0, 0])
        let z = RandomStream(seed: 500, stream: 3).normals(draw: replication, count: 8)
        let truth = (0..<4).map { prior.centres[$0] + prior.scales[$0] * z[$0] }
        let sums = weeks.enumerated().map { scan, week in
            let ratio = prior.course.logRatio(
                from: weeks[0], to: week, growth: truth[0].exp(), effect: truth[1].exp(), resistance: truth[2].exp())
            return (truth[3] + ratio.value).exp() + prior.residualSD * z[4 + scan]
        }
        return (truth, density(sums), Array(prior.centres.prefix(3)) + [max(sums[0], 1).log()])
    }
}

@Suite("Calibration statistics")
struct CalibrationStatisticsTests {
    private func check(_ problem: some CalibratedProblem, _ names: [String]) async throws {
        let ranks = try await CalibrationStatistics.ranks(of: problem, replications: 500)
        for (name, histogram) in zip(names, ranks) {
            #expect(histogram.chiSquare < RankHistogram.limit, "\(name): χ² \(histogram.chiSquare) of \(histogram.counts)")
        }
        let coverage = try await CalibrationStatistics.coverage(of: problem, replications: 2000)
        print("90 % intervals hold: \(zip(names, coverage).map { "\($0) \($1)" }.joined(separator: ", "))")
        for (name, share) in zip(names, coverage) { #expect(share >= 0.88 && share <= 0.92, "\(name): \(share)") }
    }

    @Test("Alzheimer course: ranks of 500 truths are uniform at p > 0.01, 90 % intervals hold 88 to 92 % of 2,000 patients")
    func alzheimer() async throws { try await check(MemoryPatients(), ["ξ", "τ", "s₁", "s₂"]) }

    @Test("Liver metastases: ranks of 500 truths are uniform at p > 0.01, 90 % intervals hold 88 to 92 % of 2,000 patients")
    func liver() async throws { try await check(LiverPatients(), ["ln KL", "ln KD", "ln λ", "ln y₀"]) }
}
