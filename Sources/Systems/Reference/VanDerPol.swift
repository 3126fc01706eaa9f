// Van der Pol's oscillator in its stiff scaling: slow drift and sudden jumps.
import Integration

/// y₁′ = y₂, y₂′ = ((1 − y₁²)·y₂ − y₁)/ε (Hairer and Wanner 1996, Solving Ordinary Differential Equations II, IV.10). Parameter: ε.
public enum VanDerPol: KernelSystem {
    @inlinable public static var name: String { "van-der-pol" }
    @inlinable public static var stateCount: Int { 2 }
    @inlinable public static var parameterCount: Int { 1 }
    @inlinable public static var inputCount: Int { 0 }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        rate[0] = state[1]
        rate[1] = ((1 - state[0] * state[0]) * state[1] - state[0]) / parameters[0]
    }
}
