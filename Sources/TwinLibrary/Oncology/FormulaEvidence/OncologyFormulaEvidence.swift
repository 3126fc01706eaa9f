// What shows that oncology's published formulas are computed as published; each twin shows the checks of those it uses.
import Numerics
import Twins

/// Checks by subject. Figures without a source of their own were computed outside this program from the published parameters.
public enum OncologyFormulaEvidence {
    static let independent = "published parameters, figures computed independently"

    /// What a board on the liver relies on: drugs, counts, ablation, survival in closed form.
    public static func liver() -> [EvidenceCheck] {
        kinetics() + bloodCounts() + ablation() + markers()
    }

    /// The tables behind the liver board's rules.
    public static func liverReferences(in folder: ReferenceFolder?) -> ReferenceEvidence {
        recistReferences(in: folder) + scoreReferences(in: folder)
    }

    /// What a board on a tumour avatar relies on besides: rates of growth, survival statistics, the engine.
    public static func avatar() -> [EvidenceCheck] {
        growthRegression() + survival() + transitGrowth()
    }

    /// The tables behind them.
    public static func avatarReferences(in folder: ReferenceFolder?) -> ReferenceEvidence {
        growthRegressionReferences(in: folder) + survivalReferences(in: folder)
    }

    /// A check within a share of the expected value.
    static func check(
        _ name: String, _ expected: Double, _ obtained: Double?, relative: Double = 1e-9, source: String = independent
    ) -> EvidenceCheck {
        EvidenceCheck(
            name: name, expected: expected, obtained: obtained ?? .nan, tolerance: relative * expected.magnitude, source: source)
    }
}
