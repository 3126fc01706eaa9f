// Networks against delayed equations with known solutions, lone nodes, and the locking of two oscillators.
import Numerics
import Systems
import Testing

/// x′ = p·x + coupling + σ ξ. Parameters: σ of the draw, p of the node.
enum LinearNodes: NetworkSystem {
    static let stateCount = 1, drawParameterCount = 1, nodeParameterCount = 1, channelCount = 1, noiseCount = 1
    static func send<L: NumberLane>(state: Span<L>, parameters: Span<L>, into signals: inout MutableSpan<L>) { signals[0] = state[0] }
    static func derivative<L: NumberLane>(
        time: L, state: Span<L>, coupling: Span<L>, parameters: Span<L>, into rate: inout MutableSpan<L>
    ) { rate[0] = L.multiplyAdd(parameters[1], state[0], coupling[0]) }
    static func diffusion<L: NumberLane>(state: Span<L>, parameters: Span<L>, into amplitude: inout MutableSpan<L>) {
        amplitude[0] = parameters[0]
    }
}

@Suite("Networks in fixed steps")
struct NetworkTests {
    static let noise = RandomStream(seed: 60, stream: 4)
    static let quiet = Matrix(rows: 1, columns: 1)

    private func linear(
        _ edges: [Connectome.Edge], nodes: Int = 1, decay: [Double] = [0], scheme: FixedStepScheme, step: Double, count: Int,
        history: NetworkHistory
    ) throws -> [Double] {
        let found = try NetworkEnsemble.solveSerially(
            LinearNodes.self, lane: SIMD8<Double>.self, scheme: scheme, connectome: try Connectome(nodeCount: nodes, edges: edges),
            draws: Self.quiet, nodeParameters: try Matrix(rows: nodes, columns: 1, elements: decay), history: history,
            plan: try FixedStepPlan(step: step, stepCount: count, recordEvery: count), noise: Self.noise)
        return (0..<nodes).map { found[0, 1, $0] }
    }

    @Test("x′ = −x(t − π/2) keeps swinging as a cosine: order 2 by Heun's method, 4 by Runge and Kutta's")
    func delayedOscillator() throws {
        let quarter = Double.pi / 2
        for (scheme, order, counts) in [
            (FixedStepScheme.eulerMaruyama, 1.0, [256, 512]), (.heun, 2, [32, 64]), (.rungeKutta4, 4, [8, 16]),
        ] {
            let errors = try counts.map { n in
                // After 4⅔ quarter turns and a half: neither at a zero nor at an extreme.
                let steps = 9 * n / 2
                let x = try linear(
                    [.init(from: 0, to: 0, weight: -1, delay: quarter)], scheme: scheme, step: quarter / Double(n), count: steps,
                    history: .function { time, _, _ in time.cosine() })
                return (x[0] - (4.5 * quarter).cosine()).magnitude
            }
            let slope = (errors[0] / errors[1]).log() / 2.0.log()
            print("order of \(scheme) with a delay: \(slope)")
            #expect((slope - order).magnitude < 0.1, "\(scheme), errors \(errors)")
        }
    }

    @Test("two nodes that drive each other, one late and one at once: order 4 again")
    func mixedDelays() throws {
        // x′ = −y(t − τ), y′ = x·c: x = cos(wt), y = a·sin(wt) with τ a whole number of periods.
        let w = 2 * Double.pi
        let errors = try [40, 80].map { n in
            let x = try linear(
                [.init(from: 1, to: 0, weight: -w, delay: 1), .init(from: 0, to: 1, weight: w)], nodes: 2, decay: [0, 0],
                scheme: .rungeKutta4, step: 1 / Double(n), count: 13 * n / 8,
                history: .function { time, _, node in node == 0 ? (w * time).cosine() : (w * time).sine() })
            return max((x[0] - (w * 1.625).cosine()).magnitude, (x[1] - (w * 1.625).sine()).magnitude)
        }
        #expect(((errors[0] / errors[1]).log() / 2.0.log() - 4).magnitude < 0.1, "\(errors)")
    }

    @Test("x′ = −x(t − 1) from rest follows the polynomials of the method of steps to rounding, although its start has a kink")
    func methodOfSteps() throws {
        // ∑ₖ (−1)ᵏ (t − k + 1)ᵏ/k!, k up to the next whole number above t.
        for (t, expected) in [(1.0, 0.0), (2, -0.5), (3, -1.0 / 6), (4, 5.0 / 24)] {
            let x = try linear(
                [.init(from: 0, to: 0, weight: -1, delay: 1)], scheme: .rungeKutta4, step: 0.125, count: Int(8 * t),
                history: .constant([1]))
            #expect((x[0] - expected).magnitude < 1e-14, "t = \(t)")
        }
    }

    @Test("nodes without edges are lone nodes, bit for bit (invariant N10)")
    func uncoupled() throws {
        let nodes = (0..<21).map { [0.2 + 0.03 * Double($0), 0.7, 0.8, 3.0] }
        let draws = try Matrix([[0.5, 0.3], [0.1, 0.2]])
        let start = (0..<42).map { 0.1 * Double($0 % 7) - 0.3 }
        let plan = try FixedStepPlan(step: 0.02, stepCount: 300, recordEvery: 50)
        func run<L: NumberLane>(_ lane: L.Type, _ scheme: FixedStepScheme, _ which: Range<Int>) throws -> EnsembleTrajectories {
            try NetworkEnsemble.solveSerially(
                PlanarOscillators.self, lane: lane, scheme: scheme, connectome: try Connectome(nodeCount: which.count, edges: []),
                draws: draws, nodeParameters: try Matrix(Array(nodes[which])),
                history: .constant(which.map { start[$0] } + which.map { start[21 + $0] }), plan: plan, noise: Self.noise)
        }
        let all = try run(SIMD8<Double>.self, .rungeKutta4, 0..<21)
        for node in [0, 5, 8, 20] {
            let alone = try run(Double.self, .rungeKutta4, node..<node + 1)
            for draw in 0..<2 {
                for record in 0..<7 {
                    for state in 0..<2 { #expect(alone[draw, record, state] == all[draw, record, state * 21 + node]) }
                }
            }
        }
        // With noise a node's number is part of its noise: the first nodes of a smaller network are those of the larger.
        let noisy = try run(SIMD8<Double>.self, .heun, 0..<21)
        let fewer = try run(Double.self, .heun, 0..<13)
        for node in 0..<13 {
            for record in 0..<7 { #expect(fewer[1, record, node] == noisy[1, record, node]) }
        }
        #expect(noisy[0, 6, 3] != all[0, 6, 3])
    }

    @Test("uncoupled noisy nodes have Ornstein and Uhlenbeck's variance, and their noises are not correlated")
    func noisyNodes() throws {
        let found = try NetworkEnsemble.solveSerially(
            LinearNodes.self, lane: SIMD8<Double>.self, connectome: try Connectome(nodeCount: 400, edges: []),
            draws: Matrix(rows: 10, columns: 1, repeating: 0.8), nodeParameters: Matrix(rows: 400, columns: 1, repeating: -1),
            history: .constant([Double](repeating: 0, count: 400)), plan: try FixedStepPlan(step: 0.05, stepCount: 200, recordEvery: 200),
            noise: Self.noise)
        let values = (0..<10).flatMap { draw in (0..<400).map { found[draw, 1, $0] } }
        #expect((Statistics.variance(values) / 0.32 - 1).magnitude < 4 * (2.0 / 4000).squareRoot())
        let neighbours = zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / 4000 / 0.32
        #expect(neighbours.magnitude < 4 / (4000.0).squareRoot())
    }

    @Test("two oscillators lock at the phase and the frequency that theory gives, at once and with a delay")
    func locking() throws {
        func run(_ omega: [Double], _ weight: Double, _ delay: Double) throws -> EnsembleTrajectories {
            try NetworkEnsemble.solveSerially(
                PhaseOscillators.self, scheme: .rungeKutta4,
                connectome: try Connectome(
                    nodeCount: 2,
                    edges: [.init(from: 0, to: 1, weight: weight, delay: delay), .init(from: 1, to: 0, weight: weight, delay: delay)]),
                draws: Self.quiet, nodeParameters: try Matrix([[omega[0]], [omega[1]]]), history: .constant([0.3, -0.2]),
                plan: try FixedStepPlan(step: 0.01, stepCount: 6000, recordEvery: 100), noise: Self.noise)
        }
        // Δ′ = Δω − 2K sin Δ locks where sin Δ = Δω/2K.
        let locked = try run([1, 2], 0.8, 0)
        let gap = locked[0, 60, 1] - locked[0, 60, 0]
        #expect((gap.sine() - 1 / 1.6).magnitude < 1e-9)
        #expect((locked[0, 60, 0] - locked[0, 59, 0] - 1.5).magnitude < 1e-9)
        // Too weak for it they drift apart, with the beat's mean frequency √(Δω² − 4K²).
        let drifting = try run([1, 2], 0.3, 0)
        let beat = (drifting[0, 60, 1] - drifting[0, 60, 0] - (drifting[0, 0, 1] - drifting[0, 0, 0])) / 60
        #expect((beat - (1 - 0.36).squareRoot()).magnitude < 0.05)
        // Alike and late: in phase, at the frequency Ω = ω − K sin(Ωδ) (Yeung and Strogatz 1999, Phys. Rev. Lett. 82:648).
        let late = try run([1, 1], 0.8, 0.4)
        var frequency = 1.0
        for _ in 0..<200 { frequency = 1 - 0.8 * (0.4 * frequency).sine() }
        #expect((late[0, 60, 0] - late[0, 59, 0] - frequency).magnitude < 1e-8)
        #expect((late[0, 60, 0] - late[0, 60, 1]).magnitude < 1e-8)
    }

    @Test("edges that name no node, and tables that do not fit, are refused; a node that leaves the numbers fails its draw alone")
    func refusals() throws {
        #expect(throws: FixedStepError.badEdge(index: 1)) {
            try Connectome(nodeCount: 2, edges: [.init(from: 0, to: 1, weight: 1), .init(from: 2, to: 1, weight: 1)])
        }
        #expect(throws: FixedStepError.badEdge(index: 0)) {
            try Connectome(nodeCount: 2, edges: [.init(from: 0, to: 1, weight: 1, delay: -1)])
        }
        #expect(throws: FixedStepError.wrongCount(of: .states, expected: 2, found: 1)) {
            try linear([], nodes: 2, decay: [0, 0], scheme: .heun, step: 0.1, count: 1, history: .constant([1]))
        }
        let found = try NetworkEnsemble.solveSerially(
            LinearNodes.self, lane: SIMD8<Double>.self, connectome: try Connectome(nodeCount: 1, edges: []),
            draws: try Matrix([[0.0], [.infinity], [0.1]]), nodeParameters: try Matrix([[-1.0]]), history: .constant([1]),
            plan: try FixedStepPlan(step: 0.1, stepCount: 10), noise: Self.noise)
        #expect(found.failures == [.notFinite(draw: 1, time: 0.1)])
        #expect(found[2, 10, 0].isFinite && found[1, 10, 0].isNaN)
    }
}
