// What plots must never do, and what they must always show.
import Plotting
import Surface
import Testing

@Suite("Plots")
struct BehaviourTests {
    static let month = Fixtures.month

    @Test("An operation is a fall at one place: no band and no median in between, on either side")
    func fall() {
        let x = [0.0, 10, 20, 30]
        let series = PlotSeries(
            letter: "A", x: x, median: [100, 100, 0, 0], lower: [95, 95, -5, -5], upper: [105, 105, 5, 5], jumps: [15])
        let plot = SeriesPlot(series: [series], yRange: -20...120, horizontal: .plain(""), showsValues: false)
        let frame = Fixtures.frame(plot, 60, 20, Capability(colours: .mono))
        let middle = frame.rows[6...12].map { $0.dropFirst() }
        // Between the two heights there is nothing but one column of the fall.
        for row in middle { #expect(row.filter { $0 != " " }.count <= 1, "\(row)") }
        #expect(series.reading(at: 14.9)?.median == 100)
        #expect(series.reading(at: 15)?.median == 0)
        #expect(series.reading(at: 31) == nil)
        // The same course as two samples of one x.
        let twice = PlotSeries(
            letter: "A", x: [0, 10, 15, 15, 20, 30], median: [100, 100, 100, 0, 0, 0], lower: [95, 95, 95, -5, -5, -5],
            upper: [105, 105, 105, 5, 5, 5])
        let same = Fixtures.frame(
            SeriesPlot(series: [twice], yRange: -20...120, horizontal: .plain(""), showsValues: false), 60, 20, Capability(colours: .mono))
        #expect(same.text == frame.text)
    }

    @Test("Operations, treatments and held cycles have signs of their own, and the legend names them even where it is narrow")
    func marks() {
        var plot = Fixtures.resection
        plot.markers = [
            PlotMarker(x: 2 * Self.month, kind: .treatment), PlotMarker(x: 4 * Self.month, kind: .held), PlotMarker(x: 5.5 * Self.month),
        ]
        for (capability, signs) in [(Capability(colours: .mono), ["▸", "‖", "▲"]), (.ascii, [">", "=", "^"])] {
            let rows = Fixtures.frame(plot, 40, 14, capability, panel: true).rows
            let (legend, axis) = (rows.last ?? "", rows.dropLast(2).last ?? "")
            for (sign, word) in zip(signs, ["start", "held", "operation"]) { #expect(legend.contains("\(sign) \(word)"), "\(legend)") }
            for sign in signs { #expect(axis.contains(sign), "\(axis)") }
        }
    }

    @Test("A gap is a gap, a lone sample is a dot")
    func gaps() {
        let series = PlotSeries(letter: "A", x: [0, 1, 2, 3, 4, 5, 6], median: [1, 1, .nan, .nan, 2, .nan, 1])
        let plot = SeriesPlot(series: [series], yRange: 0...3, horizontal: .plain(""), showsValues: false, showsTimes: false)
        let frame = Fixtures.frame(plot, 38, 8, .ascii)
        let stars = frame.rows.flatMap { $0.filter { $0 == "*" } }.count
        #expect(stars == 9)
    }

    @Test("What leaves the plot is cut, and an arrow says so")
    func arrows() {
        let x = (0...10).map(Double.init)
        let series = PlotSeries(letter: "A", x: x, median: x.map { $0 * 10 }, lower: x.map { -$0 * 10 }, upper: x.map { $0 * 30 })
        let plot = SeriesPlot(
            series: [series], observed: [PlotPoint(x: 2, y: 500), PlotPoint(x: 3, y: -500), PlotPoint(x: 99, y: 1)], yRange: 0...60,
            horizontal: .plain(""))
        let rows = Fixtures.frame(plot, 40, 12, .colours256).rows
        #expect(rows[0].filter { $0 == "↑" }.count == 2)
        #expect(rows[9].filter { $0 == "↓" }.count == 2)
    }

    @Test("One wild band does not flatten the curves of all: the shared top leaves it at most half as high again")
    func sharedScales() {
        var wild = Fixtures.resection
        wild.series = [PlotSeries(letter: "B", x: [0, 700], median: [100, 110], lower: [90, 20], upper: [110, 9000])]
        let shared = SeriesPlot.sharingScales([Fixtures.resection, wild])
        #expect(shared.allSatisfy { $0.yRange == shared[0].yRange && $0.xRange == shared[0].xRange })
        #expect((shared[0].yRange?.upperBound ?? 0) <= 200)
        #expect(SeriesPlot.sharingScales([]).isEmpty)
        #expect(SeriesPlot.overlaying([Fixtures.resection, wild])?.series.count == 2)
    }

    @Test("Two curves that run together are both seen")
    func together() {
        let x = (0...20).map(Double.init)
        func series(_ letter: String, _ index: Int) -> PlotSeries {
            PlotSeries(letter: letter, styleIndex: index, x: x, median: x.map { _ in 5 })
        }
        let plot = SeriesPlot(series: [series("A", 0), series("B", 1)], yRange: 0...10, horizontal: .plain(""))
        let frame = Fixtures.frame(plot, 40, 9, .colours256)
        let look = Look(capability: .colours256)
        let colours = frame.cells.filter { (0x2801...0x28FF).contains($0.scalar.value) }.map(\.style.foreground)
        #expect(colours.contains(look.series(0).line))
        #expect(colours.contains(look.series(1).line))
    }

    @Test("A curve keeps a contrast of 3 on every band that it crosses", arguments: Theme.builtIn)
    func crossingContrast(theme: Theme) {
        for colours in [Capability.Colours.palette256, .direct] {
            for focused in [nil, 0, 1, 2, 3] {
                let look = Look(theme: theme, capability: Capability(colours: colours))
                let x = (0...30).map(Double.init)
                let series = (0..<4).map { index in
                    let slope = [2.0, -2, 0.5, -0.5][index]
                    let median = x.map { 50 + slope * ($0 - 15) }
                    return PlotSeries(
                        letter: "ABCD", styleIndex: index, x: x, median: median, lower: median.map { $0 - 25 },
                        upper: median.map { $0 + 25 },
                        innerLower: median.map { $0 - 9 }, innerUpper: median.map { $0 + 9 })
                }
                var plot = SeriesPlot(series: series, yRange: 0...100, horizontal: .plain(""))
                plot.focused = focused
                var frame = Frame(size: Size(columns: 80, rows: 24))
                plot.draw(into: &frame, in: frame.bounds, look)
                for cell in frame.cells where (0x2801...0x28FF).contains(cell.scalar.value) {
                    guard let ink = cell.style.foreground.channels, let paper = cell.style.background.channels else {
                        Issue.record("a curve without colours")
                        return
                    }
                    #expect(ink.contrast(with: paper) >= 3, "\(theme.name) \(colours) \(cell.style)")
                }
            }
        }
    }

    @Test("On the terminal's own background edges are turned over, for it cannot be a foreground")
    func ownBackground() throws {
        let look = Look(theme: try Theme(name: "mine", values: ["background": "default"]), capability: .full)
        var frame = Frame(size: Size(columns: 44, rows: 14))
        Fixtures.resection.draw(into: &frame, in: frame.bounds, look)
        let blocks = frame.cells.filter { (0x2581...0x2587).contains($0.scalar.value) }
        #expect(blocks.contains { $0.style.attributes.contains(.reverse) })
        #expect(!blocks.contains { $0.style.foreground == .standard })
    }

    @Test("A click knows its time, a time its column")
    func area() throws {
        var frame = Frame(size: Size(columns: 60, rows: 14))
        let area = Fixtures.resection.draw(into: &frame, in: frame.bounds, Look())
        #expect(area == Fixtures.resection.area(in: frame.bounds))
        let column = try #require(area.column(of: 12 * Self.month))
        let back = try #require(area.x(atColumn: column))
        #expect(abs(back - 12 * Self.month) < Self.month / 2)
        #expect(area.x(atColumn: 0) == nil)
        #expect(area.row(of: 0) == area.rect.maxRow - 1)
    }

    @Test("Nothing that data can hold traps, at any size, in any look")
    func hostile() {
        let bad: [Double] = [.nan, .infinity, -.infinity, 1e308, -1e308, Double.leastNonzeroMagnitude, 0, -0.0, 5]
        let ranges: [ClosedRange<Double>?] = [nil, 0...0, -1e308...1e308, 0...Double.infinity]
        let plots: [SeriesPlot] = [
            SeriesPlot(), SeriesPlot(series: [PlotSeries(letter: "", x: [], median: [])]),
            SeriesPlot(series: [PlotSeries(letter: "A", x: [1], median: [2])]),
            SeriesPlot(series: [PlotSeries(letter: "A", x: [3, 2, 1], median: [1])]),
            SeriesPlot(
                title: "\u{1B}[2J\u{202E}", unit: "\u{7}\n",
                series: [
                    PlotSeries(
                        letter: "\u{1B}\u{202E}中", name: "\u{9B}x\n", x: bad, median: bad, lower: bad.reversed(), upper: bad, jumps: bad),
                    PlotSeries(
                        letter: "B", styleIndex: 99, x: bad.reversed(), median: bad, lower: bad, upper: [], innerLower: bad, innerUpper: bad
                    ),
                    PlotSeries(letter: "C", x: [0, 1, 1, 1, 2], median: [1e308, -1e308, .nan, 1, .infinity], lower: [0], upper: [.nan]),
                ],
                observed: bad.map { PlotPoint(x: $0, y: $0) }, markers: bad.map { PlotMarker(x: $0, label: "\u{1B}]0;x\u{7}") },
                thresholds: bad.map { PlotThreshold(y: $0, label: "\u{202E}label that is long") }, cursor: .nan, now: .infinity,
                focused: 77,
                stroke: .wide),
        ]
        let looks = [
            Look(), Look(capability: .ascii), Look(theme: .light, capability: Capability(colours: .eight, braille: false, blocks: false)),
        ]
        for plot in plots {
            for range in ranges {
                for (kind, axis) in [(Scale.Kind.linear, HorizontalAxis.time()), (.logarithmic, .age), (.linear, .plain("\u{1B}"))] {
                    var plot = plot
                    (plot.xRange, plot.yRange, plot.vertical, plot.horizontal) = (range, range, kind, axis)
                    for look in looks {
                        for (columns, rows) in [(0, 0), (1, 1), (2, 3), (3, 2), (10, 4), (25, 9), (61, 17), (200, 60)] {
                            var frame = Frame(size: Size(columns: columns, rows: rows))
                            plot.drawPanel(into: &frame, in: frame.bounds, look)
                            plot.draw(into: &frame, in: Rect(column: columns / 2, row: -2, width: columns, height: rows + 9), look)
                            #expect(frame.text.unicodeScalars.allSatisfy { $0 == "\n" || SafeText.isAllowed($0) || $0 == "\u{FFFD}" })
                        }
                    }
                    let spoken = SpokenSummary.of(plot)
                    #expect(!spoken.isEmpty)
                }
            }
        }
    }
}
