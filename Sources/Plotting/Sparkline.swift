// A course in one line of text.
import Surface

/// Levels of a row of values, one sign each.
public enum Sparkline {
    /// The values in `width` signs, from the lowest (▁) to the highest (█); a gap is a blank. Longer rows show the mean of the values that
    /// share a sign; shorter ones take as many signs as there are values. A row that does not change lies in the middle.
    public static func text(_ values: [Double], width: Int, look: Look) -> String {
        guard width > 0, !values.isEmpty else { return "" }
        let signs = min(width, values.count)
        var means: [Double] = []
        for sign in 0..<signs {
            let part = values[(sign * values.count / signs)..<max(sign * values.count / signs + 1, (sign + 1) * values.count / signs)]
            let finite = part.filter(\.isFinite)
            means.append(finite.isEmpty ? .nan : finite.reduce(0) { $0 + $1 / Double(finite.count) })
        }
        let levels = look.glyphs.spark
        var ends = Extremes()
        for mean in means { ends.add(mean) }
        var text = String.UnicodeScalarView()
        for mean in means {
            guard mean.isFinite else {
                text.append(" ")
                continue
            }
            // Halves, because the difference of two huge values is infinite.
            let span = ends.high / 2 - ends.low / 2
            let part = span > 0 ? (mean / 2 - ends.low / 2) / span : 0.5
            text.append(levels[min(levels.count - 1, max(0, Int((part * Double(levels.count - 1)).rounded())))])
        }
        return String(text)
    }
}

extension Frame {
    /// Draws a sparkline; returns the column after it.
    @discardableResult
    public mutating func sparkline(_ values: [Double], at point: Point, width: Int, _ look: Look, _ style: Style) -> Int {
        put(Sparkline.text(values, width: width, look: look), at: point, style)
    }
}
