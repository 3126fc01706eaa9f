// The bands: backgrounds with edges to an eighth of a cell, or a fill of signs where backgrounds are too few.
import Surface

extension SeriesPlot {
    /// One band in eighths of a cell from the top, per column; top == bottom where there is none.
    private struct Strip {
        var tops, bottoms: [Int]
        var colour: Colour
        var isFocused: Bool
    }

    typealias Columns = [(low: Double, high: Double)]

    /// Draws all bands; returns the outer band of each series in columns, for what is cut off.
    func drawBands(_ shown: [PlotSeries], _ order: [Int], _ area: PlotArea, _ look: Look, _ canvas: inout PlotCanvas) -> [Columns] {
        var columns = [Columns](repeating: [], count: shown.count)
        var strips: [Strip] = []
        let alone = shown.count == 1
        for index in order {
            let one = shown[index]
            guard !one.lower.isEmpty else { continue }
            let style = look.series(one.styleIndex)
            let isFocused = alone || index == focused
            // Beside a focused band the others step back.
            let isQuiet = focused != nil && !isFocused
            columns[index] = BandSampler.columns(x: one.x, lower: one.lower, upper: one.upper, scale: area.x)
            strips.append(
                strip(columns[index], area, colour: isQuiet ? faded(style.band, look) : style.band, isFocused: isFocused))
            // Of several series only the focused one shows its inner band: more shades than that are not told apart.
            if !one.innerLower.isEmpty, isFocused, look.capability.paintsBands, style.innerBand != style.band {
                let inner = BandSampler.columns(x: one.x, lower: one.innerLower, upper: one.innerUpper, scale: area.x)
                strips.append(strip(inner, area, colour: style.innerBand, isFocused: isFocused))
            }
        }
        guard !strips.isEmpty else { return columns }
        if look.capability.paintsBands {
            paint(strips, look, &canvas)
        } else {
            shade(columns, order, area, look, &canvas)
        }
        return columns
    }

    private func faded(_ band: Colour, _ look: Look) -> Colour {
        guard let ink = band.channels, let paper = look[.background].background.channels else { return band }
        let mixed = paper.mixed(with: ink, 0.6)
        return Colour.rgb(mixed.red, mixed.green, mixed.blue).adapted(to: look.capability.colours)
    }

    private func strip(_ columns: Columns, _ area: PlotArea, colour: Colour, isFocused: Bool) -> Strip {
        let height = area.rect.height
        func eighth(_ value: Double) -> Int {
            let position = area.y.position(of: value)
            // On a logarithmic axis a bound at or below zero lies below everything.
            guard !position.isNaN else { return height * 8 }
            return min(height * 8, max(0, Int(((Double(height) - min(1e5, max(-1e5, position))) * 8).rounded())))
        }
        var strip = Strip(tops: [], bottoms: [], colour: colour, isFocused: isFocused)
        strip.tops.reserveCapacity(columns.count)
        strip.bottoms.reserveCapacity(columns.count)
        for (low, high) in columns {
            let isGap = low.isNaN || high.isNaN
            strip.tops.append(isGap ? 0 : eighth(high))
            strip.bottoms.append(isGap ? 0 : eighth(low))
        }
        return strip
    }

    private func paint(_ strips: [Strip], _ look: Look, _ canvas: inout PlotCanvas) {
        let paper = look[.background].background
        // Which strips cover an eighth is a set of bits; few sets occur, so each one's colour is worked out once.
        let strips = strips.suffix(64)
        var known: [(set: UInt64, colour: Colour)] = [(0, paper)]
        var eighths = [Colour](repeating: paper, count: 8)
        var spans: [(top: Int, bottom: Int)] = []
        for column in 0..<canvas.width {
            spans.removeAll(keepingCapacity: true)
            var (top, bottom) = (Int.max, 0)
            for strip in strips {
                let span = (top: strip.tops[column], bottom: strip.bottoms[column])
                spans.append(span)
                guard span.top < span.bottom else { continue }
                top = min(top, span.top)
                bottom = max(bottom, span.bottom)
            }
            guard top < bottom else { continue }
            for row in (top / 8)..<min(canvas.height, (bottom + 7) / 8) {
                for part in 0..<8 {
                    let at = row * 8 + part
                    var set: UInt64 = 0
                    for index in spans.indices where at >= spans[index].top && at < spans[index].bottom { set |= 1 << UInt64(index) }
                    if let found = known.first(where: { $0.set == set }) {
                        eighths[part] = found.colour
                    } else {
                        let colour = colour(of: set, in: strips, look)
                        known.append((set, colour))
                        eighths[part] = colour
                    }
                }
                paint(eighths, column, row, look, &canvas)
            }
        }
    }

    /// The colour of an eighth that a set of strips covers: a focused one hides what is below it, equals are mixed.
    private func colour(of set: UInt64, in strips: ArraySlice<Strip>, _ look: Look) -> Colour {
        let covers = strips.enumerated().filter { set & (1 << UInt64($0.offset)) != 0 }.map(\.element)
        if let top = covers.last, top.isFocused || covers.count == 1 { return top.colour }
        var sum = (0, 0, 0)
        let parts = covers.compactMap(\.colour.channels)
        for channels in parts { sum = (sum.0 + Int(channels.red), sum.1 + Int(channels.green), sum.2 + Int(channels.blue)) }
        let count = max(1, parts.count)
        return Colour.rgb(UInt8(clamping: sum.0 / count), UInt8(clamping: sum.1 / count), UInt8(clamping: sum.2 / count))
            .adapted(to: look.capability.colours)
    }

    /// One cell from the colours of its eighths: one colour, or two with the edge between them as an eighth block.
    private func paint(_ eighths: [Colour], _ column: Int, _ row: Int, _ look: Look, _ canvas: inout PlotCanvas) {
        let first = eighths[0]
        guard let change = eighths.firstIndex(where: { $0 != first }) else {
            canvas.paint(column, row, Cell(" ", look[.background].on(first)), main: first)
            return
        }
        var edge = change
        var (upper, lower) = (first, eighths[change])
        if eighths[change...].contains(where: { $0 != lower }) {
            // Three colours in one cell: the two and the edge that misplace the fewest eighths.
            var fewest = Int.max
            for split in 0...8 {
                let above = Self.commonest(eighths[..<split])
                let below = Self.commonest(eighths[split...])
                let missed = eighths[..<split].count { $0 != above } + eighths[split...].count { $0 != below }
                if missed < fewest { (fewest, edge, upper, lower) = (missed, split, above ?? first, below ?? first) }
            }
        }
        let main = edge > 4 ? upper : lower
        guard look.capability.blocks, edge > 0, edge < 8 else {
            canvas.paint(column, row, Cell(" ", look[.background].on(main)), main: main)
            return
        }
        var style = Style(lower, on: upper)
        // The terminal's own background cannot be a foreground: the cell is turned over.
        if lower == .standard { style = Style(upper, on: .standard, .reverse) }
        canvas.paint(column, row, Cell(look.glyphs.spark[7 - edge], style), main: main)
    }

    private static func commonest(_ colours: ArraySlice<Colour>) -> Colour? {
        var best: (Colour?, Int) = (nil, 0)
        for colour in colours {
            let count = colours.count { $0 == colour }
            if count > best.1 { best = (colour, count) }
        }
        return best.0
    }

    /// A fill of signs, denser where bands cross.
    private func shade(_ columns: [Columns], _ order: [Int], _ area: PlotArea, _ look: Look, _ canvas: inout PlotCanvas) {
        var counts = [UInt8](repeating: 0, count: canvas.width * canvas.height)
        for index in order where !columns[index].isEmpty {
            let strip = strip(columns[index], area, colour: .standard, isFocused: false)
            let style = look.line(series[index].styleIndex, look.capability.colours == .mono ? [] : .dim)
            for column in 0..<canvas.width where strip.tops[column] < strip.bottoms[column] {
                let (top, bottom) = (strip.tops[column], strip.bottoms[column])
                let middle = (top + bottom) / 16
                for row in (top / 8)..<min(canvas.height, (bottom + 7) / 8)
                where (row * 8 + 4 >= top && row * 8 + 4 < bottom) || row == middle {
                    counts[row * canvas.width + column] += 1
                    let crossing = counts[row * canvas.width + column] > 1
                    canvas.mark(column, row, crossing ? look.glyphs.shadeCrossing : look.glyphs.shade, style, free: true)
                }
            }
        }
    }
}
