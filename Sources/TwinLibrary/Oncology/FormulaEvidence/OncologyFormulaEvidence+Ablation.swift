// Checks of heat ablation and of its margin.
import Numerics
import Twins

extension OncologyFormulaEvidence {
    /// The point source in the perfused liver, the zone at 54 °C, thermal damage, margins on both sides of their cuts.
    public static func ablation() -> [EvidenceCheck] {
        let twenty = BioheatPointSource(power: 20)
        let margins = [(19.9, AblationMargin.Verdict.narrow), (20, .adequate), (24.9, .adequate), (25, .ideal), (14.9, .incomplete)]
        return [
            check("20 W, 10 mm, steady state, °C", 72.2264445426018, twenty.temperature(radius: 10, seconds: .infinity)),
            check("20 W, 10 mm, 60 s, °C", 40.0117667934846, twenty.temperature(radius: 10, seconds: 60)),
            check("20 W, 5 mm, 600 s, °C", 244.28351617410203, twenty.temperature(radius: 5, seconds: 600)),
            check("20 W, radius of 54 °C after 60 s, mm", 7.708468398312904, twenty.radius(of: 54, seconds: 60)),
            check("20 W, radius of 54 °C after 600 s, mm", 12.327240759342919, twenty.radius(of: 54, seconds: 600)),
            check(
                "40 W, radius of 54 °C in the end, mm", 14.771550771059461, BioheatPointSource(power: 40).radius(of: 54, seconds: .infinity)
            ),
            check("seconds at 54 °C until 37 % of cells live", 18.897658661713653, ThermalDamage.seconds(at: 54)),
        ]
            + margins.map { radius, verdict in
                EvidenceCheck(
                    name: "lesion 10 mm, zone \(radius) mm, centres 5 mm apart: \(verdict.rawValue)", expected: 1,
                    obtained: AblationMargin(ablationRadius: radius, lesionRadius: 10, offset: 5).verdict
                        == verdict ? 1 : 0, tolerance: 0, source: AblationMargin.source.citation)
            }
    }
}
