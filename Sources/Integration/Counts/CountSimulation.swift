// Simulates the counts of one draw, event by event or by leaps.
import CIntegration

/// One draw of a ``ReactionSystem``, moved on from time to time.
///
/// - Invariant N11: no count is ever negative.
/// - Invariant N12: the draw's counts depend on its parameters, its sequence and, by leaps alone, on the times asked for; on no other draw.
public struct CountSimulation<System: ReactionSystem> {
    @usableFromInline let reactions: [Reaction]
    @usableFromInline let parameters: [Double]
    @usableFromInline let method: CountMethod
    @usableFromInline var random: RandomSequence
    /// Whole numbers, never negative.
    public var counts: [Double]
    @usableFromInline var rates: [Double]
    public var time: Double
    /// When the next event is due, where it has been drawn.
    @usableFromInline var due: Double?
    /// Events still to be done one by one before a leap is thought of again.
    @usableFromInline var single = 0
    @usableFromInline var events = 0
    @usableFromInline let eventLimit: Int
    @usableFromInline let stop: UnsafePointer<Int32>?

    /// How a draw came to a time.
    public enum Outcome: Sendable { case reached, notFinite, tooManyEvents, stopped }

    @inlinable
    public init(
        _ system: System.Type, parameters: [Double], counts: [Int], start: Double, method: CountMethod, random: RandomSequence,
        eventLimit: Int, stop: UnsafePointer<Int32>?
    ) {
        reactions = System.reactions
        self.parameters = parameters
        self.method = method
        self.random = random
        self.counts = counts.map { Double($0) }
        rates = [Double](repeating: 0, count: reactions.count)
        time = start
        self.eventLimit = eventLimit
        self.stop = stop
    }

    /// Moves on to a time. Leaps count as one event.
    @inlinable
    public mutating func advance(to end: Double) -> Outcome {
        while time < end {
            if events & 255 == 0, kernelIsRaised(stop) != 0 { return .stopped }
            guard events < eventLimit else { return .tooManyEvents }
            let total = evaluate()
            guard total.isFinite else { return .notFinite }
            guard total > 0 else { break }
            if case .leaping(let tolerance) = method, single == 0 {
                leap(total, tolerance: tolerance, end: end)
                continue
            }
            let next = due ?? (time + random.exponential() / total)
            guard next <= end else {
                due = next
                break
            }
            due = nil
            time = next
            if let reaction = choice(total) { fire(reaction, 1) }
            events += 1
            single = max(0, single - 1)
        }
        time = max(time, end)
        return .reached
    }

    /// The propensities, none where reactants are lacking; their sum, NaN if one is negative or no number.
    @inlinable
    mutating func evaluate() -> Double {
        let (counts, parameters) = (counts, parameters)
        var out = rates.mutableSpan
        System.propensities(counts: counts.span, parameters: parameters.span, into: &out)
        var total = 0.0
        for j in reactions.indices {
            guard rates[j] >= 0 else { return .nan }
            if !reactions[j].reactants.allSatisfy({ counts[$0.species] >= Double($0.count) }) { rates[j] = 0 }
            total += rates[j]
        }
        return total
    }

    /// A reaction, by its share of the sum over those that are asked for.
    @inlinable
    mutating func choice(_ total: Double, among isMeant: (Int) -> Bool = { _ in true }) -> Int? {
        var rest = random.uniform() * total
        var last: Int?
        for j in reactions.indices where rates[j] > 0 && isMeant(j) {
            last = j
            rest -= rates[j]
            if rest <= 0 { break }
        }
        return last
    }

    @inlinable
    mutating func fire(_ reaction: Int, _ times: Double) {
        for term in reactions[reaction].change { counts[term.species] += times * Double(term.count) }
    }
}
