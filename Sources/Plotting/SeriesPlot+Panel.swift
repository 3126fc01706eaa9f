// A plot in a box, with its letter and name above and its legend below.
import Surface

extension SeriesPlot {
    /// Draws a box with the plot inside. With one series its letter and the title stand in the border, lit in its colour when focused; with
    /// several, all letters and names with a sample of their dashes.
    @discardableResult
    public func drawPanel(into frame: inout Frame, in rect: Rect, _ look: Look, focused isFocused: Bool = false) -> PlotArea {
        // Where the colour says it, bold would only make a slow line slower.
        let weight: Attributes = look.capability.colours < .palette256 ? .bold : []
        let border = isFocused && series.count == 1 ? look.line(series[0].styleIndex, weight) : nil
        let inside = frame.box(
            rect, look, title: titleSpans(look, width: rect.width - 6),
            footer: rect.height >= 8 ? legendSpans(look, width: rect.width - 6) : [],
            focused: isFocused, style: border)
        // A column of air on both sides, where there is room for it.
        return draw(into: &frame, in: inside.width >= 20 ? inside.inset(columns: 1, rows: 0) : inside, look)
    }

    /// The upper border's words; with several series their names share the room that there is.
    func titleSpans(_ look: Look, width: Int) -> [Span] {
        guard let first = series.first else { return [Span(look.text(title), look[.heading])] }
        if series.count == 1 {
            let name = title.isEmpty ? first.name : title
            let style = look.line(first.styleIndex, .bold)
            return [Span(first.letter, style), Span(name.isEmpty ? "" : "  " + look.text(name), style)]
        }
        var spans: [Span] = title.isEmpty ? [] : [Span(look.text(title) + "   ", look[.heading])]
        // Each entry: a sample of four dots and a blank, the letter, a blank, the name, three blanks to the next.
        let sampleWidth = look.capability.braille ? 5 : 0
        var room = width - spans.reduce(0) { $0 + $1.text.width } - 3 * (series.count - 1)
        for (index, one) in series.enumerated() {
            let sample = look.capability.braille ? SeriesPlot.dashSample(look.series(one.styleIndex).dash) + " " : ""
            let style = look.line(one.styleIndex, .bold)
            let name = look.text(one.name)
            let own = max(0, room / (series.count - index) - sampleWidth - TextWidth.of(one.letter) - 1)
            let shown = TextWidth.of(name) <= own ? name : own < 4 ? "" : TextWidth.fit(name, to: own)
            let entry = sample + one.letter + (shown.isEmpty ? "" : " " + look.text(shown))
            room -= TextWidth.of(entry)
            spans.append(Span((index == 0 ? "" : "   ") + entry, style))
        }
        return spans
    }

    /// What the signs mean, as far as they occur and fit; where not all do, those of marks go first.
    func legendSpans(_ look: Look, width: Int) -> [Span] {
        let quiet = look[.quiet]
        let unit = unit.isEmpty || title.isEmpty ? [] : [[Span(look.text(unit), quiet)]]
        let observed =
            observed.contains { $0.y.isFinite }
            ? [[Span("\(look.glyphs.observed)", look[.observed]), Span(" " + look.text(words.observed), quiet)]] : []
        let marks = PlotMarker.Kind.allCases.filter { kind in markers.contains { $0.kind == kind } }.map { kind in
            [Span("\(kind.sign(look))", look[.marker]), Span(" " + look.text(kind.word(words)), quiet)]
        }
        let all = unit + observed + curveEntries(look) + marks
        func wide(_ entries: [[Span]]) -> Int { entries.reduce(-2) { $0 + 2 + $1.reduce(0) { $0 + $1.text.width } } }
        let entries = wide(all) <= width ? all : unit + marks + observed + curveEntries(look)
        var spans: [Span] = []
        var used = 0
        for entry in entries {
            let gap = spans.isEmpty ? 0 : 2
            let wide = entry.reduce(0) { $0 + $1.text.width }
            guard used + gap + wide <= width else { break }
            if gap > 0 { spans.append(Span("  ", quiet)) }
            spans += entry
            used += gap + wide
        }
        return spans
    }

    private func curveEntries(_ look: Look) -> [[Span]] {
        guard let first = series.first else { return [] }
        let quiet = look[.quiet]
        let line = series.count == 1 ? look.line(first.styleIndex) : quiet
        let sample = look.capability.braille ? "⠤⠤" : String(look.glyphs.curve)
        let curve = [Span(sample, line), Span(" " + look.text(curveName ?? words.median), quiet)]
        let ticks: [[Span]] =
            series.contains { !$0.ticks.isEmpty }
            ? [[Span("\(SeriesPlot.tickSign)", look[.text].with(.bold)), Span(" " + look.text(words.lastSeen), quiet)]] : []
        guard !first.lower.isEmpty else { return [curve] + ticks }
        let swatch =
            look.capability.paintsBands
            ? Span("  ", Style(.standard, on: look.series(first.styleIndex).band)) : Span("\(look.glyphs.shade)", line)
        return [curve, [swatch, Span(" 80 %", quiet)]] + ticks
    }

    static func dashSample(_ dash: Dash) -> String {
        let dots = (0..<8).map { dash.isOn($0) }
        return String(
            String.UnicodeScalarView(
                (0..<4).map { cell in
                    let mask: UInt8 = (dots[cell * 2] ? 0x04 : 0) | (dots[cell * 2 + 1] ? 0x20 : 0)
                    return mask == 0 ? " " : CurveRaster.braille(mask)
                }))
    }
}
