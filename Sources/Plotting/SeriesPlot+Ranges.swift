// Which part of the plane a plot shows, and how several plots come to show the same.
import Glibc
import Surface

extension SeriesPlot {
    /// The x that is shown: what was asked for, or all samples, observations and markers.
    public func shownX() -> (Double, Double) {
        if let xRange { return Scale.sound(xRange.lowerBound, xRange.upperBound, .linear) }
        var ends = Extremes()
        for one in series {
            if let first = one.x.first, let last = one.x.last {
                ends.add(first)
                ends.add(last)
            }
        }
        for point in observed where point.y.isFinite { ends.add(point.x) }
        for marker in markers { ends.add(marker.x) }
        return Scale.sound(ends.low, ends.high, .linear)
    }

    /// The y that is shown: what was asked for, or round ends around medians and observations, and around the bands as far as they do not
    /// leave them more than half again behind (the rest is cut with an arrow, so that one wild band does not flatten all curves).
    public func shownY() -> (Double, Double) {
        if let yRange { return Scale.sound(yRange.lowerBound, yRange.upperBound, vertical) }
        let (left, right) = shownX()
        var core = Extremes()
        var bands = Extremes()
        let positive = vertical == .logarithmic
        for one in series {
            for index in one.x.indices where one.x[index] >= left && one.x[index] <= right {
                core.add(one.median[index], positive: positive)
                if !one.lower.isEmpty {
                    bands.add(one.lower[index], positive: positive)
                    bands.add(one.upper[index], positive: positive)
                }
            }
        }
        for point in observed where point.x >= left && point.x <= right { core.add(point.y, positive: positive) }
        if !core.low.isFinite { core = bands }
        guard core.low.isFinite else { return Scale.sound(.nan, .nan, vertical) }
        if positive {
            bands.add(core.low)
            bands.add(core.high)
            let low = pow(10, floor(log10(max(bands.low, core.low / 30))))
            return Scale.sound(low, pow(10, ceil(log10(min(bands.high, core.high * 30)))), .logarithmic)
        }
        let room = max((core.high - core.low) / 2, abs(core.high) * 0.1)
        var low = max(core.low - room, min(core.low, bands.low))
        var high = min(core.high + room, max(core.high, bands.high))
        for threshold in thresholds where threshold.y > low - room && threshold.y < high + room {
            low = min(low, threshold.y)
            high = max(high, threshold.y)
        }
        // A quantity that cannot be negative is best read from 0, unless that would waste half the height.
        if low >= 0 && low < high * 0.5 { low = 0 }
        (low, high) = Scale.sound(low, high, .linear)
        let step = Ticks.niceStep(from: low, to: high, atMost: 6)
        return Scale.sound((low / step + 1e-9).rounded(.down) * step, (high / step - 1e-9).rounded(.up) * step, .linear)
    }

    /// The same plots, all showing one range of x and one of y, so that heights may be compared between them.
    public static func sharingScales(_ plots: [SeriesPlot]) -> [SeriesPlot] {
        guard let all = overlaying(plots) else { return plots }
        let (left, right) = all.shownX()
        let (low, high) = all.shownY()
        return plots.map { plot in
            var plot = plot
            plot.xRange = left...right
            plot.yRange = low...high
            return plot
        }
    }

    /// All series on the first plot's axes; observations and markers that several plots share appear once. Nil without plots.
    public static func overlaying(_ plots: [SeriesPlot]) -> SeriesPlot? {
        guard var all = plots.first else { return nil }
        for plot in plots.dropFirst() {
            all.series += plot.series
            all.observed += plot.observed.filter { !all.observed.contains($0) }
            all.markers += plot.markers.filter { !all.markers.contains($0) }
            all.thresholds += plot.thresholds.filter { !all.thresholds.contains($0) }
        }
        return all
    }
}

/// The lowest and the highest of finite values.
struct Extremes {
    var low = Double.infinity
    var high = -Double.infinity

    mutating func add(_ value: Double, positive: Bool = false) {
        guard value.isFinite, !positive || value > 0 else { return }
        low = min(low, value)
        high = max(high, value)
    }
}
