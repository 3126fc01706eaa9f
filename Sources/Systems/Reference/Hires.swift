// HIRES: eight reactions of plant growth under light, the usual stiff problem of middle size.
import Integration

/// Schäfer (1975), J. Theor. Biol. 52:255–265; as in Hairer and Wanner (1996), Solving Ordinary Differential Equations II, IV.10.
///
/// Parameters: k1 1.71, k2 0.43, k3 8.32, source 0.0007, k5 0.035, k* 0.69, k+ 280, k− 0.69. Start (1, 0, 0, 0, 0, 0, 0, 0.0057).
public enum Hires: KernelSystem {
    @inlinable public static var name: String { "hires" }
    @inlinable public static var stateCount: Int { 8 }
    @inlinable public static var parameterCount: Int { 8 }
    @inlinable public static var inputCount: Int { 0 }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state y: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let (k1, k2, k3, source) = (parameters[0], parameters[1], parameters[2], parameters[3])
        let (k5, kStar, kPlus, kMinus) = (parameters[4], parameters[5], parameters[6], parameters[7])
        rate[0] = k2 * y[1] + k3 * y[2] + source - k1 * y[0]
        rate[1] = k1 * y[0] - (k2 + k3) * y[1]
        rate[2] = k2 * y[3] + k5 * y[4] - (k1 + k3) * y[2]
        rate[3] = k3 * y[1] + k1 * y[2] - (k2 + kStar) * y[3]
        rate[4] = k2 * (y[5] + y[6]) - (k5 + k1) * y[4]
        let bound = kPlus * y[5] * y[7]
        rate[5] = kStar * y[3] + k1 * y[4] + kMinus * y[6] - k2 * y[5] - bound
        rate[6] = bound - (k2 + kMinus + kStar) * y[6]
        rate[7] = (k2 + kMinus + kStar) * y[6] - bound
    }
}
