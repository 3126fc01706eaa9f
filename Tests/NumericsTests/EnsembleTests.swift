// Many draws: the same bytes whatever the lane, the neighbours and the number of threads.
import Numerics
import Testing

@Suite("The integrator on an ensemble")
struct EnsembleTests {
    static func draws(_ count: Int) -> Matrix {
        let random = RandomStream(seed: 7, stream: 3)
        var matrix = Matrix(rows: count, columns: 4)
        for d in 0..<count {
            let z = random.normals(draw: d, count: 4)
            for (i, centre) in [1.5, 1, 1, 3.0].enumerated() { matrix[d, i] = centre * (0.2 * z[i]).exp() }
        }
        return matrix
    }

    static let segments = [Segment(start: 0, end: 3), Segment(start: 3, end: 3.01), Segment(start: 3.01, end: 8)]
    static let times = (0...40).map { Double($0) * 0.2 }

    static func bits(_ values: some Sequence<Double>) -> [UInt64] { values.map(\.bitPattern) }

    @Test("one, two and eight threads give the same bytes (invariant N7)")
    func threads() async throws {
        let draws = Self.draws(1500)
        var all: [[UInt64]] = []
        for concurrency in [1, 2, 8] {
            let result = try await Ensemble.solve(
                by: DormandPrince<LotkaVolterra, SIMD8<Double>>(), draws: draws, initial: .same([1, 1]), segments: Self.segments,
                outputs: Self.times, concurrency: concurrency)
            #expect(result.failures.isEmpty)
            all.append(Self.bits(result.values))
        }
        #expect(all[0] == all[1])
        #expect(all[0] == all[2])
        #expect(all[0].count == 1500 * 41 * 2)
    }

    @Test("draws that were integrated for a first picture are taken over, byte for byte; those of another plan are not")
    func takenOver() async throws {
        let draws = Self.draws(600)
        let few = try Matrix(rows: 64, columns: 4, elements: Array(draws.elements[0..<256]))
        func run(
            _ draws: Matrix, _ times: [Double] = EnsembleTests.times, after first: EnsembleTrajectories? = nil
        ) async throws -> EnsembleTrajectories {
            try await Ensemble.solve(
                by: DormandPrince<LotkaVolterra, SIMD8<Double>>(), draws: draws, initial: .same([1, 1]), segments: Self.segments,
                outputs: times, after: first)
        }
        let whole = try await run(draws)
        let first = try await run(few)
        let continued = try await run(draws, after: first)
        #expect(continued.drawCount == 600 && Self.bits(continued.values) == Self.bits(whole.values))
        // A mark in what is handed over shows that it was not computed again.
        var marked = few
        for d in 0..<64 { marked[d, 0] = 1.5 }
        let borrowed = try await run(draws, after: run(marked))
        #expect(Self.bits(borrowed.values) != Self.bits(whole.values))
        #expect(Self.bits(borrowed.column(time: 40, state: 0)[64...]) == Self.bits(whole.column(time: 40, state: 0)[64...]))
        let others = try await run(draws, after: run(few, [1, 2]))
        #expect(Self.bits(others.values) == Self.bits(whole.values))
    }

    @Test(
        "a block has room for every number of every draw, for many draws of a single number too", arguments: [1, 2, 63, 64, 1000, 200_001])
    func room(draws: Int) throws {
        for outputs in [[1.0], [0, 1]] {
            let plan = try IntegrationPlan(
                inputCount: 0, segments: [Segment(start: 0, end: 1)], outputs: outputs, tolerance: Tolerance())
            let block = plan.run(
                parameters: [], parameterCount: 0, initial: [0], initialStride: 0, stateCount: 1, draws: 0..<draws
            ) { block in
                for draw in 0..<draws {
                    for number in outputs.indices {
                        let place = draw * Int(block.pointee.drawStride) + number * Int(block.pointee.numberStride)
                        block.pointee.values[place] = Double(draw * 2 + number)
                    }
                }
            }
            let places = (0..<draws).flatMap { draw in outputs.indices.map { block.layout.place(draw: draw, number: $0) } }
            try #require(places.allSatisfy(block.values.indices.contains))
            #expect(places.map { block.values[$0] } == (0..<draws).flatMap { draw in outputs.indices.map { Double(draw * 2 + $0) } })
        }
    }

    @Test("a draw alone, among others, and in lanes of one, eight or sixteen gives the same bytes, in both arithmetics (invariant N1)")
    func lanes() async throws {
        let draws = Self.draws(61)
        func run<L: Lane>(_ lanes: L.Type) throws -> EnsembleTrajectories {
            try Ensemble.solveSerially(
                by: DormandPrince<LotkaVolterra, L>(), draws: draws, initial: .same([1, 1]), segments: Self.segments, outputs: Self.times)
        }
        let (one, eight) = (try run(Double.self), try run(SIMD8<Double>.self))
        #expect(Self.bits(one.values) == Self.bits(eight.values))
        let (fusedOne, fusedEight) = (try run(FusedOne.self), try run(FusedEight.self))
        #expect(Self.bits(fusedOne.values) == Self.bits(fusedEight.values))
        #expect(Self.bits(fusedOne.values) == Self.bits(try run(FusedSixteen.self).values))
        #expect(Self.bits(fusedOne.values) != Self.bits(one.values), "two roundings and one cannot agree everywhere")
        for d in [0, 17, 60] {
            let alone = try Integrator.solve(
                LotkaVolterra.self, initial: [1, 1], parameters: Array(draws.row(d)), segments: Self.segments,
                outputs: Self.times)
            let width = Self.times.count * 2
            #expect(Self.bits(alone.values) == Self.bits(eight.values[d * width..<(d + 1) * width]))
        }
    }

    @Test("each draw starts from its own state when asked")
    func starts() throws {
        var initial = Matrix(rows: 20, columns: 1)
        for d in 0..<20 { initial[d, 0] = Double(d) }
        let result = try Ensemble.solveSerially(
            by: DormandPrince<Decay, SIMD8<Double>>(), draws: Matrix(rows: 20, columns: 1, repeating: 1), initial: .each(initial),
            segments: [Segment(start: 0, end: 1, input: [0])], outputs: [0, 1])
        for d in 0..<20 {
            #expect(result[d, 0, 0] == Double(d))
            #expect((result[d, 1, 0] - Double(d) * (-1.0).exp()).magnitude < 1e-4)
        }
    }

    @Test("a draw that fails is reported and spoils no other")
    func failures() throws {
        var draws = Matrix(rows: 30, columns: 1, repeating: 0.1)
        draws[4, 0] = 1
        draws[23, 0] = .nan
        let result = try Ensemble.solveSerially(
            by: DormandPrince<Explosion, SIMD8<Double>>(), draws: draws, initial: .same([1]), segments: [Segment(start: 0, end: 2)],
            outputs: [0, 0.5, 2])
        #expect(result.failures.map(\.draw) == [4, 23])
        #expect((result[4, 1, 0] - 2).magnitude < 1e-4)
        #expect(result[4, 2, 0].isNaN)
        for d in 0..<30 where d != 4 && d != 23 { #expect((result[d, 2, 0] - 1.25).magnitude < 1e-5) }
    }

    @Test("an ensemble without draws, or of the wrong shape, is answered in kind")
    func shapes() throws {
        let none = try Ensemble.solveSerially(
            by: DormandPrince<LotkaVolterra, SIMD8<Double>>(), draws: Matrix(rows: 0, columns: 4), initial: .same([1, 1]),
            segments: Self.segments,
            outputs: Self.times)
        #expect(none.values.isEmpty)
        #expect(throws: IntegrationError.wrongCount(of: .parameters, expected: 4, found: 3)) {
            try Ensemble.solveSerially(
                by: DormandPrince<LotkaVolterra, SIMD8<Double>>(), draws: Matrix(rows: 2, columns: 3), initial: .same([1, 1]),
                segments: Self.segments,
                outputs: [])
        }
        #expect(throws: IntegrationError.wrongCount(of: .draws, expected: 2, found: 1)) {
            try Ensemble.solveSerially(
                by: DormandPrince<LotkaVolterra, SIMD8<Double>>(), draws: Matrix(rows: 2, columns: 4),
                initial: .each(Matrix(rows: 1, columns: 2)),
                segments: Self.segments, outputs: [])
        }
    }

    @Test("a task that was cancelled before it began does nothing")
    func cancellation() async {
        let draws = Self.draws(4000)
        for concurrency in [1, 2] {
            let task = Task {
                try await Ensemble.solve(
                    by: DormandPrince<LotkaVolterra, SIMD8<Double>>(), draws: draws, initial: .same([1, 1]), segments: Self.segments,
                    outputs: Self.times,
                    concurrency: concurrency)
            }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}
