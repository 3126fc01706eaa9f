// The event that leaspy's joint model hangs on the same disease time: a Weibull survival.
import Numerics

/// Survival up to an event along the disease time: S(t) = exp(−((t − τ)₊·e^ξ/ν)^ρ·e^u).
///
/// Source: leaspy 2.1.0's code (its documentation prints e^{ξ(t−τ)}, which the code does not compute). No twin shows it yet;
/// it is here because the joint fixtures are part of what proves the engine.
struct CourseEvent: Sendable {
    /// Scale, years of disease time; leaspy stores its negative logarithm.
    let scale: Double
    /// Shape; leaspy stores its logarithm.
    let shape: Double

    init(negativeLogNu: Double, logRho: Double) {
        scale = (-negativeLogNu).exp()
        shape = logRho.exp()
    }

    /// Probability of no event up to an age; 1 before τ. `linear` is u, the sources' part, 0 without sources.
    func survival(age: Double, xi: Double, tau: Double, linear: Double = 0) -> Double {
        let elapsed = max(age - tau, 0) * xi.exp() / scale
        guard elapsed > 0 else { return 1 }
        return (-(elapsed.pow(shape) * linear.exp())).exp()
    }

    /// Survival at some ages given survival to the first of them, as leaspy's predictions are.
    func conditionalSurvival(ages: [Double], xi: Double, tau: Double, linear: Double = 0) -> [Double] {
        guard let first = ages.first else { return [] }
        let base = survival(age: first, xi: xi, tau: tau, linear: linear)
        return ages.map { survival(age: $0, xi: xi, tau: tau, linear: linear) / base }
    }
}
