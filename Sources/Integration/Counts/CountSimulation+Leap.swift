// A leap: how far it may go, and what happens in it.

extension CountSimulation {
    /// Below so many firings left a reaction is critical: at most one of those happens in a leap (n_c of Cao, Gillespie and Petzold).
    @usableFromInline static var criticalFirings: Double { 10 }
    /// A leap shorter than so many mean waiting times is not worth its work; that many events follow one by one.
    @usableFromInline static var worthwhile: Double { 10 }
    @usableFromInline static var singleEvents: Int { 100 }

    /// Leaps once, to `end` at most, or asks for single events.
    @inlinable
    mutating func leap(_ total: Double, tolerance: Double, end: Double) {
        due = nil
        events += 1
        let critical = reactions.indices.map { rates[$0] > 0 && firingsLeft($0) < Self.criticalFirings }
        let criticalTotal = reactions.indices.reduce(0.0) { critical[$1] ? $0 + rates[$1] : $0 }
        var bound = longestLeap(tolerance, critical)
        let before = counts
        while bound * total >= Self.worthwhile {
            let wait = criticalTotal > 0 ? random.exponential() / criticalTotal : .infinity
            let length = min(bound, wait, end - time)
            for j in reactions.indices where !critical[j] && rates[j] > 0 {
                fire(j, Double(random.poisson(mean: min(rates[j] * length, 1e15))))
            }
            if length == wait, let one = choice(criticalTotal, among: { critical[$0] }) { fire(one, 1) }
            if counts.allSatisfy({ $0 >= 0 }) {
                time = length == end - time ? end : time + length
                return
            }
            counts = before
            bound /= 2
        }
        single = Self.singleEvents
    }

    /// How often a reaction could happen before what it takes is used up; +∞ where it takes nothing.
    @inlinable
    func firingsLeft(_ reaction: Int) -> Double {
        reactions[reaction].change.reduce(.infinity) { least, term in
            term.count < 0 ? min(least, (counts[term.species] / Double(-term.count)).rounded(.down)) : least
        }
    }

    /// Their τ′ (equation 33): mean and variance of the change of every reactant stay below ε·x/g, or 1.
    @inlinable
    func longestLeap(_ tolerance: Double, _ critical: [Bool]) -> Double {
        var (mean, variance) = ([Double](repeating: 0, count: counts.count), [Double](repeating: 0, count: counts.count))
        var order = [Double](repeating: 0, count: counts.count)
        for (j, reaction) in reactions.enumerated() {
            for term in reaction.reactants { order[term.species] = max(order[term.species], weight(term, in: reaction)) }
            guard !critical[j] else { continue }
            for term in reaction.change {
                mean[term.species] += Double(term.count) * rates[j]
                variance[term.species] += Double(term.count * term.count) * rates[j]
            }
        }
        var longest = Double.infinity
        for i in counts.indices where order[i] > 0 && variance[i] > 0 {
            let change = max(tolerance * counts[i] / order[i], 1)
            longest = min(longest, change / mean[i].magnitude, change * change / variance[i])
        }
        return longest
    }

    /// Their g (equation 27): how strongly a reaction's propensity follows a relative change of a reactant.
    @inlinable
    func weight(_ term: Reaction.Term, in reaction: Reaction) -> Double {
        let order = reaction.reactants.reduce(0) { $0 + $1.count }
        let x = counts[term.species]
        switch (order, term.count) {
        case (2, 2): return 2 + 1 / max(x - 1, 1)
        case (3, 2): return 1.5 * (2 + 1 / max(x - 1, 1))
        case (3, 3): return 3 + 1 / max(x - 1, 1) + 2 / max(x - 2, 1)
        default: return Double(order)
        }
    }
}
