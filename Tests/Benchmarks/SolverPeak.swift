// How far the kernels are from what a core's multipliers can do.

import CPeak
import Numerics
import Synchronization
import Systems
import Tracing

enum SolverPeak {
    private static let tolerance = Tolerance(relative: 1e-6, absolute: 1e-9)

    static func rows() throws -> [Row] {
        try [
            row(
                "A, Rodas5P", .myelosuppression, SeededDraws.myelosuppression,
                by: InterpretedStep<ThreeCompartmentMyelosuppression, Tally>()),
            row(
                "A with kinetics in closed form, Taylor series", .closedFormMyelosuppression, SeededDraws.myelosuppression,
                by: InterpretedSeries<ClosedFormMyelosuppression, Tally>()),
            row("HIRES, Rodas5P", .hires, SeededDraws.hires, by: InterpretedStep<Hires, Tally>()),
            row("Robertson, Rodas5P", .robertson, SeededDraws.robertson, by: InterpretedStep<Robertson, Tally>()),
            row("Epileptor, Dormand and Prince", .epileptor, SeededDraws.epileptor, by: DormandPrince<Epileptor, Tally>()),
            row("circulation, Dormand and Prince", .circulation, SeededDraws.circulation, by: DormandPrince<Circulation, Tally>()),
        ]
    }

    /// - Parameter method: the kernel's, on numbers that are counted.
    private static func row<Method: StepMethod>(
        _ name: String, _ workload: SolverWorkload, _ centre: [Double], by method: Method
    ) throws -> Row where Method.Number == Tally {
        progress("solver, peak: \(name)")
        let draws = try SeededDraws.around(centre, count: 256)
        let starts = try SeededDraws.starts(workload, draws)
        let operations = try operations(workload, SeededDraws.around(centre, count: 4), by: method)
        var shares: [(kernel: Double, peak: Double)] = []
        for _ in 0..<5 {
            let peak = peak()
            let before = SolverSweep.processSeconds()
            _ = try workload.solve(workload, draws, starts, tolerance, .current)
            let rate = Double(draws.rows) / (SolverSweep.processSeconds() - before)
            shares.append((rate * operations, peak))
        }
        let middle = shares.sorted { $0.kernel / $0.peak < $1.kernel / $1.peak }[2]
        return .told(
            "peak: \(name), \(KernelLibrary.current.name) kernel, \(Row.text(operations * 1e-6)) million operations a draw, one core",
            "\(Row.text(middle.kernel * 1e-9)) of \(Row.text(middle.peak * 1e-9)) GFLOP/s: \(Row.text(100 * middle.kernel / middle.peak)) %"
        )
    }

    /// Operations that a draw needs, on average: the same alone as in a lane.
    private static func operations<Method: StepMethod>(
        _ workload: SolverWorkload, _ draws: Matrix, by method: Method
    ) throws -> Double {
        let before = Tally.operations.load(ordering: .relaxed)
        _ = try Ensemble.solveSerially(
            by: method, draws: draws, initial: .each(SeededDraws.starts(workload, draws)), segments: workload.segments,
            outputs: workload.outputs, tolerance: tolerance)
        return Double(Tally.operations.load(ordering: .relaxed) - before) / Double(draws.rows)
    }

    /// Operations a second of the widest multiply-add that the kernels in use have.
    private static func peak() -> Double {
        let width: Int32 =
            switch KernelLibrary.current.name {
            case "avx512": 512
            case "avx2": 256
            default: 128
            }
        let before = SolverSweep.processSeconds()
        let operations = multiplyAddChains(width, 10_000_000)
        return Double(operations) / (SolverSweep.processSeconds() - before)
    }
}
