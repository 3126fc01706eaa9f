// A plot in sentences, for a screen reader and for text.
import Surface

/// Says what a curve does: start, turning point with its time, end, and how sure each is.
public enum SpokenSummary {
    /// One or two sentences for each series, then the operations.
    public static func of(_ plot: SeriesPlot) -> String {
        let words = plot.words
        var sentences = plot.series.map { of($0, in: plot) }
        if sentences.isEmpty { sentences = [words.language == .english ? "No forecast to show." : "Aucune prévision à montrer."] }
        let named = plot.markers.filter { !$0.label.isEmpty && $0.x.isFinite }
        if !named.isEmpty {
            let list = named.map { "\($0.label) \(moment($0.x, plot))" }.joined(separator: ", ")
            sentences.append((words.language == .english ? "Marked: " : "Repères : ") + list + ".")
        }
        return sentences.joined(separator: " ")
    }

    /// One series of a plot.
    public static func of(_ series: PlotSeries, in plot: SeriesPlot) -> String {
        let english = plot.words.language == .english
        let subject = series.name.isEmpty ? series.letter : series.letter + ", " + series.name
        let (left, right) = plot.shownX()
        let seen = series.x.indices.filter { series.median[$0].isFinite && series.x[$0] >= left && series.x[$0] <= right }
        guard let first = seen.first, let last = seen.last else {
            return english ? "\(subject): no values." : "\(subject) : aucune valeur."
        }
        let start = series.median[first]
        let end = series.median[last]
        var lowest = first
        var highest = first
        for index in seen {
            if series.median[index] < series.median[lowest] { lowest = index }
            if series.median[index] > series.median[highest] { highest = index }
        }
        let span = series.median[highest] / 2 - series.median[lowest] / 2
        let opening = subject + (english ? ": " : " : ") + level(first, series, plot) + " " + moment(series.x[first], plot)
        // A movement below a fiftieth of the larger value is not worth a word.
        let isFlat = span * 2 <= max(abs(start), abs(series.median[highest]), abs(series.median[lowest])) * 0.02
        if seen.count == 1 { return opening + "." }
        if isFlat {
            return opening + (english ? ", and stays there: " : ", et y reste : ") + level(last, series, plot) + " "
                + moment(series.x[last], plot) + "."
        }
        let close = span * 2 * 0.03
        func isTurn(_ index: Int) -> Bool {
            index != first && index != last && abs(series.median[index] - start) > close && abs(series.median[index] - end) > close
        }
        var turns = [lowest, highest].filter(isTurn).sorted()
        if turns.count == 2, turns[0] == turns[1] { turns.removeLast() }
        var text = opening
        var at = start
        for turn in turns {
            let figure = NumberText.estimate(series.median[turn], unit: plot.unit, words: plot.words)
            let isLow = turn == lowest
            text +=
                english
                ? ", \(isLow ? "falls to its lowest" : "rises to its highest"), \(figure), \(moment(series.x[turn], plot))"
                : ", \(isLow ? "descend à son minimum" : "monte à son maximum"), \(figure), \(moment(series.x[turn], plot))"
            at = series.median[turn]
        }
        let goesUp = end > at
        let verb = english ? (goesUp ? "rises to" : "falls to") : (goesUp ? "monte à" : "descend à")
        text += turns.isEmpty ? ", \(verb) " : (english ? ", then \(verb) " : ", puis \(verb) ")
        return text + level(last, series, plot) + " " + moment(series.x[last], plot) + "."
    }

    private static func level(_ index: Int, _ series: PlotSeries, _ plot: SeriesPlot) -> String {
        let figure = NumberText.estimate(series.median[index], unit: plot.unit, words: plot.words)
        guard !series.lower.isEmpty, series.lower[index].isFinite, series.upper[index].isFinite else { return figure }
        let low = NumberText.format(series.lower[index], words: plot.words)
        let high = NumberText.format(series.upper[index], words: plot.words)
        guard low != high else { return figure }
        return figure + (plot.words.language == .english ? " (80 % between \(low) and \(high))" : " (80 % entre \(low) et \(high))")
    }

    private static func moment(_ x: Double, _ plot: SeriesPlot) -> String {
        let words = plot.words
        let english = words.language == .english
        switch plot.horizontal {
        case .time(let wanted):
            let (left, right) = plot.shownX()
            let unit = wanted ?? TimeUnit.suiting(days: right - left)
            let amount = (x / unit.length * 10).rounded() / 10
            if amount == 0 { return english ? "now" : "aujourd'hui" }
            let figure = NumberText.format(abs(amount), digits: 4, words: words)
            let name = abs(amount) == 1 ? unit.long(words).one : unit.long(words).many
            if amount < 0 { return english ? "\(figure) \(name) ago" : "il y a \(figure) \(name)" }
            return english ? "at \(figure) \(name)" : "à \(figure) \(name)"
        case .age:
            let figure = NumberText.format((x * 10).rounded() / 10, digits: 4, words: words)
            return english ? "at age \(figure)" : "à \(figure) ans"
        case .plain(let unit):
            return (english ? "at " : "à ") + NumberText.format(x, words: words) + (unit.isEmpty ? "" : " " + unit)
        }
    }
}
