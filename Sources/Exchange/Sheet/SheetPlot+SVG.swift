// The plot as SVG: one panel a scenario on the same axes, so that bands never cover each other and nothing hangs on colour.
import Foundation
import Twins

extension SheetPlot {
    /// The drawing, well-formed and without script or style of its own; `id` makes its title's identifiers unique in a page.
    func svg(id: String) -> String {
        let layout = PlotLayout(self)
        let holds = curves.allSatisfy(\.holds.isEmpty) ? "" : HoldSign.at(365, -4) + "<text x=\"374\" y=\"0\">cycle held</text>"
        let panels = curves.enumerated().map { layout.panel($1, at: $0, of: self) }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(layout.text(layout.width)) \(layout.text(layout.height))" role="img" \
            aria-labelledby="\(HTML.escaped(id))-title \(HTML.escaped(id))-desc" font-family="DejaVu Sans, sans-serif" font-size="11">
            <title id="\(HTML.escaped(id))-title">\(HTML.escaped(title))</title>
            <desc id="\(HTML.escaped(id))-desc">\(HTML.escaped(spoken))</desc>
            \(panels.joined(separator: "\n"))
            <g transform="translate(46 \(layout.text(layout.height - 10)))" fill="#3d4b59">
            <circle cx="4" cy="-4" r="3.2" fill="#16202a"/><text x="12" y="0">observed</text>
            <line x1="82" y1="-4" x2="106" y2="-4" stroke="#1f4e79" stroke-width="2"/><text x="112" y="0">median</text>
            <rect x="168" y="-10" width="24" height="11" fill="#1f4e79" fill-opacity="0.18"/><text x="198" y="0">80 % interval</text>
            <line x1="284" y1="-12" x2="284" y2="2" stroke="#9c2a00" stroke-width="1.5" stroke-dasharray="4 2"/><text x="292" y="0">operation</text>\(holds)
            </g>
            </svg>
            """
    }
}

/// A cycle that most draws were not given, as on the screen: two upright strokes, which no line of an operation looks like.
private enum HoldSign {
    static func at(_ x: Double, _ y: Double, label: String = "") -> String {
        let title = label.isEmpty ? "" : "<title>\(HTML.escaped(label))</title>"
        let strokes = [-2.0, 2].map {
            "<line x1=\"\(text(x + $0))\" y1=\"\(text(y - 6))\" x2=\"\(text(x + $0))\" y2=\"\(text(y + 6))\"/>"
        }
        return "<g stroke=\"#6b3fa0\" stroke-width=\"2\">\(title)\(strokes.joined())</g>"
    }

    private static func text(_ value: Double) -> String { String(format: "%.2f", value) }
}

/// Where things stand; coordinates are written with two decimals, so that the bytes do not hang on a machine's last bit.
private struct PlotLayout {
    let width = 700.0
    let height: Double
    let columns: Int
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>
    let ticksX: [(Double, String)]
    let ticksY: [Double]
    private let panelHeight = 190.0

    init(_ plot: SheetPlot) {
        columns = plot.curves.count == 1 ? 1 : 2
        height = Double((plot.curves.count + columns - 1) / columns) * panelHeight + 24
        let first = min(0, plot.observed.map(\.day).min() ?? 0)
        x = first * 1.04...max(plot.horizon, first + 1)
        let shown = (plot.curves.flatMap { $0.lower + $0.upper } + plot.observed.map(\.value)).filter(\.isFinite)
        // A band that runs away would press everything else flat: it is cut, and the panel says so.
        let middle = (plot.curves.flatMap(\.median) + plot.observed.map(\.value)).filter(\.isFinite).max() ?? 1
        let low = shown.min() ?? 0
        let high = min(shown.max() ?? 1, middle > 0 ? 2 * middle : .infinity)
        let step = Self.step((high - low) / 4)
        // A measure that comes near nought is drawn from nought: a cut axis makes a small change look large.
        let base = low >= 0 && low < high / 2 ? 0 : (low / step).rounded(.down) * step
        let top = max((high / step).rounded(.up) * step, base + step)
        y = base...top
        ticksY = Array(stride(from: base, through: top + step / 2, by: step).prefix(12))
        ticksX = Self.times(x)
    }

    /// 1, 2 or 5 times a power of ten.
    private static func step(_ raw: Double) -> Double {
        guard raw.isFinite, raw > 1e-300 else { return 1 }
        let power = pow(10, log10(raw).rounded(.down))
        return (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10) * power
    }

    private static func times(_ range: ClosedRange<Double>) -> [(Double, String)] {
        let span = range.upperBound - range.lowerBound
        let (unit, length) = span < 100 ? ("d", 1.0) : span < 3 * DayCount.year ? ("mo", DayCount.month) : ("y", DayCount.year)
        let round: [Double] = unit == "d" ? [1, 2, 5, 7, 14, 28] : unit == "mo" ? [1, 2, 3, 6, 12] : [1, 2, 5, 10, 20, 50]
        let step = round.first { span / length / $0 <= 7 } ?? 100
        let from = Int((range.lowerBound / length / step).rounded(.up))
        let to = Int((range.upperBound / length / step + 1e-9).rounded(.down))
        guard to >= from, to - from < 40 else { return [] }
        return (from...to).map { place in
            let number = Double(place) * step
            return (number * length, number == 0 ? "now" : (number < 0 ? "−" : "") + "\(Int(abs(number))) \(unit)")
        }
    }

    func text(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() ? "\(Int(rounded))" : String(format: "%.2f", rounded)
    }

    func panel(_ curve: SheetPlot.Curve, at place: Int, of plot: SheetPlot) -> String {
        let (left, top, right, bottom) = (46.0, 24.0, 10.0, 22.0)
        let panelWidth = width / Double(columns)
        let (w, h) = (panelWidth - left - right, panelHeight - top - bottom)
        func px(_ day: Double) -> String { text(left + (day - x.lowerBound) / (x.upperBound - x.lowerBound) * w) }
        func py(_ value: Double) -> String {
            let bounded = min(max(value, y.lowerBound), y.upperBound)
            return text(top + h - (bounded - y.lowerBound) / (y.upperBound - y.lowerBound) * h)
        }
        var parts: [String] = []
        for tick in ticksY where tick <= y.upperBound + 1e-9 {
            parts.append(
                "<line x1=\"\(text(left))\" y1=\"\(py(tick))\" x2=\"\(text(left + w))\" y2=\"\(py(tick))\" stroke=\"#e3e8ed\"/>"
                    + "<text x=\"\(text(left - 5))\" y=\"\(py(tick))\" dy=\"4\" text-anchor=\"end\" fill=\"#3d4b59\">\(number(tick))</text>"
            )
        }
        for (day, label) in ticksX {
            // At the edge a centred label would be cut.
            let isLast = day > x.upperBound - (x.upperBound - x.lowerBound) * 0.04
            parts.append(
                "<line x1=\"\(px(day))\" y1=\"\(text(top + h))\" x2=\"\(px(day))\" y2=\"\(text(top + h + 4))\" stroke=\"#8495a5\"/>"
                    + "<text x=\"\(px(day))\" y=\"\(text(top + h + 16))\" text-anchor=\"\(isLast ? "end" : "middle")\" fill=\"#3d4b59\">\(label)</text>"
            )
        }
        let places = curve.days.indices.filter { curve.lower[$0].isFinite && curve.upper[$0].isFinite && curve.median[$0].isFinite }
        let upper = places.map { "\(px(curve.days[$0])),\(py(curve.upper[$0]))" }
        let lower = places.reversed().map { "\(px(curve.days[$0])),\(py(curve.lower[$0]))" }
        let median = places.map { "\(px(curve.days[$0])),\(py(curve.median[$0]))" }
        parts.append("<polygon points=\"\((upper + lower).joined(separator: " "))\" fill=\"#1f4e79\" fill-opacity=\"0.18\"/>")
        parts.append("<polyline points=\"\(median.joined(separator: " "))\" fill=\"none\" stroke=\"#1f4e79\" stroke-width=\"2\"/>")
        for mark in curve.marks where mark.kind == .operation && x.contains(mark.day) {
            parts.append(
                "<line x1=\"\(px(mark.day))\" y1=\"\(text(top))\" x2=\"\(px(mark.day))\" y2=\"\(text(top + h))\" stroke=\"#9c2a00\" "
                    + "stroke-width=\"1.5\" stroke-dasharray=\"4 2\"><title>\(HTML.escaped(mark.label))</title></line>")
        }
        parts.append(
            "<line x1=\"\(px(0))\" y1=\"\(text(top))\" x2=\"\(px(0))\" y2=\"\(text(top + h))\" stroke=\"#8495a5\"/>"
                + "<rect x=\"\(text(left))\" y=\"\(text(top))\" width=\"\(text(w))\" height=\"\(text(h))\" fill=\"none\" stroke=\"#8495a5\"/>"
        )
        parts += plot.observed.map { "<circle cx=\"\(px($0.day))\" cy=\"\(py($0.value))\" r=\"3.2\" fill=\"#16202a\"/>" }
        // On the axis, where the screen has them; over the curve they would hide it.
        parts += curve.holds.filter { x.contains($0.day) }.map { mark in
            HoldSign.at(left + (mark.day - x.lowerBound) / (x.upperBound - x.lowerBound) * w, top + h - 7, label: mark.label)
        }
        if let highest = curve.upper.filter(\.isFinite).max(), highest > y.upperBound {
            parts.append(
                "<text x=\"\(text(left + w - 4))\" y=\"\(text(top + 12))\" text-anchor=\"end\" font-size=\"9\" fill=\"#9c2a00\">"
                    + "interval up to \(HTML.escaped(plot.figure(highest)))</text>")
        }
        let name = curve.name.count > 44 ? curve.name.prefix(43) + "…" : curve.name
        let title =
            "<text x=\"\(text(left))\" y=\"14\" font-weight=\"bold\" fill=\"#16202a\">\(curve.letter) · \(HTML.escaped(name))</text>"
        return "<g transform=\"translate(\(text(Double(place % columns) * panelWidth)) \(text(Double(place / columns) * panelHeight)))\">\n"
            + title + "\n" + parts.joined(separator: "\n") + "\n</g>"
    }

    private func number(_ value: Double) -> String {
        let step = ticksY.count > 1 ? ticksY[1] - ticksY[0] : 1
        let decimals = step >= 1 ? 0 : min(6, Int((-log10(step)).rounded(.up)))
        let words = String(format: "%.\(decimals)f", abs(value))
        return value < 0 && words.contains { $0 >= "1" && $0 <= "9" } ? "−" + words : words
    }
}
