// Compare: scenarios side by side on one axis, read off at one date, with their endpoints, differences and warnings below.
import Plotting
import Surface
import Twins

enum CompareScreen {
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard let scene = CompareScene(state, focused: state.compareView.focused) else {
            return CompareWords.draw(CompareWords.noCase(state), state, in: rect, &drawing)
        }
        if let words = CompareWords.instead(of: scene) {
            return CompareWords.draw(words, state, in: rect, &drawing)
        }
        information(scene, state, in: rect.line(0), &drawing)
        let body = rect.dropTop(1)
        if state.compareView.isTable { return wholeTable(scene, state, in: body, &drawing) }

        let notes = CompareNotes.lines(scene, state, width: body.width - 2)
        let parts = Parts(height: body.height, rows: scene.rows.count, notes: notes.count)
        let plots = body.top(parts.plots)
        ComparePanels.draw(scene, state, in: plots, &drawing)
        CompareReadout.draw(scene, state, in: body.line(parts.plots), &drawing)
        let below = body.dropTop(parts.plots + 1)
        CompareTable.draw(scene, state, in: below.top(parts.table), &drawing)
        CompareNotes.draw(notes, state, in: below.dropTop(parts.table), &drawing)
    }

    private static func wholeTable(_ scene: CompareScene, _ state: State, in body: Rect, _ drawing: inout Drawing) {
        let notes = CompareNotes.lines(scene, state, width: body.width - 2)
        let table = min(scene.rows.count + 1, max(4, body.height - 2 - min(notes.count, body.height / 2)))
        CompareTable.draw(scene, state, in: body.top(table), &drawing)
        CompareReadout.draw(scene, state, in: body.line(table), &drawing)
        CompareNotes.draw(notes, state, in: body.dropTop(table + 1), &drawing)
    }

    /// How the rows of the screen are shared out: the plots take what is left, and never less than can be read.
    struct Parts {
        let plots: Int
        /// With its header.
        let table: Int

        init(height: Int, rows: Int, notes: Int) {
            let room = max(0, height - 1)
            let noteRows = min(notes, max(2, room / 6))
            let most = max(4, (room - noteRows) * (room >= 40 ? 45 : 48) / 100)
            table = min(rows + 1, most)
            plots = max(0, room - noteRows - table)
        }
    }

    /// What is shown, how far, of how many draws, and what is being computed.
    private static func information(_ scene: CompareScene, _ state: State, in line: Rect, _ drawing: inout Drawing) {
        let look = state.look
        var spans = [Span(" " + scene.observable.label, look[.heading])]
        let unit = scene.observable.unit.label
        if !unit.isEmpty { spans.append(Span(", " + unit, look[.text])) }
        if scene.observables.count > 1 { spans.append(Span("  \(scene.place + 1)/\(scene.observables.count) m", look[.quiet])) }
        spans.append(Span("   horizon " + FigureText.span(scene.horizon) + " [ ]", look[.quiet]))
        let draws = scene.open.shownForecasts.compactMap { $0?.drawCount }.min()
        if let draws, line.width >= 100 { spans.append(Span("   median and 80 % of \(draws) draws", look[.quiet])) }
        drawing.frame.put(spans, at: line.origin, width: line.width)

        let marks = (0..<scene.count).compactMap { index in scene.mark(index).map { (ComparePlots.letter(index), $0) } }
        guard !marks.isEmpty else { return }
        var state: [Span] = []
        for (letter, mark) in marks {
            state.append(Span(letter + " ", look[.quiet].with(.bold)))
            state.append(Span(mark + " ", look[mark == "failed" ? .danger : mark.hasPrefix("draft") ? .warning : .quiet]))
        }
        let width = min(line.width / 2, state.reduce(0) { $0 + $1.text.width })
        drawing.frame.put(state, at: Point(column: line.maxColumn - width, row: line.row), width: width)
    }
}
