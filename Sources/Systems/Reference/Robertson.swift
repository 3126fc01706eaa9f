// Robertson's autocatalytic reaction: rates nine orders of magnitude apart.
import Integration

/// Robertson (1966), in Walsh (ed.), Numerical Analysis, an Introduction, 178–182; states A, B, C sum to one.
///
/// Parameters: 0.04, 3·10⁷ and 10⁴ per unit of time. Start (1, 0, 0).
public enum Robertson: KernelSystem {
    @inlinable public static var name: String { "robertson" }
    @inlinable public static var stateCount: Int { 3 }
    @inlinable public static var parameterCount: Int { 3 }
    @inlinable public static var inputCount: Int { 0 }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let decay = parameters[0] * state[0]
        let doubling = parameters[1] * state[1] * state[1]
        let back = parameters[2] * state[1] * state[2]
        rate[0] = back - decay
        rate[1] = decay - back - doubling
        rate[2] = doubling
    }
}
