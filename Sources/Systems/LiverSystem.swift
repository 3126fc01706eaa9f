// The tumour of the liver twin alone, in weeks, and what its events do: a small system with a stiff step.
import Integration

/// y′ = (KL − KD·E·s)·y,  s′ = −λ·s.
///
/// y: sum of diameters, mm. s: what resistance has left of the line's effect, e^(−λτ), a state so that a new line is an event.
/// The twin itself is integrated as ``LiverTreatmentSystem``, which holds these equations beside a marrow and doses that wait for it.
public enum LiverSystem: KernelSystem {
    public enum State { public static let sum = 0, sensitivity = 1 }
    public enum Input { public static let exposure = 0, first = 1, second = 2 }
    public enum Event {
        /// A line of treatment begins; `first` = weeks of resistance that it meets.
        @inlinable public static var line: Int { 1 }
        /// Disease is removed or ablated; `first` = share treated, `second` = factor on the occult share ρ.
        @inlinable public static var removal: Int { 2 }
    }

    @inlinable public static var name: String { "liver" }
    @inlinable public static var stateCount: Int { 2 }
    /// KL, KD, λ, ρ of the draw.
    @inlinable public static var parameterCount: Int { 4 }
    @inlinable public static var inputCount: Int { 3 }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        rate[0] = (parameters[0] - parameters[1] * input[0] * state[1]) * state[0]
        rate[1] = -(parameters[2] * state[1])
    }

    @inlinable @inline(__always)
    public static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        switch event {
        case Event.line: state[1] = (-(parameters[2] * input[1])).exp()
        case Event.removal:
            let left = (parameters[3] * input[2]).atMost(1)
            state[0] = state[0] * (1 - input[1] + input[1] * left)
        default: break
        }
    }
}
