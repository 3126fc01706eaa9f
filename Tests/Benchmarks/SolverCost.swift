// How the solver's cost grows with draws, horizon and cores.

import Foundation
import Numerics
import Systems

enum SolverCost {
    private static let tolerance = Tolerance(relative: 1e-6, absolute: 1e-9)

    static func rows() async throws -> [Row] { try draws() + horizon() + (try await cores()) }

    private static func draws() throws -> [Row] {
        try [100, 1_000, 10_000, 100_000].map { count in
            progress("solver, cost: \(count) draws")
            let (draws, workload) = (try SeededDraws.around(SeededDraws.robertson, count: count), SolverWorkload.robertson)
            let seconds = try processSeconds(workload, draws, repeats: count > 10_000 ? 1 : 5)
            return .told(
                "cost: Robertson, \(count) draws, relative tolerance 1e-6, one core",
                "\(Row.text(seconds * 1e3)) ms, \(perDraw(seconds, count))")
        }
    }

    private static func horizon() throws -> [Row] {
        let draws = try SeededDraws.around(SeededDraws.myelosuppression, count: 512)
        return try [1, 2, 4, 8, 16].map { cycles in
            progress("solver, cost: \(cycles) cycles")
            var workload = SolverWorkload.myelosuppression
            let cycle = workload.segments.prefix(2)
            workload.segments = (0..<cycles).flatMap { number in
                cycle.map { Segment(start: $0.start + 504 * Double(number), end: $0.end + 504 * Double(number), input: $0.input) }
            }
            workload.outputs = (1...21 * cycles).map { 24 * Double($0) }
            let seconds = try processSeconds(workload, draws, repeats: 3)
            return .told("cost: A, \(cycles) cycles of three weeks, 512 draws, relative tolerance 1e-6, one core", perDraw(seconds, 512))
        }
    }

    private static func cores() async throws -> [Row] {
        let workload = SolverWorkload.myelosuppression
        let draws = try SeededDraws.around(SeededDraws.myelosuppression, count: 4_096)
        let starts = try SeededDraws.starts(workload, draws)
        let clock = ContinuousClock()
        var times: [Int: Times] = [:]
        // Turn about, so that both see the machine at the same speed.
        for round in 1...3 {
            progress("solver, cost: one and two cores, round \(round) of 3")
            for cores in [1, 2] {
                let start = clock.now
                _ = try await Ensemble.solve(
                    ThreeCompartmentMyelosuppression.self, method: .stiff, draws: draws, initial: .each(starts),
                    segments: workload.segments, outputs: workload.outputs, tolerance: tolerance, concurrency: cores)
                times[cores, default: Times()].add(clock.now - start)
            }
        }
        let (one, two) = (times[1]?.median ?? .nan, times[2]?.median ?? .nan)
        return [
            .told(
                "cost: A, 4,096 draws on one and on two cores, wall clock, median of 3",
                "\(Row.text(one)) ms and \(Row.text(two)) ms: \(Row.text(one / two))×")
        ]
    }

    /// The median processor time of several runs.
    private static func processSeconds(_ workload: SolverWorkload, _ draws: Matrix, repeats: Int) throws -> Double {
        let starts = try SeededDraws.starts(workload, draws)
        let seconds = try (0..<repeats).map { _ in
            let before = SolverSweep.processSeconds()
            _ = try workload.solve(workload, draws, starts, tolerance, .current)
            return SolverSweep.processSeconds() - before
        }
        return seconds.sorted()[repeats / 2]
    }

    private static func perDraw(_ seconds: Double, _ count: Int) -> String { "\(Row.text(seconds / Double(count) * 1e6)) µs a draw" }
}
