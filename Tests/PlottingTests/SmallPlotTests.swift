// Sparklines, bars, interval marks, sentences, and plots in a shell.
import Plotting
import Surface
import Testing

@Suite("Small plots and words")
struct SmallPlotTests {
    let look = Look()
    let ascii = Look(capability: .ascii)

    @Test("A sparkline rises with its values, and leaves gaps")
    func sparkline() {
        #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7], width: 8, look: look) == "▁▂▃▄▅▆▇█")
        #expect(Sparkline.text([0, .nan, 7], width: 8, look: look) == "▁ █")
        #expect(Sparkline.text([1, 1, 9, 9], width: 2, look: look) == "▁█")
        #expect(Sparkline.text([3, 3], width: 2, look: look) == "▅▅")
        #expect(Sparkline.text([0, 7], width: 2, look: ascii) == "_#")
        #expect(Sparkline.text([-1e308, 1e308, .infinity], width: 3, look: look) == "▁█ ")
        #expect(Sparkline.text([], width: 3, look: look) == "" && Sparkline.text([1], width: 0, look: look) == "")
    }

    @Test("Bars: nothing is blank, something is at least a sliver, all is full")
    func bars() {
        #expect(Bar.tower(0, look) == " " && Bar.tower(.nan, look) == " ")
        #expect(Bar.tower(0.001, look) == "▁" && Bar.tower(1, look) == "█" && Bar.tower(7, look) == "█" && Bar.tower(0.74, look) == "▆")
        #expect(Bar.horizontal(0.5, width: 4, look) == "██  ")
        #expect(Bar.horizontal(0.53, width: 4, look) == "██▏ ")
        #expect(Bar.horizontal(0.001, width: 4, look) == "▏   ")
        #expect(Bar.horizontal(.infinity, width: 3, ascii) == "###")
        #expect(Bar.horizontal(.nan, width: 2, ascii) == "  ")
    }

    @Test("An interval is read on a shared scale; what leaves it ends in an arrow")
    func interval() {
        #expect(IntervalMark.text(50, 25, 75, from: 0, to: 100, width: 9, look) == "  ╶─●─╴  ")
        #expect(IntervalMark.text(50, -25, 175, from: 0, to: 100, width: 9, ascii) == "<---*--->")
        #expect(IntervalMark.text(.nan, 0, 1, from: 0, to: 1, width: 3, look) == "   ")
        #expect(IntervalMark.text(.infinity, .nan, 1, from: 0, to: 1, width: 3, ascii) == "  >")
    }

    @Test("A plot is said in sentences, in both languages")
    func spoken() {
        var plot = Fixtures.resection
        #expect(
            SpokenSummary.of(plot)
                == "A, FOLFOX, resection: 120 mm (80 % between 118 and 123) now, falls to its lowest, 0 mm, at 6 months, "
                + "then rises to 54 mm (80 % between 27 and 94.5) at 24 months. Marked: resection at 5.5 months.")
        plot.words = .french
        #expect(
            SpokenSummary.of(plot).contains(
                "aujourd'hui, descend à son minimum, 0 mm, à 6 mois, puis monte à 54 mm (80 % entre 27 et 94,5)"))
        let flat = SeriesPlot(unit: "%", series: [PlotSeries(letter: "A", x: [0, 365], median: [50, 50.2])])
        #expect(SpokenSummary.of(flat) == "A: 50 % now, and stays there: 50.2 % at 12 months.")
    }

    @Test("In a shell plots stand side by side where they fit, plain or in colour")
    func shell() {
        let plots = [Fixtures.resection, Fixtures.resection, Fixtures.resection]
        #expect(TextPlot.lines(plots, width: 120, height: 12, look).count == 12)
        #expect(TextPlot.lines(plots, width: 80, height: 12, look).count == 24)
        let narrow = TextPlot.lines(plots, width: 60, height: 12, ascii)
        #expect(narrow.count == 36 && narrow.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } && $0.utf8.count <= 60 })
        #expect(TextPlot.lines([], width: 80, height: 12, look).isEmpty)
        #expect(TextPlot.ansi(plots, width: 80, height: 12, look).contains("\u{1B}["))
    }
}
