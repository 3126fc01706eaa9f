// One scenario's curve with its bands, ready to be drawn.
import Surface

/// Median and band over x. Values may be NaN (a gap); arrays that are too short are filled up with gaps.
public struct PlotSeries: Hashable, Sendable {
    /// The letter by which it is told from the others, and its name.
    public let letter, name: String
    /// Which of the theme's series looks it has.
    public var styleIndex: Int
    /// Ascending, finite; a repeated x is a sudden change.
    public let x: [Double]
    public let median: [Double]
    /// The band (by convention 80 %); empty when there is none.
    public let lower, upper: [Double]
    /// The band within it (by convention 50 %); empty when there is none.
    public let innerLower, innerUpper: [Double]
    /// Where an operation makes the curve jump between two samples: it is held up to there and falls at once.
    public let jumps: [Double]
    /// Where the curve carries a tick: at each of them somebody was last seen (a censored time), for a curve of survival.
    public let ticks: [Double]

    /// Points whose x is not finite are left out, and the rest is put in order of x.
    public init(
        letter: String, name: String = "", styleIndex: Int = 0, x: [Double], median: [Double], lower: [Double] = [], upper: [Double] = [],
        innerLower: [Double] = [], innerUpper: [Double] = [], jumps: [Double] = [], ticks: [Double] = []
    ) {
        self.letter = SafeText(letter, limit: 8).string
        self.name = SafeText(name, limit: 200).string
        self.styleIndex = max(0, styleIndex)
        var order: [Int]?
        let inOrder = x.allSatisfy(\.isFinite) && zip(x, x.dropFirst()).allSatisfy { $0 <= $1 }
        if !inOrder {
            order = x.indices.filter { x[$0].isFinite }.sorted { x[$0] == x[$1] ? $0 < $1 : x[$0] < x[$1] }
        }
        func arranged(_ values: [Double], band: Bool) -> [Double] {
            if band && values.isEmpty { return [] }
            if values.count == x.count && order == nil { return values }
            return (order ?? Array(x.indices)).map { $0 < values.count ? values[$0] : .nan }
        }
        self.x = order?.map { x[$0] } ?? x
        self.median = arranged(median, band: false)
        let hasBand = !lower.isEmpty && !upper.isEmpty
        self.lower = hasBand ? arranged(lower, band: true) : []
        self.upper = hasBand ? arranged(upper, band: true) : []
        let hasInner = !innerLower.isEmpty && !innerUpper.isEmpty
        self.innerLower = hasInner ? arranged(innerLower, band: true) : []
        self.innerUpper = hasInner ? arranged(innerUpper, band: true) : []
        self.jumps = jumps.filter(\.isFinite).sorted()
        self.ticks = ticks.filter(\.isFinite).sorted()
    }
}

/// What a series says at one x.
public struct PlotReading: Hashable, Sendable {
    public let median: Double
    public let lower, upper: Double?
}

extension PlotSeries {
    /// Median and band at x, read between the samples; after the fall where x is a sudden change; nil outside the samples and in gaps.
    public func reading(at value: Double) -> PlotReading? {
        guard let first = x.first, let last = x.last, value >= first, value <= last else { return nil }
        var low = 0
        var high = x.count
        while low < high {
            let middle = (low + high) / 2
            if x[middle] <= value { low = middle + 1 } else { high = middle }
        }
        let index = low - 1
        var part = 0.0
        if index + 1 < x.count, x[index + 1] > x[index] {
            part = (value - x[index]) / (x[index + 1] - x[index])
            if let jump = jumps.first(where: { $0 > x[index] && $0 <= x[index + 1] }) { part = value < jump ? 0 : 1 }
        }
        func between(_ values: [Double]) -> Double? {
            guard !values.isEmpty else { return nil }
            let value =
                part == 0 ? values[index] : part == 1 ? values[index + 1] : values[index] + (values[index + 1] - values[index]) * part
            return value.isNaN ? nil : value
        }
        guard let median = between(median) else { return nil }
        return PlotReading(median: median, lower: between(lower), upper: between(upper))
    }

    /// The same series with every jump as two samples of one x, so that whoever draws need not know of jumps.
    func expanded() -> PlotSeries {
        let inside = jumps.filter { jump in jump > (x.first ?? .infinity) && jump < (x.last ?? -.infinity) && !x.contains(jump) }
        let atSample = jumps.filter { jump in x.dropFirst().contains(jump) }
        guard !inside.isEmpty || !atSample.isEmpty else { return self }
        // Each new sample: where it stands, and which old sample it holds.
        var picks: [(x: Double, from: Int)] = []
        for index in x.indices {
            if index > 0 {
                for jump in inside where jump > x[index - 1] && jump < x[index] {
                    picks.append((jump, index - 1))
                    picks.append((jump, index))
                }
                if x[index] > x[index - 1], atSample.contains(x[index]) { picks.append((x[index], index - 1)) }
            }
            picks.append((x[index], index))
        }
        func picked(_ values: [Double]) -> [Double] { values.isEmpty ? [] : picks.map { values[$0.from] } }
        return PlotSeries(
            letter: letter, name: name, styleIndex: styleIndex, x: picks.map(\.x), median: picked(median), lower: picked(lower),
            upper: picked(upper), innerLower: picked(innerLower), innerUpper: picked(innerUpper))
    }
}
