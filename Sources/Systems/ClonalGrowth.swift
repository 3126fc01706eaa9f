// Two clones under a drug whose days are known: what a patient's record is fitted by.
import Integration

/// Sensitive and resistant cells (``ClonalRates``) with the drug as an input, 1 given and 0 not. Time in days.
public enum ClonalGrowth: KernelSystem {
    public enum State { public static let sensitive = 0, resistant = 1 }

    @inlinable public static var name: String { "clonal-growth" }
    @inlinable public static var stateCount: Int { 2 }
    /// ``ClonalRates/Parameter``, all nine.
    @inlinable public static var parameterCount: Int { 9 }
    @inlinable public static var inputCount: Int { 1 }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let none = L(0)
        let crowd = L.multiplyAdd(parameters[5], state[0], state[1])
        rate[0] = ClonalRates.sensitive(state[0], total: state[0] + state[1], first: input[0], second: none, parameters)
        rate[1] = ClonalRates.resistant(state[1], crowd: crowd, second: none, parameters)
    }
}
