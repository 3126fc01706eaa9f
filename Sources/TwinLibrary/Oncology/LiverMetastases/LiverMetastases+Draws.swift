// Draws of the liver twin by name.
import Twins

/// Draws by name instead of by place.
struct LiverDraws: Sendable {
    struct Row: Sendable {
        var growth, effect, resistance, baseline, occult, hypertrophy, volumetry: Double
        var neutrophils, transit, marrow, clearance: Double
    }
    let values: [Double]

    init(_ draws: Draws) { values = draws.values }

    var count: Int { values.count / LiverParameters.Place.allCases.count }
    func row(_ draw: Int) -> Row {
        let first = draw * LiverParameters.Place.allCases.count
        func value(_ place: LiverParameters.Place) -> Double { values[first + place.rawValue] }
        return Row(
            growth: value(.growth), effect: value(.effect), resistance: value(.resistance), baseline: value(.baseline),
            occult: value(.occult), hypertrophy: value(.hypertrophy), volumetry: value(.volumetry), neutrophils: value(.neutrophils),
            transit: value(.transit), marrow: value(.marrow), clearance: value(.clearance))
    }
    func rows(_ transform: (Row) -> [Double]) -> [[Double]] { (0..<count).map { transform(row($0)) } }
    var volumetry: [Double] { (0..<count).map { row($0).volumetry } }
}
