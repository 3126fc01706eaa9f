// The medians in front of their bands: braille dots in the same cells.
import Surface

extension SeriesPlot {
    /// Draws all medians. Where two cross, the upper one is drawn whole and the lower one passes beneath; where two run together their
    /// cells take turns, so that neither is lost.
    func drawCurves(_ shown: [PlotSeries], _ order: [Int], _ area: PlotArea, _ look: Look, _ canvas: inout PlotCanvas) {
        let braille = look.capability.braille
        let isOverlay = shown.count > 1
        let rasters = order.map { index in
            let one = shown[index]
            var raster = CurveRaster(
                width: canvas.width, height: canvas.height, braille: braille, dash: isOverlay ? look.series(one.styleIndex).dash : .solid,
                wide: stroke == .wide)
            raster.draw(x: one.x, y: one.median, scaleX: area.x, scaleY: area.y)
            return raster
        }
        var known: [Colour: [Colour: Colour]] = [:]
        let attributes: Attributes = look.capability.colours == .mono ? .bold : []
        for row in 0..<canvas.height {
            for column in 0..<canvas.width {
                let cell = row * canvas.width + column
                var top: Int?
                for level in rasters.indices where rasters[level].masks[cell] != 0 {
                    guard let below = top else {
                        top = level
                        continue
                    }
                    let together = rasters[level].masks[cell] & rasters[below].masks[cell]
                    let runsAlong = together.nonzeroBitCount * 2 >= rasters[level].masks[cell].nonzeroBitCount
                    if !(isOverlay && runsAlong && column / 2 % 2 == 0) { top = level }
                }
                guard let top else { continue }
                let one = shown[order[top]]
                let line = look.series(one.styleIndex).line
                let ground = canvas.ground(column, row)
                let ink = known[line]?[ground] ?? legible(line, on: ground, look)
                known[line, default: [:]][ground] = ink
                let sign: Unicode.Scalar
                if braille {
                    sign = CurveRaster.braille(rasters[top].masks[cell])
                } else if isOverlay, let letter = one.letter.unicodeScalars.first, TextWidth.of(letter) == 1 {
                    sign = letter
                } else {
                    sign = look.glyphs.curve
                }
                canvas.mark(column, row, sign, Style(ink, on: ground, attributes))
            }
        }
    }

    /// A letter behind the end of each median, moved apart where two would stand in one row.
    func drawEndLetters(_ area: PlotArea, _ look: Look, _ frame: inout Frame) {
        var taken: Set<Int> = []
        let ends = series.enumerated().compactMap { index, one -> (Int, Int)? in
            guard
                let last = one.median.indices.last(where: {
                    one.median[$0].isFinite && one.x[$0] <= area.x.to + (area.x.to / 2 - area.x.from / 2) * 1e-6
                })
            else {
                return nil
            }
            let position = min(Double(area.rect.height) - 0.5, max(0.5, area.y.position(of: one.median[last])))
            guard position.isFinite else { return nil }
            return (index, area.rect.height - 1 - Int(position))
        }
        for (index, wanted) in ends.sorted(by: { $0.1 < $1.1 }) {
            let rows = (0..<area.rect.height).sorted {
                abs($0 - wanted) == abs($1 - wanted) ? $0 > $1 : abs($0 - wanted) < abs($1 - wanted)
            }
            guard let row = rows.first(where: { !taken.contains($0) }) else { continue }
            taken.insert(row)
            frame.put(
                series[index].letter, at: Point(column: area.rect.maxColumn + 1, row: area.rect.row + row),
                look.line(series[index].styleIndex, .bold), width: 1, ellipsis: false)
        }
    }
}
