// Ornstein and Uhlenbeck's process: noise with a memory, of which every moment is known.
import Integration

/// dx = −(x − μ)/τ dt + σ dW (Uhlenbeck and Ornstein 1930, Phys. Rev. 36:823–841). Stationary variance σ²τ/2, autocorrelation e^(−|t|/τ).
/// Parameters: μ, τ, σ.
public enum OrnsteinUhlenbeck: StochasticKernelSystem {
    @inlinable public static var name: String { "ornstein-uhlenbeck" }
    @inlinable public static var stateCount: Int { 1 }
    @inlinable public static var parameterCount: Int { 3 }
    @inlinable public static var noiseCount: Int { 1 }

    @inlinable @inline(__always)
    public static func drift<L: NumberLane>(time: L, state: Span<L>, parameters: Span<L>, into rate: inout MutableSpan<L>) {
        rate[0] = (parameters[0] - state[0]) / parameters[1]
    }

    @inlinable @inline(__always)
    public static func diffusion<L: NumberLane>(time: L, state: Span<L>, parameters: Span<L>, into amplitude: inout MutableSpan<L>) {
        amplitude[0] = parameters[2]
    }
}
