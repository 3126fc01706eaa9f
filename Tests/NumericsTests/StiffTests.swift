// The stiff method: its order, its interpolant, and the classic stiff problems against references computed elsewhere.
import Glibc
import Numerics
import Systems
import Testing
import Tracing

@Suite("The stiff integrator")
struct StiffTests {
    private func fixed(_ step: Double) -> Tolerance { Tolerance(relative: 1e6, absolute: 1e6, maximumStep: step) }

    private func errors<System: OrdinarySystem>(
        _ system: System.Type, parameters: [Double], end: Double, steps: [Double], times: [Double], truth: (Double) -> Double
    ) throws -> [Double] {
        let method = InterpretedStep<System, Double>()
        return try steps.map { step in
            let run = try Integrator.solve(
                by: method, initial: [truth(0)], parameters: parameters,
                segments: [Segment(start: 0, end: end, input: [Double](repeating: 0, count: System.inputCount))], outputs: times,
                tolerance: fixed(step))
            return times.indices.map { (run[$0, 0] - truth(times[$0])).magnitude }.max() ?? .nan
        }
    }

    private func slope(_ errors: [Double]) -> Double { Glibc.log2(errors[errors.count - 2] / errors[errors.count - 1]) }

    @Test("the end of a fixed-step run converges with order five, in time and state")
    func order() throws {
        let falling = try errors(Explosion.self, parameters: [-1], end: 4, steps: [0.1, 0.05, 0.025], times: [4]) { 1 / (1 + $0) }
        let root = try errors(Root.self, parameters: [], end: 4, steps: [0.1, 0.05, 0.025], times: [4]) { (1 + $0 * $0).squareRoot() }
        let driven = try errors(ProtheroRobinson.self, parameters: [1], end: 4, steps: [0.4, 0.2, 0.1], times: [4]) {
            Glibc.exp(-0.2 * $0)
        }
        print("Rodas5P slopes: falling \(slope(falling)), in time \(slope(root)), driven \(slope(driven))")
        for found in [falling, root, driven] { #expect((slope(found) - 5).magnitude < 0.1) }
    }

    @Test("readings between steps converge with order five, as the ends do")
    func interpolant() throws {
        // A curve of the fourth degree through a step is off by the fifth power of its length; where most, it takes many readings to see.
        let times = (0...4000).map { Double($0) / 1000 }
        let decay = try errors(Decay.self, parameters: [1], end: 4, steps: [0.1, 0.05, 0.025], times: times) { Glibc.exp(-$0) }
        let root = try errors(Root.self, parameters: [], end: 4, steps: [0.1, 0.05, 0.025], times: times) { (1 + $0 * $0).squareRoot() }
        for found in [decay, root] {
            let slopes = [slope(found.dropLast()), slope(found)]
            print("Rodas5P interpolant's slopes: \(slopes)")
            for slope in slopes { #expect((slope - 5).magnitude < 0.1) }
        }
    }

    @Test("a stiffness of a million leaves the slow solution exact and the steps long")
    func stiffness() throws {
        let run = try Integrator.solve(
            by: InterpretedStep<ProtheroRobinson, Double>(), initial: [1], parameters: [1e6], segments: [Segment(start: 0, end: 10)],
            outputs: [10], tolerance: Tolerance(relative: 1e-6, absolute: 1e-9, stepLimit: 200))
        #expect((run[0, 0] - Glibc.exp(-2)).magnitude < 1e-6)
    }

    @Test("Robertson's mass is kept, and its states at 0.4 … 4·10⁵ are those of the literature")
    func robertson() throws {
        // Hindmarsh, CVODE's example cvRoberts_dns (rtol 1e-4 there, four digits); the last from Hairer and Wanner's test set, t = 40.
        let known: [(time: Double, states: [Double])] = [
            (0.4, [9.8517e-1, 3.3864e-5, 1.4794e-2]), (40, [7.1582706871e-1, 9.1855347649e-6, 2.8416374574e-1]),
        ]
        let times = known.map(\.time) + [4e5]
        let found = try Ensemble.solveSerially(
            Robertson.self, method: .stiff, draws: Matrix([[0.04, 3e7, 1e4]]), initial: .same([1, 0, 0]),
            segments: [Segment(start: 0, end: 4e5)], outputs: times, tolerance: Tolerance(relative: 1e-9, absolute: 1e-14))
        for (index, (_, states)) in known.enumerated() {
            let digits = index == 0 ? 1e-4 : 1e-8
            for (state, value) in states.enumerated() { #expect((found[0, index, state] - value).magnitude < digits * value) }
        }
        for index in times.indices {
            #expect((found[0, index, 0] + found[0, index, 1] + found[0, index, 2] - 1).magnitude < 1e-9)
        }
    }

    @Test("HIRES ends at the reference of the test set, and the error falls with the tolerance")
    func hires() throws {
        // Mazzia and Magherini (2008), Test Set for IVP Solvers 2.4, II-1: the solution at 321.8122.
        let truth = [
            0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2, 0.2386356198831331e-2,
            0.6238968252742796e-2, 0.2849998395185769e-2, 0.2850001604814231e-2,
        ]
        var worst: [Double] = []
        for relative in [1e-5, 1e-7, 1e-9] {
            let found = try Ensemble.solveSerially(
                Hires.self, method: .stiff, draws: Matrix([[1.71, 0.43, 8.32, 0.0007, 0.035, 0.69, 280, 0.69]]),
                initial: .same(KernelTests.hiresStart), segments: [Segment(start: 0, end: 321.8122)], outputs: [321.8122],
                tolerance: Tolerance(relative: relative, absolute: relative * 1e-4))
            worst.append(truth.indices.map { (found[0, 0, $0] - truth[$0]).magnitude / truth[$0] }.max() ?? .nan)
        }
        print("HIRES, largest relative error at rtol 1e-5, 1e-7, 1e-9: \(worst)")
        #expect(worst[1] < worst[0] && worst[2] < worst[1])
        #expect(worst[2] < 1e-7)
    }

    @Test("van der Pol's jumps end where the test set's reference does")
    func vanDerPol() throws {
        // Mazzia and Magherini (2008), II-10, ε = 10⁻⁶ at t = 2.
        let found = try Ensemble.solveSerially(
            VanDerPol.self, method: .stiff, draws: Matrix([[1e-6]]), initial: .same([2, 0]), segments: [Segment(start: 0, end: 2)],
            outputs: [2], tolerance: Tolerance(relative: 1e-9, absolute: 1e-12))
        #expect((found[0, 0, 0] - 0.1706167732170483e1).magnitude < 1e-6)
        #expect((found[0, 0, 1] + 0.8928097010247975).magnitude < 1e-6)
    }

    @Test("doses, surfaces and restarts act on the stiff method as on the explicit one")
    func events() throws {
        let segments = [Segment(start: 0, end: 2, input: [5], event: 1), Segment(start: 2, end: 4, input: [3], event: 1)]
        let run = try Integrator.solve(
            by: InterpretedStep<Decay, Double>(), initial: [1], parameters: [0.7], segments: segments, outputs: [2, 4],
            tolerance: Tolerance(relative: 1e-11, absolute: 1e-13))
        let at2 = 6 * Glibc.exp(-1.4)
        #expect((run[0, 0] - at2).magnitude < 1e-9)
        #expect((run[1, 0] - (at2 + 3) * Glibc.exp(-1.4)).magnitude < 1e-9)
        let ball = try Integrator.solve(
            by: InterpretedStep<Ball, Double>(), initial: [1, 0], parameters: [9.81, 0.5], segments: [Segment(start: 0, end: 1)],
            outputs: [1], tolerance: Tolerance(relative: 1e-10, absolute: 1e-12))
        let first = ball.crossings.first { $0.surface == 0 }
        #expect(((first?.time ?? 0) - (2 / 9.81).squareRoot()).magnitude < 1e-9)
    }
}
