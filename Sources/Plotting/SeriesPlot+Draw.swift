// Drawing a plot, from what lies behind to what lies in front.
import Surface

extension SeriesPlot {
    /// Draws into a rectangle, without a box around it; the rectangle is cleared first. Draws what fits at any size, nothing at none.
    @discardableResult
    public func draw(into frame: inout Frame, in rect: Rect, _ look: Look) -> PlotArea {
        let rect = rect.intersection(frame.bounds)
        let layout = layout(in: rect)
        let area = layout.area
        frame.fill(rect, look[.background])
        guard area.rect.width > 0, area.rect.height > 0 else { return area }

        var canvas = PlotCanvas(width: area.rect.width, height: area.rect.height, paper: look[.background])
        let shown = series.map { $0.expanded() }
        let order = drawingOrder
        let bands = drawBands(shown, order, area, look, &canvas)
        drawGrid(layout, look, &canvas)
        drawThresholds(area, look, &canvas)
        drawMoments(area, look, &canvas)
        drawCurves(shown, order, area, look, &canvas)
        drawTicks(order, area, look, &canvas)
        drawCursor(area, look, &canvas)
        drawObserved(area, look, &canvas)
        drawCutArrows(shown, bands, area, look, &canvas)
        drawLabels(area, look, &canvas)
        canvas.draw(into: &frame, at: area.rect.origin)
        drawAxes(layout, rect, look, &frame)
        if layout.letters > 0 { drawEndLetters(area, look, &frame) }
        return area
    }

    /// The indices of the series, the focused one last: on top.
    var drawingOrder: [Int] {
        var order = Array(series.indices.reversed())
        if let focused, series.indices.contains(focused) {
            order.removeAll { $0 == focused }
            order.append(focused)
        }
        return order
    }

    /// A line's colour, moved towards the text's where it would not be seen on what lies behind it (contrast below 3).
    func legible(_ line: Colour, on ground: Colour, _ look: Look) -> Colour {
        guard let ink = line.channels, let paper = ground.channels, look.capability.paintsBands, ink.contrast(with: paper) < 3 else {
            return line
        }
        guard let text = look[.heading].foreground.channels else { return line }
        for percent in stride(from: 10, through: 100, by: 10) {
            let mixed = ink.mixed(with: text, Double(percent) / 100)
            let colour = Colour.rgb(mixed.red, mixed.green, mixed.blue).adapted(to: look.capability.colours)
            if let channels = colour.channels, channels.contrast(with: paper) >= 3 { return colour }
        }
        return look[.heading].foreground
    }
}
