// The solver's work and precision: trajectories a second on one core against true error, over a sweep of tolerances.

import Foundation
import Glibc
import Numerics

/// One tolerance of one workload.
struct SolverPoint: Codable {
    var workload: String
    var kernels: String
    var relative: Double
    var absolute: Double
    var perSecond: Double
    var medianError: Double
}

enum SolverSweep {
    static let tolerances = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8]

    /// - Parameters:
    ///   - folder: draws and references, see ``SolverWorkload``.
    ///   - json: where the points are written for the comparison with peers; nil for nowhere.
    static func rows(folder: String, json: String?) throws -> [Row] {
        var points: [SolverPoint] = []
        for workload in [SolverWorkload.myelosuppression, .hires, .robertson] { points += try sweep(workload, folder) }
        if let json { try JSONEncoder().encode(points).write(to: URL(fileURLWithPath: json)) }
        return points.map {
            Row.told(
                "\($0.workload), relative tolerance \($0.relative), \($0.kernels) kernels",
                "\(Int($0.perSecond)) trajectories/s a core, median error \(Row.text($0.medianError * 1e9))e-9")
        }
    }

    private static func sweep(_ workload: SolverWorkload, _ folder: String) throws -> [SolverPoint] {
        let table = try numbers("\(folder)/\(workload.file).draws.f64")
        let reference = try numbers("\(folder)/\(workload.file).reference.f64")
        let count = table.count / workload.parameterCount
        let starts = (0..<count).flatMap { workload.start(table[$0 * workload.parameterCount..<($0 + 1) * workload.parameterCount]) }
        let draws = try Matrix(rows: count, columns: workload.parameterCount, elements: table)
        let initial = try Matrix(rows: count, columns: workload.stateCount, elements: starts)
        return try tolerances.map { relative in
            let tolerance = Tolerance(relative: relative, absolute: relative * 1e-3)
            var seconds: [Double] = []
            var error = Double.nan
            for _ in 0..<5 {
                let before = processNanoseconds()
                let found = try workload.solve(workload, draws, initial, tolerance)
                seconds.append(Double(processNanoseconds() - before) * 1e-9)
                guard found.failures.isEmpty else { throw Failure("\(workload.file): \(found.failures[0])") }
                error = workload.medianError(found, reference)
            }
            progress("solver \(workload.file) \(relative): \(Int(Double(count) / seconds.sorted()[2]))/s, error \(error)")
            return SolverPoint(
                workload: workload.file, kernels: KernelLibrary.current.name, relative: relative, absolute: tolerance.absolute,
                perSecond: Double(count) / seconds.sorted()[2], medianError: error)
        }
    }

    /// The process's own time: what others do on the machine does not count.
    private static func processNanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    private static func numbers(_ path: String) throws -> [Double] {
        try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
    }
}
