// Kuramoto's phase oscillators with delays and noise.
import Integration

/// θᵢ′ = ωᵢ + ∑ⱼ wᵢⱼ sin(θⱼ(t − δᵢⱼ) − θᵢ) + σ ξᵢ (Kuramoto 1984, Chemical Oscillations, Waves, and Turbulence, chapter 5). Parameters: σ of
/// the draw; ω of the node.
public enum PhaseOscillators: NetworkKernelSystem {
    @inlinable public static var name: String { "phase-oscillators" }
    @inlinable public static var stateCount: Int { 1 }
    @inlinable public static var drawParameterCount: Int { 1 }
    @inlinable public static var nodeParameterCount: Int { 1 }
    @inlinable public static var channelCount: Int { 2 }
    @inlinable public static var noiseCount: Int { 1 }

    @inlinable @inline(__always)
    public static func send<L: NumberLane>(state: Span<L>, parameters: Span<L>, into signals: inout MutableSpan<L>) {
        let (sine, cosine) = state[0].sineAndCosine()
        signals[0] = sine
        signals[1] = cosine
    }

    @inlinable @inline(__always)
    public static func derivative<L: NumberLane>(
        time: L, state: Span<L>, coupling: Span<L>, parameters: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let (sine, cosine) = state[0].sineAndCosine()
        rate[0] = parameters[1] + L.subtractProduct(coupling[1], sine, from: coupling[0] * cosine)
    }

    @inlinable @inline(__always)
    public static func diffusion<L: NumberLane>(state: Span<L>, parameters: Span<L>, into amplitude: inout MutableSpan<L>) {
        amplitude[0] = parameters[0]
    }
}
