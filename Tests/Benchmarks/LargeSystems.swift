// How cost grows with the number of states: one front that travels along a chain of cells, 3 … 300 of them.
import Foundation
import Numerics

/// Fisher's equation along a chain (Kolmogorov, Petrovsky and Piskunov 1937): y′ᵢ = D·(yᵢ₋₁ − 2yᵢ + yᵢ₊₁) + r·yᵢ·(1 − yᵢ), closed at both ends.
/// Stiff: exchange is a hundred times as fast as growth.
struct FrontChain: LargeSystem {
    let stateCount: Int
    let parameterCount = 2
    let inputCount = 0

    func derivative<L: Lane>(time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        for i in 0..<stateCount {
            let before = i == 0 ? state[0] : state[i - 1]
            let after = i == stateCount - 1 ? state[i] : state[i + 1]
            rate[i] = parameters[0] * (before - 2 * state[i] + after) + parameters[1] * state[i] * (1 - state[i])
        }
    }

    /// The same, every cell coupled to the mean of all besides: its Jacobian is dense.
    struct Mixed: LargeSystem {
        let stateCount: Int
        let parameterCount = 2
        let inputCount = 0

        func derivative<L: Lane>(time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
            var sum = L(0)
            for i in 0..<stateCount { sum = sum + state[i] }
            FrontChain(stateCount: stateCount).derivative(time: time, state: state, parameters: parameters, input: input, into: &rate)
            let mean = sum * (1 / Double(stateCount))
            for i in 0..<stateCount { rate[i] = rate[i] + parameters[1] * (mean - state[i]) }
        }
    }
}

enum LargeSystems {
    static let counts = [3, 10, 30, 100, 300]

    /// Rows: what a trajectory costs at each number of states, with a banded and with a dense Jacobian.
    static func rows() throws -> [Row] {
        try counts.map { try row(BackwardDifferences(FrontChain(stateCount: $0))) }
            + counts.map { try row(BackwardDifferences(FrontChain.Mixed(stateCount: $0))) }
    }

    private static func row(_ method: BackwardDifferences) throws -> Row {
        let count = method.stateCount
        let start = (0..<count).map { $0 == 0 ? 1.0 : 0 }
        var work = LargeSystemWork()
        var times: [Double] = []
        for _ in 0..<5 {
            work = LargeSystemWork()
            let before = processSeconds()
            _ = try Integrator.solve(
                by: method, initial: start, parameters: [100, 1], segments: [Segment(start: 0, end: 20)], outputs: [20],
                tolerance: Tolerance(relative: 1e-6, absolute: 1e-9), work: &work)
            times.append(processSeconds() - before)
        }
        let milliseconds = times.sorted()[2] * 1e3
        progress("large \(method.structure): \(milliseconds) ms")
        return Row.told(
            "large system, \(method.structure), relative tolerance 1e-6",
            "\(Row.text(milliseconds)) ms a trajectory (median of 5, processor time), \(work.steps) steps, \(work.rates) rates, "
                + "\(work.jacobians) Jacobians, \(work.factorisations) factorisations")
    }

    private static func processSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
