// The scenario editor: the form on the left, what it does to plot and endpoints on the right.
import Plotting
import Surface
import Twins

enum EditorScreen {
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard let open = state.open else { return CompareWords.draw(CompareWords.noCase(state), state, in: rect, &drawing) }
        guard let (_, scenario) = Update.edited(state) else {
            return CompareWords.draw(
                CompareWords.Words(title: "This case has no scenario yet.", lines: ["a adds the model's first suggestion."]), state,
                in: rect, &drawing)
        }
        let index = min(max(0, state.editorView.scenario), open.scenarios.count - 1)
        tabs(open, index, state, in: rect.line(0), &drawing)
        let body = rect.dropTop(1)
        let left = min(68, max(38, body.width * 43 / 100))
        let parts = body.columns([.fixed(left), .share(1)], gap: body.width >= 100 ? 1 : 0)
        let help = EditorHelp.height(in: parts[0])
        EditorFormView.draw(scenario, index, open, state, in: parts[0].dropBottom(help), &drawing)
        EditorHelp.draw(scenario, open, state, in: parts[0].bottom(help), &drawing)
        EditorPreview.draw(index, state, in: parts[1], &drawing)
    }

    /// All scenarios by letter, the one in the form lit.
    private static func tabs(_ open: OpenCase, _ shown: Int, _ state: State, in line: Rect, _ drawing: inout Drawing) {
        let look = state.look
        var column = line.column + 1
        let room = max(6, (line.width - 2) / max(1, open.scenarios.count) - 2)
        for (index, scenario) in open.scenarios.enumerated() {
            let isShown = index == shown
            let name = ComparePlots.letter(index) + "  " + open.shown(scenario).name
            let width = min(room, TextWidth.of(SafeText(name).string))
            drawing.frame.put(
                name, at: Point(column: column, row: line.row), isShown ? look.line(index, [.bold, .underline]) : look[.quiet], width: width
            )
            drawing.hits.append(Hit(Rect(column: column, row: line.row, width: width, height: 1), .scenario(index)))
            column += width + 2
        }
        if open.isDecided {
            let words = "signed: kept as it is"
            let width = TextWidth.of(words)
            drawing.frame.put(words, at: Point(column: line.maxColumn - width - 1, row: line.row), look[.warning])
        }
    }
}
