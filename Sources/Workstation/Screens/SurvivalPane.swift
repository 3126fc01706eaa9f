// Follow-up's second view: how long the board's patients went without progression, beside what was forecast of them.
import Meetings
import Plotting
import Surface
import Twins

enum SurvivalPane {
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        guard let survival = state.followUpView.survival else {
            let inside = drawing.frame.box(rect, look, title: "Without progression", focused: true)
            drawing.frame.paragraph(Self.nothing, in: inside, look[.quiet])
            return
        }
        let parts = layout(rect)
        SurvivalPlot.plot(survival).drawPanel(into: &drawing.frame, in: parts.plot, look, focused: true)
        let inside = drawing.frame.box(
            parts.words, look, title: title(state, survival), footer: "by \(survival.grouping.title) (g: next)")
        let lines = rows(state, survival, width: inside.width)
        let first = min(state.followUpView.survivalScroll, max(0, lines.count - inside.height))
        for (row, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
            drawing.frame.put(line.text, in: inside, line: row, style(line.tone, look))
        }
        if lines.count > inside.height { drawing.frame.scrollMark(inside, offset: first, count: lines.count, look) }
    }

    static let nothing =
        "No decided patient of a twin that knows progression yet: nothing to draw. Liver metastases and the PSA avatars have a rule of "
        + "progression; a memory twin has none."

    private static func title(_ state: State, _ survival: BoardSurvival) -> String {
        let view = state.followUpView
        let next = view.cohorts.count > 1 ? " · \(view.cohort % view.cohorts.count + 1)/\(view.cohorts.count) (m: next)" : ""
        return survival.cohort.rule.criterion + next
    }

    private static func layout(_ rect: Rect) -> (plot: Rect, words: Rect) {
        if rect.width >= 110 {
            let parts = rect.columns([.share(5), .share(4)], gap: 1)
            return (parts[0], parts[1])
        }
        let rows = max(min(9, rect.height), rect.height / 2)
        return (rect.top(rows), rect.dropTop(rows))
    }

    private static func rows(_ state: State, _ survival: BoardSurvival, width: Int) -> [SurvivalWords.Line] {
        let others = BoardCohort.without(state.followUpView.cases ?? [])
        return SurvivalWords.lines(survival, others: others, width: width).flatMap { line in
            var line = line
            if line.tone == .warning { line.text = "\(state.look.glyphs.warning) " + line.text }
            guard !line.isRow else { return [line] }
            return TextWidth.wrap(line.text, width: max(1, width)).map { text in
                var part = line
                part.text = text
                return part
            }
        }
    }

    /// How far the words can be scrolled on a screen of this size.
    static func lastScroll(_ state: State) -> Int {
        guard let survival = state.followUpView.survival else { return 0 }
        let body = Rect(column: 0, row: 2, width: state.size.columns, height: max(0, state.size.rows - 3))
        let inside = layout(body).words.inset()
        return max(0, rows(state, survival, width: inside.width).count - inside.height)
    }

    private static func style(_ tone: SurvivalWords.Tone, _ look: Look) -> Style {
        switch tone {
        case .plain: look[.text]
        case .quiet: look[.quiet]
        case .warning: look[.warning]
        case .heading: look[.heading]
        }
    }
}
