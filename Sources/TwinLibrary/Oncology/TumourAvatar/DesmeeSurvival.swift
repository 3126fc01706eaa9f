// Survival from the course of PSA: the joint model of Desmée 2015, with that study's own parameters.
import Numerics

/// A Weibull hazard times e^(β·PSA), Desmée et al. 2015 (10.1208/s12248-015-9745-5).
///
/// The study's parameters are settings of its simulations, not estimates: what is computed shows how survival would follow from PSA,
/// and no more.
enum DesmeeSurvival {
    /// Days, shape, and per ng/mL: the study's weak link.
    static let (scale, shape, link) = (
        MarkerSurvival2015.lowLink.scale, MarkerSurvival2015.lowLink.shape, MarkerSurvival2015.lowLink.link
    )

    /// The chance to live from day 0 to the last of some days, 0 to 1.
    ///
    /// The hazard's time part is integrated exactly between the days, e^(β·PSA) by the trapezium rule in the time part's own measure.
    /// - Parameters:
    ///   - days: from 0 on, rising; `antigen` in ng/mL on each.
    static func chance(
        days: some Collection<Double>, antigen: some Collection<Double>, scale: Double = scale, link: Double = link
    ) -> Double {
        var hazard = 0.0
        var last: (measure: Double, factor: Double)?
        for (day, value) in zip(days, antigen) {
            let now = (measure: measure(day / scale), factor: min(link * value, 700).exp())
            if let last { hazard += (now.measure - last.measure) * (now.factor + last.factor) / 2 }
            last = now
        }
        return (-min(hazard, 700)).exp()
    }

    /// The cumulative hazard without the link: x^1.5.
    private static func measure(_ x: Double) -> Double { x * x.squareRoot() }
}
