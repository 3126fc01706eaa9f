// What the solver and its peers are measured on: the same draws, plans, requested times and scores for all.

import Foundation
import Numerics
import Systems

/// A system with a plan; draws and reference come from files that the peers read too.
struct SolverWorkload {
    /// The files are `<file>.draws.f64` (a row of parameters a draw) and `<file>.reference.f64` (draw, time, state), as `peers/README.md` says.
    var file: String
    var parameterCount: Int
    var stateCount: Int
    /// States in a row of the reference: the first ones, if the system has more.
    var referenceStateCount: Int
    var segments: [Segment]
    var outputs: [Double]
    var start: @Sendable (_ parameters: ArraySlice<Double>) -> [Double]
    /// What an error in a state is measured against; nil where the state is not scored.
    var scale: @Sendable (_ state: Int, _ reference: Double) -> Double?
    var solve: @Sendable (SolverWorkload, Matrix, Matrix, Tolerance, KernelLibrary) throws -> EnsembleTrajectories

    /// Six cycles of three weeks, docetaxel over an hour at the start of each; the cells are scored daily.
    static var myelosuppression: SolverWorkload {
        let segments = (0..<6).flatMap { cycle in
            let start = 504.0 * Double(cycle)
            return [Segment(start: start, end: start + 1, input: [222.8]), Segment(start: start + 1, end: start + 504, input: [0])]
        }
        return SolverWorkload(
            file: "friberg", ThreeCompartmentMyelosuppression.self, segments: segments, outputs: (1...126).map { 24 * Double($0) },
            start: { [0, 0, 0] + [Double](repeating: $0[$0.startIndex + 6], count: 5) },
            scale: { $0 < 3 ? nil : abs($1) + 1e-3 })
    }

    /// The same with kinetics in closed form: structure exploited, not a faster general solver. The ninth state, the feedback, is in no
    /// reference.
    static var closedFormMyelosuppression: SolverWorkload {
        let whole = myelosuppression
        return SolverWorkload(
            file: whole.file, ClosedFormMyelosuppression.self, method: .explicit, segments: whole.segments, outputs: whole.outputs,
            referenceStateCount: whole.stateCount,
            start: { whole.start($0) + [1] }, scale: whole.scale)
    }

    static var hires: SolverWorkload {
        SolverWorkload(
            file: "hires", Hires.self, segments: [Segment(start: 0, end: 321.8122)],
            outputs: (1...32).map { 10 * Double($0) } + [321.8122], start: { _ in [1, 0, 0, 0, 0, 0, 0, 0.0057] },
            scale: { abs($1) + 1e-6 })
    }

    static var robertson: SolverWorkload {
        var outputs = [0.4]
        while outputs.count < 7 { outputs.append(outputs[outputs.count - 1] * 10) }
        return SolverWorkload(
            file: "robertson", Robertson.self, segments: [Segment(start: 0, end: 4e5)], outputs: outputs.map { min($0, 4e5) },
            start: { _ in [1, 0, 0] }, scale: { abs($1) + 1e-10 })
    }

    /// Ten thousand units of time; where x1 and x2 bend the equations is located.
    static var epileptor: SolverWorkload {
        SolverWorkload(
            file: "epileptor", Epileptor.self, method: .explicit, segments: [Segment(start: 0, end: 10000)],
            outputs: (1...1000).map { 10 * Double($0) }, start: { _ in [-1.5, -10, 3.5, -1, 0, -0.1] }, scale: { _, _ in 1 })
    }

    /// Twenty beats; valves are located, and segments end at the activation's corners.
    static var circulation: SolverWorkload {
        SolverWorkload(
            file: "circulation", Circulation.self, method: .explicit, segments: Circulation.segments(beats: 20),
            outputs: (1...1600).map { min(0.01 * Double($0), 16) }, start: { _ in [60, 120, 600, 300, 2800, 60, 120, 120, 400, 80] },
            scale: { abs($1) + 1 })
    }

    private init<System: KernelSystem>(
        file: String, _ system: System.Type, method: IntegrationMethod = .stiff, segments: [Segment], outputs: [Double],
        referenceStateCount: Int? = nil, start: @escaping @Sendable (ArraySlice<Double>) -> [Double],
        scale: @escaping @Sendable (Int, Double) -> Double?
    ) {
        self.file = file
        parameterCount = System.parameterCount
        stateCount = System.stateCount
        self.referenceStateCount = referenceStateCount ?? System.stateCount
        self.segments = segments
        self.outputs = outputs
        self.start = start
        self.scale = scale
        solve = { workload, draws, starts, tolerance, library in
            try Ensemble.solveSerially(
                system, method: method, draws: draws, initial: .each(starts), segments: workload.segments, outputs: workload.outputs,
                tolerance: tolerance, library: library, keeping: (0..<workload.referenceStateCount).filter { scale($0, 1) != nil })
        }
    }

    /// The median over draws of the largest scored error, as far as the reference reaches.
    func medianError(_ found: EnsembleTrajectories, _ reference: [Double]) -> Double {
        let perDraw = outputs.count * referenceStateCount
        let errors = (0..<min(found.drawCount, reference.count / perDraw)).map { draw in
            var worst = 0.0
            for time in outputs.indices {
                for state in 0..<referenceStateCount {
                    let truth = reference[draw * perDraw + time * referenceStateCount + state]
                    guard let scale = scale(state, truth) else { continue }
                    let error = abs(found[draw, time, state] - truth) / scale
                    // NaN is the worst of errors.
                    if !(error <= worst) { worst = error }
                }
            }
            return worst
        }
        return errors.sorted()[errors.count / 2]
    }
}
