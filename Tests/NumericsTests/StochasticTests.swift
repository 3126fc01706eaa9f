// Stochastic differential equations against solutions known path by path, and moments known in closed form.
import Numerics
import Systems
import Testing

/// Geometric Brownian motion dx = μx dt + σx dW. Parameters: μ, σ.
enum GeometricBrownian: StochasticSystem {
    static let stateCount = 1, parameterCount = 2, noiseCount = 1
    static func drift<L: NumberLane>(time: L, state: Span<L>, parameters: Span<L>, into rate: inout MutableSpan<L>) {
        rate[0] = parameters[0] * state[0]
    }
    static func diffusion<L: NumberLane>(time: L, state: Span<L>, parameters: Span<L>, into amplitude: inout MutableSpan<L>) {
        amplitude[0] = parameters[1] * state[0]
    }
}

/// The Wiener process itself, x = W.
enum Wiener: StochasticSystem {
    static let stateCount = 1, parameterCount = 0, noiseCount = 1
    static func drift<L: NumberLane>(time: L, state: Span<L>, parameters: Span<L>, into rate: inout MutableSpan<L>) { rate[0] = L(0) }
    static func diffusion<L: NumberLane>(time: L, state: Span<L>, parameters: Span<L>, into amplitude: inout MutableSpan<L>) {
        amplitude[0] = L(1)
    }
}

@Suite("Stochastic differential equations")
struct StochasticTests {
    static let noise = RandomStream(seed: 40, stream: 2)

    /// The slope of the best line through (ln h, ln error).
    static func slope(_ steps: [Double], _ errors: [Double]) -> Double {
        let (x, y) = (steps.map { $0.log() }, errors.map { $0.log() })
        let (mx, my) = (Statistics.mean(x), Statistics.mean(y))
        let above = zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
        return above / x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }
    }

    /// Where x = 1 has come at time 1, for each path, at steps of 1/`count`; the path is made of `finest` increments.
    private func end<System: StochasticSystem>(
        _ system: System.Type, _ scheme: FixedStepScheme, _ count: Int, finest: Int, paths: Int, _ parameters: [Double], from x: Double
    ) throws -> [Double] {
        let draws = try Matrix([[Double]](repeating: parameters, count: paths))
        let found = try StochasticEnsemble.solveSerially(
            system, lane: SIMD8<Double>.self, scheme: scheme, draws: draws, initial: .same([x]),
            plan: try FixedStepPlan(step: 1 / Double(count), stepCount: count, recordEvery: count), noise: Self.noise,
            incrementsPerStep: finest / count)
        return found.column(time: 1, state: 0)
    }

    @Test("path by path, Euler's method converges with order ½ to Itô's solution, Heun's with order 1 to Stratonovich's")
    func strongOrder() throws {
        let (mu, sigma, paths, finest) = (0.5, 0.8, 4000, 512)
        let w = try end(Wiener.self, .eulerMaruyama, finest, finest: finest, paths: paths, [], from: 0)
        #expect((Statistics.variance(w) - 1).magnitude < 4 * (2 / Double(paths)).squareRoot())
        let counts = [64, 128, 256, 512]
        for (scheme, order, correction) in [(FixedStepScheme.eulerMaruyama, 0.5, 0.5 * sigma * sigma), (.heun, 1, 0)] {
            let errors = try counts.map { count in
                let x = try end(GeometricBrownian.self, scheme, count, finest: finest, paths: paths, [mu, sigma], from: 1)
                return Statistics.mean(zip(x, w).map { ($0 - (mu - correction + sigma * $1).exp()).magnitude })
            }
            let slope = Self.slope(counts.map { 1 / Double($0) }, errors)
            print("strong order of \(scheme): \(slope)")
            #expect((slope - order).magnitude < 0.1, "\(scheme)")
        }
    }

    @Test("mean and second moment by Euler's method converge with order 1")
    func weakOrder() throws {
        let (mu, sigma, paths, finest) = (2.0, 0.3, 8000, 256)
        let w = try end(Wiener.self, .eulerMaruyama, finest, finest: finest, paths: paths, [], from: 0)
        let exact = w.map { (mu - 0.5 * sigma * sigma + sigma * $0).exp() }
        let counts = [32, 64, 128, 256]
        let runs = try counts.map {
            try end(GeometricBrownian.self, .eulerMaruyama, $0, finest: finest, paths: paths, [mu, sigma], from: 1)
        }
        // The true moments are known; those of the exact solution on the same paths take most of the chance out of the difference.
        for power in [1.0, 2.0] {
            let errors = runs.map { x in Statistics.mean(zip(x, exact).map { ($0.1.log() * power).exp() - ($0.0.log() * power).exp() }) }
            // The bias of (1 + μh)ⁿ itself is not yet quite of order 1 at these steps: its own slope is the one to meet.
            let truth = counts.map { n in
                let h = 1 / Double(n)
                let factor = power == 1 ? 1 + mu * h : (1 + mu * h) * (1 + mu * h) + sigma * sigma * h
                let rate = power * mu + 0.5 * power * (power - 1) * sigma * sigma
                return rate.exp() - (Double(n) * factor.log()).exp()
            }
            let slope = Self.slope(counts.map { 1 / Double($0) }, errors)
            print("weak order, moment \(power): \(slope)")
            #expect((slope - 1).magnitude < 0.1)
            for (found, known) in zip(errors, truth) { #expect((found / known - 1).magnitude < 0.05) }
        }
    }

    @Test("without noise Heun's method has order 2, Euler's 1")
    func deterministicOrder() throws {
        for (scheme, order) in [(FixedStepScheme.eulerMaruyama, 1.0), (.heun, 2)] {
            let errors = try [128, 256].map {
                (try end(GeometricBrownian.self, scheme, $0, finest: $0, paths: 1, [-1, 0], from: 1)[0] - (-1.0).exp()).magnitude
            }
            #expect(((errors[0] / errors[1]).log() / 2.0.log() - order).magnitude < 0.1)
        }
    }

    @Test("Ornstein and Uhlenbeck's process keeps its stationary mean, variance and autocorrelation")
    func ornsteinUhlenbeck() throws {
        let (mu, tau, sigma, paths) = (1.5, 2.0, 0.7, 4000)
        let draws = Matrix(rows: paths, columns: 3, rowValues: [mu, tau, sigma])
        let plan = try FixedStepPlan(step: 0.05 * tau, stepCount: 400, recordEvery: 10)
        let found = try StochasticEnsemble.solveSerially(
            OrnsteinUhlenbeck.self, draws: draws, initial: .same([mu]), plan: plan, noise: Self.noise)
        // Records half a relaxation time apart; after 8 of those times the start is forgotten to 1e-7 of the variance.
        let variance = sigma * sigma * tau / 2
        let late = stride(from: 16, through: 40, by: 8).map { found.column(time: $0, state: 0) }
        let all = late.flatMap { $0 }
        #expect((Statistics.mean(all) - mu).magnitude < 4 * (variance / Double(all.count)).squareRoot())
        #expect((Statistics.variance(all) / variance - 1).magnitude < 4 * (2 / Double(all.count)).squareRoot())
        let start = found.column(time: 20, state: 0)
        for (lag, expected) in [(1, -0.5), (2, -1), (4, -2), (8, -4)] {
            let later = found.column(time: 20 + lag, state: 0)
            let product = zip(start, later).reduce(0) { $0 + ($1.0 - mu) * ($1.1 - mu) } / Double(paths) / variance
            #expect((product - expected.exp()).magnitude < 4 * (2 / Double(paths)).squareRoot(), "lag \(lag)")
        }
        // The way there: from μ the variance grows as 1 − e^(−2t/τ).
        let early = Statistics.variance(found.column(time: 1, state: 0)) / variance
        #expect((early - (1 - (-1.0).exp())).magnitude < 0.05)
    }

    @Test("a step's noise is the sum of its finer increments, whatever the step")
    func increments() throws {
        let coarse = try end(Wiener.self, .heun, 8, finest: 64, paths: 20, [], from: 0)
        let fine = try end(Wiener.self, .heun, 64, finest: 64, paths: 20, [], from: 0)
        let odd = try StochasticEnsemble.solveSerially(
            Wiener.self, lane: Double.self, draws: Matrix(rows: 20, columns: 0), initial: .same([0]),
            plan: try FixedStepPlan(step: 3.0 / 64, stepCount: 21, recordEvery: 21), noise: Self.noise, incrementsPerStep: 3)
        for path in 0..<20 {
            #expect((coarse[path] - fine[path]).magnitude < 1e-13)
            #expect((odd[path, 1, 0] - fine[path]).magnitude < 1)
            #expect(odd[path, 1, 0] != fine[path], "63 of the 64 increments")
        }
    }

    @Test("a draw that leaves the numbers is reported and spoils no other; what does not fit is refused by name")
    func failures() throws {
        var draws = Matrix(rows: 20, columns: 2, repeating: 0.1)
        draws[11, 0] = 1e300
        let plan = try FixedStepPlan(step: 0.1, stepCount: 10)
        let found = try StochasticEnsemble.solveSerially(
            GeometricBrownian.self, lane: SIMD8<Double>.self, draws: draws, initial: .same([1]), plan: plan, noise: Self.noise)
        #expect(found.failures.map(\.draw) == [11])
        #expect(found[11, 10, 0].isNaN)
        for d in 0..<20 where d != 11 { #expect(found[d, 10, 0].isFinite) }
        #expect(throws: FixedStepError.badScheme(.rungeKutta4)) {
            try StochasticEnsemble.solveSerially(
                GeometricBrownian.self, lane: Double.self, scheme: .rungeKutta4, draws: draws, initial: .same([1]), plan: plan,
                noise: Self.noise)
        }
        #expect(throws: FixedStepError.wrongCount(of: .states, expected: 1, found: 2)) {
            try StochasticEnsemble.solveSerially(
                GeometricBrownian.self, lane: Double.self, draws: draws, initial: .same([1, 2]), plan: plan, noise: Self.noise)
        }
        #expect(throws: FixedStepError.badPlan) { try FixedStepPlan(step: 0, stepCount: 1) }
        #expect(throws: FixedStepError.badPlan) { try FixedStepPlan(step: 0.1, stepCount: 10, recordEvery: 3) }
    }
}

extension Matrix {
    /// The same row again and again.
    init(rows: Int, columns: Int, rowValues: [Double]) {
        self.init(rows: rows, columns: columns)
        for r in 0..<rows { for c in 0..<columns { self[r, c] = rowValues[c] } }
    }
}
