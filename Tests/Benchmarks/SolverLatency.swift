// Four scenarios of a thousand draws on both cores, from the order to the bands that are drawn.

import Foundation
import Numerics
import Synchronization

enum SolverLatency {
    /// - Parameters:
    ///   - state: whose bands are drawn.
    ///   - limit: milliseconds; nil where nothing is promised.
    static func row(_ name: String, _ workload: SolverWorkload, centre: [Double], state: Int, limit: Double?) throws -> Row {
        progress("solver, latency: \(name)")
        let draws = try SeededDraws.around(centre, count: 1_000)
        var times = Times()
        let clock = ContinuousClock()
        for _ in 0..<11 { times.add(try clock.measure { try scenarios(workload, draws, state: state) }) }
        let what = "\(name): 4 scenarios × 1,000 draws at relative tolerance 1e-5, with bands, all cores, median of 11"
        let detail = "worst \(Row.text(times.worst)), median error \(String(format: "%.1e", try error(workload, draws)))"
        return limit.map { .atMost($0, "ms", times.median, what, detail: detail) }
            ?? .told(what, "\(Row.text(times.median)) ms, \(detail)")
    }

    /// Against the general stiff method at 1e-12.
    private static func error(_ workload: SolverWorkload, _ draws: Matrix) throws -> Double {
        let some = try Matrix(rows: 64, columns: draws.columns, elements: Array(draws.elements[..<(64 * draws.columns)]))
        func solved(_ workload: SolverWorkload, _ tolerance: Tolerance) throws -> EnsembleTrajectories {
            try workload.solve(workload, some, SeededDraws.starts(workload, some), tolerance, .current)
        }
        let truth = SolverWorkload.myelosuppression
        let reference = try solved(truth, Tolerance(relative: 1e-12, absolute: 1e-15))
        // The workload's own numbering: kinetics that nobody scores are not kept.
        let rows = (0..<64).flatMap { draw in
            workload.outputs.indices.flatMap { time in
                (0..<truth.stateCount).map { state in truth.scale(state, 1) == nil ? 0 : reference[draw, time, state] }
            }
        }
        return workload.medianError(try solved(workload, tolerance), rows)
    }

    private static let tolerance = Tolerance(relative: 1e-5, absolute: 1e-8)

    /// Four doses, each scenario's draws in quarters.
    private static func scenarios(_ workload: SolverWorkload, _ draws: Matrix, state: Int) throws {
        let quarter = draws.rows / 4
        let found = Mutex<[Int: EnsembleTrajectories]>([:])
        let fault = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: 16) { job in
            do {
                var scenario = workload
                let dose = 1 - 0.25 * Double(job / 4)
                scenario.segments = workload.segments.map { Segment(start: $0.start, end: $0.end, input: $0.input.map { $0 * dose }) }
                let first = job % 4 * quarter * draws.columns
                let part = try Matrix(
                    rows: quarter, columns: draws.columns, elements: Array(draws.elements[first..<first + quarter * draws.columns]))
                let solved = try workload.solve(scenario, part, SeededDraws.starts(workload, part), tolerance, .current)
                found.withLock { $0[job] = solved }
            } catch { fault.withLock { $0 = error } }
        }
        if let fault = fault.withLock({ $0 }) { throw fault }
        let solved = found.withLock { $0 }
        DispatchQueue.concurrentPerform(iterations: 4) { scenario in
            for time in workload.outputs.indices {
                let values = (0..<4).flatMap { solved[4 * scenario + $0]?.column(time: time, state: state) ?? [] }
                _ = Quantiles.of(values, levels: [0.05, 0.25, 0.5, 0.75, 0.95])
            }
        }
    }
}
