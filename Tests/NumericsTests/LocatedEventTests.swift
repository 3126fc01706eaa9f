// Events located on the way: bounces and thresholds, at the time where they happen.
import Numerics
import Testing

@Suite("Located events")
struct LocatedEventTests {
    static let parameters = [9.81, 0.8]

    /// Impact times of a ball dropped from a height of one.
    static func impacts(_ count: Int) -> [Double] {
        var time = (2 / parameters[0]).squareRoot()
        var speed = (2 * parameters[0]).squareRoot()
        var all = [time]
        while all.count < count {
            speed *= parameters[1]
            time += 2 * speed / parameters[0]
            all.append(time)
        }
        return all
    }

    private func drop(_ outputs: [Double], _ relative: Double = 1e-10) throws -> Trajectory {
        try Integrator.solve(
            Ball.self, initial: [1, 0], parameters: Self.parameters, segments: [Segment(start: 0, end: 2.5)], outputs: outputs,
            tolerance: Tolerance(relative: relative, absolute: 1e-12))
    }

    @Test("a bouncing ball meets the ground when it should")
    func bounces() throws {
        let run = try drop([2.5])
        let found = run.crossings.filter { $0.surface == 0 }.map(\.time)
        let expected = Self.impacts(40).filter { $0 < 2.5 }
        #expect(found.count == expected.count)
        for (a, b) in zip(found, expected) { #expect((a - b).magnitude < 1e-9) }
        // Highest points, recorded without an event, lie in the middle between bounces.
        let tops = run.crossings.filter { $0.surface == 1 }.map(\.time)
        for (index, top) in tops.enumerated() where index + 1 < expected.count {
            #expect((top - (expected[index] + expected[index + 1]) / 2).magnitude < 1e-9)
        }
        #expect(tops.count >= expected.count - 1)
        let last = expected[expected.count - 1]
        let speed: Double = (2 * 9.81 as Double).squareRoot() * (0.8 as Double).pow(Double(expected.count))
        let rest: Double = 2.5 - last
        let height: Double = speed * rest - 4.905 * rest * rest
        #expect((run[0, 0] - height).magnitude < 1e-8)
    }

    @Test("asking for more times moves no bounce, bit for bit")
    func grid() throws {
        let times: [Double] = (0...250).map { Double($0) / 100 }
        let coarse = try drop([1, 2.5])
        let fine = try drop(times)
        #expect(coarse.crossings == fine.crossings)
        #expect(coarse[0, 0].bitPattern == fine[100, 0].bitPattern)
        #expect(coarse[1, 0].bitPattern == fine[250, 0].bitPattern)
        let finite = fine.values.allSatisfy { $0.isFinite }
        #expect(finite)
        // Between impacts the ball is where the parabola says.
        #expect((fine[30, 0] - (1 - 9.81 / 2 * 0.09)).magnitude < 1e-9)
    }

    @Test("a ball that bounces ever faster is stopped by the step limit, not by patience")
    func zeno() {
        // Its impacts pile up at √(2/g)·(1 + r)/(1 − r); sixty steps do not reach that.
        let end = (2 / 9.81 as Double).squareRoot() * 9
        #expect {
            try Integrator.solve(
                Ball.self, initial: [1, 0], parameters: Self.parameters, segments: [Segment(start: 0, end: 10)], outputs: [10],
                tolerance: Tolerance(stepLimit: 60))
        } throws: { error in
            guard case .tooManySteps(0, let time, 60) = error as? IntegrationError else { return false }
            return time > 1 && time < end
        }
    }

    @Test("bounces are the same bytes in lanes and alone")
    func lanes() throws {
        var draws = Matrix(rows: 37, columns: 2)
        for d in 0..<37 {
            draws[d, 0] = 9 + Double(d) / 20
            draws[d, 1] = 0.6 + Double(d) / 100
        }
        let outputs = (0...20).map { Double($0) / 10 }
        let all = try Ensemble.solveSerially(
            by: DormandPrince<Ball, SIMD8<Double>>(), draws: draws, initial: .same([1, 0]), segments: [Segment(start: 0, end: 2)],
            outputs: outputs)
        #expect(all.failures.isEmpty)
        for d in 0..<37 {
            let one = try Integrator.solve(
                Ball.self, initial: [1, 0], parameters: Array(draws.row(d)), segments: [Segment(start: 0, end: 2)],
                outputs: outputs)
            let crossings = all.crossings.filter { $0.draw == d }
            #expect(one.crossings.map(\.time) == crossings.map(\.time))
            #expect(EnsembleTests.bits(one.values) == EnsembleTests.bits(all.values[d * 42..<(d + 1) * 42]))
        }
    }
}
