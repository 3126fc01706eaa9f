// The systems that the integrator's tests solve, each with a solution known otherwise.
import Numerics

/// y′ = −k·y; a dose adds the first input, a second event multiplies by it.
enum Decay: OrdinarySystem {
    static let stateCount = 1
    static let parameterCount = 1
    static let inputCount = 1

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        rate[0] = -parameters[0] * state[0]
    }

    static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        state[0] = event == 1 ? state[0] + input[0] : state[0] * input[0]
    }
}

/// y′ = cos-free and nonlinear in both: y′ = y·t / (1 + t²) has the solution √(1 + t²).
enum Root: OrdinarySystem {
    static let stateCount = 1
    static let parameterCount = 0
    static let inputCount = 0

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        rate[0] = state[0] * time / (1 + time * time)
    }
}

/// Prey and predator.
enum LotkaVolterra: OrdinarySystem {
    static let stateCount = 2
    static let parameterCount = 4
    static let inputCount = 0

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let met = state[0] * state[1]
        rate[0] = parameters[0] * state[0] - parameters[1] * met
        rate[1] = parameters[2] * met - parameters[3] * state[1]
    }
}

/// The restricted three-body problem whose orbit closes (Hairer, Nørsett and Wanner 1993, II.0).
enum Arenstorf: OrdinarySystem {
    static let stateCount = 4
    static let parameterCount = 0
    static let inputCount = 0
    static let period = 17.0652165601579625588917206249
    static let start = [0.994, 0, 0, -2.00158510637908252240537862224]

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let moon = 0.012277471
        let earth = 1 - moon
        let (x, y) = (state[0], state[1])
        let far = (x + moon) * (x + moon) + y * y
        let near = (x - earth) * (x - earth) + y * y
        let pull1 = L(earth) / (far * far.squareRoot())
        let pull2 = L(moon) / (near * near.squareRoot())
        rate[0] = state[2]
        rate[1] = state[3]
        let x1 = pull1 * (x + moon)
        let x2 = pull2 * (x - earth)
        rate[2] = x + 2 * state[3] - x1 - x2
        rate[3] = y - 2 * state[2] - (pull1 + pull2) * y
    }
}

/// Tumour size under an exposure whose effect wanes (Claret 2009): y′ = (K_L − K_D·E·e^(−λt))·y.
enum Claret: OrdinarySystem {
    static let stateCount = 1
    static let parameterCount = 3
    static let inputCount = 1

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let kill = parameters[1] * input[0] * (-parameters[2] * time).exp()
        rate[0] = (parameters[0] - kill) * state[0]
    }
}

/// A ball thrown up that loses a part of its speed at every bounce; the top of each flight is recorded.
enum Ball: OrdinarySystem {
    static let stateCount = 2
    static let parameterCount = 2
    static let inputCount = 0
    static let surfaces = [Surface(.falling, event: 1), Surface(.falling)]

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        rate[0] = state[1]
        rate[1] = -parameters[0]
    }

    static func distance<L: Lane>(
        surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>
    ) -> L {
        surface == 0 ? state[0] : state[1]
    }

    static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        state[1] = -parameters[1] * state[1]
    }
}

/// y′ = y²: infinite at t = 1/y(0).
enum Explosion: OrdinarySystem {
    static let stateCount = 1
    static let parameterCount = 1
    static let inputCount = 0

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        rate[0] = parameters[0] * state[0] * state[0]
    }
}

/// y′ = −λ·(y − g(t)) + g′(t) has the solution g for every λ, and is as stiff as λ is large (Prothero and Robinson 1974).
enum ProtheroRobinson: OrdinarySystem {
    static let stateCount = 1
    static let parameterCount = 1
    static let inputCount = 0

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        // g = e^(−t/5) in the place of the cosine: the lanes have exp.
        let g = (-0.2 * time).exp()
        rate[0] = -0.2 * g - parameters[0] * (state[0] - g)
    }
}

/// y′ = input − k·y: filled during a segment, emptied always.
enum Infusion: OrdinarySystem {
    static let stateCount = 1
    static let parameterCount = 1
    static let inputCount = 1

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        rate[0] = input[0] - parameters[0] * state[0]
    }
}
