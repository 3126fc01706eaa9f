// One workload's draws with their reference, and our trajectories a second on one core against the true error.

import Foundation
import Glibc
import Numerics

struct SolverSweep {
    let workload: SolverWorkload
    let draws: Matrix
    private let initial: Matrix
    private let reference: [Double]

    /// - Parameter folder: draws and references, see ``SolverWorkload``. As many draws as there are references.
    init(_ workload: SolverWorkload, folder: String) throws {
        self.workload = workload
        reference = try Self.numbers("\(folder)/\(workload.file).reference.f64")
        let table = try Self.numbers("\(folder)/\(workload.file).draws.f64")
        let columns = workload.parameterCount
        let count = min(table.count / columns, reference.count / (workload.outputs.count * workload.stateCount))
        let starts = (0..<count).flatMap { workload.start(table[$0 * columns..<($0 + 1) * columns]) }
        draws = try Matrix(rows: count, columns: columns, elements: Array(table[0..<count * columns]))
        initial = try Matrix(rows: count, columns: workload.stateCount, elements: starts)
    }

    /// A point for each relative tolerance; the absolute one is a share of it. Each is the median of three runs; one of more than a second,
    /// whose noise is small, is not repeated.
    func points(_ tolerances: [Double], share: Double, by library: KernelLibrary = .current) throws -> [SolverPoint] {
        try tolerances.map { relative in
            let tolerance = Tolerance(relative: relative, absolute: relative * share)
            var seconds: [Double] = []
            var error = Double.nan
            for _ in 0..<3 {
                let before = Self.processSeconds()
                let found = try workload.solve(workload, draws, initial, tolerance, library)
                seconds.append(Self.processSeconds() - before)
                guard found.failures.isEmpty else { throw Failure("\(workload.file): \(found.failures[0])") }
                if error.isNaN { error = workload.medianError(found, reference) }
                if seconds[0] > 1 { break }
            }
            let rate = Double(draws.rows) / seconds.sorted()[seconds.count / 2]
            return SolverPoint(rtol: relative, trajectoriesPerSecond: rate, medianError: error)
        }
    }

    /// The process's own time: what others do on the machine does not count.
    static func processSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }

    private static func numbers(_ path: String) throws -> [Double] {
        try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
    }
}
