// The comparison as plain text for a shell: the same plots, figures and warnings as on the screen.
import Plotting
import Surface
import Twins

public enum ComparisonReport {
    /// Lines of at most `width` columns, but for the table, which is as wide as its figures.
    public static func lines(
        patient: String, model: any TwinModel, subject: Subject, calibration: Calibration, comparison: Comparison, width: Int,
        unicode: Bool
    ) -> [String] {
        let capability = unicode ? Capability(colours: .mono) : Capability.ascii
        let look = Look(theme: .dark, capability: capability)
        var lines = ["\(SafeText(patient).string) · \(model.title) (\(model.id) \(model.version)) · record up to \(subject.reference.day)"]
        lines += TextWidth.wrap(
            "Simulation for research and teaching, not a medical device. Bands and intervals hold 80 % of \(calibration.draws.count) draws.",
            width: width)
        let observables = model.headlineObservables.compactMap { model.observable($0) }
        for observable in observables.prefix(2) {
            let plots = ComparePlots.plots(
                comparison.forecasts, observable: observable, subject: subject, calibration: calibration, horizon: model.horizon
            ).compactMap(\.self)
            guard !plots.isEmpty else { continue }
            let unit = observable.unit.label
            lines += ["", observable.label + (unit.isEmpty ? "" : ", " + unit)]
            lines += TextPlot.lines(plots, width: width, height: 14, look)
            for (place, plot) in plots.enumerated() {
                let words = "\(ComparePlots.letter(place)): " + SpokenSummary.of(plot)
                lines += TextWidth.wrap(words, width: width)
            }
        }
        lines.append("")
        lines += CompareFigures.lines(comparison)
        for finding in model.domain(of: subject) where !finding.isInside {
            lines.append("! outside the model's domain: \(finding.input) \(SafeText(finding.found).string) (domain: \(finding.domain))")
        }
        lines += calibration.warnings.map { "! " + SafeText($0).string }
        return unicode ? lines : lines.map { look.text($0) }
    }
}
