// Filling, restyling, boxes, rules, scroll marks and pasting.

extension Frame {
    /// Fills a rectangle with one sign; a sign of another width than 1 is taken for a blank.
    public mutating func fill(_ rect: Rect, _ style: Style, with scalar: Unicode.Scalar = " ") {
        let scalar = TextWidth.of(scalar) == 1 ? scalar : " "
        let rect = rect.intersection(bounds)
        for row in rect.row..<rect.maxRow {
            for column in rect.column..<rect.maxColumn { set(scalar, width: 1, column: column, row: row, style) }
        }
    }

    /// Changes the style of each cell in a rectangle and leaves the text.
    public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        let rect = rect.intersection(bounds)
        for row in rect.row..<rect.maxRow {
            for column in rect.column..<rect.maxColumn {
                let cell = self[column, row]
                self[column, row] = Cell(cell.scalar, change(cell.style))
            }
        }
    }

    /// Exchanges foreground and background.
    public mutating func reverse(_ rect: Rect) {
        restyle(rect) { style in
            var style = style
            style.attributes.formSymmetricDifference(.reverse)
            return style
        }
    }

    /// Shows a rectangle as selected: the selection's background (reverse video where there are few colours) under the text's own colours,
    /// and a mark in the first column of each row if that is blank, so that the selection is seen without colour too.
    public mutating func select(_ rect: Rect, _ look: Look) {
        let selection = look[.selection]
        let strong = selection.attributes.contains(.reverse)
        let ground = look[.background].background.channels
        let paper = selection.background.channels
        // A selection that turns the background over (white on black) cannot keep the text's colours.
        let inverts: Bool = if let ground, let paper { paper.contrast(with: ground) > 4 } else { false }
        restyle(rect) { style in
            if strong || inverts { return selection.with(style.attributes.subtracting([.dim, .reverse])) }
            return style.on(selection.background).with(selection.attributes)
        }
        guard rect.width > 1 else { return }
        let rect = rect.intersection(bounds)
        for row in rect.row..<rect.maxRow where self[rect.column, row].scalar == " " {
            var style = self[rect.column, row].style
            if !strong && !inverts { style.foreground = look[.accent].foreground }
            self[rect.column, row] = Cell(look.glyphs.selected, style)
        }
    }

    /// Draws a box with a title in its upper border and a note in its lower one; returns the inside. Nothing is drawn below 2 × 2.
    @discardableResult
    public mutating func box(
        _ rect: Rect, _ look: Look, title: String = "", footer: String? = nil, focused: Bool = false, style: Style? = nil
    ) -> Rect {
        let titleStyle = style?.with(.bold) ?? (focused ? look[.frameFocused] : look[.heading])
        let spans = title.isEmpty ? [] : [Span(title, titleStyle)]
        return box(rect, look, title: spans, footer: footer.map { [Span($0, look[.quiet])] } ?? [], focused: focused, style: style)
    }

    /// The same with titles of several pieces. `style` is the border's own; without one it is the theme's, lit when focused.
    @discardableResult
    public mutating func box(
        _ rect: Rect, _ look: Look, title: [Span], footer: [Span] = [], focused: Bool = false, style: Style? = nil
    ) -> Rect {
        guard rect.width >= 2, rect.height >= 2 else { return Rect(column: rect.column, row: rect.row, width: 0, height: 0) }
        let glyphs = look.glyphs
        let border = style ?? (focused ? look[.frameFocused] : look[.frame])
        let (right, bottom) = (rect.maxColumn - 1, rect.maxRow - 1)
        for column in (rect.column + 1)..<max(rect.column + 1, right) {
            set(glyphs.horizontal, width: 1, column: column, row: rect.row, border)
            set(glyphs.horizontal, width: 1, column: column, row: bottom, border)
        }
        for row in (rect.row + 1)..<max(rect.row + 1, bottom) {
            set(glyphs.vertical, width: 1, column: rect.column, row: row, border)
            set(glyphs.vertical, width: 1, column: right, row: row, border)
        }
        set(glyphs.topLeft, width: 1, column: rect.column, row: rect.row, border)
        set(glyphs.topRight, width: 1, column: right, row: rect.row, border)
        set(glyphs.bottomLeft, width: 1, column: rect.column, row: bottom, border)
        set(glyphs.bottomRight, width: 1, column: right, row: bottom, border)
        label(title, row: rect.row, rect, border)
        label(footer, row: bottom, rect, border)
        return rect.inset()
    }

    private mutating func label(_ spans: [Span], row: Int, _ rect: Rect, _ border: Style) {
        let room = rect.width - 6
        guard !spans.isEmpty, room > 0 else { return }
        let width = min(room, spans.reduce(0) { $0 + $1.text.width })
        set(" ", width: 1, column: rect.column + 2, row: row, border)
        let end = put(spans, at: Point(column: rect.column + 3, row: row), width: width)
        set(" ", width: 1, column: end, row: row, border)
    }

    /// A horizontal line, with a title near its left end.
    public mutating func rule(column: Int, row: Int, width: Int, _ look: Look, title: String = "") {
        fill(Rect(column: column, row: row, width: width, height: 1), look[.frame], with: look.glyphs.horizontal)
        guard !title.isEmpty, width > 6 else { return }
        put(" \(title) ", at: Point(column: column + 2, row: row), look[.heading], width: min(width - 4, TextWidth.of(title) + 2))
    }

    /// Marks in the column right of a rectangle, where a box has its border, what part of `count` lines is seen; nothing when all are.
    public mutating func scrollMark(_ rect: Rect, offset: Int, count: Int, _ look: Look) {
        guard count > rect.height, rect.height > 0, rect.width > 0 else { return }
        let length = max(1, rect.height * rect.height / count)
        let travel = rect.height - length
        let at = min(travel, max(0, offset) * travel / max(1, count - rect.height))
        let full = look.capability.blocks ? look.glyphs.spark[7] : look.glyphs.lying[0]
        for row in 0..<rect.height {
            let on = row >= at && row < at + length
            let sign = on ? full : look.glyphs.vertical
            set(sign, width: 1, column: rect.maxColumn, row: rect.row + row, on ? look[.quiet] : look[.frame])
        }
    }

    /// Pastes another frame, cut to this one.
    public mutating func draw(_ other: Frame, at point: Point) {
        for row in 0..<other.size.rows {
            for column in 0..<other.size.columns {
                let cell = other[column, row]
                if cell.scalar == Cell.continuation { continue }
                let width = other[column + 1, row].scalar == Cell.continuation && column + 1 < other.size.columns ? 2 : 1
                set(cell.scalar, width: width, column: point.column + column, row: point.row + row, cell.style)
            }
        }
    }
}
