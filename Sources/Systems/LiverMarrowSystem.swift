// The liver twin's marrow alone, under doses that are known: what its calibration takes derivatives of.
import Integration

/// The neutrophils of ``LiverTreatmentSystem`` under a course of fluorouracil that is known beforehand. In weeks.
///
/// Where no dose waits for neutrophils the drug's amounts do not depend on the marrow: they come as the segment's input, and the five cells
/// are left, none of them stiff. The amounts do depend on the draw's clearance, by which they go along linearly from that for which the
/// input was made: exact there, with the derivative.
///
/// States: proliferating cells, three of transit, neutrophils, 10⁹/L. Parameters: baseline 10⁹/L; mean transit time wk; γ; effect of a
/// mg in the centre per slope; logarithm of the clearance over the input's (0). Input: week it begins; slope L/mg; amount in the centre, mg,
/// as constant + Σ coefficient·e^(−rate·τ): the constant and its derivative by the logarithm of the clearance, then of each of two
/// exponentials coefficient, rate per wk, and the derivatives of both.
public enum LiverMarrowSystem: KernelSystem {
    @inlinable public static var name: String { "liver-marrow" }
    @inlinable public static var stateCount: Int { 5 }
    @inlinable public static var parameterCount: Int { 5 }
    @inlinable public static var inputCount: Int { 12 }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state y: Span<L>, parameters p: Span<L>, input u: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let since = time - u[0]
        var (amount, change) = (u[2], u[3])
        for first in stride(from: 4, to: 12, by: 4) {
            let left = (-(u[first + 1] * since)).exp()
            amount = L.multiplyAdd(u[first], left, amount)
            let byRate = u[first] * u[first + 3] * since
            change = L.multiplyAdd(u[first + 2] - byRate, left, change)
        }
        let effect = p[3] * u[1] * L.multiplyAdd(p[4], change, amount)
        let pace = 4 / p[1]
        let cells = y[4].atLeast(p[0] * LiverTreatmentSystem.leastFeedback)
        let feedback = (p[2] * (p[0].log() - cells.log())).exp()
        rate[0] = pace * y[0] * ((1 - effect) * feedback - 1)
        rate[1] = pace * (y[0] - y[1])
        rate[2] = pace * (y[1] - y[2])
        rate[3] = pace * (y[2] - y[3])
        rate[4] = pace * (y[3] - y[4])
    }
}
