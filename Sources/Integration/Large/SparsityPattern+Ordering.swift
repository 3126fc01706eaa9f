// The order of states in which a Jacobian's band is narrow.

extension SparsityPattern {
    /// How far the pattern reaches below and above the diagonal when state s stands at `places[s]`.
    func reach(_ places: [Int]) -> (below: Int, above: Int) {
        var (below, above) = (0, 0)
        for (row, states) in rows.enumerated() {
            for state in states {
                let distance = places[row] - places[Int(state)]
                below = max(below, distance)
                above = max(above, -distance)
            }
        }
        return (below, above)
    }

    /// Each state's place in the reverse Cuthill–McKee order (1969; George 1971): from an end of the graph outward, neighbours of few
    /// neighbours first.
    var cuthillMcKee: [Int] {
        let neighbours = neighbours
        var order: [Int] = []
        var isPlaced = [Bool](repeating: false, count: stateCount)
        for state in (0..<stateCount).sorted(by: { (neighbours[$0].count, $0) < (neighbours[$1].count, $1) }) where !isPlaced[state] {
            let part = Self.levels(from: Self.end(from: state, neighbours), neighbours).flatMap { $0 }
            for state in part { isPlaced[state] = true }
            order += part
        }
        var places = [Int](repeating: 0, count: stateCount)
        for (place, state) in order.reversed().enumerated() { places[state] = place }
        return places
    }

    /// The states that share an entry with each, without itself, by their number of neighbours.
    private var neighbours: [[Int]] {
        var sets = [Set<Int>](repeating: [], count: stateCount)
        for (row, states) in rows.enumerated() {
            for state in states.map(Int.init) where state != row {
                sets[row].insert(state)
                sets[state].insert(row)
            }
        }
        return sets.map { $0.sorted { (sets[$0].count, $0) < (sets[$1].count, $1) } }
    }

    /// The states reached in one, two, … moves; within each level in the order in which they are met.
    private static func levels(from start: Int, _ neighbours: [[Int]]) -> [[Int]] {
        var seen: Set<Int> = [start]
        var levels = [[start]]
        while let last = levels.last {
            let next = last.flatMap { neighbours[$0].filter { seen.insert($0).inserted } }
            if next.isEmpty { break }
            levels.append(next)
        }
        return levels
    }

    /// A state from which the graph is about as deep as it can be (Gibbs, Poole and Stockmeyer 1976).
    private static func end(from start: Int, _ neighbours: [[Int]]) -> Int {
        var (end, found) = (start, levels(from: start, neighbours))
        while let next = found.last?.min(by: { (neighbours[$0].count, $0) < (neighbours[$1].count, $1) }) {
            let deeper = levels(from: next, neighbours)
            guard deeper.count > found.count else { return end }
            (end, found) = (next, deeper)
        }
        return end
    }
}
