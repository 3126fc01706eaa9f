// The two reference systems without stiff parts: right against independent figures, and the same bytes everywhere.
import Numerics
import Systems
import Testing
import Tracing

@Suite("The Epileptor and the circulation")
struct ReferenceSystemTests {
    static let loops = KernelTests.draws([2.5, 0.08, 0.6, 0.05, 0.2, 0.15, 1.0, 0.08, 1.6, 25.0, 4.0, 8.0], count: 13, spread: 0.15)
    static let nodes = KernelTests.draws([1, 3.1, 0.00035, 1], count: 13, spread: 0.02)

    /// Nodes around the published one; x0 is negative, the slope none.
    static let epileptic: Matrix = {
        var draws = nodes
        for d in 0..<draws.rows { (draws[d, 0], draws[d, 3]) = (-1.6 * draws[d, 0], 0) }
        return draws
    }()

    static let quick = (1...40).map { Double($0) / 25 }
    static let tight = Tolerance(relative: 1e-9, absolute: 1e-12)

    private func loop(
        _ library: KernelLibrary, _ draws: Matrix, beats: Int, outputs: [Double], _ tolerance: Tolerance = Tolerance()
    ) throws -> EnsembleTrajectories {
        try Ensemble.solveSerially(
            Circulation.self, draws: draws, initial: .same(ReferenceFigures.loopStart), segments: Circulation.segments(beats: beats),
            outputs: outputs, tolerance: tolerance, library: library)
    }

    private func node(_ library: KernelLibrary, _ draws: Matrix, outputs: [Double], _ tolerance: Tolerance = Tolerance()) throws
        -> EnsembleTrajectories
    {
        try Ensemble.solveSerially(
            Epileptor.self, draws: draws, initial: .same(ReferenceFigures.nodeStart),
            segments: [Segment(start: 0, end: outputs[outputs.count - 1])], outputs: outputs, tolerance: tolerance, library: library)
    }

    @Test("seizures come and go as in the reference, though errors grow ten-thousandfold on the way")
    func seizures() throws {
        let draws = try Matrix(rows: 2, columns: 4, elements: ReferenceFigures.nodes.flatMap { $0 })
        let run = try node(.current, draws, outputs: ReferenceFigures.nodeTimes, Self.tight)
        #expect(run.failures.isEmpty)
        for d in 0..<2 {
            for t in ReferenceFigures.nodeTimes.indices {
                for s in 0..<6 { #expect((run[d, t, s] - ReferenceFigures.nodeStates[d][t * 6 + s]).magnitude < 2e-5) }
            }
        }
    }

    @Test("twenty beats end as in the reference, and no blood is lost")
    func beats() throws {
        let draws = try Matrix(rows: 1, columns: 12, elements: ReferenceFigures.loop)
        let run = try loop(.current, draws, beats: 20, outputs: ReferenceFigures.loopTimes, Self.tight)
        for (t, states) in ReferenceFigures.loopStates.enumerated() {
            for (s, state) in states.enumerated() { #expect((run[0, t, s] - state).magnitude < 1e-7 * (state.magnitude + 1)) }
        }
        // 4,580 mL; rounding alone moves it.
        let often = try loop(.current, Self.loops, beats: 20, outputs: (1...320).map { Double($0) / 20 })
        for d in 0..<Self.loops.rows {
            for t in 0..<320 {
                let volume = (0..<9).reduce(0.0) { $0 + often[d, t, $1] }
                #expect((volume - 4580).magnitude < 1e-9)
            }
        }
    }

    @Test("every valve opens and closes in turn, when another method says so too")
    func valves() throws {
        let draws = try Matrix(rows: 1, columns: 12, elements: ReferenceFigures.loop)
        let run = try loop(.current, draws, beats: 20, outputs: [16])
        let byValve = Dictionary(grouping: run.crossings, by: \.surface)
        for valve in 0..<4 {
            let times = (byValve[valve] ?? []).map(\.time)
            #expect(times.count >= 39 && times.count <= 41, "valve \(valve)")
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 > 0.01 })
        }
        let fine = try loop(.current, draws, beats: 2, outputs: [1.6], Self.tight)
        let other = try Integrator.solve(
            by: InterpretedStep<Circulation, Double>(), initial: ReferenceFigures.loopStart, parameters: ReferenceFigures.loop,
            segments: Circulation.segments(beats: 2), outputs: [1.6], tolerance: Self.tight)
        #expect(fine.crossings.map(\.surface) == other.crossings.map(\.surface))
        for (a, b) in zip(fine.crossings, other.crossings) { #expect((a.time - b.time).magnitude < 1e-7) }
    }

    @Test("the valves look at the states that the loop says they watch, and at no others")
    func watchedStates() {
        func pressures(_ state: [Double]) -> [Double] {
            var distances = [Double](repeating: 0, count: 4)
            var into = distances.mutableSpan
            let derived = [Double](repeating: 1.7, count: Circulation.derivedCount)
            Circulation.distances(
                time: 0.1, state: state.span, parameters: (ReferenceFigures.loop + derived).span, input: [0, 1 / 0.3, 1, 1, 1, 1].span,
                into: &into)
            return distances
        }
        let start = ReferenceFigures.loopStart
        for s in 0..<Circulation.stateCount {
            var other = start
            other[s] += 1
            #expect((pressures(other) != pressures(start)) == (Circulation.watchedStates & (1 << UInt64(s)) != 0), "state \(s)")
        }
    }

    @Test("compiled kernels give the bytes of the same code compiled here, whatever the instruction set")
    func bytes() throws {
        for library in KernelTests.libraries {
            let (loops, nodes) = (
                try loop(library, Self.loops, beats: 2, outputs: Self.quick), try node(library, Self.epileptic, outputs: [40, 200])
            )
            #expect(loops.failures.isEmpty && nodes.failures.isEmpty)
            if library.arithmetic == .fused {
                try compare(loops, nodes, FusedOne.self)
            } else {
                try compare(loops, nodes, Double.self)
            }
        }
    }

    private func compare<L: Lane>(_ loops: EnsembleTrajectories, _ nodes: EnsembleTrajectories, _ lane: L.Type) throws {
        let otherLoops = try Ensemble.solveSerially(
            by: DormandPrince<Circulation, L>(), draws: Self.loops, initial: .same(ReferenceFigures.loopStart),
            segments: Circulation.segments(beats: 2), outputs: Self.quick)
        let otherNodes = try Ensemble.solveSerially(
            by: DormandPrince<Epileptor, L>(), draws: Self.epileptic, initial: .same(ReferenceFigures.nodeStart),
            segments: [Segment(start: 0, end: 200)], outputs: [40, 200])
        for (one, other) in [(loops, otherLoops), (nodes, otherNodes)] {
            #expect(KernelTests.bits(one.values) == KernelTests.bits(other.values))
            #expect(one.crossings == other.crossings)
        }
    }

    @Test("a draw's bytes and valve times depend on no neighbour, thread or requested time (invariants N6, N7)")
    func aloneAndTogether() async throws {
        let all = try loop(.current, Self.loops, beats: 2, outputs: Self.quick)
        let width = Self.quick.count * 10
        for d in [0, 7, 12] {
            let draws = try Matrix(rows: 1, columns: 12, elements: Array(Self.loops.row(d)))
            let alone = try loop(.current, draws, beats: 2, outputs: Self.quick)
            #expect(KernelTests.bits(alone.values) == KernelTests.bits(all.values[d * width..<(d + 1) * width]))
            let rare = try loop(.current, draws, beats: 2, outputs: [1.6])
            #expect(rare.crossings == alone.crossings)
            #expect(alone.crossings.map(\.time) == all.crossings.filter { $0.draw == d }.map(\.time))
            #expect(KernelTests.bits(rare.values) == KernelTests.bits(alone.values[(width - 10)...]))
        }
        let many = KernelTests.draws(ReferenceFigures.loop, count: 600, spread: 0.1)
        var found: [EnsembleTrajectories] = []
        for concurrency in [1, 2, 8] {
            found.append(
                try await Ensemble.solve(
                    Circulation.self, draws: many, initial: .same(ReferenceFigures.loopStart), segments: Circulation.segments(beats: 1),
                    outputs: [0.4, 0.8], concurrency: concurrency))
        }
        for other in found.dropFirst() {
            #expect(KernelTests.bits(other.values) == KernelTests.bits(found[0].values))
            #expect(other.crossings == found[0].crossings)
        }
    }
}
