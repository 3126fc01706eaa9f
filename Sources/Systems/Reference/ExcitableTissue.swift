// Excitable tissue with two variables: the heart's action potential in its plainest form.
import Integration

/// ∂u/∂t = D·∇·(d(x)·∇u) + k·u·(1 − u)·(u − a) − u·v,  ∂v/∂t = (ε + μ₁v/(u + μ₂))·(−v − k·u·(u − a − 1)) (Aliev and Panfilov 1996, Chaos
/// Solitons Fractals 7:293–301; their a = 0.15, ε = 0.002, μ₁ = 0.2, μ₂ = 0.3, k = 8). Parameters of the draw: D, a, ε, μ₁, μ₂, k.
public enum ExcitableTissue: GridKernelSystem {
    @inlinable public static var name: String { "excitable-tissue" }
    @inlinable public static var fieldCount: Int { 2 }
    @inlinable public static var diffusingCount: Int { 1 }
    @inlinable public static var drawParameterCount: Int { 6 }
    @inlinable public static var cellParameterCount: Int { 0 }

    @inlinable @inline(__always)
    public static func diffusivity(field: Int, parameters: Span<Double>) -> Double { parameters[0] }

    @inlinable @inline(__always)
    public static func reaction<L: NumberLane>(time: L, fields: Span<L>, parameters: Span<L>, into rate: inout MutableSpan<L>) {
        let (u, v, a, k) = (fields[0], fields[1], parameters[1], parameters[5])
        rate[0] = k * u * (L(1) - u) * (u - a) - u * v
        let pace = parameters[2] + parameters[3] * v / (u + parameters[4])
        rate[1] = -(pace * (v + k * u * (u - a - L(1))))
    }
}
