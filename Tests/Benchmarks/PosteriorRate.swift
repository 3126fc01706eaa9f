// Effective draws a second of the myelosuppression posterior, beside those of NUTS on the same counts; and whether both find the same posterior.
import Foundation
import Glibc
import Numerics
import TestSupport
import TwinLibrary
import Twins

enum PosteriorRate {
    /// What the peer's program writes: see `peers/README.md`.
    private struct Problem: Decodable {
        struct Prior: Decodable {
            var median: Double
            var log_deviation: Double
        }
        var prior: [String: Prior]
        var log_noise: Double
        var hours: [Double]
        var counts: [Double]
    }

    private struct Peer: Decodable {
        var peer: String
        var version: String
        var seconds: Double
        var least_effective_size: Double
        var effective_size_per_second: Double
        var split_rhat: Double
        var divergences: Int
        var log_mean: [String: Double]
        var log_deviation: [String: Double]
    }

    private static let names = ["baseline", "transit", "feedback", "slope"]

    /// - Parameters:
    ///   - folder: where the peer writes `posterior-data.json`.
    ///   - python: has numpyro and diffrax.
    static func rows(folder: String, python: String) async throws -> [Row] {
        let peer = try measured(python, folder)
        let problem = try JSONDecoder().decode(Problem.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/posterior-data.json")))
        try check(problem)
        let density = DocetaxelNeutrophils.posterior(counts: problem.counts)
        var rates: [Double] = []
        var seconds: [Double] = []
        var found: Posterior?
        for seed in 1...7 as ClosedRange<UInt64> {
            let before = processSeconds()
            let posterior = try await Posterior.sample(density, from: density.centres, settings: PosteriorSettings(draws: 1000, seed: seed))
            seconds.append(processSeconds() - before)
            rates.append(posterior.effectiveSampleSize / seconds[seconds.count - 1])
            found = posterior
        }
        guard let found, found.diagnosis.isGood else { throw Failure("the posterior is not to be trusted: \(found?.warnings ?? [])") }
        let rate = rates.sorted()[rates.count / 2]
        progress("posterior: \(Int(rate)) effective draws/s, \(seconds.sorted()[seconds.count / 2]) s")
        return [
            .told(
                "posterior of twelve neutrophil counts: maximum, Laplace and 1,000 draws, median of 7, one core",
                "\(Row.text(seconds.sorted()[seconds.count / 2] * 1000)) ms, \(Int(found.effectiveSampleSize)) effective draws, Pareto k "
                    + "\(Row.text(found.paretoShape ?? .nan)), \(KernelLibrary.current.name) kernels: \(Int(rate)) effective draws/s")
        ] + (try beside(peer, found, rate))
    }

    /// Both must have been given the same problem.
    private static func check(_ problem: Problem) throws {
        for (index, name) in names.enumerated() {
            guard let prior = problem.prior[name], prior.median == DocetaxelNeutrophils.medians[index],
                prior.log_deviation == DocetaxelNeutrophils.deviations[index]
            else { throw Failure("the peer's prior of \(name) is another") }
        }
        guard problem.log_noise == DocetaxelNeutrophils.noise, problem.hours == DocetaxelNeutrophils.days.map({ 24 * $0 }) else {
            throw Failure("the peer's counts are taken at other times or with another error")
        }
    }

    private static func measured(_ python: String, _ folder: String) throws -> Peer {
        progress("posterior with NUTS: two minutes")
        let script = SharedFiles.projectRoot + "/Tests/Benchmarks/peers/posterior.py"
        let output = try Scratch.run(python, [script, folder])
        guard let line = output.split(separator: "\n").last(where: { $0.hasPrefix("{") }) else {
            throw Failure("the peer's answer is not understood: \(output.prefix(200))")
        }
        return try JSONDecoder().decode(Peer.self, from: Data(line.utf8))
    }

    private static func beside(_ peer: Peer, _ found: Posterior, _ rate: Double) throws -> [Row] {
        var largest = 0.0
        for (index, name) in names.enumerated() {
            let column = found.draws.column(found.draws.parameterNames[index])
            guard let mean = peer.log_mean[name], let deviation = peer.log_deviation[name] else {
                throw Failure("the peer says nothing of \(name)")
            }
            // Standard errors of a mean and of a standard deviation, from both samples.
            let share = 1 / found.effectiveSampleSize + 1 / peer.least_effective_size
            largest = max(largest, (Statistics.mean(column) - mean).magnitude / (deviation * share.squareRoot()))
            largest = max(largest, (Statistics.standardDeviation(column) / deviation - 1).magnitude / (0.5 * share).squareRoot())
        }
        let needed = SolverPromise.part().map { 50 * $0 }
        return [
            .told(
                "\(peer.peer) on the same counts",
                "\(Row.text(peer.effective_size_per_second)) effective draws/s, R̂ \(peer.split_rhat), \(peer.divergences) divergences (\(peer.version))"
            ),
            Row(
                what: "ratio of effective draws a second", measured: "\(Row.text(rate / peer.effective_size_per_second))×",
                promised: needed.map { "≥ \(Row.text($0))×" } ?? "", isKept: needed.map { rate / peer.effective_size_per_second >= $0 }),
            .atMost(4, "standard errors", largest, "largest difference of the two posteriors' means and deviations of the logarithms"),
        ]
    }

    /// The process's own time: what others do on the machine does not count.
    private static func processSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
