// The method that takes the draws which prove stiff.
import CIntegration
import Integration

/// A stiff method made ready for a system: a step of Rodas5P, or backward differences.
public struct StiffSolver<System: OrdinarySystem>: Sendable {
    let method: StiffMethod
    let solve: Ensemble.Solver

    @usableFromInline
    init(_ method: StiffMethod, _ solve: @escaping Ensemble.Solver) {
        self.method = method
        self.solve = solve
    }

    /// A written or interpreted step.
    @inlinable
    public init<Step: RosenbrockMethod>(_ step: Step) where Step.System == System {
        self.init(.rosenbrock) { Integrator.solve($0.pointee, by: step) }
    }

    /// Backward differences: in the baseline arithmetic, whatever the explicit method's.
    @inlinable
    public init(backwardDifferences system: System.Type) {
        let method = BackwardDifferences(ordinary: system)
        self.init(.backwardDifferences) { Integrator.solve($0.pointee, by: method) }
    }
}

extension StiffSolver where System: KernelSystem {
    /// The library's stiff step; where it has none, or the system is too large for one, backward differences.
    init(_ library: KernelLibrary) {
        if StiffMethod.forStates(System.stateCount) == .rosenbrock, let kernel = library.kernel(System.name, .stiff) {
            self.init(.rosenbrock) { kernel($0) }
        } else {
            let method = System.backwardDifferences
            self.init(.backwardDifferences) { Integrator.solve($0.pointee, by: method) }
        }
    }
}
