// Which rates depend on which states, and how the columns of such a Jacobian are grouped.

/// The places of a Jacobian that can differ from zero.
public struct SparsityPattern: Sendable, Hashable {
    /// The states that each rate depends on, ascending.
    public let rows: [[Int32]]

    public var stateCount: Int { rows.count }
    /// How many places can differ from zero.
    public var entryCount: Int { rows.reduce(0) { $0 + $1.count } }

    /// From the states that each rate depends on, `0 ..< rows.count`, in any order.
    public init(rows: [[Int]]) {
        precondition(rows.allSatisfy { $0.allSatisfy(rows.indices.contains) }, "a rate depends on a state that does not exist")
        self.rows = rows.map { Set($0).sorted().map(Int32.init) }
    }

    /// Every rate on itself and on its neighbours: so many states before it and after it.
    public init(bandOf stateCount: Int, below: Int, above: Int) {
        rows = (0..<stateCount).map { row in (max(0, row - below)...min(stateCount - 1, row + above)).map(Int32.init) }
    }

    /// Found by running a system's rates once on ``Dependence``.
    @inlinable
    public init(tracing system: some LargeSystem) {
        let state = (0..<system.stateCount).map { Dependence(state: $0) }
        let parameters = [Dependence](repeating: Dependence(0), count: system.parameterCount)
        let inputs = [Dependence](repeating: Dependence(0), count: system.inputCount)
        var rates = [Dependence](repeating: Dependence(0), count: system.stateCount)
        var into = rates.mutableSpan
        system.derivative(time: Dependence(0), state: state.span, parameters: parameters.span, input: inputs.span, into: &into)
        self.init(rates)
    }

    @usableFromInline
    init(_ rates: [Dependence]) { rows = rates.map(\.states) }

    /// The rates that depend on each state, ascending.
    var columns: [[Int32]] {
        var columns = [[Int32]](repeating: [], count: stateCount)
        for (row, states) in rows.enumerated() {
            for state in states { columns[Int(state)].append(Int32(row)) }
        }
        return columns
    }

    /// Each state's group: no rate depends on two states of one group, so that a single directional derivative gives all their columns
    /// (Curtis, Powell and Reid 1974). The first group that fits, from state 0 on.
    var groups: [Int32] {
        let columns = columns
        var groups = [Int32](repeating: -1, count: stateCount)
        var lastAsked = [Int](repeating: -1, count: stateCount + 1)
        for state in 0..<stateCount {
            for row in columns[state] {
                for other in rows[Int(row)] where groups[Int(other)] >= 0 { lastAsked[Int(groups[Int(other)])] = state }
            }
            var group = 0
            while lastAsked[group] == state { group += 1 }
            groups[state] = Int32(group)
        }
        return groups
    }
}
