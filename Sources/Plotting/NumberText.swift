// Figures as people read them: few digits, the language's own point, a true minus.
import Glibc

/// Numbers for screens and sheets; files that machines read use Swift's own notation instead.
public enum NumberText {
    /// A value with so many significant digits and no digits before them cut off: 1234.5 with 3 digits is "1 235" ("1 235" in French too).
    ///
    /// "—" for NaN, "∞" for infinities, powers of ten from 10⁷ on and below 10⁻⁴.
    public static func format(_ value: Double, digits: Int = 3, words: PlotWords = .english) -> String {
        guard value.isFinite else { return value.isNaN ? "—" : value < 0 ? "−∞" : "∞" }
        if value == 0 { return "0" }
        let size = abs(value)
        if size >= 1e7 || size < 1e-4 { return power(value, digits: digits, words) }
        let before = Int(floor(log10(size))) + 1
        return trimmed(fixed(value, decimals: max(0, digits - before), words: words), words)
    }

    /// A value with exactly so many decimals.
    public static func fixed(_ value: Double, decimals: Int, words: PlotWords = .english) -> String {
        guard value.isFinite else { return format(value, words: words) }
        let decimals = min(9, max(0, decimals))
        let scale = pow(10, Double(decimals))
        guard abs(value) * scale < 9e15 else { return power(value, digits: 3, words) }
        let scaled = Int((abs(value) * scale).rounded())
        let whole = scaled / Int(scale)
        var text = grouped(whole)
        if decimals > 0 {
            let rest = String(scaled % Int(scale))
            text += words.decimalPoint + String(repeating: "0", count: decimals - rest.count) + rest
        }
        return value < 0 && scaled > 0 ? "−" + text : text
    }

    /// The marks of one axis, with as many decimals as their distance asks for.
    public static func labels(_ ticks: [Double], words: PlotWords = .english) -> [String] {
        let largest = ticks.reduce(0) { max($0, abs($1)) }
        let steps = zip(ticks.dropFirst(), ticks).map { abs($0 - $1) }
        let step = steps.min() ?? largest
        guard largest < 1e6, step > 1e-6 else { return ticks.map { format($0, digits: 3, words: words) } }
        var decimals = 0
        while decimals < 6,
            ticks.contains(where: {
                abs($0 * pow(10, Double(decimals))).truncatingRemainder(dividingBy: 1) > 1e-6
                    && 1 - abs($0 * pow(10, Double(decimals))).truncatingRemainder(dividingBy: 1) > 1e-6
            })
        {
            decimals += 1
        }
        return ticks.map { fixed($0, decimals: decimals, words: words) }
    }

    /// An estimate with its interval: "62 % [51–72]". Both ends get the estimate's decimals; a missing interval is left out.
    public static func estimate(_ value: Double, _ interval: (Double, Double)? = nil, unit: String = "", words: PlotWords = .english)
        -> String
    {
        let body = format(value, digits: 3, words: words)
        let figure = unit.isEmpty || body == "—" ? body : body + " " + unit
        guard let interval, interval.0.isFinite, interval.1.isFinite else { return figure }
        let ends = [interval.0, interval.1].map { format($0, digits: 3, words: words) }
        let dash = ends.contains { $0.hasPrefix("−") } ? ", " : "–"
        return "\(figure) [\(ends[0])\(dash)\(ends[1])]"
    }

    private static func power(_ value: Double, digits: Int, _ words: PlotWords) -> String {
        var exponent = Int(floor(log10(abs(value))))
        // 10^-320 cannot be divided by in one step.
        var mantissa = exponent < -300 ? value * 1e300 / pow(10, Double(exponent + 300)) : value / pow(10, Double(exponent))
        if abs(mantissa) >= 9.995 {
            mantissa /= 10
            exponent += 1
        }
        let figure = trimmed(fixed(mantissa, decimals: max(0, min(digits, 6) - 1), words: words), words)
        return figure + "e" + (exponent < 0 ? "−\(-exponent)" : "\(exponent)")
    }

    /// Thousands apart from five digits on, as in print; a plain blank, which no terminal gets wrong.
    private static func grouped(_ whole: Int) -> String {
        let digits = String(whole)
        guard digits.count > 4 else { return digits }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { text += " " }
            text.append(digit)
        }
        return text
    }

    private static func trimmed(_ text: String, _ words: PlotWords) -> String {
        guard text.contains(words.decimalPoint) else { return text }
        var text = text
        while text.last == "0" { text.removeLast() }
        if text.hasSuffix(words.decimalPoint) { text.removeLast() }
        return text
    }
}
