// How far the stiff kernels are from what a core's multipliers can do.

import CPeak
import Numerics
import Systems
import Tracing

enum SolverPeak {
    private static let tolerance = Tolerance(relative: 1e-6, absolute: 1e-9)

    static func rows() throws -> [Row] {
        try [
            row("A", ThreeCompartmentMyelosuppression.self, .myelosuppression, SeededDraws.myelosuppression),
            row("HIRES", Hires.self, .hires, SeededDraws.hires),
            row("Robertson", Robertson.self, .robertson, SeededDraws.robertson),
        ]
    }

    private static func row<System: KernelSystem>(
        _ name: String, _ system: System.Type, _ workload: SolverWorkload, _ centre: [Double]
    ) throws -> Row {
        progress("solver, peak: \(name)")
        let draws = try SeededDraws.around(centre, count: 1_000)
        let starts = try SeededDraws.starts(workload, draws)
        let operations = operations(StepProgram(system), states: System.stateCount)
        let steps = try attempts(system, workload, SeededDraws.around(centre, count: 16))
        var shares: [(kernel: Double, peak: Double)] = []
        for _ in 0..<5 {
            let peak = peak()
            let before = SolverSweep.processSeconds()
            _ = try workload.solve(workload, draws, starts, tolerance, .current)
            let rate = 1_000 / (SolverSweep.processSeconds() - before)
            shares.append((rate * steps * Double(operations), peak))
        }
        let middle = shares.sorted { $0.kernel / $0.peak < $1.kernel / $1.peak }[2]
        return .told(
            "peak: \(name), \(KernelLibrary.current.name) kernel, \(Int(steps.rounded())) steps a draw of \(operations) operations, one core",
            "\(Row.text(middle.kernel * 1e-9)) of \(Row.text(middle.peak * 1e-9)) GFLOP/s: \(Row.text(100 * middle.kernel / middle.peak)) %"
        )
    }

    /// Operations of a step: its first stage, the others, and their sums: seven a state begin with a product, two with a state and a U alone.
    private static func operations(_ program: StepProgram, states: Int) -> Int {
        let later = RosenbrockTable.stages - 1
        let products = RosenbrockTable.a.joined().count + RosenbrockTable.c.joined().count
        let sums = states * (2 * products - later + RosenbrockTable.stages - RosenbrockTable.a.count + 1)
        return program.step.map(\.operations).reduce(0, +) + later * program.stage.map(\.operations).reduce(0, +) + sums
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

    /// Steps tried for a draw, on average: the same for a draw alone as in a lane.
    private static func attempts<System: KernelSystem>(_ system: System.Type, _ workload: SolverWorkload, _ draws: Matrix) throws -> Double
    {
        let method = CountedMethod(InterpretedStep<System, Double>())
        _ = try Ensemble.solveSerially(
            by: method, draws: draws, initial: .each(SeededDraws.starts(workload, draws)), segments: workload.segments,
            outputs: workload.outputs, tolerance: tolerance)
        return Double(method.count.attempts.load(ordering: .relaxed)) / Double(draws.rows)
    }
}
