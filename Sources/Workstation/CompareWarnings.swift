// What must be known where the decision is taken: assumptions, the model's domain, how far the calibration can be trusted.
import Plotting
import Twins

/// A warning and the scenarios it belongs to; none: all of them.
public struct CompareWarning: Hashable, Sendable {
    public var letters: [String]
    public var text: String
}

public enum CompareWarnings {
    /// Above this Pareto k̂ the importance weights have no finite variance worth the name (Vehtari et al. 2024, JMLR 25:72).
    public static let trustedParetoShape = 0.7
    /// Fewer effective draws than this leave the tails of an 80 % interval to a handful of draws: assumption.
    public static let enoughEffectiveDraws = 100.0

    /// The same note of several scenarios once, with all their letters.
    public static func grouped(_ notes: [[String]]) -> [CompareWarning] {
        var result: [CompareWarning] = []
        for (index, list) in notes.enumerated() {
            for note in list {
                if let place = result.firstIndex(where: { $0.text == note }) {
                    if !result[place].letters.contains(ComparePlots.letter(index)) {
                        result[place].letters.append(ComparePlots.letter(index))
                    }
                } else {
                    result.append(CompareWarning(letters: [ComparePlots.letter(index)], text: note))
                }
            }
        }
        return result
    }

    /// Everything that stands under a comparison: what casts doubt on all of it, then the scenarios' own, then the twin's.
    static func all(_ open: OpenCase) -> [CompareWarning] { doubts(open) + details(open) }

    /// Forecasts that failed, and a patient outside the model's domain: these are read before any figure's assumptions.
    static func doubts(_ open: OpenCase) -> [CompareWarning] {
        var warnings: [CompareWarning] = []
        for (index, scenario) in open.scenarios.enumerated() {
            if let failure = open.forecasts[scenario.id]?.failure {
                warnings.append(CompareWarning(letters: [ComparePlots.letter(index)], text: "the forecast failed: \(failure)"))
            }
        }
        return warnings + domain(open.model.domain(of: open.subject), said: open.shownForecasts.flatMap { $0?.notes ?? [] })
    }

    /// What the scenarios assume, and how the twin was fitted.
    static func details(_ open: OpenCase) -> [CompareWarning] {
        grouped(open.shownForecasts.map { $0?.notes ?? [] })
            + (open.calibration.value.map { self.calibration($0.calibration) } ?? [])
    }

    private static func domain(_ findings: [DomainFinding], said: [String]) -> [CompareWarning] {
        let outside = findings.filter { !$0.isInside }
        // A model may name the same finding among its forecast's notes.
        let unsaid = outside.filter { finding in !said.contains { $0.contains(finding.input) && $0.contains("domain") } }
        guard !unsaid.isEmpty else { return [] }
        let list = unsaid.map { "\($0.input) \($0.found) (\($0.domain))" }.joined(separator: "; ")
        return [CompareWarning(letters: [], text: "\(outside.count) of \(findings.count) inputs outside the model's domain: \(list)")]
    }

    private static func calibration(_ calibration: Calibration) -> [CompareWarning] {
        var texts: [String] = []
        if let shape = calibration.paretoShape, shape > trustedParetoShape {
            texts.append(
                "Pareto k̂ \(NumberText.fixed(shape, decimals: 2)) is above \(trustedParetoShape): the intervals are not to be trusted")
        }
        if calibration.effectiveSampleSize < enoughEffectiveDraws {
            texts.append(
                "only \(NumberText.fixed(calibration.effectiveSampleSize, decimals: 0)) of \(calibration.draws.count) draws count: the intervals are rough"
            )
        }
        return (texts + calibration.warnings).map { CompareWarning(letters: [], text: "twin: " + $0) }
    }
}
