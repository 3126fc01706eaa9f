// How a plot divides its rectangle: figures on the left, times below, curves between.
import Surface

extension SeriesPlot {
    /// The parts of a plot in a rectangle.
    struct Layout {
        var area: PlotArea
        /// Whether there is a column for the vertical axis and rows for the horizontal axis and its labels.
        var hasAxisColumn = false
        var hasAxisRow = false
        var hasTimes = false
        /// The columns left of the axis, for figures.
        var margin = 0
        /// The columns right of the curves, for the letters at their ends.
        var letters = 0
        var valueTicks: [(value: Double, label: String)] = []
    }

    func layout(in rect: Rect) -> Layout {
        let (left, right) = shownX()
        let (low, high) = shownY()
        let axisRows = rect.height >= 4 ? 1 : 0
        let timeRows = showsTimes && rect.height >= 5 ? 1 : 0
        let height = rect.height - axisRows - timeRows

        let most = height < 2 ? 1 : max(2, (height + 1) / 3)
        let values =
            vertical == .linear
            ? Ticks.nice(from: low, to: high, atMost: most) : Ticks.logarithmic(from: low, to: high, atMost: most)
        let labels = NumberText.labels(values, words: words)
        var margin = 0
        if showsValues {
            let widest = labels.reduce(0) { max($0, TextWidth.of($1)) }
            let wanted = max(widest, min(6, TextWidth.of(SafeText(unit).string)))
            if rect.width >= wanted + 9 { margin = wanted } else if rect.width >= widest + 6 { margin = widest }
        }
        let axisColumns = rect.width >= 4 ? 1 : 0
        let letters = series.count > 1 && rect.width >= 24 ? 2 : 0
        let width = rect.width - margin - axisColumns - letters
        let inner = Rect(column: rect.column + margin + axisColumns, row: rect.row, width: width, height: height)
        var layout = Layout(
            area: PlotArea(
                rect: inner, x: Scale(.linear, from: left, to: right, over: inner.width),
                y: Scale(vertical, from: low, to: high, over: inner.height)))
        layout.hasAxisColumn = axisColumns > 0
        layout.hasAxisRow = axisRows > 0
        layout.hasTimes = timeRows > 0
        layout.margin = margin
        layout.letters = letters
        layout.valueTicks = zip(values, labels).map { (value: $0, label: $1) }
        return layout
    }

    /// Where the curves would stand, without drawing: for a click, or for what stands beside.
    public func area(in rect: Rect) -> PlotArea { layout(in: rect).area }
}
