// Gridlines, thresholds, operations, the present, the cursor, observations, and what is cut off.
import Surface

extension SeriesPlot {
    /// Faint lines at the figures, for the eye that crosses several plots; only where colours are fine enough to stay quiet.
    func drawGrid(_ layout: Layout, _ look: Look, _ canvas: inout PlotCanvas) {
        guard look.capability.paintsBands, look.capability.unicode else { return }
        let paper = look[.background].background
        for tick in layout.valueTicks {
            guard let cell = layout.area.y.cell(of: tick.value), tick.value != layout.area.y.from || !layout.hasAxisRow else { continue }
            let row = canvas.height - 1 - cell
            for column in 0..<canvas.width
            where canvas.ground(column, row) == paper && canvas.cells[row * canvas.width + column].scalar == " " {
                canvas.mark(column, row, look.glyphs.grid, look[.grid], free: true)
            }
        }
    }

    func drawThresholds(_ area: PlotArea, _ look: Look, _ canvas: inout PlotCanvas) {
        for threshold in thresholds {
            guard let cell = area.y.cell(of: threshold.y) else { continue }
            for column in 0..<canvas.width {
                canvas.mark(column, canvas.height - 1 - cell, look.glyphs.threshold, look[.threshold], free: true)
            }
        }
    }

    /// The vertical lines of the operations and of the present.
    func drawMoments(_ area: PlotArea, _ look: Look, _ canvas: inout PlotCanvas) {
        if let now, let column = area.x.cell(of: now), column > 0 {
            // The word beside an operation may cross the line of the present, which the axis names anyway.
            for row in 0..<canvas.height { canvas.mark(column, row, look.glyphs.now, look[.axis], free: true) }
        }
        for marker in markers {
            guard let column = area.x.cell(of: marker.x) else { continue }
            for row in 0..<canvas.height { canvas.mark(column, row, look.glyphs.operationLine, look[.marker]) }
        }
    }

    /// The reader's line: between the curves' cells, with a sign where it meets each median.
    func drawCursor(_ area: PlotArea, _ look: Look, _ canvas: inout PlotCanvas) {
        guard let cursor, let column = area.x.cell(of: cursor) else { return }
        for row in 0..<canvas.height { canvas.mark(column, row, look.glyphs.cursor, look[.cursorLine]) }
        for index in drawingOrder {
            guard let reading = series[index].reading(at: cursor), let cell = area.y.cell(of: reading.median) else { continue }
            let row = canvas.height - 1 - cell
            let line = look.series(series[index].styleIndex).line
            canvas.mark(
                column, row, look.glyphs.cursorPoint, Style(legible(line, on: canvas.ground(column, row), look), on: .standard, .bold))
        }
    }

    /// A «+» on the curve for each time at which somebody was last seen.
    func drawTicks(_ order: [Int], _ area: PlotArea, _ look: Look, _ canvas: inout PlotCanvas) {
        for index in order {
            let one = series[index]
            let line = look.series(one.styleIndex).line
            for tick in one.ticks {
                guard let column = area.x.cell(of: tick), let reading = one.reading(at: tick), let cell = area.y.cell(of: reading.median)
                else { continue }
                let row = canvas.height - 1 - cell
                let ink = legible(line, on: canvas.ground(column, row), look)
                canvas.mark(column, row, SeriesPlot.tickSign, Style(ink, on: canvas.ground(column, row), .bold))
            }
        }
    }

    static let tickSign: Unicode.Scalar = "+"

    func drawObserved(_ area: PlotArea, _ look: Look, _ canvas: inout PlotCanvas) {
        for point in observed where !point.y.isNaN {
            guard let column = area.x.cell(of: point.x) else { continue }
            let position = area.y.position(of: point.y)
            if let cell = area.y.cell(of: point.y) {
                canvas.mark(column, canvas.height - 1 - cell, look.glyphs.observed, look[.observed])
            } else if position >= Double(canvas.height) {
                canvas.mark(column, 0, look.glyphs.arrowUp, look[.observed])
            } else {
                canvas.mark(column, canvas.height - 1, look.glyphs.arrowDown, look[.observed])
            }
        }
    }

    /// An arrow in the middle of each stretch in which a band (or a median without one) leaves the plot at the top or at the bottom.
    func drawCutArrows(_ shown: [PlotSeries], _ bands: [Columns], _ area: PlotArea, _ look: Look, _ canvas: inout PlotCanvas) {
        for index in drawingOrder {
            let one = shown[index]
            let columns =
                bands[index].isEmpty
                ? BandSampler.columns(x: one.x, lower: one.median, upper: one.median, scale: area.x) : bands[index]
            let line = look.series(one.styleIndex).line
            func arrows(_ row: Int, _ sign: Unicode.Scalar, _ isOut: ((low: Double, high: Double)) -> Bool) {
                var start: Int?
                for column in 0...columns.count {
                    let out = column < columns.count && isOut(columns[column])
                    if out && start == nil { start = column }
                    if !out, let first = start {
                        let middle = (first + column - 1) / 2
                        let ink = legible(line, on: canvas.ground(middle, row), look)
                        canvas.mark(middle, row, sign, Style(ink, on: .standard, .bold))
                        start = nil
                    }
                }
            }
            let (top, bottom) = (area.y.to, area.y.from)
            // A hair's breadth beyond the end is rounding, not a cut.
            let hair = area.y.kind == .linear ? abs(top / 2 - bottom / 2) * 0.01 : 0
            arrows(0, look.glyphs.arrowUp) { $0.high > top + hair }
            arrows(canvas.height - 1, look.glyphs.arrowDown) { $0.low < bottom - hair }
        }
    }

    /// Words beside thresholds and operations, where nothing else stands.
    func drawLabels(_ area: PlotArea, _ look: Look, _ canvas: inout PlotCanvas) {
        for threshold in thresholds where !threshold.label.isEmpty {
            guard let cell = area.y.cell(of: threshold.y) else { continue }
            let row = canvas.height - 1 - cell
            let width = TextWidth.of(threshold.label)
            for column in [canvas.width - width, 0] where canvas.label(threshold.label, column, row, look[.threshold]) { break }
        }
        for marker in markers where !marker.label.isEmpty {
            guard let column = area.x.cell(of: marker.x) else { continue }
            let width = TextWidth.of(marker.label)
            search: for row in 0..<min(4, canvas.height) {
                for start in [column + 1, column - width] where canvas.label(marker.label, start, row, look[.marker]) { break search }
            }
        }
    }
}
