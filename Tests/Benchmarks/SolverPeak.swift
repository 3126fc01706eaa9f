// How far the kernels are from what a core's multipliers can do.

import CPeak
import Numerics
import Synchronization
import Systems
import Tracing
import TwinLibrary
import Twins

enum SolverPeak {
    private static let tolerance = Tolerance(relative: 1e-6, absolute: 1e-9)

    static func rows() async throws -> [Row] {
        try await [
            liverTwin(),
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
        let draws = try SeededDraws.around(centre, count: 256)
        let starts = try SeededDraws.starts(workload, draws)
        let few = try SeededDraws.around(centre, count: 4)
        let operations = try operations(
            by: method, draws: few, initial: .each(SeededDraws.starts(workload, few)), workload.segments, workload.outputs, tolerance)
        return try row(name, draws: draws.rows, operations: operations) {
            _ = try workload.solve(workload, draws, starts, tolerance, .current)
        }
    }

    /// The workstation's main work: six cycles with holds, read off weekly.
    private static func liverTwin() async throws -> Row {
        let model = LiverMetastases()
        let calibration = try await model.calibrate(LiverTwinRate.subject, settings: CalibrationSettings(draws: 256, seed: 3))
        let plan = try model.plan(
            model.prepared(
                ForecastRequest(
                    subject: LiverTwinRate.subject, calibration: calibration, scenario: LiverTwinRate.scenarios[0],
                    days: LiverTwinRate.days, seed: 1)))
        guard case .each(let initial) = plan.initial else { throw Failure("the liver twin's draws start alike") }
        func few(_ matrix: Matrix) throws -> Matrix {
            try Matrix(rows: 4, columns: matrix.columns, elements: Array(matrix.elements[..<(4 * matrix.columns)]))
        }
        let outputs = LiverTwinRate.days.map { $0 / DayCount.week }.filter { $0 <= plan.segments.last?.end ?? 0 }
        let operations = try operations(
            by: InterpretedSeries<LiverTreatmentSystem, Tally>(), draws: few(plan.parameters), initial: .each(few(initial)), plan.segments,
            outputs, plan.tolerance)
        return try row("liver twin, Taylor series", draws: plan.parameters.rows, operations: operations) {
            _ = try Ensemble.solveSerially(
                LiverTreatmentSystem.self, draws: plan.parameters, initial: plan.initial, segments: plan.segments, outputs: outputs,
                tolerance: plan.tolerance)
        }
    }

    /// - Parameter operations: of a draw.
    private static func row(_ name: String, draws: Int, operations: Double, solve: () throws -> Void) throws -> Row {
        progress("solver, peak: \(name)")
        var shares: [(kernel: Double, peak: Double)] = []
        for _ in 0..<5 {
            let peak = peak()
            let before = SolverSweep.processSeconds()
            try solve()
            let rate = Double(draws) / (SolverSweep.processSeconds() - before)
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
        by method: Method, draws: Matrix, initial: InitialState, _ segments: [Segment], _ outputs: [Double], _ tolerance: Tolerance
    ) throws -> Double {
        let before = Tally.operations.load(ordering: .relaxed)
        _ = try Ensemble.solveSerially(
            by: method, draws: draws, initial: initial, segments: segments, outputs: outputs, tolerance: tolerance)
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
