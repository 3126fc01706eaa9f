// A band as it is seen in columns: its lowest and highest value in each.
import Surface

enum BandSampler {
    /// The band in each column of a scale; NaN where there is none.
    ///
    /// A column shows the extremes of the samples within it and the values in its middle. On a sudden change (a repeated x) it shows the
    /// side on which its middle lies, so that the band falls at once and does not smear over both heights.
    static func columns(x: [Double], lower: [Double], upper: [Double], scale: Scale) -> [(low: Double, high: Double)] {
        let none = (low: Double.nan, high: Double.nan)
        var columns = Array(repeating: none, count: scale.cells)
        guard x.count == lower.count, x.count == upper.count, let first = x.first, let last = x.last else { return columns }
        var index = -1
        for column in columns.indices {
            let centre = scale.value(at: Double(column) + 0.5)
            let half = (scale.value(at: Double(column) + 1) - scale.value(at: Double(column))) / 2
            while index + 1 < x.count, x[index + 1] <= centre { index += 1 }
            var low = Double.nan
            var high = Double.nan
            func take(_ one: Double, _ other: Double) {
                guard !one.isNaN, !other.isNaN else { return }
                low = low.isNaN ? min(one, other) : min(low, min(one, other))
                high = high.isNaN ? max(one, other) : max(high, max(one, other))
            }
            if index < 0 {
                guard first - centre <= half else { continue }
                take(lower[0], upper[0])
            } else if index == x.count - 1 {
                guard centre - last <= half else { continue }
                take(lower[index], upper[index])
            } else {
                let part = (centre - x[index]) / (x[index + 1] - x[index])
                take(
                    lower[index] + (lower[index + 1] - lower[index]) * part, upper[index] + (upper[index + 1] - upper[index]) * part)
                if low.isNaN {
                    // Next to a gap the samples themselves still count.
                    if part == 0 { take(lower[index], upper[index]) }
                }
            }
            var left = index
            while left >= 0, x[left] >= centre - half {
                take(lower[left], upper[left])
                if left > 0, x[left - 1] == x[left] { break }
                left -= 1
            }
            var right = index + 1
            while right < x.count, x[right] <= centre + half {
                take(lower[right], upper[right])
                if right + 1 < x.count, x[right + 1] == x[right] { break }
                right += 1
            }
            columns[column] = (low, high)
        }
        return columns
    }
}
