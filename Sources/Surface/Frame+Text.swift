// Writing text into a frame: cleaned, clipped, aligned.

/// A piece of text in one style.
public struct Span: Hashable, Sendable {
    public var text: SafeText
    public var style: Style

    /// The text is cleaned.
    public init(_ text: String, _ style: Style) {
        self.text = SafeText(text)
        self.style = style
    }

    public init(_ text: SafeText, _ style: Style) {
        self.text = text
        self.style = style
    }
}

extension Frame {
    /// Writes a text from outside or from the source, cleaned by `SafeText`; returns the column after it.
    ///
    /// With a `width` the field is padded with blanks to exactly that, and what is longer is cut, with "…" if `ellipsis` is set.
    @discardableResult
    public mutating func put(
        _ text: String, at point: Point, _ style: Style, width: Int? = nil, align: Alignment = .leading, ellipsis: Bool = true
    ) -> Int {
        put(SafeText(text), at: point, style, width: width, align: align, ellipsis: ellipsis)
    }

    /// Writes a clean text; returns the column after it.
    @discardableResult
    public mutating func put(
        _ text: SafeText, at point: Point, _ style: Style, width: Int? = nil, align: Alignment = .leading, ellipsis: Bool = true
    ) -> Int {
        put([Span(text, style)], at: point, width: width, align: align, ellipsis: ellipsis)
    }

    /// Writes a line of differently styled pieces; returns the column after it. Padding takes the last piece's style.
    @discardableResult
    public mutating func put(
        _ spans: [Span], at point: Point, width: Int? = nil, align: Alignment = .leading, ellipsis: Bool = true
    ) -> Int {
        let total = spans.reduce(0) { $0 + $1.text.width }
        let limit = width.map { max(0, $0) } ?? total
        let end = point.column + limit
        var column = point.column
        let blank = spans.last?.style ?? .plain
        let cut = total > limit
        let stop = cut && ellipsis ? end - 1 : end
        if !cut, align != .leading {
            let before = align == .trailing ? limit - total : (limit - total) / 2
            while column < point.column + before {
                set(" ", width: 1, column: column, row: point.row, blank)
                column += 1
            }
        }
        var style = blank
        writing: for span in spans {
            style = span.style
            for scalar in span.text.string.unicodeScalars {
                let cells = scalar.value < 0x7F ? 1 : TextWidth.of(scalar)
                if column + cells > stop { break writing }
                set(scalar, width: cells, column: column, row: point.row, style)
                column += cells
            }
        }
        if cut && ellipsis && limit > 0 {
            while column < stop {
                set(" ", width: 1, column: column, row: point.row, style)
                column += 1
            }
            set("…", width: 1, column: column, row: point.row, style)
            column += 1
        }
        while column < end {
            set(" ", width: 1, column: column, row: point.row, blank)
            column += 1
        }
        return column
    }

    /// Writes into the n-th line of a rectangle, cut to its width; outside its height nothing is written. Not padded unless `fill` is set.
    @discardableResult
    public mutating func put(
        _ text: String, in rect: Rect, line: Int = 0, _ style: Style, align: Alignment = .leading, fill: Bool = false
    ) -> Int {
        put([Span(text, style)], in: rect, line: line, align: align, fill: fill)
    }

    /// The same with pieces.
    @discardableResult
    public mutating func put(_ spans: [Span], in rect: Rect, line: Int = 0, align: Alignment = .leading, fill: Bool = false) -> Int {
        guard line >= 0, line < rect.height, rect.width > 0 else { return rect.column }
        let total = spans.reduce(0) { $0 + $1.text.width }
        let width = fill ? rect.width : min(rect.width, total)
        let spare = rect.width - width
        let before = align == .leading ? 0 : align == .trailing ? spare : spare / 2
        return put(spans, at: Point(column: rect.column + before, row: rect.row + line), width: width, align: align)
    }

    /// Writes a text over several lines, broken between words, from its line `first` on; returns how many lines the whole text has.
    @discardableResult
    public mutating func paragraph(_ text: String, in rect: Rect, _ style: Style, from first: Int = 0) -> Int {
        guard rect.width > 0 else { return 0 }
        let lines = TextWidth.wrap(text, width: rect.width)
        for (index, line) in lines.dropFirst(max(0, first)).prefix(rect.height).enumerated() {
            put(line, in: rect, line: index, style)
        }
        return lines.count
    }

    /// Sets one scalar and mends what it cuts through: half of a wide character is never left behind (invariant 1).
    mutating func set(_ scalar: Unicode.Scalar, width: Int, column: Int, row: Int, _ style: Style) {
        guard width > 0, column >= 0, row >= 0, row < size.rows, column < size.columns else { return }
        if self[column, row].scalar == Cell.continuation { self[column - 1, row].scalar = " " }
        if width == 2 && column + 1 >= size.columns {
            self[column, row] = Cell(" ", style)
            return
        }
        let last = column + width - 1
        if last + 1 < size.columns, self[last + 1, row].scalar == Cell.continuation { self[last + 1, row].scalar = " " }
        self[column, row] = Cell(scalar, style)
        if width == 2 { self[last, row] = Cell(Cell.continuation, style) }
    }
}
