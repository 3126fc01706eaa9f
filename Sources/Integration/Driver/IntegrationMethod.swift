// Which integrator: for smooth systems, or for those with parts that die out much faster than the rest moves.

/// The methods that an ensemble can be integrated by.
public enum IntegrationMethod: Int32, Sendable, Hashable, CaseIterable {
    /// ``DormandPrince``: cheap steps, which stability keeps short where the system has fast parts.
    case explicit
    /// ``Rosenbrock``: steps that only accuracy limits, each with a factorised Jacobian.
    case stiff
    /// Each draw by the explicit method, and again from its start by a stiff one if its steps prove to be limited by stability. The
    /// result says what was chosen (``MethodChoice``). The draw alone decides, so that its bytes depend on no other.
    case automatic
}

/// The methods for stiff systems.
public enum StiffMethod: String, Sendable, Hashable {
    /// Rodas5P, its step written out or interpreted: for up to ``mostStatesUnrolled`` states.
    case rosenbrock = "Rodas5P"
    /// ``BackwardDifferences``: for large systems, and where no step is written out.
    case backwardDifferences = "backward differences"

    /// A step of more states would be thousands of operations long: larger systems go by backward differences.
    public static let mostStatesUnrolled = 50

    /// The method for so many states.
    public static func forStates(_ count: Int) -> StiffMethod { count > mostStatesUnrolled ? .backwardDifferences : .rosenbrock }
}
