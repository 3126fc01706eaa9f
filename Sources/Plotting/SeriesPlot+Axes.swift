// The axes: figures on the left, times below, signs of operations on the line.
import Surface

extension SeriesPlot {
    func drawAxes(_ layout: Layout, _ rect: Rect, _ look: Look, _ frame: inout Frame) {
        let area = layout.area.rect
        let axis = look[.axis]
        if layout.hasAxisColumn {
            frame.fill(Rect(column: area.column - 1, row: area.row, width: 1, height: area.height), axis, with: look.glyphs.vertical)
            drawValues(layout, rect, look, &frame)
        }
        guard layout.hasAxisRow else { return }
        frame.fill(Rect(column: area.column, row: area.maxRow, width: area.width, height: 1), axis, with: look.glyphs.horizontal)
        if layout.hasAxisColumn {
            frame.put(String(look.glyphs.corner), at: Point(column: area.column - 1, row: area.maxRow), axis)
        }
        drawTimes(layout, rect, look, &frame)
        // Where a held cycle falls on a start or an operation, these are seen.
        for marker in markers.filter({ $0.kind == .held }) + markers.filter({ $0.kind != .held }) {
            guard let column = layout.area.column(of: marker.x) else { continue }
            frame.put(String(marker.kind.sign(look)), at: Point(column: column, row: area.maxRow), look[.marker])
        }
    }

    private func drawValues(_ layout: Layout, _ rect: Rect, _ look: Look, _ frame: inout Frame) {
        let area = layout.area.rect
        var rows: Set<Int> = []
        for tick in layout.valueTicks {
            guard let row = layout.area.row(of: tick.value) else { continue }
            rows.insert(row)
            frame.put(String(look.glyphs.tickLeft), at: Point(column: area.column - 1, row: row), look[.axis])
            if layout.margin > 0 {
                frame.put(
                    look.text(tick.label), at: Point(column: rect.column, row: row), look[.quiet], width: layout.margin, align: .trailing)
            }
        }
        // The unit stands below the highest figure, where it can be whole.
        let unit = look.text(SafeText(unit).string)
        if let top = rows.min(), !rows.contains(top + 1), top + 1 < area.maxRow, TextWidth.of(unit) <= layout.margin {
            frame.put(unit, at: Point(column: rect.column, row: top + 1), look[.quiet], width: layout.margin, align: .trailing)
        }
    }

    private func drawTimes(_ layout: Layout, _ rect: Rect, _ look: Look, _ frame: inout Frame) {
        let area = layout.area
        let row = area.rect.maxRow + 1
        var free = rect.column
        for tick in horizontal.ticks(from: area.x.from, to: area.x.to, columns: area.rect.width, words: words) {
            guard let column = area.column(of: tick.value) else { continue }
            frame.put(String(look.glyphs.tickDown), at: Point(column: column, row: area.rect.maxRow), look[.axis])
            guard layout.hasTimes else { continue }
            let label = look.text(tick.label)
            let width = TextWidth.of(label)
            // The figure stands below its mark; a unit behind it, or a word before it, hangs over.
            let words = label.split(separator: " ")
            let figure =
                horizontal == .age && words.count > 1 && words.first.map(String.init) == look.text(self.words.age)
                ? width : TextWidth.of(String(words.first ?? ""))
            let start = min(rect.maxColumn - width, max(free, column - figure / 2))
            guard start >= free else { continue }
            frame.put(label, at: Point(column: start, row: row), look[.quiet])
            free = start + width + 1
        }
        guard layout.hasTimes, let cursor, let column = area.column(of: cursor) else { return }
        let tag = " " + look.text(horizontal.tag(cursor, span: area.x.to - area.x.from, words: words)) + " "
        let width = TextWidth.of(tag)
        guard width <= rect.width else { return }
        let start = min(rect.maxColumn - width, max(rect.column, column - width / 2))
        // A label that the tag cuts into would read as another figure.
        var (left, right) = (start, start + width)
        while left > rect.column, frame[left - 1, row].scalar != " " { left -= 1 }
        while right < rect.maxColumn, frame[right, row].scalar != " " { right += 1 }
        frame.fill(Rect(column: left, row: row, width: right - left, height: 1), look[.background])
        frame.put(tag, at: Point(column: start, row: row), look[.selection])
    }
}
