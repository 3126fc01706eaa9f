// What can be measured of a twin, and how a record's observations become measurements of it.

/// A measurable output of a model.
public struct Observable: Hashable, Codable, Sendable {
    /// Unique in its model: `mmse`, `sum-of-diameters`.
    public var id: String
    public var label: String
    /// The unit in which it is shown, stored and given to the model.
    public var unit: Unit
    /// Codes under which a record holds it, each with the affine way to this observable: shown = scale · recorded + offset.
    public var codes: [Code]
    /// What can be shown at all.
    public var range: ClosedRange<Double>
    /// Which direction is good for the patient; nil if neither.
    public var better: Direction?
    /// Standard deviation of one measurement, in `unit`; with its source.
    public var residualSD: Double
    public var source: Source

    public init(
        _ id: String, label: String, unit: Unit, codes: [Code], range: ClosedRange<Double>, better: Direction?, residualSD: Double,
        source: Source
    ) {
        self.id = id
        self.label = label
        self.unit = unit
        self.codes = codes
        self.range = range
        self.better = better
        self.residualSD = residualSD
        self.source = source
    }
}

public enum Direction: String, Codable, Sendable { case higher, lower }

/// One measured value of an observable, on the forecast's axis.
public struct Measurement: Hashable, Codable, Sendable {
    public var observable: String
    /// Days from «now»; negative before it.
    public var day: Double
    /// In the observable's unit.
    public var value: Double
    public init(observable: String, day: Double, value: Double) {
        self.observable = observable
        self.day = day
        self.value = value
    }
}

extension Subject {
    /// The record's measurements of some observables up to «now», in order of time.
    ///
    /// A value in a unit that does not convert is left out, and of the same value at the same time all but one, since a record that
    /// names a scan twice has not measured twice: the second part says which and why.
    public func measurements(of observables: [Observable]) -> (used: [Measurement], leftOut: [String]) {
        var used: [Measurement] = []
        var leftOut: [String] = []
        for observation in observations where observation.time <= reference {
            for observable in observables where observable.codes.contains(observation.code) {
                guard case .quantity(let quantity) = observation.value else { continue }
                let day = observation.time.days(since: reference)
                guard let value = quantity.value(in: observable.unit) else {
                    leftOut.append(
                        "\(observable.label) on \(observation.time.day): unit \(quantity.unit) does not convert to \(observable.unit)")
                    continue
                }
                guard observable.range.contains(value) else {
                    leftOut.append("\(observable.label) on \(observation.time.day): \(value) \(observable.unit) is not possible")
                    continue
                }
                let isRepeated = used.reversed().prefix { $0.day == day }.contains {
                    $0.observable == observable.id && abs($0.value - value) <= 1e-9 * max(1, abs(value))
                }
                guard !isRepeated else {
                    leftOut.append("\(observable.label) on \(observation.time.day): recorded twice, counted once")
                    continue
                }
                used.append(Measurement(observable: observable.id, day: day, value: value))
            }
        }
        return (used, leftOut)
    }
}
