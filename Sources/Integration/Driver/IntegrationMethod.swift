// Which integrator: for smooth systems, or for those with parts that die out much faster than the rest moves.

/// The methods that kernels are compiled for.
public enum IntegrationMethod: Int32, Sendable, Hashable, CaseIterable {
    /// ``DormandPrince``: cheap steps, which stability keeps short where the system has fast parts.
    case explicit
    /// ``Rosenbrock``: steps that only accuracy limits, each with a factorised Jacobian.
    case stiff
}
