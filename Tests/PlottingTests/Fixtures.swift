// Small plots whose picture can be checked by eye.
import Plotting
import Surface

enum Fixtures {
    static let month = 365.25 / 12

    /// A tumour that shrinks, is resected at 6 months, and grows again; band, observations and an operation.
    static var resection: SeriesPlot {
        let months = (0...24).map(Double.init)
        let median = months.map { $0 < 6 ? 120 - 10 * $0 : ($0 - 6) * 3 }
        let spread = months.map { $0 < 6 ? 2 + 3 * $0 : ($0 - 6) * 1.5 }
        return SeriesPlot(
            title: "FOLFOX, resection", unit: "mm",
            series: [
                PlotSeries(
                    letter: "A", name: "FOLFOX, resection", x: months.map { $0 * month }, median: median,
                    lower: zip(median, spread).map { max(0, $0 - $1) }, upper: zip(median, spread).map { $0 + $1 * 1.5 },
                    jumps: [5.5 * month])
            ],
            observed: [PlotPoint(x: 0, y: 118), PlotPoint(x: 2 * month, y: 104)],
            markers: [PlotMarker(x: 5.5 * month, label: "resection")])
    }

    /// Two straight lines that cross, with bands that cross.
    static var crossing: SeriesPlot {
        let x = (0...20).map(Double.init)
        func series(_ letter: String, _ style: Int, _ median: [Double]) -> PlotSeries {
            PlotSeries(
                letter: letter, styleIndex: style, x: x, median: median, lower: median.map { $0 - 15 }, upper: median.map { $0 + 15 })
        }
        return SeriesPlot(
            unit: "%", series: [series("A", 0, x.map { 20 + 3 * $0 }), series("B", 1, x.map { 80 - 3 * $0 })], yRange: 0...100,
            horizontal: .plain("s"))
    }

    /// The dark theme with a colour of its own for every role of a plot, so that a dump tells them apart.
    static let distinct: Theme = {
        var styles = Dictionary(uniqueKeysWithValues: Theme.Role.allCases.map { ($0, Theme.dark[$0]) })
        styles[.axis]?.foreground = .palette(245)
        styles[.marker]?.foreground = .palette(250)
        return Theme(name: "distinct", isDark: true, styles: styles, series: Theme.dark.series)
    }()

    static func frame(_ plot: SeriesPlot, _ columns: Int, _ rows: Int, _ capability: Capability, theme: Theme = .dark, panel: Bool = false)
        -> Frame
    {
        let look = Look(theme: theme, capability: capability)
        var frame = Frame(size: Size(columns: columns, rows: rows), fill: look[.background])
        if panel {
            plot.drawPanel(into: &frame, in: frame.bounds, look)
        } else {
            plot.draw(into: &frame, in: frame.bounds, look)
        }
        return frame
    }
}
