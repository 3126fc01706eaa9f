// Which states of an ensemble are worth their memory.
import Integration

/// Some of a system's states, in rising order; of a system of more than 64 always all.
@usableFromInline
struct KeptStates: Sendable, Hashable {
    @usableFromInline let stateCount: Int
    /// The states kept, each once.
    @usableFromInline let states: [Int]
    /// For each state its place among those kept; −1 for one that is not.
    @usableFromInline let places: [Int]
    /// A bit for each of the first 64 states, 1 if it is kept.
    let bits: UInt64

    /// `states` nil keeps all.
    init(_ states: [Int]?, of stateCount: Int) {
        for state in states ?? [] { precondition((0..<stateCount).contains(state), "the system has no state \(state)") }
        let asked = stateCount > 64 ? nil : states
        bits = asked.map { $0.reduce(0) { $0 | 1 << UInt64($1) } } ?? .max
        self.stateCount = stateCount
        self.states = KeptBits(bits, of: stateCount).states(of: stateCount)
        var places = [Int](repeating: -1, count: stateCount)
        for (place, state) in self.states.enumerated() { places[state] = place }
        self.places = places
    }

    /// Where a state is kept; one that is not is a mistake of the caller.
    @inlinable
    func place(of state: Int) -> Int {
        let place = places[state]
        precondition(place >= 0, "state \(state) was not kept")
        return place
    }
}
