// What a step of the fixed-step kernels costs: by draw, node, edge, cell and event, on one core.

import Glibc
import Numerics
import Systems

enum FixedStepRates {
    /// Births and deaths about a mean of 1000: an event changes one count.
    private enum Turnover: ReactionSystem {
        static let speciesCount = 1, parameterCount = 2
        static let reactions = [
            Reaction(reactants: [], change: [.init(0, 1)]), Reaction(reactants: [.init(0, 1)], change: [.init(0, -1)]),
        ]
        static func propensities(counts: Span<Double>, parameters: Span<Double>, into rate: inout MutableSpan<Double>) {
            rate[0] = parameters[0]
            rate[1] = parameters[1] * counts[0]
        }
    }

    private static let noise = RandomStream(seed: 1, stream: 77)

    /// Told, not promised; the whole takes about a second.
    static func rows() async throws -> [Row] {
        [try noisy(), try regions(), try sparse(), try plane(), try space(), try await events()]
    }

    private static func noisy() throws -> Row {
        let plan = try FixedStepPlan(step: 0.01, stepCount: 5000, recordEvery: 5000)
        let draws = Matrix(rows: 256, columns: 3, repeating: 1)
        let time = try nanoseconds {
            _ = try StochasticEnsemble.solveSerially(OrnsteinUhlenbeck.self, draws: draws, initial: .same([0]), plan: plan, noise: noise)
        }
        return told("noise-driven equation, Heun, one normal a step", time / (256 * 5000), "ns a draw and step")
    }

    /// The size of a whole-brain model: 84 regions, every one to every other, delays up to 200 steps.
    private static func regions() throws -> Row {
        let stream = RandomStream(seed: 2, stream: 0)
        var weights = Matrix(rows: 84, columns: 84, repeating: 0.01)
        var delays = Matrix(rows: 84, columns: 84)
        for to in 0..<84 {
            weights[to, to] = 0
            for from in 0..<84 { delays[to, from] = 20 * stream.uniform(draw: to, index: from) }
        }
        let time = try network(try Connectome(weights: weights, delays: delays), steps: 4000)
        return told(
            "84 neural masses with noise and delays, Heun", time / (84 * 4000), "ns a node and step",
            "\(Row.text(time / (4000 * 2 * 84 * 83))) ns an edge and stage")
    }

    private static func sparse() throws -> Row {
        let edges = (0..<1000).flatMap { to in (1...20).map { Connectome.Edge(from: (to + $0 * $0) % 1000, to: to, weight: 0.01) } }
        let time = try network(try Connectome(nodeCount: 1000, edges: edges), steps: 1000)
        return told("1,000 neural masses with noise, 20 edges each, Heun", time / (1000 * 1000), "ns a node and step")
    }

    private static func network(_ connectome: Connectome, steps: Int) throws -> Double {
        let nodes = connectome.nodeCount
        let plan = try FixedStepPlan(step: 0.1, stepCount: steps, recordEvery: steps)
        var parameters = Matrix(rows: nodes, columns: 4)
        for node in 0..<nodes { for (p, value) in [0.35, 0.7, 0.8, 3].enumerated() { parameters[node, p] = value } }
        let draws = try Matrix([[0.1, 0.02]])
        return try nanoseconds {
            _ = try NetworkEnsemble.solveSerially(
                PlanarOscillators.self, connectome: connectome, draws: draws, nodeParameters: parameters,
                history: .constant([Double](repeating: 0.1, count: 2 * nodes)), plan: plan, noise: noise)
        }
    }

    private static func plane() throws -> Row {
        let time = try growth(try Grid(x: 256, y: 256, spacing: 1), steps: 200)
        return told("growth and diffusion on 256 × 256 cells, Heun", time / (65_536 * 200), "ns a cell and step")
    }

    private static func space() throws -> Row {
        let time = try growth(try Grid(x: 96, y: 96, z: 96, spacing: 1), steps: 10)
        return told("growth and diffusion on 96 × 96 × 96 cells, Heun", time / (884_736 * 10), "ns a cell and step")
    }

    private static func growth(_ grid: Grid, steps: Int) throws -> Double {
        let plan = try FixedStepPlan(step: 0.1, stepCount: steps, recordEvery: steps)
        let initial = (0..<grid.cellCount).map { Double($0 % 97) / 97 }
        let draws = try Matrix([[1, 0.1]])
        return try nanoseconds {
            _ = try GridEnsemble.solveSerially(FisherKolmogorov.self, grid: grid, draws: draws, initial: [initial], plan: plan)
        }
    }

    private static func events() async throws -> Row {
        let draws = try Matrix([[Double]](repeating: [1000, 1], count: 32))
        var best = Double.infinity
        for _ in 0..<3 {
            let before = clock()
            _ = try await CountEnsemble.simulate(
                Turnover.self, draws: draws, initial: [1000], times: [10], noise: noise, concurrency: 1)
            best = min(best, Double(clock() - before) * 1e9 / Double(CLOCKS_PER_SEC))
        }
        // 2000 events a unit of time are expected.
        return told("random counts, every event by itself", best / (32 * 20_000), "ns an event")
    }

    /// The least processor time of three runs.
    private static func nanoseconds(_ body: () throws -> Void) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<3 {
            let before = clock()
            try body()
            best = min(best, Double(clock() - before) * 1e9 / Double(CLOCKS_PER_SEC))
        }
        return best
    }

    private static func told(_ what: String, _ value: Double, _ unit: String, _ detail: String = "") -> Row {
        .told("\(what), \(KernelLibrary.current.name) kernels", "\(Row.text(value)) \(unit)" + (detail.isEmpty ? "" : ", \(detail)"))
    }
}
