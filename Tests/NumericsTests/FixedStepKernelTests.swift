// The fixed-step kernels: the same bytes from every library, lane and number of threads; stopped when asked.
import Foundation
import Numerics
import Synchronization
import Systems
import Testing

@Suite("The fixed-step kernels")
struct FixedStepKernelTests {
    static let noise = RandomStream(seed: 80, stream: 1)

    /// A network of 84 regions: a dense core, sparse rest, delays up to 40 steps.
    static func connectome() throws -> Connectome {
        let stream = RandomStream(seed: 81, stream: 0)
        var edges: [Connectome.Edge] = []
        for to in 0..<84 {
            for from in 0..<84 where from != to && (to < 24 || stream.uniform(draw: to, index: from) < 0.2) {
                edges.append(
                    .init(
                        from: from, to: to, weight: 0.02 * stream.uniform(draw: to, index: 100 + from),
                        delay: to < 16 ? 0 : 0.8 * stream.uniform(draw: to, index: 200 + from)))
            }
        }
        return try Connectome(nodeCount: 84, edges: edges)
    }

    private static func bits(_ found: EnsembleTrajectories) -> [UInt64] { found.values.map(\.bitPattern) }

    /// Every library against the same code compiled here for every x86-64, in lanes of one and of eight.
    private func compare(
        _ kernel: (KernelLibrary) throws -> EnsembleTrajectories, one: () throws -> EnsembleTrajectories,
        eight: () throws -> EnsembleTrajectories, fusedOne: () throws -> EnsembleTrajectories
    ) throws {
        let baseline = Self.bits(try one())
        let fused = Self.bits(try fusedOne())
        #expect(baseline == Self.bits(try eight()))
        #expect(baseline != fused, "two roundings and one cannot agree everywhere")
        for library in KernelTests.libraries {
            let found = try kernel(library)
            #expect(found.failures.isEmpty)
            #expect(Self.bits(found) == (library.arithmetic == .fused ? fused : baseline), "\(library.name)")
        }
    }

    @Test("stochastic kernels give the bytes of the same code compiled here, whatever the instruction set (invariant N13)")
    func stochastic() throws {
        let draws = KernelTests.draws([1, 2, 0.5], count: 21)
        let plan = try FixedStepPlan(step: 0.05, stepCount: 101)
        for scheme in [FixedStepScheme.eulerMaruyama, .heun] {
            func here<L: NumberLane>(_ lane: L.Type) throws -> EnsembleTrajectories {
                try StochasticEnsemble.solveSerially(
                    OrnsteinUhlenbeck.self, lane: lane, scheme: scheme, draws: draws, initial: .same([0]), plan: plan, noise: Self.noise)
            }
            try compare(
                {
                    try StochasticEnsemble.solveSerially(
                        OrnsteinUhlenbeck.self, scheme: scheme, draws: draws, initial: .same([0]), plan: plan, noise: Self.noise,
                        library: $0)
                }, one: { try here(Double.self) }, eight: { try here(SIMD8<Double>.self) }, fusedOne: { try here(FusedOne.self) })
        }
    }

    @Test("network kernels give the bytes of the same code compiled here, with delays, dense and sparse (invariant N14)")
    func network() throws {
        let connectome = try Self.connectome()
        let plan = try FixedStepPlan(step: 0.02, stepCount: 120, recordEvery: 20)
        for scheme in [FixedStepScheme.heun, .rungeKutta4] {
            func planar<L: NumberLane>(_ lane: L.Type) throws -> EnsembleTrajectories {
                try NetworkEnsemble.solveSerially(
                    PlanarOscillators.self, lane: lane, scheme: scheme, connectome: connectome,
                    draws: try Matrix([[0.5, 0.1], [0.2, 0.3]]),
                    nodeParameters: Matrix(rows: 84, columns: 4, rowValues: [0.35, 0.7, 0.8, 3]), history: Self.start(2), plan: plan,
                    noise: Self.noise)
            }
            try compare(
                {
                    try NetworkEnsemble.solveSerially(
                        PlanarOscillators.self, scheme: scheme, connectome: connectome, draws: try Matrix([[0.5, 0.1], [0.2, 0.3]]),
                        nodeParameters: Matrix(rows: 84, columns: 4, rowValues: [0.35, 0.7, 0.8, 3]), history: Self.start(2), plan: plan,
                        noise: Self.noise, library: $0)
                }, one: { try planar(Double.self) }, eight: { try planar(SIMD8<Double>.self) }, fusedOne: { try planar(FusedOne.self) })
        }
        func phases<L: NumberLane>(_ lane: L.Type) throws -> EnsembleTrajectories {
            try NetworkEnsemble.solveSerially(
                PhaseOscillators.self, lane: lane, connectome: connectome, draws: try Matrix([[0.5]]),
                nodeParameters: Matrix(rows: 84, columns: 1, repeating: 6), history: Self.start(1), plan: plan, noise: Self.noise)
        }
        try compare(
            {
                try NetworkEnsemble.solveSerially(
                    PhaseOscillators.self, connectome: connectome, draws: try Matrix([[0.5]]),
                    nodeParameters: Matrix(rows: 84, columns: 1, repeating: 6), history: Self.start(1), plan: plan, noise: Self.noise,
                    library: $0)
            }, one: { try phases(Double.self) }, eight: { try phases(SIMD8<Double>.self) }, fusedOne: { try phases(FusedOne.self) })
    }

    private static func start(_ states: Int) -> NetworkHistory {
        .function { time, state, node in (time + 0.1 * Double(node) + Double(state)).sine() }
    }

    @Test("grid kernels give the bytes of the same code compiled here, on a ragged mask (invariant N15)")
    func grid() throws {
        let count = 27 * 14 * 3
        let grid = try Grid(x: 27, y: 14, z: 3, spacing: 1, mask: (0..<count).map { $0 % 11 != 0 })
        let excited: [Double] = (0..<count).map { Double($0 % 7) / 7 }
        let resting: [Double] = (0..<count).map { Double($0 % 3) / 5 }
        let initial = [excited, resting]
        let plan = try FixedStepPlan(step: 0.05, stepCount: 40, recordEvery: 10)
        let tissue = try Matrix([[1, 0.15, 0.002, 0.2, 0.3, 8], [0.5, 0.1, 0.002, 0.2, 0.3, 8]])
        func here<L: NumberLane>(_ lane: L.Type) throws -> EnsembleTrajectories {
            try GridEnsemble.solveSerially(ExcitableTissue.self, lane: lane, grid: grid, draws: tissue, initial: initial, plan: plan)
        }
        try compare(
            { try GridEnsemble.solveSerially(ExcitableTissue.self, grid: grid, draws: tissue, initial: initial, plan: plan, library: $0) },
            one: { try here(Double.self) }, eight: { try here(SIMD8<Double>.self) }, fusedOne: { try here(FusedOne.self) })
        let growth = try Matrix([[1, 0.3]])
        func glioma<L: NumberLane>(_ lane: L.Type) throws -> EnsembleTrajectories {
            try GridEnsemble.solveSerially(FisherKolmogorov.self, lane: lane, grid: grid, draws: growth, initial: [initial[0]], plan: plan)
        }
        try compare(
            {
                try GridEnsemble.solveSerially(
                    FisherKolmogorov.self, grid: grid, draws: growth, initial: [initial[0]], plan: plan, library: $0)
            }, one: { try glioma(Double.self) }, eight: { try glioma(SIMD8<Double>.self) }, fusedOne: { try glioma(FusedOne.self) })
    }

    @Test("one, two and eight threads give the same bytes, and a draw those it has among others")
    func threads() async throws {
        let draws = KernelTests.draws([1, 2, 0.5], count: 300)
        let plan = try FixedStepPlan(step: 0.05, stepCount: 40)
        var all: [[UInt64]] = []
        for concurrency in [1, 2, 8] {
            all.append(
                Self.bits(
                    try await StochasticEnsemble.solve(
                        OrnsteinUhlenbeck.self, draws: draws, initial: .same([0]), plan: plan, noise: Self.noise, concurrency: concurrency))
            )
        }
        #expect(all[0] == all[1] && all[0] == all[2])
        let fewer = try await StochasticEnsemble.solve(
            OrnsteinUhlenbeck.self, draws: try Matrix((0..<5).map { Array(draws.row($0)) }), initial: .same([0]), plan: plan,
            noise: Self.noise)
        #expect(Self.bits(fewer) == Array(all[0][0..<5 * 41]))
        let connectome = try Self.connectome()
        var networks: [[UInt64]] = []
        for concurrency in [1, 2, 8] {
            networks.append(
                Self.bits(
                    try await NetworkEnsemble.solve(
                        PhaseOscillators.self, connectome: connectome, draws: Matrix(rows: 6, columns: 1, repeating: 0.4),
                        nodeParameters: Matrix(rows: 84, columns: 1, repeating: 6), history: Self.start(1),
                        plan: try FixedStepPlan(step: 0.02, stepCount: 60, recordEvery: 20), noise: Self.noise, concurrency: concurrency)))
        }
        #expect(networks[0] == networks[1] && networks[0] == networks[2])
        #expect(networks[0][84..<168] != networks[0][5 * 84..<6 * 84], "each draw has its own noise")
    }

    @Test("a cancelled run stops in the midst of its steps")
    func cancellation() async throws {
        // Each of them would take minutes.
        let long = try FixedStepPlan(step: 1e-3, stepCount: 400_000_000, recordEvery: 400_000_000)
        let runs: [@Sendable () async throws -> Void] = [
            {
                _ = try await StochasticEnsemble.solve(
                    OrnsteinUhlenbeck.self, draws: Matrix(rows: 64, columns: 3, repeating: 1), initial: .same([0]), plan: long,
                    noise: Self.noise)
            },
            {
                _ = try await NetworkEnsemble.solve(
                    PhaseOscillators.self, connectome: try Self.connectome(), draws: Matrix(rows: 1, columns: 1),
                    nodeParameters: Matrix(rows: 84, columns: 1), history: Self.start(1), plan: long, noise: Self.noise)
            },
            {
                _ = try await GridEnsemble.solve(
                    FisherKolmogorov.self, grid: try Grid(x: 64, y: 64, spacing: 1), draws: Matrix(rows: 1, columns: 2, repeating: 0.1),
                    initial: [[Double](repeating: 0, count: 4096)], plan: long)
            },
            {
                _ = try await CountEnsemble.simulate(
                    BirthDeathImmigration.self, draws: Matrix(rows: 1, columns: 3, rowValues: [0, 1, 1e4]), initial: [10_000], times: [1e6],
                    noise: Self.noise, eventLimit: .max)
            },
        ]
        for run in runs {
            let began = DispatchSemaphore(value: 0)
            let task = Task {
                began.signal()
                try await run()
            }
            // From a thread of its own: other tests' kernels may have all of the tasks'.
            let asked = Mutex<ContinuousClock.Instant?>(nil)
            Thread.detachNewThread {
                began.wait()
                usleep(20_000)
                asked.withLock { $0 = .now }
                task.cancel()
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            // Milliseconds on a machine with nothing else to do.
            let when = asked.withLock { $0 }
            #expect(ContinuousClock.now - (try #require(when)) < .seconds(30))
        }
    }

    @Test("a system without a kernel is refused by name")
    func unknown() throws {
        enum Unknown: GridKernelSystem {
            static var name: String { "unknown" }
            static var fieldCount: Int { 1 }
            static var diffusingCount: Int { 0 }
            static var drawParameterCount: Int { 0 }
            static var cellParameterCount: Int { 0 }
            static func diffusivity(field: Int, parameters: Span<Double>) -> Double { 0 }
            static func reaction<L: NumberLane>(time: L, fields: Span<L>, parameters: Span<L>, into rate: inout MutableSpan<L>) {
                rate[0] = fields[0]
            }
        }
        #expect(throws: FixedStepError.noKernel("unknown")) {
            try GridEnsemble.solveSerially(
                Unknown.self, grid: try Grid(x: 1, y: 1, spacing: 1), draws: Matrix(rows: 1, columns: 0), initial: [[1]],
                plan: try FixedStepPlan(step: 1, stepCount: 1))
        }
    }
}
