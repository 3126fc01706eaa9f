// Linear kinetics of a drug in one to three compartments, as a paper gives them.
import Numerics
import Twins

/// Elimination from a central compartment that exchanges with none, one or two others.
///
/// Example: `DrugKinetics.fluorouracil.course([Dosing(start: 0, amount: 720)]).concentration(at: 1)` is mg/L an hour after a bolus.
public struct DrugKinetics: Hashable, Sendable {
    /// A compartment beside the central one, by its constants per h: k12 and k21, or k13 and k31.
    public struct Exchange: Hashable, Sendable {
        public var outward: Double
        public var back: Double
        public init(outward: Double, back: Double) {
            self.outward = outward
            self.back = back
        }
    }

    public var name: String
    /// L/h.
    public var clearance: Double
    /// Of the central compartment, L.
    public var volume: Double
    public var second: Exchange?
    public var third: Exchange?
    /// Coefficients of variation between patients of clearance and central volume, %; nil where we have none.
    public var variation: Variation?
    public var source: Source

    /// How much patients differ, coefficients of variation in %.
    public struct Variation: Hashable, Sendable {
        public var clearance: Double
        public var volume: Double
        public init(clearance: Double, volume: Double) {
            self.clearance = clearance
            self.volume = volume
        }
    }

    public init(
        _ name: String, clearance: Double, volume: Double, second: Exchange? = nil, third: Exchange? = nil,
        variation: Variation? = nil, source: Source
    ) {
        self.name = name
        self.clearance = clearance
        self.volume = volume
        self.second = second
        self.third = third
        self.variation = variation
        self.source = source
    }

    /// An exchange as papers on populations give it: by intercompartmental clearance, L/h, and the other compartment's volume, L.
    public func exchange(clearance: Double, volume other: Double) -> Exchange {
        Exchange(outward: clearance / volume, back: clearance / other)
    }

    /// The concentration after a bolus of 1, per L; as many exponentials as compartments.
    public var disposition: ExponentialSum {
        let count = 1 + (second == nil ? 0 : 1) + (third == nil ? 0 : 1)
        let (near, far) = (second ?? third, second == nil ? nil : third)
        let modes = CompartmentModes(
            CompartmentRates(
                k10: clearance / volume, k12: near?.outward ?? 0, k21: near?.back ?? 0, k13: far?.outward ?? 0, k31: far?.back ?? 0),
            count: count)
        return ExponentialSum(
            terms: (0..<count).map { ExponentialSum.Term(coefficient: modes.left($0, 0) / volume, rate: modes.rates[$0]) })
    }

    public func course(_ doses: [Dosing]) -> DrugCourse { DrugCourse(disposition: disposition, doses: doses) }

    /// The concentration that an infusion of an amount per h tends to, amount per L.
    public func steadyState(rate: Double) -> Double { rate / clearance }

    /// Of the exponentials, h, the shortest first.
    public var halfLives: [Double] { disposition.terms.map { 2.0.log() / $0.rate }.sorted() }
}
