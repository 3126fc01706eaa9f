// From forecasts to plots: one curve a scenario on shared axes, with the patient's own measurements before «now».
import Plotting
import Surface
import Twins

public enum ComparePlots {
    /// The observables that can be shown, the model's headlines first.
    public static func observables(of model: any TwinModel) -> [Observable] {
        let headlines = model.headlineObservables.compactMap { model.observable($0) }
        return headlines + model.observables.filter { observable in !headlines.contains { $0.id == observable.id } }
    }

    /// The letter of the n-th scenario.
    public static func letter(_ index: Int) -> String { String(UnicodeScalar(UInt8(65 + max(0, min(index, 25))))) }

    /// The curve of one observable: the fit to the record before «now», the forecast after it; nil if the forecast has no such series.
    ///
    /// - Parameter fit: of the calibration; the points of other observables are left out.
    public static func series(_ forecast: Forecast, observable: String, index: Int, fit: [FitPoint] = []) -> PlotSeries? {
        guard let series = forecast.series.first(where: { $0.observable == observable }),
            series.quantiles.count == ForecastSeries.levels.count
        else { return nil }
        let past = self.past(fit, observable)
        func joined(_ before: [Double], _ level: Int) -> [Double] { before + series.quantiles[level] }
        // The fit has no quartiles: the inner band begins with the forecast.
        let gap = Array(repeating: Double.nan, count: past.count)
        return PlotSeries(
            letter: letter(index), name: forecast.scenario.name, styleIndex: index, x: past.map(\.measurement.day) + forecast.days,
            median: joined(past.map(\.median), 3), lower: joined(past.map(\.lower), 1), upper: joined(past.map(\.upper), 5),
            innerLower: joined(gap, 2), innerUpper: joined(gap, 4), jumps: forecast.marks.filter { $0.kind == .operation }.map(\.day))
    }

    /// One point a day: a repeated x would be read as a sudden change.
    private static func past(_ fit: [FitPoint], _ observable: String) -> [FitPoint] {
        var points: [FitPoint] = []
        for point in fit where point.measurement.observable == observable && point.measurement.day < 0 {
            if let last = points.last, point.measurement.day <= last.measurement.day { continue }
            points.append(point)
        }
        return points
    }

    /// What was measured of an observable up to «now».
    public static func observed(_ subject: Subject, _ observable: Observable) -> [PlotPoint] {
        subject.measurements(of: [observable]).used.filter { $0.day <= 0 }.map { PlotPoint(x: $0.day, y: $0.value) }
    }

    /// The plot of one scenario; nil if the forecast has no such series.
    ///
    /// A treatment that starts today has no mark: it would lie on the line of «now».
    public static func plot(
        _ forecast: Forecast, observable: Observable, index: Int, observed: [PlotPoint], calibration: Calibration?, horizon: Double
    ) -> SeriesPlot? {
        guard let series = series(forecast, observable: observable.id, index: index, fit: calibration?.fit ?? []) else { return nil }
        return SeriesPlot(
            title: forecast.scenario.name, unit: observable.unit.label, series: [series], observed: observed,
            markers: forecast.marks.filter { $0.day <= horizon && $0.kind != .treatmentEnd && ($0.kind == .operation || $0.day >= 1) }
                .map { PlotMarker(x: $0.day, label: $0.label, kind: kind($0)) },
            now: 0, horizontal: .time())
    }

    private static func kind(_ mark: ForecastMark) -> PlotMarker.Kind {
        switch mark.kind {
        case .operation: .operation
        case .held: .held
        case .treatmentStart, .treatmentEnd, .other: .treatment
        }
    }

    /// The plots of a comparison on one pair of axes, in the scenarios' order; nil where there is no forecast yet.
    ///
    /// The past is shown as far back as the horizon reaches ahead, at most: older measurements would squeeze the forecast.
    public static func plots(
        _ forecasts: [Forecast?], observable: Observable, subject: Subject, calibration: Calibration?, horizon: Double
    ) -> [SeriesPlot?] {
        let observed = observed(subject, observable)
        let plots = forecasts.enumerated().map { index, forecast in
            forecast.flatMap {
                plot($0, observable: observable, index: index, observed: observed, calibration: calibration, horizon: horizon)
            }
        }
        let first = observed.lazy.map(\.x).filter { $0 >= -horizon }.min() ?? 0
        let range = first * 1.04 - horizon * 0.01...horizon
        var shared = SeriesPlot.sharingScales(
            plots.compactMap(\.self).map { plot in
                var plot = plot
                plot.xRange = range
                return plot
            }
        ).makeIterator()
        return plots.map { $0 == nil ? nil : shared.next() }
    }
}
