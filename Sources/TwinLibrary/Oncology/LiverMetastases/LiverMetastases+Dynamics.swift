// The equations of the liver twin, in weeks, and what its events do.
import Numerics

/// y′ = (KL − KD·E·s)·y,  s′ = −λ·s,  g′ = r·(1 + H − g).
///
/// y: sum of diameters, mm. s: what resistance has left of the line's effect, e^(−λτ), a state so that a new line is an event.
/// g: the liver remnant over its volume at «now»; r is 0 except between an embolisation and the resection.
enum LiverSystem: OrdinarySystem {
    enum State { static let sum = 0, sensitivity = 1, remnant = 2 }
    /// KL, KD, λ, ρ, H of the draw.
    enum Input { static let exposure = 0, remnantRate = 1, first = 2, second = 3 }
    enum Event {
        /// A line of treatment begins; `first` = weeks of resistance that it meets.
        static let line = 1
        /// Disease is removed or ablated; `first` = share treated, `second` = factor on the occult share ρ.
        static let removal = 2
    }

    static let stateCount = 3
    static let parameterCount = 5
    static let inputCount = 4

    @inline(__always)
    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        rate[0] = (parameters[0] - parameters[1] * input[0] * state[1]) * state[0]
        rate[1] = -(parameters[2] * state[1])
        rate[2] = input[1] * (1 + parameters[4] - state[2])
    }

    @inline(__always)
    static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        switch event {
        case Event.line: state[1] = (-(parameters[2] * input[2])).exp()
        case Event.removal:
            let left = (parameters[3] * input[3]).atMost(1)
            state[0] = state[0] * (1 - input[2] + input[2] * left)
        default: break
        }
    }
}
