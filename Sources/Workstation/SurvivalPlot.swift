// The board's curves as a plot: steps of each group with a tick where somebody was last seen, and the forecast among them.
import Meetings
import Plotting
import Twins

public enum SurvivalPlot {
    /// Months since the decision against the share without progression, in percent.
    public static func plot(_ survival: BoardSurvival) -> SeriesPlot {
        let groups = survival.groups.enumerated().map { place, group in
            // A curve of steps: every time twice, before and after.
            var (x, y) = ([0.0], [100.0])
            for point in group.points {
                let month = point.time / DayCount.month
                x += [month, month]
                y += [y[y.count - 1], 100 * point.survival]
            }
            return PlotSeries(
                letter: SurvivalWords.letter(place), name: group.name, styleIndex: place, x: x, median: y,
                ticks: group.censored.map { $0 / DayCount.month })
        }
        let expected = survival.forecast
        // The fourth look of the theme, dotted, is left to it: groups are three at most.
        let forecast =
            expected.days.isEmpty
            ? []
            : [
                PlotSeries(
                    letter: SurvivalWords.forecastLetter, name: "forecast, all", styleIndex: 3,
                    x: expected.days.map { $0 / DayCount.month },
                    median: expected.free.map { 100 * $0 })
            ]
        var plot = SeriesPlot(
            unit: "%", series: groups + forecast, xRange: 0...max(1, Double(survival.lastDay) / DayCount.month * 1.02), yRange: 0...100,
            horizontal: .plain("months"))
        plot.curveName = "without progression"
        return plot
    }
}
