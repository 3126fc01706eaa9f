// What a stochastic differential equation is to the integrator.

/// dxᵢ = fᵢ(t, x) dt + gᵢ(t, x) dWᵢ with independent Wiener processes: diagonal noise, written once for every ``NumberLane``.
///
/// The first ``noiseCount`` states are driven by noise, one process each. What the product with dW means, Itô's or Stratonovich's, the
/// scheme decides (``FixedStepScheme``); where gᵢ does not depend on the state there is no difference.
public protocol StochasticSystem: Sendable {
    static var stateCount: Int { get }
    static var parameterCount: Int { get }
    /// States driven by noise: `0 ..< noiseCount`.
    static var noiseCount: Int { get }

    /// The rate of change without noise. Must write all of `rate`.
    static func drift<L: NumberLane>(time: L, state: Span<L>, parameters: Span<L>, into rate: inout MutableSpan<L>)
    /// The noise's amplitude, in units of the state per square root of time. Must write the first ``noiseCount`` places.
    static func diffusion<L: NumberLane>(time: L, state: Span<L>, parameters: Span<L>, into amplitude: inout MutableSpan<L>)
}

/// A stochastic system for which the kernel libraries hold compiled code, under its name.
public protocol StochasticKernelSystem: StochasticSystem {
    /// The name in the table of stochastic kernels, which no other system there has.
    static var name: String { get }
}
