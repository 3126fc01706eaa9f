// What the method for large systems is made of: its formulas, its factors, the pattern of a Jacobian.
import Glibc
import Systems
import Testing

@testable import Integration

@Suite("The parts of the integrator for large systems")
struct LargeStepTests {
    /// The error at 2 after equal steps of one order, started from the solution's own past.
    private func error<System: OrdinarySystem>(
        _ system: System.Type, _ parameters: [Double], order: Int, step: Double, truth: (Double) -> Double
    ) throws -> Double {
        let method = BackwardDifferences(ordinary: system)
        let tolerance = Tolerance(relative: 1e-1, absolute: 1)
        let input = [Double](repeating: 0, count: System.inputCount)
        let plan = try IntegrationPlan(
            inputCount: System.inputCount, segments: [Segment(start: 0, end: 2 + step, input: input)], outputs: [], tolerance: tolerance)
        var found = Double.nan
        _ = plan.run(
            parameters: parameters, parameterCount: System.parameterCount, initial: [truth(0)], initialStride: 0, stateCount: 1,
            draws: 0..<1
        ) { block in
            var run = BackwardDifferenceRun(block.pointee, by: method, isCancelled: { false })
            run.end = 2 + step
            run.time = 0
            (run.order, run.step) = (order, step)
            var past = (0...order).map { truth(-Double($0) * step) }
            for j in 0...order {
                run.memory.differences(j)[0] = past[0]
                for k in 0..<past.count - 1 { past[k] -= past[k + 1] }
                past.removeLast()
            }
            for _ in 0..<Int((2 / step).rounded()) {
                run.hasJacobian = false
                guard case .accepted = run.tryStep() else { return }
            }
            found = (run.memory.state[0] - truth(run.time)).magnitude
        }
        return found
    }

    @Test("with equal steps each formula converges with its own order, one to five", arguments: 1...5)
    func order(_ order: Int) throws {
        let falling = try [0.02, 0.01].map {
            try error(Explosion.self, [-1], order: order, step: $0) { 1 / (4 + $0) }
        }
        let driven = try [0.1, 0.05].map {
            try error(ProtheroRobinson.self, [3], order: order, step: $0) { Glibc.exp(-0.2 * $0) }
        }
        for errors in [falling, driven] {
            let slope = Glibc.log2(errors[0] / errors[1])
            print("formula of order \(order): slope \(slope), errors \(errors)")
            #expect((slope - Double(order)).magnitude < 0.1)
        }
    }

    /// Numbers between −1 and 1 that any machine makes alike.
    private func numbers(_ count: Int, seed: UInt64) -> [Double] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(Int64(bitPattern: state) >> 11) * 0x1p-52
        }
    }

    @Test("factors solve dense and banded equations whose diagonal is zero")
    func factors() {
        for shape in [
            MatrixShape.dense(40), .banded(90, below: 2, above: 3), .banded(30, below: 0, above: 0), .banded(50, below: 4, above: 1),
        ] {
            let n = shape.count
            let factors = LinearFactors(shape)
            let (values, truth) = (numbers(n * n, seed: 5), numbers(n, seed: 9))
            var right = [Double](repeating: 0, count: n)
            for i in 0..<n {
                for j in 0..<n where j - i <= shape.above && i - j <= shape.below && (i != j || shape.above == 0) {
                    factors.matrix[shape.place(i, j)] = values[i * n + j]
                    right[i] += values[i * n + j] * truth[j]
                }
            }
            #expect(factors.factorise())
            right.withUnsafeMutableBufferPointer { buffer in buffer.baseAddress.map(factors.solve) }
            let error = zip(right, truth).map { ($0 - $1).magnitude }.max() ?? .nan
            #expect(error < 1e-8, "\(shape)")
        }
        let singular = LinearFactors(.dense(3))
        #expect(!singular.factorise())
        singular.matrix[0] = .nan
        #expect(!singular.factorise())
    }

    @Test("a pattern is found from the rates, its groups share no rate, and its derivatives are exact")
    func pattern() {
        let pattern = SparsityPattern(tracing: AsLargeSystem(Hires.self))
        #expect(pattern.rows[0] == [0, 1, 2])
        #expect(pattern.rows[5] == [3, 4, 5, 6, 7])
        #expect(SparsityPattern(bandOf: 4, below: 1, above: 0).rows == [[0], [0, 1], [1, 2], [2, 3]])
        #expect(SparsityPattern(rows: [[1, 0, 1], [1]]).entryCount == 3)
        let groups = pattern.groups
        for row in pattern.rows { #expect(Set(row.map { groups[Int($0)] }).count == row.count) }

        // y₁′ = y₂, y₂′ = ((1 − y₁²)·y₂ − y₁)/ε at (2, −0.5).
        let problem = LargeProblem(AsLargeSystem(VanDerPol.self))
        var found = [Double](repeating: .nan, count: 16)
        problem.derivatives(0, [2, -0.5], LargeProblem.Setting(parameters: [0.01], inputs: []), [0, 1], 0, &found)
        #expect(found[0] == 0 && found[1] == 1)
        #expect((found[8] - (2 * 2 * 0.5 - 1) / 0.01).magnitude < 1e-10)
        #expect((found[9] + 3 / 0.01).magnitude < 1e-10)
    }

    @Test("a change of spacing keeps the polynomial")
    func respacing() {
        // Differences of t³ at 0, −1, −2, −3 are 0, 1, −6, 6; at half the spacing 0, 1/8, −6/8, 6/8.
        let table = BackwardDifferenceTable.respacing(order: 3, factor: 0.5)
        let old: [Double] = [0, 1, -6, 6]
        let new = (1...3).map { j in (1...3).reduce(0) { $0 + table[$1][j] * old[$1] } }
        for (found, expected) in zip(new, [0.125, -0.75, 0.75]) { #expect((found - expected).magnitude < 1e-14) }
    }
}
