// Which states of an ensemble are worth their memory.
import Integration

/// Some of a system's states, in the order in which they are kept.
@usableFromInline
struct KeptStates: Sendable, Hashable {
    @usableFromInline let stateCount: Int
    /// The states kept, each once.
    @usableFromInline let states: [Int]
    /// For each state its place among those kept; −1 for one that is not.
    @usableFromInline let places: [Int]

    /// `states` nil keeps all.
    init(_ states: [Int]?, of stateCount: Int) {
        var places = [Int](repeating: -1, count: stateCount)
        var kept: [Int] = []
        for state in states ?? Array(0..<stateCount) {
            precondition(places.indices.contains(state), "the system has no state \(state)")
            guard places[state] < 0 else { continue }
            places[state] = kept.count
            kept.append(state)
        }
        self.stateCount = stateCount
        self.states = kept
        self.places = places
    }

    /// Where a state is kept; one that is not is a mistake of the caller.
    @inlinable
    func place(of state: Int) -> Int {
        let place = places[state]
        precondition(place >= 0, "state \(state) was not kept")
        return place
    }

    /// A bit for each of the first 64 states, 1 if it is kept.
    var bits: UInt64 { states.reduce(0) { $1 < 64 ? $0 | 1 << UInt64($1) : $0 } }

    /// A block with the kept states alone.
    func reduced(_ block: IntegrationBlock) -> IntegrationBlock {
        guard states.count < stateCount else { return block }
        let rows = block.values.count / max(stateCount, 1)
        let values = [Double](unsafeUninitializedCapacity: rows * states.count) { result, count in
            for row in 0..<rows {
                for state in states {
                    result.initializeElement(at: count, to: block.values[row * stateCount + state])
                    count += 1
                }
            }
        }
        return IntegrationBlock(values: values, crossings: block.crossings, failures: block.failures)
    }
}
