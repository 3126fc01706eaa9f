// Overall survival from the course of the lesions, in lung cancer: a structural demonstration, no model of other tumours.
import Numerics
import Twins

/// Claret 2014 (10.1038/clpt.2014.11, non-small-cell lung cancer): ln(time) is normal with mean
/// 1.079 − 0.00197·baseline + 0.97695·ln(TTG + 100) + 0.319·Asian − 0.264·smoker and SD e^(−0.24); days, mm.
///
/// Structural: no coefficients for colorectal cancer were found, and none may be made up.
public struct LungSurvival2014: Hashable, Sendable {
    public let meanLog: Double
    public static let sdLog = (-0.24).exp()
    public static let source = Source("Claret 2014, Clin Pharmacol Ther, 10.1038/clpt.2014.11: lung cancer, structural demo", .excerpt)

    /// - Parameters:
    ///   - baseline: sum of diameters before treatment, mm.
    ///   - timeToGrowth: days; negative where the sum grows from the start.
    /// - Throws: ``UndefinedSurvival`` at a time to growth of −100 days or less: the formula has no value there.
    public init(baseline: Double, timeToGrowth: Double, isAsian: Bool, isSmoker: Bool) throws(UndefinedSurvival) {
        guard timeToGrowth > -100 else { throw UndefinedSurvival(timeToGrowth: timeToGrowth) }
        meanLog =
            1.079 - 0.00197 * baseline + 0.97695 * (timeToGrowth + 100).log() + (isAsian ? 0.319 : 0) - (isSmoker ? 0.264 : 0)
    }

    /// Days.
    public var median: Double { meanLog.exp() }

    /// The share alive after some days; 1 at the start.
    public func survival(at day: Double) -> Double {
        day <= 0 ? 1 : NormalDistribution.cumulative((meanLog - day.log()) / Self.sdLog)
    }
}

/// A course of the lesions for which the survival formula has no value.
public struct UndefinedSurvival: Error, Hashable, Sendable, CustomStringConvertible {
    /// Days; NaN where there is none.
    public var timeToGrowth: Double
    public var description: String {
        "survival after Claret 2014 is undefined at a time to growth of \(timeToGrowth) days: it must be above −100; "
            + "count such patients apart (0.44 % of the published population)"
    }
}
