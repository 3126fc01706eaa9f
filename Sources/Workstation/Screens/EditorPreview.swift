// What the scenario in the form does: its curve with the others behind it, and its endpoints with their change.
import Plotting
import Surface
import Twins

enum EditorPreview {
    static func draw(_ index: Int, _ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard rect.width >= 12, rect.height >= 4, let scene = CompareScene(state, focused: index) else { return }
        if let words = CompareWords.instead(of: scene) { return CompareWords.draw(words, state, in: rect, &drawing) }
        let notes = notes(scene, state, width: rect.width - 2)
        let room = rect.height - 2
        let noteRows = min(notes.count, max(2, room / 5))
        let rows = min(scene.rows.count, max(3, (room - noteRows) * 45 / 100))
        let plotHeight = max(3, room - noteRows - rows)
        plot(scene, state, in: rect.top(plotHeight), &drawing)
        CompareReadout.draw(scene, state, in: rect.line(plotHeight), &drawing)
        endpoints(scene, state, in: rect.dropTop(plotHeight + 1).top(rows + 1), &drawing)
        CompareNotes.draw(notes, state, in: rect.dropTop(plotHeight + rows + 2), &drawing)
    }

    private static func plot(_ scene: CompareScene, _ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let unit = scene.observable.unit.label
        let title = [
            Span(scene.observable.label, look[.heading]), Span(unit.isEmpty ? "" : ", " + unit, look[.quiet]),
        ]
        let inside = drawing.frame.box(rect, look, title: title)
        if let mark = scene.mark(scene.focused) { ComparePanels.mark(mark, look, in: rect, &drawing) }
        let shown = scene.plots.enumerated().compactMap { index, plot -> SeriesPlot? in
            guard var plot else { return nil }
            // The others are there to be compared with: their bands would hide the one that moves.
            if index != scene.focused {
                plot.series = plot.series.map {
                    PlotSeries(letter: $0.letter, name: $0.name, styleIndex: $0.styleIndex, x: $0.x, median: $0.median, jumps: $0.jumps)
                }
                plot.markers = []
            }
            return plot
        }
        guard var plot = SeriesPlot.overlaying(shown) else { return }
        plot.focused = scene.plots.prefix(scene.focused + 1).compactMap(\.self).count - 1
        let area = plot.draw(into: &drawing.frame, in: inside.width >= 24 ? inside.inset(columns: 1, rows: 0) : inside, look)
        ComparePanels.hits(area, nil, &drawing)
    }

    private static func notes(_ scene: CompareScene, _ state: State, width: Int) -> [CompareNotes.Line] {
        CompareNotes.warnings(
            CompareWarnings.all(scene.open).filter { $0.letters.isEmpty || $0.letters.contains(ComparePlots.letter(scene.focused)) }, state,
            width: width)
    }

    /// The endpoints of this scenario alone, with the change since the first key in the form.
    private static func endpoints(_ scene: CompareScene, _ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard rect.height > 1 else { return }
        let look = state.look
        guard let endpoints = scene.open.comparison?.applicable, let column = scene.columns[scene.focused], !scene.rows.isEmpty else {
            drawing.frame.put(" Endpoints: computing", in: rect, line: 0, look[.quiet])
            return
        }
        let before = state.editorView.before[scene.open.scenarios[scene.focused].id]
        let cells = scene.rows.map { $0.cells[scene.focused] }
        let values = max(4, cells.reduce(0) { max($0, TextWidth.of($1.value)) })
        let intervals = cells.reduce(0) { max($0, TextWidth.of($1.interval)) }
        let change = rect.width < 50 ? 6 : 9
        let labels = max(
            8, min(rect.width - values - intervals - change - 4, scene.rows.reduce(0) { max($0, TextWidth.of(" " + $1.fullLabel)) } + 2))
        drawing.frame.put(" Endpoint", in: rect, line: 0, look[.quiet])
        let figures = rect.column + labels
        let changes = figures + values + intervals + 3
        drawing.frame.put(
            ComparePlots.letter(scene.focused), at: Point(column: figures + values - 1, row: rect.row), look.line(scene.focused, .bold))
        if before != nil { drawing.frame.put("change", at: Point(column: changes, row: rect.row), look[.quiet]) }
        for (line, row) in scene.rows.prefix(rect.height - 1).enumerated() {
            let place = rect.line(line + 1)
            drawing.frame.put(
                [Span(" " + row.label, look[.text]), Span(row.unitNote.isEmpty ? "" : ", " + row.unitNote, look[.quiet])], at: place.origin,
                width: labels - 1)
            let cell = cells[line]
            let style = look.line(scene.focused, .bold)
            if !cell.shares.isEmpty {
                let width = values + intervals + 1
                drawing.frame.put(
                    FigureText.shares(cell.shares, width: width), at: Point(column: figures, row: place.row), style, width: width)
                continue
            }
            drawing.frame.put(
                cell.value, at: Point(column: figures, row: place.row), cell.value == FigureText.none ? look[.quiet] : style, width: values,
                align: .trailing)
            drawing.frame.put(cell.interval, at: Point(column: figures + values + 1, row: place.row), look[.quiet])
            guard let old = before?[row.id], let now = endpoints[line].estimates[column] else { continue }
            let difference = now.value - old.value
            let text = FigureStyle(endpoints[line]).difference(Estimate(value: difference, lower: difference, upper: difference))
            drawing.frame.put(
                text == "0" ? "=" : text, at: Point(column: changes, row: place.row), look[text == "0" ? .quiet : .accent],
                width: max(0, min(change, rect.maxColumn - changes)))
        }
    }
}
