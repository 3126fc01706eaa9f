// The minimal margin of an ablation, and what is thought of it.
import Twins

/// How far a spherical zone of ablation reaches beyond a spherical lesion, at worst.
public struct AblationMargin: Hashable, Sendable {
    public enum Verdict: String, CaseIterable, Sendable {
        /// Part of the lesion lies outside.
        case incomplete
        /// The lesion is covered by less than 5 mm.
        case narrow
        case adequate
        case ideal
    }

    /// mm; negative where the zone does not cover the lesion.
    public let millimetres: Double

    /// - Parameters:
    ///   - ablationRadius: mm, and `lesionRadius`.
    ///   - offset: distance between the two centres, mm.
    public init(ablationRadius: Double, lesionRadius: Double, offset: Double = 0) {
        millimetres = ablationRadius - lesionRadius - offset.magnitude
    }

    public static let adequate = 5.0
    public static let ideal = 10.0
    public static let source = Source("margins of 5 and 10 mm: usual in the literature, from memory", .recalled)

    public var verdict: Verdict {
        millimetres >= Self.ideal
            ? .ideal : millimetres >= Self.adequate ? .adequate : millimetres >= 0 ? .narrow : .incomplete
    }
}
