// Growth that spreads: the equation of Fisher and of Kolmogorov, Petrovsky and Piskunov, used for gliomas.
import Integration

/// ∂u/∂t = ∇·(D·d(x)·∇u) + ρ·u·(1 − u) (Fisher 1937, Ann. Eugenics 7:355–369; for gliomas Swanson, Alvord and Murray 2000, Cell Prolif.
/// 33:317–329). A front travels at 2√(Dρ). Parameters of the draw: D, ρ.
public enum FisherKolmogorov: GridKernelSystem {
    @inlinable public static var name: String { "fisher-kolmogorov" }
    @inlinable public static var fieldCount: Int { 1 }
    @inlinable public static var diffusingCount: Int { 1 }
    @inlinable public static var drawParameterCount: Int { 2 }
    @inlinable public static var cellParameterCount: Int { 0 }

    @inlinable @inline(__always)
    public static func diffusivity(field: Int, parameters: Span<Double>) -> Double { parameters[0] }

    @inlinable @inline(__always)
    public static func reaction<L: NumberLane>(time: L, fields: Span<L>, parameters: Span<L>, into rate: inout MutableSpan<L>) {
        let u = fields[0]
        rate[0] = parameters[1] * L.subtractProduct(u, u, from: u)
    }
}
