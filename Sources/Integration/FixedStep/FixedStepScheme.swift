// The methods of fixed step.

/// How a step of fixed length is taken. Raw values are the kernel libraries' language.
public enum FixedStepScheme: Int32, Sendable, Hashable, CaseIterable {
    /// Euler and Maruyama's: strong order ½ (1 for additive noise), weak order 1. The noise is Itô's.
    case eulerMaruyama
    /// Heun's predictor and corrector: order 2 without noise, strong order 1 with diagonal noise, which is **Stratonovich's**. The same as
    /// Itô's where its amplitude does not depend on the state.
    case heun
    /// The classical method of Runge and Kutta: order 4, for networks without noise.
    case rungeKutta4
}
