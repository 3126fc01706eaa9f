// Small bars for probabilities and shares.
import Surface

public enum Bar {
    /// One upright sign for a part of 1, at least the lowest for anything above 0 and a blank for 0 and for NaN.
    public static func tower(_ part: Double, _ look: Look) -> Unicode.Scalar {
        guard part > 0 else { return " " }
        let levels = look.glyphs.spark
        return levels[min(levels.count - 1, Int(min(1, part) * Double(levels.count) - 1e-9))]
    }

    /// A lying bar of exactly `width` columns for a part of 1, to an eighth of a column where the terminal has such signs.
    public static func horizontal(_ part: Double, width: Int, _ look: Look) -> String {
        guard width > 0 else { return "" }
        let parts = look.glyphs.lying
        let part = part.isNaN ? 0 : min(1, max(0, part))
        var filled = Int((part * Double(width * parts.count)).rounded())
        if part > 0 && filled == 0 { filled = 1 }
        var text = String.UnicodeScalarView(repeating: parts[parts.count - 1], count: filled / parts.count)
        if filled % parts.count > 0 { text.append(parts[filled % parts.count - 1]) }
        while text.count < width { text.append(" ") }
        return String(text)
    }
}

/// An estimate with its interval as a line of text, to be read against others on one scale.
public enum IntervalMark {
    /// "  ╶──●───╴ " in exactly `width` columns; what leaves the scale ends in an arrow. Blank when the estimate is not a number.
    public static func text(_ estimate: Double, _ lower: Double, _ upper: Double, from: Double, to: Double, width: Int, _ look: Look)
        -> String
    {
        guard width > 0 else { return "" }
        var signs = [Unicode.Scalar](repeating: " ", count: width)
        let scale = Scale(.linear, from: from, to: to, over: width)
        guard !estimate.isNaN else { return String(repeating: " ", count: width) }
        func cell(_ value: Double) -> Int { min(width - 1, max(0, Int(scale.position(of: value).rounded(.down)))) }
        if !lower.isNaN, !upper.isNaN {
            let (low, high) = (min(lower, upper), max(lower, upper))
            for column in cell(low)...cell(high) { signs[column] = look.glyphs.interval }
            signs[cell(low)] = scale.position(of: low) < 0 ? look.glyphs.arrowLeft : look.glyphs.intervalStart
            signs[cell(high)] = scale.position(of: high) > Double(width) ? look.glyphs.arrowRight : look.glyphs.intervalEnd
        }
        let position = scale.position(of: estimate)
        signs[cell(estimate)] =
            position < 0 ? look.glyphs.arrowLeft : position > Double(width) ? look.glyphs.arrowRight : look.glyphs.bullet
        var text = String.UnicodeScalarView()
        text.append(contentsOf: signs)
        return String(text)
    }
}
