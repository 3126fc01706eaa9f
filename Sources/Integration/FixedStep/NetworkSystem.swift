// What a network of coupled nodes is to the integrator.

/// Nodes with the same equations and each its own parameters, coupled with delays, driven by noise; written once for every ``NumberLane``.
///
/// Every node sends some signals (``send(state:parameters:into:)``). What reaches node i on channel c is
/// ∑ⱼ weight(i, j) · signal(c, j, t − delay(i, j)): whatever coupling is a sum of products of a function of the sender and a function of
/// the receiver can be written so; sin(θⱼ − θᵢ) sends sine and cosine.
///
/// xᵢ′ = f(t, xᵢ, coupling), plus diagonal noise on the first ``noiseCount`` states as in ``StochasticSystem``.
public protocol NetworkSystem: Sendable {
    static var stateCount: Int { get }
    /// Parameters of a draw, the same in all nodes; and of a node, the same in all draws. The functions see both, in this order.
    static var drawParameterCount: Int { get }
    static var nodeParameterCount: Int { get }
    /// Signals that a node sends.
    static var channelCount: Int { get }
    /// States driven by noise: `0 ..< noiseCount`.
    static var noiseCount: Int { get }

    static func send<L: NumberLane>(state: Span<L>, parameters: Span<L>, into signals: inout MutableSpan<L>)
    static func derivative<L: NumberLane>(
        time: L, state: Span<L>, coupling: Span<L>, parameters: Span<L>, into rate: inout MutableSpan<L>)
    /// The noise's amplitude in the first ``noiseCount`` states.
    static func diffusion<L: NumberLane>(state: Span<L>, parameters: Span<L>, into amplitude: inout MutableSpan<L>)
}

extension NetworkSystem {
    @inlinable
    public static func diffusion<L: NumberLane>(state: Span<L>, parameters: Span<L>, into amplitude: inout MutableSpan<L>) {
        for i in amplitude.indices { amplitude[i] = L(0) }
    }

    @inlinable
    static var parameterCount: Int { drawParameterCount + nodeParameterCount }
}

/// A network for which the kernel libraries hold compiled code, under its name.
public protocol NetworkKernelSystem: NetworkSystem {
    /// The name in the table of network kernels, which no other network has.
    static var name: String { get }
}
