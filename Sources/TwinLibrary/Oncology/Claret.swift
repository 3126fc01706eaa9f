// Claret's model of tumour growth inhibition: published parameter sets with their units, and its closed forms.
import Numerics
import Twins

/// A published parameter set, with the unit of exposure it was estimated with.
///
/// - Invariant L1: an exposure is only ever given to the set whose unit it has; rates per g per week mean nothing for g per day.
public struct ClaretSet: Hashable, Sendable {
    public var name: String
    public var growth: Double
    public var effect: Double
    public var resistance: Double
    /// Of `growth` and `resistance`: per week or per day.
    public var timeUnit: Unit
    /// What E counts; `1` where the exposure is absorbed in `effect`.
    public var exposureUnit: Unit
    /// Variances of the logarithms of growth, effect, resistance; nil where we have none.
    public var variances: [Double]?
    /// Residual SD, mm; nil where we have none.
    public var residualSD: Double?
    public var source: Source

    /// Fluorouracil. Dosed in grams in the week of a course: 3.825 g in week 1 of 4.
    public static let fluorouracil = ClaretSet(
        name: "5-FU", growth: 0.015, effect: 0.058, resistance: 0.042, timeUnit: .week, exposureUnit: Unit("g/wk"),
        variances: [0.556, 0.540, 0.450], residualSD: 14.9,
        source: Source("Claret 2009, J Clin Oncol 27:4103, 5-FU arm, as carried by the Pumas course file", .excerpt))

    /// Capecitabine. Only makes sense with the mean grams a day (about 3); kept for its closed form, never mixed with the set above.
    public static let capecitabine = ClaretSet(
        name: "capecitabine", growth: 0.021, effect: 0.025, resistance: 0.053, timeUnit: .week, exposureUnit: Unit("g/d"),
        source: Source("Claret 2009, J Clin Oncol 27:4103, as carried by BioModels MODEL1708310001", .excerpt))

    /// Non-small-cell lung cancer, exposure absorbed: a structural check only, not a model of the liver.
    public static let lung2014 = ClaretSet(
        name: "NSCLC 2014", growth: 0.00107, effect: 0.0103, resistance: 0.0193, timeUnit: .day, exposureUnit: .one,
        source: Source("Claret 2014, Clin Pharmacol Ther, 10.1038/clpt.2014.11, KDE and lambda as corrected by nlmixr2lib", .excerpt))

    /// Time from the start of constant exposure to the smallest sum: ln(KD·E/KL)/λ, in ``timeUnit``.
    ///
    /// Negative where the effect never outweighs growth: the sum grows from the start. NaN without exposure.
    public func timeToGrowth(exposure: Double) -> Double {
        exposure > 0 ? (effect * exposure / growth).log() / resistance : .nan
    }

    /// The sum under constant exposure, relative to the start.
    public func ratio(at time: Double, exposure: Double) -> Double {
        let window = ExposureWindow(start: 0, end: time, exposure: exposure, origin: 0)
        return ClaretCourse(windows: [window]).logRatio(from: 0, to: time, growth: growth, effect: effect, resistance: resistance).value
            .exp()
    }

    public init(
        name: String, growth: Double, effect: Double, resistance: Double, timeUnit: Unit, exposureUnit: Unit, variances: [Double]? = nil,
        residualSD: Double? = nil, source: Source
    ) {
        self.name = name
        self.growth = growth
        self.effect = effect
        self.resistance = resistance
        self.timeUnit = timeUnit
        self.exposureUnit = exposureUnit
        self.variances = variances
        self.residualSD = residualSD
        self.source = source
    }
}

/// A stretch of constant exposure.
public struct ExposureWindow: Hashable, Sendable {
    public var start: Double
    public var end: Double
    /// In the parameter set's unit.
    public var exposure: Double
    /// The time at which resistance of this line of treatment counts zero.
    public var origin: Double
    public init(start: Double, end: Double, exposure: Double, origin: Double) {
        self.start = start
        self.end = end
        self.exposure = exposure
        self.origin = origin
    }
}

/// Piecewise constant exposure, and what it does to a tumour in closed form.
public struct ClaretCourse: Hashable, Sendable {
    /// In order of time, not overlapping.
    public var windows: [ExposureWindow]
    public init(windows: [ExposureWindow]) { self.windows = windows }

    /// ln(y(to)/y(from)) and its derivatives by growth, effect and resistance.
    ///
    /// `KL·Δt − KD·Σ E_i (e^(−λa_i) − e^(−λb_i))/λ`, with a_i and b_i counted from the line's origin.
    public func logRatio(
        from: Double, to: Double, growth: Double, effect: Double, resistance: Double
    ) -> (value: Double, byGrowth: Double, byEffect: Double, byResistance: Double) {
        var dose = 0.0
        var byResistance = 0.0
        for window in windows where window.end > from && window.start < to {
            let a = max(window.start, from) - window.origin
            let b = min(window.end, to) - window.origin
            let early = (-resistance * a).exp()
            let late = (-resistance * b).exp()
            let integral = resistance == 0 ? b - a : (early - late) / resistance
            dose += window.exposure * integral
            let slope = resistance == 0 ? -(b * b - a * a) / 2 : (b * late - a * early - integral) / resistance
            byResistance += window.exposure * slope
        }
        return (growth * (to - from) - effect * dose, to - from, -dose, -effect * byResistance)
    }
}
