// The plots of Compare: a panel for each scenario, or all curves in one.
import Plotting
import Surface
import Twins

enum ComparePanels {
    /// Narrower than this, or lower, a panel tells less than its curve in an overlay does.
    static let leastWidth = 25
    static let leastHeight = 9

    static func draw(_ scene: CompareScene, _ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard rect.height >= 3, rect.width >= 8 else { return }
        if !state.compareView.isOverlay, let grid = grid(scene.count, in: rect) {
            for (index, cell) in grid.enumerated() { panel(index, scene, state, in: cell, &drawing) }
        } else {
            overlay(scene, state, in: rect, isForced: !state.compareView.isOverlay, &drawing)
        }
    }

    /// One rectangle a scenario, in one row or, where they are too many for the width, in two; nil where neither can be read.
    static func grid(_ count: Int, in rect: Rect) -> [Rect]? {
        guard count > 0 else { return [] }
        let most = max(1, rect.width / leastWidth)
        let rows = (count + most - 1) / most
        // Four wide panels in two rows are better than four slim ones where the screen is high enough for both.
        let wanted = rows == 1 && count == 4 && rect.width < 160 && rect.height >= 26 ? 2 : rows
        guard wanted == 1 || rect.height / wanted >= leastHeight else {
            return rows == 1 ? rect.columns(Array(repeating: .share(1), count: count), gap: rect.width >= 100 ? 1 : 0) : nil
        }
        let columns = (count + wanted - 1) / wanted
        return rect.rows(Array(repeating: .share(1), count: wanted)).flatMap {
            $0.columns(Array(repeating: .share(1), count: columns), gap: rect.width >= 100 ? 1 : 0)
        }.prefix(count).map(\.self)
    }

    private static func panel(_ index: Int, _ scene: CompareScene, _ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let isFocused = index == scene.focused
        drawing.hits.append(Hit(rect, .scenario(index)))
        guard let plot = scene.plots[index] else { return waiting(index, scene, state, in: rect, &drawing) }
        let area = plot.drawPanel(into: &drawing.frame, in: rect, state.look, focused: isFocused)
        if let mark = scene.mark(index) { self.mark(mark, state.look, in: rect, &drawing) }
        if isFocused { drawing.frame.cursor = Point(column: rect.column + 3, row: rect.row) }
        hits(area, index, &drawing)
    }

    /// A quiet word in the panel's upper border.
    static func mark(_ mark: String, _ look: Look, in rect: Rect, _ drawing: inout Drawing) {
        let text = " " + mark + " "
        let width = TextWidth.of(text)
        guard rect.width > width + 12 else { return }
        drawing.frame.put(
            text, at: Point(column: rect.maxColumn - width - 2, row: rect.row),
            look[mark == "failed" ? .danger : mark.hasPrefix("draft") ? .warning : .quiet])
    }

    /// A column of the plot answers to the mouse with its date.
    static func hits(_ area: PlotArea, _ scenario: Int?, _ drawing: inout Drawing) {
        for column in area.rect.column..<area.rect.maxColumn {
            guard let day = area.x(atColumn: column) else { continue }
            drawing.hits.append(
                Hit(Rect(column: column, row: area.rect.row, width: 1, height: area.rect.height), .plot(day: day, scenario: scenario)))
        }
    }

    private static func waiting(_ index: Int, _ scene: CompareScene, _ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let scenario = scene.open.scenarios[index]
        let isFocused = index == scene.focused
        let style = look.line(index, .bold)
        let inside = drawing.frame.box(
            rect, look, title: [Span(ComparePlots.letter(index) + "  " + scene.open.shown(scenario).name, style)], focused: isFocused,
            style: isFocused ? style : nil
        ).inset(columns: 1, rows: 0)
        let failure = scene.open.forecasts[scenario.id]?.failure
        let isWithout = scene.open.forecasts[scenario.id]?.forecast != nil
        let words =
            failure.map { "The forecast failed: \($0)" } ?? (isWithout ? "This scenario has no \(scene.observable.label)." : "Computing")
        drawing.frame.paragraph(words, in: inside.dropTop(max(0, inside.height / 3)), look[failure == nil ? .quiet : .danger])
    }

    private static func overlay(_ scene: CompareScene, _ state: State, in rect: Rect, isForced: Bool, _ drawing: inout Drawing) {
        let look = state.look
        let shown = scene.plots.enumerated().compactMap { index, plot in plot.map { (index, $0) } }
        guard var plot = SeriesPlot.overlaying(shown.map(\.1)) else {
            let isThere = scene.open.scenarios.contains { scene.open.forecasts[$0.id]?.forecast != nil }
            let words = isThere ? "No scenario has \(scene.observable.label): the record does not hold what it needs." : "Computing"
            drawing.frame.paragraph(words, in: drawing.frame.box(rect, look).inset(columns: 1, rows: 1), look[.quiet])
            return
        }
        plot.focused = shown.firstIndex { $0.0 == scene.focused }
        let isLow = rect.height < 7
        let inside = isLow ? rect.dropTop(1) : drawing.frame.box(rect, look)
        let top = Rect(column: rect.column + (isLow ? 0 : 2), row: rect.row, width: max(0, rect.width - (isLow ? 0 : 4)), height: 1)
        names(scene, state, in: top, &drawing)
        let area = plot.draw(into: &drawing.frame, in: inside.width >= 20 ? inside.inset(columns: 1, rows: 0) : inside, look)
        if isForced, !isLow {
            let note = " overlaid: \(rect.width) columns are too few for \(scene.count) side by side "
            drawing.frame.put(
                note, at: Point(column: rect.column + 2, row: rect.maxRow - 1), look[.quiet], width: min(TextWidth.of(note), rect.width - 4)
            )
        }
        hits(area, nil, &drawing)
    }

    /// Letters and names in the border, each in its colour; the focused one lit.
    private static func names(_ scene: CompareScene, _ state: State, in line: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let count = max(1, scene.count)
        let room = max(3, (line.width - (count - 1)) / count)
        var column = line.column
        for (index, scenario) in scene.open.scenarios.enumerated() {
            let isFocused = index == scene.focused
            let style = look.line(index, isFocused ? [.bold, .underline] : .bold)
            let sign = isFocused ? String(Character(look.glyphs.pointer)) : " "
            let name = sign + ComparePlots.letter(index) + " " + scene.open.shown(scenario).name + " "
            let width = min(room, TextWidth.of(SafeText(name).string))
            guard column + width <= line.maxColumn else { break }
            drawing.frame.put(name, at: Point(column: column, row: line.row), style, width: width)
            drawing.hits.append(Hit(Rect(column: column, row: line.row, width: width, height: 1), .scenario(index)))
            if isFocused { drawing.frame.cursor = Point(column: column, row: line.row) }
            column += width + 1
        }
    }
}
