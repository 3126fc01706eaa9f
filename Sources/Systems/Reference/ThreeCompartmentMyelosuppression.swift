// Docetaxel in three compartments and what it does to the neutrophils.
import Integration

/// Three-compartment kinetics with an infusion (input 0, mg/h) and Friberg's chain: proliferating cells, three of transit, circulating.
///
/// Friberg et al. (2002), J. Clin. Oncol. 20:4713–4721; kinetics as in Bruno et al. (1996), J. Pharmacokinet. Biopharm. 24:153–172.
/// States: three amounts, mg; five cell counts, 10⁹/L. Time in hours. Parameters: clearance L/h, central volume L, k12, k21, k13, k31
/// per h, baseline 10⁹/L, mean transit time h, feedback exponent γ, slope L/mg.
public enum ThreeCompartmentMyelosuppression: KernelSystem {
    @inlinable public static var name: String { "three-compartment-myelosuppression" }
    @inlinable public static var stateCount: Int { 8 }
    @inlinable public static var parameterCount: Int { 10 }
    @inlinable public static var inputCount: Int { 1 }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let (clearance, volume, k12, k21, k13, k31) = (p[0], p[1], p[2], p[3], p[4], p[5])
        rate[0] = input[0] + k21 * y[1] + k31 * y[2] - (clearance / volume + k12 + k13) * y[0]
        rate[1] = k12 * y[0] - k21 * y[1]
        rate[2] = k13 * y[0] - k31 * y[2]
        // Four moves from one compartment to the next take the mean transit time.
        let pace = 4 / p[7]
        let effect = p[9] / volume * y[0]
        let feedback = (p[8] * (p[6].log() - y[7].log())).exp()
        rate[3] = pace * y[3] * ((1 - effect) * feedback - 1)
        rate[4] = pace * (y[3] - y[4])
        rate[5] = pace * (y[4] - y[5])
        rate[6] = pace * (y[5] - y[6])
        rate[7] = pace * (y[6] - y[7])
    }
}
