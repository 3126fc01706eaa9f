// The line below the plots: all scenarios read off at the cursor's date.
import Plotting
import Surface
import Twins

enum CompareReadout {
    static func draw(_ scene: CompareScene, _ state: State, in line: Rect, _ drawing: inout Drawing) {
        guard line.height > 0 else { return }
        let forms = (0..<4).map { spans(scene, state, form: $0) }
        let fitting = forms.first { $0.reduce(0) { $0 + $1.text.width } <= line.width } ?? forms[3]
        drawing.frame.put(fitting, at: line.origin, width: line.width)
    }

    /// Four lengths: the long one, without the date's year, with the unit said once, without intervals.
    private static func spans(_ scene: CompareScene, _ state: State, form: Int) -> [Span] {
        let look = state.look
        let unit = scene.observable.unit.label
        let moves = state.compareView.movesCursor
        var spans = [Span(" " + (moves ? "\(look.glyphs.arrowLeft)\(look.glyphs.arrowRight) " : ""), look[.accent])]
        let date = FigureText.date(scene.cursor, from: scene.open.subject.reference)
        let when = scene.cursor < -0.5 ? FigureText.span(-scene.cursor) + " ago" : "at " + FigureText.span(scene.cursor)
        spans.append(Span(when + (form < 2 ? " (\(date))" : ""), look[moves ? .accent : .text]))
        if form >= 2, !unit.isEmpty { spans.append(Span(", " + unit, look[.quiet])) }
        let readings = scene.plots.map { $0?.series.first?.reading(at: scene.cursor) }
        let estimates = readings.map { reading in
            reading.map { Estimate(value: $0.median, lower: $0.lower ?? $0.median, upper: $0.upper ?? $0.median) }
        }
        let style = FigureStyle(unit: scene.observable.unit, estimates: estimates.compactMap(\.self))
        for (index, estimate) in estimates.enumerated() {
            let line = look.line(index, .bold)
            spans.append(Span((form == 0 ? "    " : "  ") + ComparePlots.letter(index) + " ", line))
            guard let estimate else {
                spans.append(Span(FigureText.none, look[.quiet]))
                continue
            }
            spans.append(Span(style.value(estimate, withUnit: form < 2), line))
            let interval = style.interval(estimate)
            if form < 3, !interval.isEmpty { spans.append(Span(" " + interval, look[.quiet])) }
        }
        return spans
    }
}
