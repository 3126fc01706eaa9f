// The four courses that growth and regression rates are read from.
import Numerics

/// A course of a tumour's size or a marker relative to the first measurement, with rates per day.
///
/// Stein (2008), Oncologist 13:1046, and its variants as Wilkerson (2017), Lancet Oncol 18:143, uses them.
public enum GrowthModel: String, CaseIterable, Sendable {
    /// e^(−dt) + e^(gt) − 1.
    case regressionAndGrowth = "gd"
    /// e^(−dt).
    case regression = "dx"
    /// e^(gt).
    case growth = "gx"
    /// (1 − φ)·e^(gt) + φ·e^(−dt).
    case fractions = "gdphi"

    /// Variables in order: g and d; d; g; φ, g and d.
    public var variableCount: Int {
        switch self {
        case .regressionAndGrowth: 2
        case .regression, .growth: 1
        case .fractions: 3
        }
    }

    /// Which variable is the rate of growth; nil where nothing grows.
    var growthPlace: Int? {
        switch self {
        case .regressionAndGrowth, .growth: 0
        case .regression: nil
        case .fractions: 1
        }
    }

    /// Where the search begins, as the published procedure does.
    var start: [Double] {
        let rate = 0.00511
        return self == .fractions ? [0.9, rate, rate] : [Double](repeating: rate, count: variableCount)
    }

    /// The relative size at a time, and its derivatives by the variables.
    func evaluate(_ x: [Double], at t: Double) -> (value: Double, slopes: [Double]) {
        switch self {
        case .regressionAndGrowth:
            let (up, down) = ((x[0] * t).exp(), (-x[1] * t).exp())
            return (down + up - 1, [t * up, -t * down])
        case .regression:
            let down = (-x[0] * t).exp()
            return (down, [-t * down])
        case .growth:
            let up = (x[0] * t).exp()
            return (up, [t * up])
        case .fractions:
            let (up, down) = ((x[1] * t).exp(), (-x[2] * t).exp())
            return ((1 - x[0]) * up + x[0] * down, [down - up, (1 - x[0]) * t * up, -x[0] * t * down])
        }
    }

    /// g, d and φ as they are reported: of ``fractions`` g is multiplied by √(1 − φ).
    func rates(_ x: [Double]) -> (growth: Double?, regression: Double?, fraction: Double?) {
        switch self {
        case .regressionAndGrowth: (x[0], x[1], nil)
        case .regression: (nil, x[0], nil)
        case .growth: (x[0], nil, nil)
        case .fractions: (x[1] * (1 - x[0]).squareRoot(), x[2], x[0])
        }
    }
}
