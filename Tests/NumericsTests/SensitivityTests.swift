// Derivatives of trajectories against closed forms, and against tight central differences where there is none.
import Numerics
import Testing

/// y′ = r·y·(1 − y/K).
private enum Logistic: OrdinarySystem {
    static let stateCount = 1
    static let parameterCount = 2
    static let inputCount = 0

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        rate[0] = parameters[0] * state[0] * (1 - state[0] / parameters[1])
    }
}

/// An amount absorbed from a depot into one compartment; a dose adds the input to the depot, times what is available of it.
private enum Absorption: OrdinarySystem {
    static let stateCount = 2
    static let parameterCount = 3
    static let inputCount = 1

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        rate[0] = -parameters[0] * state[0]
        rate[1] = parameters[0] * state[0] - parameters[1] * state[1]
    }

    static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        state[0] = state[0] + parameters[2] * input[0]
    }
}

@Suite("Sensitivities")
struct SensitivityTests {
    private static let tight = Tolerance(relative: 1e-11, absolute: 1e-13)

    /// One direction for each parameter, then one for each initial state.
    private func varied(_ parameters: [Double], _ initial: [Double]) -> Sensitivities.Draw {
        let count = parameters.count + initial.count
        let directions = (0..<count).map { d in
            Sensitivities.Direction(
                parameters: parameters.indices.map { $0 == d ? 1 : 0 }, initial: initial.indices.map { parameters.count + $0 == d ? 1 : 0 })
        }
        return Sensitivities.Draw(parameters: parameters, initial: initial, directions: directions)
    }

    private func solve<S: OrdinarySystem>(
        _ system: S.Type, _ draws: [Sensitivities.Draw], _ segments: [Segment], _ outputs: [Double]
    ) throws -> Sensitivities {
        let found = try Sensitivities.solve(
            system, by: DormandPrince<WithSensitivity<S>, SIMD8<Double>>(), draws: draws, segments: segments, outputs: outputs,
            tolerance: Self.tight)
        #expect(found.failures.isEmpty)
        return found
    }

    @Test("decay: e^(−kt)·y₀ by rate and by start")
    func decay() throws {
        let times = [0.3, 1, 2.5]
        let found = try solve(Decay.self, [varied([0.8], [3])], [Segment(start: 0, end: 3, input: [0])], times)
        for (index, t) in times.enumerated() {
            let left = (-0.8 * t).exp()
            #expect((found.value(draw: 0, time: index, state: 0) - 3 * left).magnitude < 1e-9)
            #expect((found.derivative(draw: 0, along: 0, time: index, state: 0) + 3 * t * left).magnitude < 1e-9)
            #expect((found.derivative(draw: 0, along: 1, time: index, state: 0) - left).magnitude < 1e-9)
        }
    }

    @Test("logistic growth by rate, capacity and start, several draws side by side")
    func logistic() throws {
        let draws = [([0.5, 10.0], 0.3), ([1.2, 4], 1), ([0.9, 2], 3)]
        let found = try solve(Logistic.self, draws.map { varied($0.0, [$0.1]) }, [Segment(start: 0, end: 4)], [4])
        for (index, (p, start)) in draws.enumerated() {
            let (r, capacity) = (p[0], p[1])
            let grown = (r * 4).exp()
            // K·y₀·g / N with N = K + y₀·(g − 1).
            let n = capacity + start * (grown - 1)
            let truth = [
                4 * grown * capacity * start * (capacity - start) / (n * n), start * start * grown * (grown - 1) / (n * n),
                capacity * capacity * grown / (n * n),
            ]
            for d in 0..<3 {
                #expect((found.derivative(draw: index, along: d, time: 0, state: 0) - truth[d]).magnitude < 1e-8)
            }
        }
    }

    @Test("linear kinetics: doses are differentiated by what is available of them, and pass their derivatives on")
    func kinetics() throws {
        let (ka, ke, available, dose) = (1.3, 0.4, 0.7, 100.0)
        let segments = [
            Segment(start: 0, end: 2, input: [dose], event: 0), Segment(start: 2, end: 5, input: [dose], event: 0),
        ]
        let found = try solve(Absorption.self, [varied([ka, ke, available], [0, 0])], segments, [5])
        /// The amount after one dose, F·D·ka/(ka − ke)·(e^(−ke·t) − e^(−ka·t)), and its derivatives by ka, ke, F.
        func bolus(_ t: Double) -> [Double] {
            let (slow, fast, gap) = ((-ke * t).exp(), (-ka * t).exp(), ka - ke)
            let shape = (slow - fast) / gap
            let scale = available * dose
            return [
                scale * ka * shape, scale * (shape + ka * (t * fast / gap - shape / gap)),
                scale * ka * (shape / gap - t * slow / gap), dose * ka * shape,
            ]
        }
        let truth = zip(bolus(5), bolus(3)).map { $0 + $1 }
        #expect((found.value(draw: 0, time: 0, state: 1) - truth[0]).magnitude < 1e-8)
        for d in 0..<3 {
            #expect((found.derivative(draw: 0, along: d, time: 0, state: 1) - truth[d + 1]).magnitude < 1e-7)
        }
    }

    @Test("a bounce, whose time depends on what is varied, is differentiated through")
    func bounce() throws {
        // Dropped from h under gravity g, rebounding with a share e of its speed.
        let (g, e, h, t) = (9.81, 0.8, 2.0, 0.9)
        let found = try solve(Ball.self, [varied([g, e], [h, 0])], [Segment(start: 0, end: 1)], [t])
        let hit = (2 * h / g).squareRoot()
        let speed = g * hit
        let since = t - hit
        let hitByG = -hit / (2 * g)
        let hitByH = hit / (2 * h)
        // Height e·v·τ − g·τ²/2 with v = √(2gh) and τ = t − hit.
        let byTau = e * speed - g * since
        let truth = [
            e * since * (speed / (2 * g)) - since * since / 2 - byTau * hitByG, speed * since,
            e * since * (speed / (2 * h)) - byTau * hitByH,
        ]
        #expect((found.value(draw: 0, time: 0, state: 0) - (e * speed * since - g * since * since / 2)).magnitude < 1e-8)
        for d in 0..<3 {
            #expect((found.derivative(draw: 0, along: d, time: 0, state: 0) - truth[d]).magnitude < 1e-7, "direction \(d)")
        }
    }

    @Test("Lotka and Volterra: as tight central differences have it")
    func differences() throws {
        let (parameters, initial) = ([1.5, 1.0, 1.0, 3.0], [1.0, 1])
        let draw = varied(parameters, initial)
        let segments = [Segment(start: 0, end: 4)]
        let found = try solve(LotkaVolterra.self, [draw], segments, [1.5, 4])
        func states(_ shift: Double, _ direction: Sensitivities.Direction) throws -> Trajectory {
            try Integrator.solve(
                LotkaVolterra.self, initial: zip(initial, direction.initial).map { $0 + shift * $1 },
                parameters: zip(parameters, direction.parameters).map { $0 + shift * $1 }, segments: segments, outputs: [1.5, 4],
                tolerance: Tolerance(relative: 1e-13, absolute: 1e-14))
        }
        for (d, direction) in draw.directions.enumerated() {
            let (up, down) = (try states(1e-4, direction), try states(-1e-4, direction))
            for time in 0..<2 {
                for state in 0..<2 {
                    let truth = (up[time, state] - down[time, state]) / 2e-4
                    let derivative = found.derivative(draw: 0, along: d, time: time, state: state)
                    #expect((derivative - truth).magnitude < 3e-7 * max(1, truth.magnitude))
                }
            }
        }
    }

    @Test("directions and draws in wrong number are refused")
    func counts() {
        let wrong = Sensitivities.Draw(parameters: [1], initial: [1], directions: [.init(parameters: [1, 2], initial: [0])])
        #expect(throws: IntegrationError.wrongCount(of: .parameters, expected: 1, found: 2)) {
            try solve(Decay.self, [wrong], [Segment(start: 0, end: 1, input: [0])], [1])
        }
    }
}
