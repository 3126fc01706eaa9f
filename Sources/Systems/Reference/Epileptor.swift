// The Epileptor: one node that goes in and out of seizures by itself, for as long as one watches.
import Integration

/// Two fast populations, a slow one that opens and closes the seizure, and a filter between them.
///
/// Jirsa et al. (2014), Brain 137:2210–2230, without noise; the slow variable's −0.1·z⁷ below zero and the slope follow The Virtual
/// Brain's form of it (Sanz Leon et al. 2013, Front. Neuroinform. 7:10).
/// States: x1, y1 (fast discharges), z (permittivity), x2, y2 (spikes and waves), g (filtered x1), without units; one unit of time is
/// about a millisecond. Parameters: x0 −1.6, current I₁ 3.1, 1/τ₀ 0.00035, slope 0. Start (−1.5, −10, 3.5, −1, 0, −0.1).
///
/// The equations bend where x1 and where x2 + 0.25 change sign: switches 0 and 1.
public enum Epileptor: KernelSystem {
    @inlinable public static var name: String { "epileptor" }
    @inlinable public static var stateCount: Int { 6 }
    @inlinable public static var parameterCount: Int { 4 }
    @inlinable public static var inputCount: Int { 0 }
    @inlinable public static var switchCount: Int { 2 }
    @inlinable public static var surfaces: [Surface] { [Surface(switch: 0), Surface(switch: 1)] }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let (x1, y1, z, x2, y2, g) = (y[0], y[1], y[2], y[3], y[4], y[5])
        let square = x1 * x1
        let above = L.multiplyAdd(0.6 * (z - 4), z - 4, p[3] - x2)
        let below = L.multiplyAdd(L(3), x1, -square)
        let steep = L.select(L.lessThan(L(0.5), input[0]), above, below)
        rate[0] = L.multiplyAdd(steep, x1, (y1 - z) + p[1])
        rate[1] = L.multiplyAdd(L(-5), square, 1 - y1)
        // Smooth enough where z is zero: its sixth derivative is the first to bend.
        let negative = z.atMost(0)
        let cube = negative * negative * negative
        let pull = L.multiplyAdd(-0.1 * negative, cube * cube, L.multiplyAdd(L(4), x1 - p[0], -z))
        rate[2] = p[2] * pull
        let slow = L.multiplyAdd(L(-0.3), z - 3.5, L.multiplyAdd(L(2), g, 0.45 - y2))
        rate[3] = L.multiplyAdd(L.multiplyAdd(-x2, x2, L(1)), x2, slow)
        let over = L.select(L.lessThan(L(0.5), input[1]), L.multiplyAdd(L(6), x2, L(1.5)), L(0))
        rate[4] = 0.1 * (over - y2)
        rate[5] = L.multiplyAdd(L(0.001), x1, -0.01 * g)
    }

    @inlinable @inline(__always)
    public static func distance<L: Lane>(surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>) -> L {
        surface == 0 ? state[0] : state[3] + 0.25
    }
}
