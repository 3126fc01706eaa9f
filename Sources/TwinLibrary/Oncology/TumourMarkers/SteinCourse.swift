// Regression and growth at once: Stein's course of a tumour or a marker, and the published set for lesions and circulating DNA.
import Numerics
import Twins

/// f(t) = e^(−dt) + e^(gt) − 1: of what is there at the start a part dies at rate d while another grows at rate g.
///
/// Stein and Fojo (2008), Oncologist 13:1046, 10.1634/theoncologist.2008-0016. Rates per day, days from the start.
public struct SteinCourse: Hashable, Sendable {
    public var growth: Double
    public var decay: Double
    public init(growth: Double, decay: Double) {
        self.growth = growth
        self.decay = decay
    }

    /// The level relative to the start.
    public func ratio(at day: Double) -> Double { (-decay * day).exp() + (growth * day).exp() - 1 }

    /// The day of the smallest level, ln(d/g)/(g + d).
    ///
    /// Negative where growth outweighs decay from the start, so that the level only ever rises; nil where one of the rates is zero and there
    /// is no smallest level.
    public var timeToGrowth: Double? {
        growth > 0 && decay > 0 ? (decay / growth).log() / (growth + decay) : nil
    }
}

/// Lesions and circulating tumour DNA of lung cancer under atezolizumab, linked by a common decay.
///
/// Ribba 2022, Front Pharmacol, 10.3389/fphar.2022.1058220. Its authors judge it not precise enough to predict; the typical patient never
/// shrinks (both times to growth are negative).
public enum CirculatingDNA {
    public static let source = Source("Ribba 2022, Front Pharmacol, 10.3389/fphar.2022.1058220", .excerpt)
    /// Of the sum of diameters.
    public static let lesions = SteinCourse(growth: 0.0016, decay: 0.0014)
    /// What the decay of the DNA is of the lesions' one.
    public static let decayRatio = 1.94
    /// Of log₁₀ of the DNA's concentration.
    public static let logarithm = SteinCourse(growth: 0.0038, decay: decayRatio * lesions.decay)
}
