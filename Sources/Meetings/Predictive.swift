// What one measurement was expected to be: the forecast's draws with the error of measuring on top.
import Glibc
import Twins

/// The predictive distribution of a measurement: the draws' quantiles widened by a normal residual error.
///
/// A forecast keeps seven quantiles of its draws. Between them the quantile function is taken as linear, beyond the outermost (5 and 95 %)
/// with the slope of the outermost stretch, and read at a hundred equally probable places; each carries the normal error. So the 80 % band is as good as what
/// the seven quantiles tell; the tails beyond 5 and 95 % are too thin where the draws have long ones.
public struct Predictive: Hashable, Sendable {
    private let places: [Double]
    private let sd: Double

    /// `quantiles` at ``ForecastSeries/levels``; nil if one is not finite, or there are not as many.
    public init?(quantiles: [Double], residualSD: Double) {
        let levels = ForecastSeries.levels
        guard quantiles.count == levels.count, quantiles.allSatisfy(\.isFinite), residualSD.isFinite, residualSD >= 0 else { return nil }
        places = (0..<100).map { index in
            let p = (Double(index) + 0.5) / 100
            let next = min(max(levels.firstIndex { $0 >= p } ?? levels.count - 1, 1), levels.count - 1)
            let share = (p - levels[next - 1]) / (levels[next] - levels[next - 1])
            return quantiles[next - 1] + share * (quantiles[next] - quantiles[next - 1])
        }
        sd = residualSD
    }

    /// The probability of a measurement at most so large: the probability integral transform (PIT) of what was measured.
    public func probability(atMost value: Double) -> Double {
        let sum = places.reduce(0) { sum, place in
            guard sd > 0 else { return sum + (place < value ? 1 : place == value ? 0.5 : 0) }
            return sum + 0.5 * erfc(-(value - place) / (sd * 2.0.squareRoot()))
        }
        return sum / Double(places.count)
    }

    /// The value below which a measurement lies with a probability; bisected to a millionth of the width.
    public func quantile(_ p: Double) -> Double {
        var low = (places.min() ?? 0) - 10 * sd - 1e-9
        var high = (places.max() ?? 0) + 10 * sd + 1e-9
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if probability(atMost: middle) < p { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

/// A measurement after the decision beside what was forecast of it.
public struct OutcomePoint: Hashable, Sendable {
    public var observable: String
    public var label: String
    public var unit: Twins.Unit
    /// Days after the case's «now».
    public var day: Double
    public var value: Double
    /// The 80 % band of a measurement: parameters and residual error.
    public var lower: Double
    public var median: Double
    public var upper: Double
    /// The predictive probability of a measurement at most so large.
    public var pit: Double
    public var better: Direction?

    public init(
        observable: String, label: String, unit: Twins.Unit, day: Double, value: Double, lower: Double, median: Double, upper: Double,
        pit: Double, better: Direction?
    ) {
        self.observable = observable
        self.label = label
        self.unit = unit
        self.day = day
        self.value = value
        self.lower = lower
        self.median = median
        self.upper = upper
        self.pit = pit
        self.better = better
    }

    public var isInside: Bool { value >= lower && value <= upper }

    /// How it went against the forecast.
    public enum Course: String, Hashable, Sendable, CaseIterable { case better, asForecast = "as forecast", worse }
    /// Nil where neither direction is good.
    public var course: Course? {
        guard let better else { return nil }
        if isInside { return .asForecast }
        return (value > upper) == (better == .higher) ? .better : .worse
    }
}

/// What was expected of a measurement at every day that is drawn.
public struct OutcomeBand: Hashable, Sendable {
    public var days: [Double] = []
    public var lower: [Double] = []
    public var median: [Double] = []
    public var upper: [Double] = []

    /// From «now» to half as far again as the last measurement: beyond it nothing is tested.
    public init?(_ forecast: Forecast, _ model: any TwinModel, observable id: String, points: [OutcomePoint]) {
        guard let observable = model.observable(id), let series = forecast.series.first(where: { $0.observable == id }),
            let last = points.filter({ $0.observable == id }).map(\.day).max()
        else { return nil }
        for (place, day) in forecast.days.enumerated() where day >= 0 && day <= last * 1.5 {
            guard let predictive = Predictive(quantiles: series.quantiles.map { $0[place] }, residualSD: observable.residualSD) else {
                continue
            }
            days.append(day)
            lower.append(predictive.quantile(0.1))
            median.append(predictive.quantile(0.5))
            upper.append(predictive.quantile(0.9))
        }
    }
}

extension OutcomePoint {
    /// What was measured of a model's observables after «now», in order of time.
    public static func measured(_ subject: Subject, _ model: any TwinModel) -> [Measurement] {
        guard let last = subject.observations.last?.time, last > subject.reference else { return [] }
        var later = subject
        later.reference = last
        let shift = last.days(since: subject.reference)
        return later.measurements(of: model.observables).used.map {
            Measurement(observable: $0.observable, day: $0.day + shift, value: $0.value)
        }.filter { $0.day > 0 }
    }

    /// Measurements beside a forecast that was computed at their days.
    public static func points(_ measured: [Measurement], _ forecast: Forecast, _ model: any TwinModel) -> [OutcomePoint] {
        measured.compactMap { measurement in
            guard let observable = model.observable(measurement.observable),
                let series = forecast.series.first(where: { $0.observable == measurement.observable }),
                let place = forecast.days.firstIndex(where: { abs($0 - measurement.day) < 1e-6 }),
                let predictive = Predictive(quantiles: series.quantiles.map { $0[place] }, residualSD: observable.residualSD)
            else { return nil }
            return OutcomePoint(
                observable: observable.id, label: observable.label, unit: observable.unit, day: measurement.day, value: measurement.value,
                lower: predictive.quantile(0.1), median: predictive.quantile(0.5), upper: predictive.quantile(0.9),
                pit: predictive.probability(atMost: measurement.value), better: observable.better)
        }
    }
}
