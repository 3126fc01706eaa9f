// What a field on a grid is to the integrator.

/// ∂uₖ/∂t = ∇·(Dₖ·d(x)·∇uₖ) + rₖ(t, u) on the cells of a mask, without flux through its border; written once for every ``NumberLane``.
///
/// The first ``diffusingCount`` fields diffuse; the others live in their cells. d(x) is the tissue's relative diffusivity.
public protocol GridSystem: Sendable {
    static var fieldCount: Int { get }
    static var diffusingCount: Int { get }
    /// Parameters of a draw, the same in all cells; and of a cell, the same in all draws. ``reaction(time:fields:parameters:into:)`` sees
    /// both, in this order.
    static var drawParameterCount: Int { get }
    static var cellParameterCount: Int { get }

    /// Dₖ of each diffusing field, in squared length per time, from a draw's parameters.
    static func diffusivity(field: Int, parameters: Span<Double>) -> Double
    static func reaction<L: NumberLane>(time: L, fields: Span<L>, parameters: Span<L>, into rate: inout MutableSpan<L>)
}

/// A field for which the kernel libraries hold compiled code, under its name.
public protocol GridKernelSystem: GridSystem {
    /// The name in the table of grid kernels, which no other field has.
    static var name: String { get }
}
