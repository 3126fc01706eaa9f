// The classic problems with fixed horizons at six tolerances, beside LSODA's errors on the same.
import Foundation
import Glibc
import Numerics
import Systems
import TestSupport
import Testing
import Tracing

/// A problem of `Figures/verification.py`: requested times with the true states, and LSODA's greatest relative error at each tolerance.
struct VerificationProblem {
    var name: String
    var times: [Double] = []
    /// Time by time, state by state.
    var truth: [[Double]] = []
    var points: [(tolerance: Tolerance, lsoda: Double)] = []

    init(_ name: String) throws {
        self.name = name
        let folder = SharedFiles.projectRoot + "/Tests/NumericsTests/Figures/"
        let solutions = try #require(SharedFiles.table(folder + "verification-solutions.csv"))
        for row in solutions.dropFirst() where row[0] == name {
            let (time, value) = (try #require(Double(row[1])), try #require(Double(row[3])))
            if times.last != time {
                times.append(time)
                truth.append([])
            }
            truth[truth.count - 1].append(value)
        }
        for row in try #require(SharedFiles.table(folder + "verification-lsoda.csv")).dropFirst() where row[0] == name {
            let numbers = row.dropFirst().compactMap(Double.init)
            try #require(numbers.count == 3)
            points.append((Tolerance(relative: numbers[0], absolute: numbers[1]), numbers[2]))
        }
        try #require(!times.isEmpty && points.count == 6)
    }

    var segments: [Segment] { [Segment(start: 0, end: times.last ?? 0)] }

    /// The greatest relative error over times and states; NaN counts as infinite.
    func error(_ value: (_ time: Int, _ state: Int) -> Double) -> Double {
        var worst = 0.0
        for (time, states) in truth.enumerated() {
            for (state, exact) in states.enumerated() {
                let error = ((value(time, state) - exact) / exact).magnitude
                if !(error <= worst) { worst = error.isNaN ? .infinity : error }
            }
        }
        return worst
    }
}

@Suite("The solver beside LSODA at equal tolerances")
struct VerificationTests {
    /// The error falls with every tolerance, and is nowhere greater than LSODA's.
    private func compare(_ problem: VerificationProblem, _ how: String, _ error: (Tolerance) throws -> Double) rethrows {
        let errors = try problem.points.map { try error($0.tolerance) }
        print(
            "\(problem.name), \(how): error (LSODA's) at 1e-4 … 1e-9:",
            zip(errors, problem.points).map { String(format: "%.1e (%.1e)", $0, $1.lsoda) }.joined(separator: ", "))
        for (index, point) in problem.points.enumerated() {
            #expect(errors[index] <= point.lsoda, "\(problem.name), \(how), relative tolerance \(point.tolerance.relative)")
            #expect(
                index == 0 || errors[index] < errors[index - 1], "\(problem.name), \(how), relative tolerance \(point.tolerance.relative)")
        }
    }

    private func compareKernels<System: KernelSystem>(
        _ system: System.Type, _ problem: VerificationProblem, parameters: [Double], initial: [Double]
    ) throws {
        for library in KernelTests.libraries {
            try compare(problem, "stiff, \(library.name)") { tolerance in
                let found = try Ensemble.solveSerially(
                    system, method: .stiff, draws: Matrix([parameters]), initial: .same(initial), segments: problem.segments,
                    outputs: problem.times, tolerance: tolerance, library: library)
                return problem.error { found[0, $0, $1] }
            }
        }
    }

    @Test("Robertson's reaction to 4·10⁵: the error falls with the tolerance and is never above LSODA's")
    func robertson() throws {
        try compareKernels(Robertson.self, VerificationProblem("robertson"), parameters: [0.04, 3e7, 1e4], initial: [1, 0, 0])
    }

    @Test("HIRES to 321.8122: likewise")
    func hires() throws {
        try compareKernels(
            Hires.self, VerificationProblem("hires"), parameters: [1.71, 0.43, 8.32, 0.0007, 0.035, 0.69, 280, 0.69],
            initial: KernelTests.hiresStart)
    }

    @Test("van der Pol's oscillator with ε = 10⁻⁶ to 2: likewise")
    func vanDerPol() throws {
        try compareKernels(VanDerPol.self, VerificationProblem("van-der-pol"), parameters: [1e-6], initial: [2, 0])
    }

    @Test("prey and predator to 20: likewise, by the explicit and by the stiff method")
    func lotkaVolterra() throws {
        let problem = try VerificationProblem("lotka-volterra")
        func compareMethod(_ how: String, _ method: some StepMethod) throws {
            try compare(problem, how) { tolerance in
                let found = try Integrator.solve(
                    by: method, initial: [1, 1], parameters: [1.5, 1, 1, 3], segments: problem.segments, outputs: problem.times,
                    tolerance: tolerance)
                return problem.error { found[$0, $1] }
            }
        }
        try compareMethod("explicit", DormandPrince<LotkaVolterra, Double>())
        try compareMethod("explicit, fused", DormandPrince<LotkaVolterra, FusedOne>())
        try compareMethod("stiff", InterpretedStep<LotkaVolterra, Double>())
    }
}
