// A plot of the compared scenarios as values: curves with bands, what was observed, marks, and the same in words and figures.
import Foundation
import Twins

/// One measure under every scenario, on one pair of axes.
public struct SheetPlot: Hashable, Sendable {
    public struct Curve: Hashable, Sendable {
        /// `A`, `B`, …: a scenario's letter, as on the screen.
        public let letter: String
        public let name: String
        /// Days from «now», and at each the lower edge of the 80 % band, the median, the upper edge.
        public let days: [Double]
        public let lower: [Double]
        public let median: [Double]
        public let upper: [Double]
        /// Operations and cycles on hold, in days from «now».
        public let marks: [Mark]

        var holds: [Mark] { marks.filter { $0.kind == .held } }
    }
    public struct Mark: Hashable, Sendable {
        public enum Kind: Hashable, Sendable { case operation, held }
        public let day: Double
        public let kind: Kind
        public let label: String
    }
    public struct Point: Hashable, Sendable {
        public let day: Double
        public let value: Double
    }

    /// The measure, such as `Sum of diameters`.
    public let title: String
    public let unit: String
    public let curves: [Curve]
    /// What was measured up to «now».
    public let observed: [Point]

    /// Nil where no forecast has the measure.
    init?(_ observable: Observable, forecasts: [Forecast], observed measurements: [Twins.Measurement]) {
        curves = forecasts.enumerated().compactMap { place, forecast in
            guard let series = forecast.series.first(where: { $0.observable == observable.id }),
                series.quantiles.count == ForecastSeries.levels.count, series.quantiles.allSatisfy({ $0.count == forecast.days.count }),
                forecast.days.count > 1
            else { return nil }
            return Curve(
                letter: Self.letter(place), name: SheetText.clean(forecast.scenario.name), days: forecast.days, lower: series.lower,
                median: series.median, upper: series.upper,
                marks: forecast.marks.compactMap(Self.mark))
        }
        guard let horizon = curves.first?.days.last else { return nil }
        title = SheetText.clean(observable.label)
        unit = SheetText.clean(observable.unit.label)
        // As on the screen: the past as far back as the horizon reaches ahead.
        let window = -horizon...0
        let past = measurements.filter { $0.observable == observable.id && window.contains($0.day) }
        observed = past.map { Point(day: $0.day, value: $0.value) }
    }

    private static func mark(_ mark: ForecastMark) -> Mark? {
        switch mark.kind {
        case .operation: Mark(day: mark.day, kind: .operation, label: SheetText.clean(mark.label))
        case .held: Mark(day: mark.day, kind: .held, label: SheetText.clean(mark.label))
        case .treatmentStart, .treatmentEnd, .other: nil
        }
    }

    static func letter(_ place: Int) -> String { String(UnicodeScalar(UInt8(65 + max(0, min(place, 25))))) }

    /// The last day that is drawn.
    var horizon: Double { curves.compactMap(\.days.last).max() ?? 1 }

    /// What the plot shows, for somebody who does not see it.
    public var spoken: String {
        let ends = curves.map { curve in
            let place = curve.days.count - 1
            return "\(curve.letter) (\(curve.name)) goes from a median of \(figure(curve.median[0])) to \(figure(curve.median[place])), "
                + "80 % interval \(figure(curve.lower[place])) to \(figure(curve.upper[place]))"
                + (curve.holds.isEmpty
                    ? "" : ", cycles held on day " + curve.holds.map { "\(Int(clamping: $0.day.rounded()))" }.joined(separator: ", "))
        }
        let past =
            observed.isEmpty
            ? "Nothing was measured before." : "\(observed.count) measured before, last \(figure(observed[observed.count - 1].value))."
        return "\(title)\(unit.isEmpty ? "" : ", \(unit)"), over \(Self.time(horizon)) from the day of the meeting's record: "
            + ends.joined(separator: "; ") + ". " + past
    }

    /// The curves' figures at five moments: median and 80 % interval.
    public var table: SheetTable {
        let moments = (0...4).map { horizon * Double($0) / 4 }
        return SheetTable(
            caption: title + (unit.isEmpty ? "" : " (\(unit))") + ": median [80 % interval]",
            header: ["Scenario"] + moments.map { $0 == 0 ? "now" : Self.time($0) },
            rows: curves.map { curve in
                ["\(curve.letter) · \(curve.name)"]
                    + moments.map { moment in
                        guard let place = curve.days.lastIndex(where: { $0 <= moment + 1e-9 }) else { return "—" }
                        return "\(figure(curve.median[place])) [\(figure(curve.lower[place])) to \(figure(curve.upper[place]))]"
                    }
            })
    }

    /// A figure with three digits or so, the same for all of the plot.
    func figure(_ value: Double) -> String {
        guard value.isFinite else { return "—" }
        let size = curves.flatMap { $0.upper }.filter(\.isFinite).map(abs).max() ?? 1
        let decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2
        let text = String(format: "%.\(decimals)f", abs(value))
        return value < 0 && text.contains { $0 >= "1" && $0 <= "9" } ? "−" + text : text
    }

    /// `6 months`, `2.5 years`, `21 days`.
    static func time(_ days: Double) -> String {
        func text(_ number: Double, _ unit: String) -> String {
            let rounded = (number * 10).rounded() / 10
            let digits = rounded == rounded.rounded() ? "\(Int(rounded))" : String(format: "%.1f", rounded)
            return "\(digits) \(unit)\(rounded == 1 ? "" : "s")"
        }
        guard days.isFinite, abs(days) < 1e6 else { return "—" }
        if days < 60 { return text(days, "day") }
        return days < 3 * DayCount.year ? text(days / DayCount.month, "month") : text(days / DayCount.year, "year")
    }
}
