// The curve between the ends of a step of Dormand and Prince's method.

/// The three terms of the interpolant, from the seven rates.
@usableFromInline
enum DormandPrinceShape {
    @usableFromInline typealias Table = DormandPrinceTable

    /// For some of the states.
    @inlinable @inline(__always)
    static func write<Number: Lane>(_ states: Range<Int>, _ h: Number, _ m: LaneMemory<Number>) {
        for i in states {
            let (k1, k7) = (m.k(0)[i], m.k(6)[i])
            let rise = m.next[i] - m.state[i]
            let bend = h * k1 - rise
            let more = sum(m.k(3)[i], Table.d4, m.k(4)[i], Table.d5) + sum(m.k(5)[i], Table.d6, k7, Table.d7)
            let fourth = h * (sum(k1, Table.d1, m.k(2)[i], Table.d3) + more)
            // DOPRI5 writes its last term with 1 − θ where the driver has θ.
            m.shape(0)[i] = bend
            m.shape(1)[i] = ((rise - h * k7) - bend) + fourth
            m.shape(2)[i] = -fourth
        }
    }

    /// The interpolant itself at a fraction θ of the step. With φ = θ·(1 − θ) it is
    /// `y + rise·(θ + φ·(2θ − 1)) + h·φ·((1 − θ)·k1 − θ·k7 + φ·Σ dⱼ·kⱼ)`.
    @inlinable @inline(__always)
    static func read<Number: Lane>(
        _ states: Range<Int>, _ fraction: Number, _ h: Number, _ m: LaneMemory<Number>, _ kept: KeptBits,
        into out: UnsafeMutablePointer<Number>
    ) {
        let left = Number(1) - fraction
        let both = fraction * left
        let part = Number.multiplyAdd(both, fraction - left, fraction)
        let scaled = h * both
        let w1 = scaled * Number.multiplyAdd(both, Number(Table.d1), left)
        let w7 = scaled * Number.multiplySubtract(both, Number(Table.d7), fraction)
        let inner = scaled * both
        let (w3, w4) = (inner * Number(Table.d3), inner * Number(Table.d4))
        let (w5, w6) = (inner * Number(Table.d5), inner * Number(Table.d6))
        for i in states where kept.contains(i) {
            let rise = m.next[i] - m.state[i]
            let start = Number.multiplyAdd(part, rise, m.state[i])
            let early = Number.multiplyAdd(w3, m.k(2)[i], Number.multiplyAdd(w1, m.k(0)[i], start))
            let late = Number.multiplyAdd(w5, m.k(4)[i], w4 * m.k(3)[i])
            let last = Number.multiplyAdd(w7, m.k(6)[i], w6 * m.k(5)[i])
            out[i] = early + (late + last)
        }
    }

    /// a·x + b·y.
    @inlinable @inline(__always)
    static func sum<Number: Lane>(_ x: Number, _ a: Double, _ y: Number, _ b: Double) -> Number {
        Number.multiplyAdd(y, Number(b), x * Number(a))
    }
}
