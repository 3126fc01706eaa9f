// What runs from left to right, and how its marks read.

/// The meaning of x.
public enum HorizontalAxis: Hashable, Sendable {
    /// Days from now; marks in the unit given, or in the one that suits the span.
    case time(TimeUnit? = nil)
    /// Years of age.
    case age
    /// Anything else, with its unit.
    case plain(String)

    /// A mark and what stands below it.
    public struct Tick: Hashable, Sendable {
        public let value: Double
        public let label: String
    }

    /// Marks whose labels, with a blank between each two, take at most `columns`.
    public func ticks(from: Double, to: Double, columns: Int, words: PlotWords = .english) -> [Tick] {
        let (low, high) = Scale.sound(from, to, .linear)
        switch self {
        case .time(let wanted):
            let unit = wanted ?? TimeUnit.suiting(days: high - low)
            let (first, last) = (low / unit.length, high / unit.length)
            guard last - first < 1e6, abs(first) < 1e9 else { return plain(low, high, columns, "d", words) }
            var steps = unit.steps
            while let largest = steps.last, (last - first) / largest > 50 { steps.append(largest * 2) }
            if last - first < 2 { steps.insert(0.5, at: 0) }
            for step in steps {
                let start = (first / step - 1e-9).rounded(.up)
                let end = (last / step + 1e-9).rounded(.down)
                let count = Int(end - start) + 1
                guard count > 0, count <= max(1, columns / 3) else { continue }
                let values = (0..<count).map { (start + Double($0)) * step }
                var labels = values.map { abs($0) < 1e-9 ? words.now : NumberText.format($0, digits: 4, words: words) }
                if let final = labels.indices.last { labels[final] += labels[final] == words.now ? "" : " " + unit.short(words) }
                if HorizontalAxis.fits(values, labels, first, last, columns) {
                    return zip(values, labels).map { Tick(value: $0 * unit.length, label: $1) }
                }
            }
            return low <= 0 && high >= 0 && columns >= words.now.unicodeScalars.count ? [Tick(value: 0, label: words.now)] : []
        case .age: return plain(low, high, columns, words.year, words)
        case .plain(let unit): return plain(low, high, columns, unit, words)
        }
    }

    /// A moment in words short enough for a tag: "11.5 mo", "now", "age 63.2".
    public func tag(_ value: Double, span: Double, words: PlotWords = .english) -> String {
        switch self {
        case .time(let wanted):
            let unit = wanted ?? TimeUnit.suiting(days: span)
            let amount = value / unit.length
            return abs(amount) < 0.05
                ? words.now : NumberText.format((amount * 10).rounded() / 10, digits: 4, words: words) + " " + unit.short(words)
        case .age: return words.age + " " + NumberText.format((value * 10).rounded() / 10, digits: 4, words: words)
        case .plain(let unit): return NumberText.format(value, digits: 3, words: words) + (unit.isEmpty ? "" : " " + unit)
        }
    }

    private func plain(_ low: Double, _ high: Double, _ columns: Int, _ unit: String, _ words: PlotWords) -> [Tick] {
        for count in stride(from: max(1, columns / 5), through: 1, by: -1) {
            let values = Ticks.nice(from: low, to: high, atMost: count)
            var labels = NumberText.labels(values, words: words)
            if let last = labels.indices.last, !unit.isEmpty { labels[last] += " " + unit }
            if self == .age, let first = labels.first { labels[0] = words.age + " " + first }
            if !values.isEmpty, HorizontalAxis.fits(values, labels, low, high, columns) {
                return zip(values, labels).map { Tick(value: $0, label: $1) }
            }
        }
        return []
    }

    private static func fits(_ values: [Double], _ labels: [String], _ low: Double, _ high: Double, _ columns: Int) -> Bool {
        guard values.count > 1 else { return (labels.first?.unicodeScalars.count ?? 0) <= columns }
        let distance = (values[1] - values[0]) / (high - low) * Double(max(1, columns - 1))
        // The unit behind the last label may hang over to the right, as far as the label before it is short.
        let widest = labels.dropLast().reduce(0) { max($0, $1.unicodeScalars.count) }
        let final = labels.last?.unicodeScalars.count ?? 0
        return Double(widest) + 2 <= distance && Double(final + widest) / 2 + 1 <= distance
    }
}
