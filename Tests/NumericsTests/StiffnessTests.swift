// The stiffness test: who is found stiff, what is said about it, and that nothing but the draw decides.
import Numerics
import Systems
import Testing
import Tracing

@Suite("The choice between the explicit and a stiff method")
struct StiffnessTests {
    private static func bits(_ values: some Sequence<Double>) -> [UInt64] { values.map(\.bitPattern) }

    /// One parameter a draw.
    private static func column(_ values: [Double]) -> Matrix {
        var column = Matrix(rows: values.count, columns: 1)
        for (row, value) in values.enumerated() { column[row, 0] = value }
        return column
    }

    /// Van der Pol's oscillator, some draws smooth and some stiff.
    private static let mixed = column(
        (0..<61).map { (draw: Int) -> Double in draw % 15 == 4 ? 1e-6 * Double(1 + draw) : 0.5 + 0.01 * Double(draw) })
    private static let stiffDraws = [4, 19, 34, 49]
    private static let times = (0...20).map { Double($0) / 10 }

    private func solve(
        _ draws: Matrix, _ method: IntegrationMethod = .automatic, library: KernelLibrary = .current
    ) throws -> EnsembleTrajectories {
        try Ensemble.solveSerially(
            VanDerPol.self, method: method, draws: draws, initial: .same([2, 0]), segments: [Segment(start: 0, end: 2)],
            outputs: Self.times, library: library)
    }

    @Test("stiff draws go by the stiff method from their start, the others by the explicit one, and the words say so")
    func mixture() throws {
        let found = try solve(Self.mixed)
        let choice = try #require(found.choice)
        #expect(found.failures.isEmpty)
        #expect(choice.switches.map(\.draw) == Self.stiffDraws)
        #expect(choice.switches.allSatisfy { $0.reason == .stability && $0.time > 0 && $0.time < 2 })
        #expect(choice.stiffMethod(of: 4) == .rosenbrock && choice.stiffMethod(of: 5) == nil)
        let words = choice.words(timeUnit: "weeks")
        print(words)
        #expect(words.hasPrefix("explicit for 57 draws; stiff (Rodas5P) for 4: stability limited the step, first at 0."))
        #expect(words.hasSuffix(" weeks"))
        let (explicit, stiff) = (try solve(Self.mixed, .explicit), try solve(Self.mixed, .stiff))
        #expect(explicit.choice == nil)
        let width = Self.times.count * 2
        for d in 0..<61 {
            let expected = Self.stiffDraws.contains(d) ? stiff : explicit
            let row = d * width..<(d + 1) * width
            #expect(Self.bits(found.values[row]) == Self.bits(expected.values[row]))
        }
    }

    @Test("states that nobody reads are not kept by any method, and those that are have the same bytes")
    func keptStates() throws {
        let segments = [Segment(start: 0, end: 2)]
        for method in [IntegrationMethod.explicit, .stiff, .automatic] {
            func columns(_ kept: [Int]?) throws -> [UInt64] {
                let found = try Ensemble.solveSerially(
                    VanDerPol.self, method: method, draws: Self.mixed, initial: .same([2, 0]), segments: segments, outputs: Self.times,
                    keeping: kept)
                return Self.bits(found.columns(times: Array(Self.times.indices), state: 1)[...])
            }
            #expect(try columns([1]) == columns(nil))
        }
        let plan = try IntegrationPlan(inputCount: 0, segments: segments, outputs: Self.times, tolerance: Tolerance())
        func rows(_ kept: UInt64) -> [Double] {
            let block = plan.run(
                parameters: [1e-6, 1e-5], parameterCount: 1, initial: [2, 0], initialStride: 0, stateCount: 2, draws: 0..<2, keeping: kept
            ) { Integrator.solve($0.pointee, by: VanDerPol.backwardDifferences) }
            let numbers = Self.times.count * (kept == .max ? 2 : 1)
            return (0..<2).flatMap { draw in (0..<numbers).map { block.values[block.layout.place(draw: draw, number: $0)] } }
        }
        let whole = rows(.max)
        #expect(whole.count == 2 * 2 * Self.times.count && whole.allSatisfy(\.isFinite))
        #expect(rows(0b10) == stride(from: 1, to: whole.count, by: 2).map { whole[$0] })
    }

    @Test("choice and bytes are those of the draw alone, in any library, lane, order or number of threads (invariant N9)")
    func company() async throws {
        let width = Self.times.count * 2
        for library in KernelTests.libraries {
            let all = try solve(Self.mixed, library: library)
            for d in [0, 4, 19, 60] {
                let alone = try solve(Matrix([[Self.mixed[d, 0]]]), library: library)
                let times = all.choice?.switches.filter { $0.draw == d }.map(\.time)
                #expect(alone.choice?.switches.map(\.time) == times)
                #expect(Self.bits(alone.values) == Self.bits(all.values[d * width..<(d + 1) * width]))
            }
        }
        func lanes<L: Lane>(_ lane: L.Type) throws -> EnsembleTrajectories {
            try Ensemble.solveSerially(
                by: DormandPrince<VanDerPol, L>(), stiff: StiffSolver(InterpretedStep<VanDerPol, L>()), draws: Self.mixed,
                initial: .same([2, 0]), segments: [Segment(start: 0, end: 2)], outputs: Self.times)
        }
        let (one, eight) = (try lanes(Double.self), try lanes(SIMD8<Double>.self))
        #expect(Self.bits(one.values) == Self.bits(eight.values) && one.choice == eight.choice)
        #expect(Self.bits(try solve(Self.mixed, library: .baseline).values) == Self.bits(one.values))

        let many = Self.column((0..<600).map { Self.mixed[$0 % 61, 0] })
        var found: [EnsembleTrajectories] = []
        for concurrency in [1, 2, 8] {
            found.append(
                try await Ensemble.solve(
                    VanDerPol.self, method: .automatic, draws: many, initial: .same([2, 0]), segments: [Segment(start: 0, end: 2)],
                    outputs: [1, 2], concurrency: concurrency))
        }
        for other in found[1...] {
            #expect(Self.bits(other.values) == Self.bits(found[0].values) && other.choice == found[0].choice)
        }
    }

    @Test("Robertson's reaction and HIRES are found stiff")
    func stiff() throws {
        let robertson = try Ensemble.solveSerially(
            Robertson.self, method: .automatic, draws: Matrix([[0.04, 3e7, 1e4]]), initial: .same([1, 0, 0]),
            segments: [Segment(start: 0, end: 40)], outputs: [40])
        #expect(robertson.choice?.description.hasPrefix("stiff (Rodas5P) for 1 draw: stability limited the step, at time ") == true)
        #expect((robertson[0, 0, 0] - 7.1582706871e-1).magnitude < 1e-6)
        let hires = try Ensemble.solveSerially(
            Hires.self, method: .automatic, draws: Matrix([[1.71, 0.43, 8.32, 0.0007, 0.035, 0.69, 280, 0.69]]),
            initial: .same(KernelTests.hiresStart), segments: [Segment(start: 0, end: 320)], outputs: [320])
        #expect(hires.choice?.switches.count == 1)
    }

    @Test("decay, prey and predator, an orbit and the liver twin's equations are not, however their draws lie")
    func smooth() throws {
        let prey = try Ensemble.solveSerially(
            by: DormandPrince<LotkaVolterra, SIMD8<Double>>(), stiff: StiffSolver(backwardDifferences: LotkaVolterra.self),
            draws: EnsembleTests.draws(300), initial: .same([1, 1]), segments: [Segment(start: 0, end: 60)], outputs: [60])
        #expect(prey.choice?.description == "explicit for 300 draws: none proved stiff")
        let orbit = try Ensemble.solveSerially(
            by: DormandPrince<Arenstorf, Double>(), stiff: StiffSolver(backwardDifferences: Arenstorf.self),
            draws: Matrix(rows: 1, columns: 0),
            initial: .same(Arenstorf.start), segments: [Segment(start: 0, end: Arenstorf.period)], outputs: [Arenstorf.period],
            tolerance: Tolerance(relative: 1e-8, absolute: 1e-8))
        #expect(orbit.choice?.switches.isEmpty == true)
        let decay = try Ensemble.solveSerially(
            by: DormandPrince<Decay, SIMD8<Double>>(), stiff: StiffSolver(backwardDifferences: Decay.self),
            draws: Self.column((1...40).map { Double($0) }), initial: .same([1]),
            segments: (0..<100).map { Segment(start: Double($0) * 0.1, end: Double($0 + 1) * 0.1, input: [1], event: 1) }, outputs: [10])
        #expect(decay.choice?.switches.isEmpty == true)
        // Growth per week, effect, loss of effect, occult share: about the liver twin's priors, wide.
        let liver = try Ensemble.solveSerially(
            LiverSystem.self, method: .automatic, draws: KernelTests.draws([0.02, 0.05, 0.05, 0.3], count: 500, spread: 0.6),
            initial: .same([60, 1]),
            segments: [
                Segment(start: 0, end: 0, input: [0, 0, 0], event: 1), Segment(start: 0, end: 24, input: [1, 0, 0]),
                Segment(start: 24, end: 260, input: [0, 0, 0]),
            ], outputs: [24, 260])
        #expect(liver.choice?.switches.isEmpty == true && liver.failures.isEmpty)
    }

    @Test("what is switched is renumbered: crossings, failures and each draw's own start stay with their draw")
    func renumbering() throws {
        // The fourth draw is stiff; the last is no number by either method.
        let draws = Self.column([0.5, 0.6, 0.7, 1e-7, .nan])
        var starts = Matrix(rows: 5, columns: 2)
        for d in 0..<5 { starts[d, 0] = 2 + 0.01 * Double(d) }
        let found = try Ensemble.solveSerially(
            by: DormandPrince<VanDerPol, Double>(), stiff: StiffSolver(backwardDifferences: VanDerPol.self), draws: draws,
            initial: .each(starts), segments: [Segment(start: 0, end: 2)], outputs: [0, 2], tolerance: Tolerance(stepLimit: 20_000))
        #expect(found.choice?.switches.map(\.draw) == [3])
        #expect(found.choice?.stiffMethod == .backwardDifferences)
        #expect(found.failures.map(\.draw) == [4])
        for d in 0..<4 { #expect(found[d, 0, 0] == starts[d, 0]) }
        let alone = try Integrator.solve(
            by: BackwardDifferences(ordinary: VanDerPol.self), initial: [2.03, 0], parameters: [1e-7],
            segments: [Segment(start: 0, end: 2)],
            outputs: [2], tolerance: Tolerance(stepLimit: 20_000))
        #expect(Self.bits(alone.values) == Self.bits([found[3, 1, 0], found[3, 1, 1]]))
    }

    @Test("a large system goes by backward differences, each draw as it would alone, and the words say why")
    func large() async throws {
        let system = Diffusion(120)
        let method = BackwardDifferences(system)
        let draws = Self.column((1...6).map { 0.02 * Double($0) })
        let segments = [Segment(start: 0, end: 1, input: [0.5], event: 0), Segment(start: 1, end: 2, input: [0.5], event: 0)]
        var found: [EnsembleTrajectories] = []
        for concurrency in [1, 2, 8] {
            found.append(
                try await Ensemble.solve(
                    by: method, draws: draws, initial: .same(system.wave), segments: segments, outputs: [0.5, 2], concurrency: concurrency))
        }
        #expect(found[0].choice?.description == "backward differences for 6 draws, large: 120 states")
        for other in found[1...] { #expect(Self.bits(other.values) == Self.bits(found[0].values)) }
        let alone = try Integrator.solve(
            by: method, initial: system.wave, parameters: [0.08], segments: segments, outputs: [0.5, 2])
        #expect(Self.bits(alone.values) == Self.bits((0..<240).map { found[0][3, $0 / 120, $0 % 120] }))
        #expect(StiffMethod.forStates(8) == .rosenbrock && StiffMethod.forStates(300) == .backwardDifferences)

        let task = Task {
            try await Ensemble.solve(
                by: BackwardDifferences(MedicalAkzoNobel()),
                draws: Matrix((0..<50).map { _ in MedicalAkzoNobel.parameters }),
                initial: .same(MedicalAkzoNobel.start), segments: MedicalAkzoNobel.segments, outputs: [20])
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
