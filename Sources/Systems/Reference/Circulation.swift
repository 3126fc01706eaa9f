// A closed loop of heart, body and lung: the usual non-stiff problem with valves.
import Integration

/// Two ventricles of time-varying elastance, two passive atria, systemic and pulmonary vessels; four valves that are ideal diodes.
///
/// Elastance after Suga, Sagawa and Shoukas (1973), Circ. Res. 32:314–322, with two half-waves of a cosine for its course; the loop of
/// compliances and resistances and all its values are `assumption`, made for the benchmark (`Tests/Benchmarks/peers/models.hpp`).
///
/// States: volumes, mL, of left atrium, left ventricle, aorta, arteries, veins, right atrium, right ventricle, pulmonary arteries and veins;
/// flow out of the aorta, mL/s. Time in seconds, pressures in mmHg. Parameters: elastances mmHg/mL of the left ventricle (greatest, least),
/// the right (likewise), left and right atrium; resistances mmHg·s/mL of body and lung; compliances mL/mmHg of aorta, systemic veins,
/// pulmonary arteries and veins. Inputs: activation is sin²(π/2·(t − origin)·pace), so that its corners are borders of segments
/// (``segments(beats:)``). Switches: mitral, aortic, tricuspid, pulmonary valve, 1 where open.
///
/// Invariant: the nine volumes' rates add up to zero.
public enum Circulation: KernelSystem {
    @inlinable public static var name: String { "circulation" }
    @inlinable public static var stateCount: Int { 10 }
    @inlinable public static var parameterCount: Int { 12 }
    @inlinable public static var derivedCount: Int { 15 }
    @inlinable public static var inputCount: Int { 2 }
    @inlinable public static var switchCount: Int { 4 }
    @inlinable public static var surfaces: [Surface] { (0..<4).map { Surface(switch: $0) } }

    /// Those with a valve: all but arteries, veins, lung veins and the flow.
    @inlinable public static var watchedStates: UInt64 { 0b00_1110_0111 }

    /// Beats of 0.8 s from time 0: contracting for 0.3 s, relaxing for 0.15 s, slack for the rest.
    public static func segments(beats: Int) -> [Segment] {
        (0..<beats).flatMap { beat -> [Segment] in
            let from = 0.8 * Double(beat)
            let (peak, slack, next) = (from + 0.3, from + 0.45, 0.8 * Double(beat + 1))
            return [
                Segment(start: from, end: peak, input: [from, 1 / 0.3], continues: true),
                Segment(start: peak, end: slack, input: [slack, 1 / 0.15], continues: true),
                Segment(start: slack, end: next, input: [slack, 0], continues: true),
            ]
        }
    }

    /// Places behind the twelve parameters: reciprocals, and what a pressure has in it of volumes without one.
    @usableFromInline
    enum Derived {
        @inlinable static var aorta: Int { 12 }
        @inlinable static var veins: Int { 13 }
        @inlinable static var lungArteries: Int { 14 }
        @inlinable static var lungVeins: Int { 15 }
        @inlinable static var body: Int { 16 }
        @inlinable static var lung: Int { 17 }
        /// The pressure that a volume of nothing would have: −E·V₀ of the atria, −V₀/C of the vessels.
        @inlinable static var leftAtriumSlack: Int { 18 }
        @inlinable static var rightAtriumSlack: Int { 19 }
        @inlinable static var aortaSlack: Int { 20 }
        @inlinable static var veinsSlack: Int { 21 }
        @inlinable static var lungArteriesSlack: Int { 22 }
        @inlinable static var lungVeinsSlack: Int { 23 }
        /// By how much the ventricles' elastance rises, and what the aortic flow loses on its way.
        @inlinable static var leftRise: Int { 24 }
        @inlinable static var rightRise: Int { 25 }
        @inlinable static var aorticLoss: Int { 26 }
    }

    /// What a step would compute again and again from a draw's parameters.
    @inlinable @inline(__always)
    public static func derive<L: Lane>(parameters p: Span<L>, into derived: inout MutableSpan<L>) {
        derived[0] = 1 / p[8]
        derived[1] = 1 / p[9]
        derived[2] = 1 / p[10]
        derived[3] = 1 / p[11]
        derived[4] = 1 / (0.15 * p[6])
        derived[5] = 1 / p[7]
        derived[6] = -20 * p[4]
        derived[7] = -20 * p[5]
        derived[8] = -500 / p[8]
        derived[9] = -2500 / p[9]
        derived[10] = -80 / p[10]
        derived[11] = -300 / p[11]
        derived[12] = p[0] - p[1]
        derived[13] = p[2] - p[3]
        derived[14] = -0.85 * p[6]
    }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let active = activation(time, input)
        let leftAtrium = L.multiplyAdd(p[4], y[0], p[Derived.leftAtriumSlack])
        let leftVentricle = L.multiplyAdd(active, p[Derived.leftRise], p[1]) * (y[1] - 10)
        let aorta = L.multiplyAdd(y[2], p[Derived.aorta], p[Derived.aortaSlack])
        let arteries = L.multiplyAdd(y[3], L(0.25), L(-50))
        let veins = L.multiplyAdd(y[4], p[Derived.veins], p[Derived.veinsSlack])
        let rightAtrium = L.multiplyAdd(p[5], y[5], p[Derived.rightAtriumSlack])
        let rightVentricle = L.multiplyAdd(active, p[Derived.rightRise], p[3]) * (y[6] - 10)
        let lungArteries = L.multiplyAdd(y[7], p[Derived.lungArteries], p[Derived.lungArteriesSlack])
        let lungVeins = L.multiplyAdd(y[8], p[Derived.lungVeins], p[Derived.lungVeinsSlack])

        let mitral = (200 * input[2]) * (leftAtrium - leftVentricle)
        let aortic = (100 * input[3]) * (leftVentricle - aorta)
        let tricuspid = (200 * input[4]) * (rightAtrium - rightVentricle)
        let pulmonary = ((1 / 0.006) * input[5]) * (rightVentricle - lungArteries)
        let capillary = (arteries - veins) * p[Derived.body]
        let caval = (veins - rightAtrium) * (1 / 0.03)
        let lung = (lungArteries - lungVeins) * p[Derived.lung]
        let venous = (lungVeins - leftAtrium) * 100

        rate[0] = venous - mitral
        rate[1] = mitral - aortic
        rate[2] = aortic - y[9]
        rate[3] = y[9] - capillary
        rate[4] = capillary - caval
        rate[5] = caval - tricuspid
        rate[6] = tricuspid - pulmonary
        rate[7] = pulmonary - lung
        rate[8] = lung - venous
        rate[9] = L.multiplyAdd(p[Derived.aorticLoss], y[9], aorta - arteries) * 200
    }

    /// The pressure across a valve, forwards.
    @inlinable @inline(__always)
    public static func distance<L: Lane>(surface: Int, time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>) -> L {
        distance(surface, activation(time, input), y, p)
    }

    @inlinable @inline(__always)
    public static func distances<L: Lane>(
        time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into distances: inout MutableSpan<L>
    ) {
        let active = activation(time, input)
        for surface in 0..<4 { distances[surface] = distance(surface, active, y, p) }
    }

    @inlinable @inline(__always)
    static func distance<L: Lane>(_ surface: Int, _ active: L, _ y: Span<L>, _ p: Span<L>) -> L {
        if surface < 2 {
            let ventricle = L.multiplyAdd(active, p[Derived.leftRise], p[1]) * (y[1] - 10)
            return surface == 0
                ? L.multiplyAdd(p[4], y[0], p[Derived.leftAtriumSlack]) - ventricle
                : ventricle - L.multiplyAdd(y[2], p[Derived.aorta], p[Derived.aortaSlack])
        }
        let ventricle = L.multiplyAdd(active, p[Derived.rightRise], p[3]) * (y[6] - 10)
        return surface == 2
            ? L.multiplyAdd(p[5], y[5], p[Derived.rightAtriumSlack]) - ventricle
            : ventricle - L.multiplyAdd(y[7], p[Derived.lungArteries], p[Derived.lungArteriesSlack])
    }

    /// 0 at rest to 1 at the height of contraction. The sine's polynomial was fitted for this project at Chebyshev nodes on ±π/2
    /// (approximation error below 2⁻⁵²).
    @inlinable @inline(__always)
    static func activation<L: Lane>(_ time: L, _ input: Span<L>) -> L {
        let u = (time - input[0]) * input[1]
        let v = u * u
        let w = v * v
        let q01 = L.multiplyAdd(v, L(-0.645_964_097_506_223_2), L(1.570_796_326_794_896_3))
        let q23 = L.multiplyAdd(v, L(-0.004_681_754_131_447_062), L(0.079_692_626_245_683_37))
        let q45 = L.multiplyAdd(v, L(-3.598_810_706_313_679_4e-06), L(0.000_160_441_169_563_106_3))
        let q67 = L.multiplyAdd(v, L(-6.449_471_237_809_134e-10), L(5.688_318_064_017_795e-08))
        let high = L.multiplyAdd(q67, w, q45)
        let sine = u * L.multiplyAdd(high, w * w, L.multiplyAdd(q23, w, q01))
        return sine * sine
    }
}
