// The assumptions that belong beside each figure of the Alzheimer course twin under a scenario.
import Twins

/// Labels by what shaped a figure: the treatments of the scenario, and the way from severities to points.
struct AlzheimerLabels {
    /// Of a figure that disease time shapes.
    let slowing: [String]
    private let relief: [String: [String]]

    /// From a complete scenario.
    init(_ scenario: Scenario) {
        var slowing: [String] = []
        var relief: [String: [String]] = [:]
        for intervention in scenario.interventions {
            func number(_ field: String) -> Double { intervention.values[field]?.number ?? 0 }
            if intervention.kind == AlzheimerCourse.antibody {
                slowing.append(
                    "assumption: \(AlzheimerCourse.drugLabel(intervention)) slows disease time by \(Self.tenths(number("slowing") * 100)) %, the "
                        + "same for every feature and draw (in the trial a slowing of CDR-SB)")
            } else {
                for (feature, name) in [("mmse", "MMSE"), ("faq", "FAQ")] where number(feature) != 0 {
                    relief[feature, default: []].append(
                        "assumption: the symptomatic drug betters the \(name) by \(Self.tenths(number(feature))) points while it is taken, as "
                            + "the board entered; the disease beneath does not change")
                }
            }
        }
        self.slowing = slowing
        self.relief = relief
    }

    /// Everything that shaped a feature's figures.
    func of(_ feature: String) -> [String] {
        let own: [String] =
            switch feature {
            case "mmse": ["assumption: MMSE = 30 (1 − severity) is our inference"]
            case "faq": ["assumption: FAQ = 30 · severity is our inference"]
            case "e-cog-subject": ["on held-out visits this feature's error is larger than repeating the last value"]
            default: []
            }
        return own + slowing + (relief[feature] ?? [])
    }

    /// A trial's own placebo arm, where scenarios without an antibody show another trial's.
    static func placebo(of arm: AntibodyTrial) -> [String] {
        guard arm.id != AntibodyTrial.lecanemab.id else { return [] }
        func percent(_ counts: AntibodyTrial.Counts) -> String { tenths(100 * counts.events / counts.patients) + " %" }
        return [
            "placebo in the same trial: ARIA-E \(percent(arm.edema.placebo)), infusion reactions \(percent(arm.infusion.placebo)); a scenario "
                + "without an antibody shows lecanemab's placebo arm"
        ]
    }

    /// One decimal, none where it is zero.
    static func tenths(_ value: Double) -> String {
        let tenths = Int((min(max(value, 0), 1e6) * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
