// A network of FitzHugh and Nagumo's excitable nodes: the simplest of the neural masses that whole-brain models are made of.
import Integration

/// v′ = (v − v³/3 − w + I + g·∑ⱼ wᵢⱼ vⱼ(t − δᵢⱼ))·c + σ ξ₁,  w′ = (v + a − b·w)/c + σ ξ₂ (FitzHugh 1961, Biophys. J. 1:445–466, his
/// equations 1 and 2 with w = −y). Parameters: g, σ of the draw; I, a, b, c of the node.
public enum PlanarOscillators: NetworkKernelSystem {
    @inlinable public static var name: String { "planar-oscillators" }
    @inlinable public static var stateCount: Int { 2 }
    @inlinable public static var drawParameterCount: Int { 2 }
    @inlinable public static var nodeParameterCount: Int { 4 }
    @inlinable public static var channelCount: Int { 1 }
    @inlinable public static var noiseCount: Int { 2 }

    @inlinable @inline(__always)
    public static func send<L: NumberLane>(state: Span<L>, parameters: Span<L>, into signals: inout MutableSpan<L>) {
        signals[0] = state[0]
    }

    @inlinable @inline(__always)
    public static func derivative<L: NumberLane>(
        time: L, state: Span<L>, coupling: Span<L>, parameters: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let (v, w, c) = (state[0], state[1], parameters[5])
        let cubic = L.subtractProduct(v * v * v, L(1.0 / 3), from: v)
        let drive = L.multiplyAdd(parameters[0], coupling[0], parameters[2])
        rate[0] = (cubic - w + drive) * c
        rate[1] = (v + parameters[3] - parameters[4] * w) / c
    }

    @inlinable @inline(__always)
    public static func diffusion<L: NumberLane>(state: Span<L>, parameters: Span<L>, into amplitude: inout MutableSpan<L>) {
        amplitude[0] = parameters[1]
        amplitude[1] = parameters[1]
    }
}
