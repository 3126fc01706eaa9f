// The neutrophils alone, under a concentration that is known in advance as a sum of exponentials.
import Integration

/// Friberg's chain (2002, J. Clin. Oncol. 20:4713–4721): proliferating cells, three of transit, circulating.
///
/// Where a drug's kinetics do not vary between draws its course is the same for all: it comes as the segment's input, and five states
/// are left, none of them stiff. Counts 10⁹/L; time in hours. Parameters: baseline 10⁹/L, mean transit time h, feedback exponent γ, slope
/// per unit of concentration. Input: start of the course h, its constant part, three coefficients and their rates per h, so that
/// C(t) = constant + Σ coefficient·e^(−rate·(t − start)).
public enum NeutrophilChain: KernelSystem {
    @inlinable public static var name: String { "neutrophil-chain" }
    @inlinable public static var stateCount: Int { 5 }
    @inlinable public static var parameterCount: Int { 4 }
    @inlinable public static var inputCount: Int { 8 }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state y: Span<L>, parameters p: Span<L>, input u: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let since = u[0] - time
        var concentration = u[1]
        for k in 0..<3 { concentration = L.multiplyAdd(u[2 + k], (u[5 + k] * since).exp(), concentration) }
        let pace = 4 / p[1]
        let feedback = (p[2] * (p[0].log() - y[4].log())).exp()
        rate[0] = pace * y[0] * ((1 - p[3] * concentration) * feedback - 1)
        rate[1] = pace * (y[0] - y[1])
        rate[2] = pace * (y[1] - y[2])
        rate[3] = pace * (y[2] - y[3])
        rate[4] = pace * (y[3] - y[4])
    }
}
