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

    /// a·x + b·y.
    @inlinable @inline(__always)
    static func sum<Number: Lane>(_ x: Number, _ a: Double, _ y: Number, _ b: Double) -> Number {
        Number.multiplyAdd(y, Number(b), x * Number(a))
    }
}
