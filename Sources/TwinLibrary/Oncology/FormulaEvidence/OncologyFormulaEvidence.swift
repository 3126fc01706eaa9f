// What shows that oncology's published formulas are computed as published; each twin shows the checks of those it uses.
import Numerics
import Twins

/// Checks by subject. Figures without a source of their own were computed outside this program from the published parameters.
public enum OncologyFormulaEvidence {
    static let independent = "published parameters, figures computed independently"

    /// A check within a share of the expected value.
    static func check(
        _ name: String, _ expected: Double, _ obtained: Double?, relative: Double = 1e-9, source: String = independent
    ) -> EvidenceCheck {
        EvidenceCheck(
            name: name, expected: expected, obtained: obtained ?? .nan, tolerance: relative * expected.magnitude, source: source)
    }
}
