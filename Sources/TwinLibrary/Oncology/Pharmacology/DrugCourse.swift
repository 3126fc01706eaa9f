// The concentration of a drug under a regimen, in closed form: every dose's share added up.
import Numerics

/// Doses, and what a unit dose leaves in the blood: their superposition.
///
/// - Invariant P1: a value depends on the doses and its own time alone, never on which other times are asked for.
public struct DrugCourse: Hashable, Sendable {
    /// Concentration after a bolus of 1, per L.
    public var disposition: ExponentialSum
    public var doses: [Dosing]

    public init(disposition: ExponentialSum, doses: [Dosing]) {
        self.disposition = disposition
        self.doses = doses
    }

    /// The concentration at an hour, amount per L; at the instant of a bolus, just after it.
    public func concentration(at hour: Double) -> Double {
        disposition.terms.reduce(0) { $0 + level(of: $1, at: hour) }
    }

    /// The integral of the concentration over all time: dose over clearance.
    public var areaUnderCurve: Double { disposition.integral * doses.reduce(0) { $0 + $1.amount } }

    /// One exponential's part of the concentration.
    private func level(of term: ExponentialSum.Term, at hour: Double) -> Double {
        doses.reduce(0) { sum, dose in
            let since = hour - dose.start
            guard since >= 0 else { return sum }
            let gained = dose.duration > 0 ? gain(of: term, under: dose, for: min(since, dose.duration)) : dose.amount * term.coefficient
            return sum + gained * (-term.rate * max(0, since - dose.duration)).exp()
        }
    }

    /// What an infusion of some hours has put into an exponential, at its end.
    private func gain(of term: ExponentialSum.Term, under dose: Dosing, for hours: Double) -> Double {
        dose.amount / dose.duration * term.coefficient * ExponentialSum.share(term.rate * hours) / term.rate
    }

    /// Stretches from hour 0 to an end within which C(t) = constant + Σ coefficient·e^(−rate·(t − start)).
    public func stretches(until end: Double) -> [Stretch] {
        let borders = ([0, end] + doses.flatMap { [$0.start, $0.end] }).filter { $0 >= 0 && $0 <= end }
        let times = Set(borders).sorted()
        return zip(times, times.dropFirst()).map { from, to in
            let pace = doses.filter { $0.duration > 0 && $0.start <= from && from < $0.end }
                .reduce(0) { $0 + $1.amount / $1.duration }
            let plateaus = disposition.terms.map { pace * $0.coefficient / $0.rate }
            let falling = zip(disposition.terms, plateaus).map { term, plateau in
                ExponentialSum.Term(coefficient: level(of: term, at: from) - plateau, rate: term.rate)
            }
            return Stretch(start: from, end: to, constant: plateaus.reduce(0, +), falling: ExponentialSum(terms: falling))
        }
    }

    /// Hours between two borders of the regimen.
    public struct Stretch: Hashable, Sendable {
        public var start: Double
        public var end: Double
        /// The plateau that the running infusions tend to.
        public var constant: Double
        /// What is added to it, counted from the start.
        public var falling: ExponentialSum
    }
}
