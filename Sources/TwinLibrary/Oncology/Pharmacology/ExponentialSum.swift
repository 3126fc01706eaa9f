// A sum of falling exponentials: what linear kinetics leave of a unit dose, and what an infusion makes of it.
import Numerics

/// f(t) = Σ coefficient·e^(−rate·t) for t ≥ 0, and 0 before; rates are positive, per h.
public struct ExponentialSum: Hashable, Sendable {
    public struct Term: Hashable, Sendable {
        public var coefficient: Double
        public var rate: Double
        public init(coefficient: Double, rate: Double) {
            self.coefficient = coefficient
            self.rate = rate
        }
    }

    public var terms: [Term]
    public init(terms: [Term]) { self.terms = terms }

    /// The value at a time; 0 before 0.
    public func value(at time: Double) -> Double {
        time < 0 ? 0 : terms.reduce(0) { $0 + $1.coefficient * (-$1.rate * time).exp() }
    }

    /// The integral from 0 to infinity.
    public var integral: Double { terms.reduce(0) { $0 + $1.coefficient / $1.rate } }

    /// The integral from 0 to a time.
    public func integral(until time: Double) -> Double {
        time <= 0 ? 0 : terms.reduce(0) { $0 + $1.coefficient * Self.share($1.rate * time) / $1.rate }
    }

    /// What follows where this sum feeds another: ∫ f(s)·g(t − s) ds, again a sum of exponentials.
    ///
    /// The rates of one must differ from those of the other; where they are near, digits are lost as 1/|difference|.
    public func convolved(with other: ExponentialSum) -> ExponentialSum {
        var result: [Term] = []
        for a in terms {
            let weight = other.terms.reduce(0) { $0 + $1.coefficient / ($1.rate - a.rate) }
            result.append(Term(coefficient: a.coefficient * weight, rate: a.rate))
        }
        for b in other.terms {
            let weight = terms.reduce(0) { $0 + $1.coefficient / ($1.rate - b.rate) }
            result.append(Term(coefficient: b.coefficient * weight, rate: b.rate))
        }
        return ExponentialSum(terms: result)
    }

    public static func * (factor: Double, sum: ExponentialSum) -> ExponentialSum {
        ExponentialSum(terms: sum.terms.map { Term(coefficient: factor * $0.coefficient, rate: $0.rate) })
    }

    /// 1 − e^(−x), by its series where the difference would lose digits: 2e-15 relative for x ≥ 0.
    static func share(_ x: Double) -> Double {
        guard x < 0.1 else { return 1 - (-x).exp() }
        var sum = 0.0
        // x¹⁰/10! of 0.1 is below 3e-17.
        for n in stride(from: 10, through: 1, by: -1) { sum = x / Double(n) * (1 - sum) }
        return sum
    }
}
