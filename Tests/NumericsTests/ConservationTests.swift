// What the equations conserve, the integrators conserve: sums to rounding, a curved invariant to the tolerance.
import Glibc
import Numerics
import Systems
import Testing
import Tracing

@Suite("Conservation laws")
struct ConservationTests {
    static let tolerances = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9]

    /// The greatest distance of a sum of states from what it must be, over all times and tolerances, of each kernel library.
    private func drift<System: KernelSystem>(
        _ system: System.Type, _ method: IntegrationMethod, parameters: [Double], initial: [Double], segments: [Segment], times: [Double],
        of states: Range<Int>, expected: Double
    ) throws -> Double {
        var worst = 0.0
        for library in KernelTests.libraries {
            for relative in Self.tolerances {
                let found = try Ensemble.solveSerially(
                    system, method: method, draws: Matrix([parameters]), initial: .same(initial), segments: segments, outputs: times,
                    tolerance: Tolerance(relative: relative, absolute: relative * 1e-4), library: library)
                try #require(found.failures.isEmpty)
                for time in times.indices {
                    let sum = states.map { found[0, time, $0] }.reduce(0, +)
                    worst = max(worst, (sum - expected).magnitude)
                }
            }
        }
        print("\(System.name), \(method): the sum drifts by \(worst) from \(expected)")
        return worst
    }

    @Test("Robertson's mass stays one to rounding, at every tolerance, over eleven decades of time")
    func robertson() throws {
        let times = (0...10).map { 40 * Glibc.pow(10, Double($0 - 2)) }
        let drift = try drift(
            Robertson.self, .stiff, parameters: [0.04, 3e7, 1e4], initial: [1, 0, 0], segments: [Segment(start: 0, end: 4e9)], times: times,
            of: 0..<3, expected: 1)
        #expect(drift < 1e-12)
    }

    @Test("HIRES keeps the sum of its last two states")
    func hires() throws {
        let drift = try drift(
            Hires.self, .stiff, parameters: [1.71, 0.43, 8.32, 0.0007, 0.035, 0.69, 280, 0.69], initial: KernelTests.hiresStart,
            segments: [Segment(start: 0, end: 321.8122)], times: KernelTests.hiresTimes, of: 6..<8, expected: 0.0057)
        #expect(drift < 0.0057 * 1e-12)
    }

    @Test("drug that nothing clears stays: three compartments hold what was infused", arguments: IntegrationMethod.allCases)
    func compartments(_ method: IntegrationMethod) throws {
        let infusion = [Segment(start: 0, end: 1, input: [222.8]), Segment(start: 1, end: 504, input: [0])]
        let drift = try drift(
            ThreeCompartmentMyelosuppression.self, method, parameters: [0, 8.31, 1.07, 1.74, 1.28, 0.0787, 5.05, 88.7, 0.161, 8.58],
            initial: [0, 0, 0, 5.05, 5.05, 5.05, 5.05, 5.05], segments: infusion, times: (1...21).map { 24 * Double($0) }, of: 0..<3,
            expected: 222.8)
        #expect(drift < 222.8 * 1e-12)
    }

    @Test("the invariant of prey and predator drifts by no more than fifty tolerances in four rounds, by either method")
    func lotkaVolterra() throws {
        func drift(_ method: some StepMethod, _ relative: Double) throws -> Double {
            let times = (1...200).map { Double($0) / 10 }
            let found = try Integrator.solve(
                by: method, initial: [1, 1], parameters: [1.5, 1, 1, 3], segments: [Segment(start: 0, end: 20)], outputs: times,
                tolerance: Tolerance(relative: relative, absolute: relative))
            func invariant(_ x: Double, _ y: Double) -> Double { x - 3 * Glibc.log(x) + y - 1.5 * Glibc.log(y) }
            return times.indices.map { (invariant(found[$0, 0], found[$0, 1]) - invariant(1, 1)).magnitude }.max() ?? .nan
        }
        for relative in Self.tolerances {
            let explicit = try drift(DormandPrince<LotkaVolterra, Double>(), relative)
            let stiff = try drift(InterpretedStep<LotkaVolterra, Double>(), relative)
            print(
                "Lotka and Volterra's invariant at \(relative): drift in tolerances: explicit \(explicit / relative), stiff \(stiff / relative)"
            )
            #expect(explicit <= 50 * relative && stiff <= 50 * relative)
        }
    }
}
