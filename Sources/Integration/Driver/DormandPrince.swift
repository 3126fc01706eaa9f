// The explicit method: seven rates, the last of which serves the next step as its first.

/// Dormand and Prince (1980), order 5(4): for systems without fast and stable parts.
public struct DormandPrince<System: OrdinarySystem, Number: Lane>: StepMethod {
    @usableFromInline typealias Table = DormandPrinceTable

    @inlinable
    public init() {}

    @inlinable public var stageCount: Int { 7 }
    /// The second rate is in neither the error nor the interpolant: its place holds the error.
    @inlinable public var errorStage: Int { 1 }
    @inlinable public var lastRate: Int? { 6 }
    @inlinable public var constantCount: Int { 0 }
    /// 3.3 on the negative real axis; DOPRI5's warning comes a little earlier.
    @inlinable public var stabilityLimit: Double? { 3.25 }

    @inlinable @inline(__always)
    public func attempt(_ t: Number, _ h: Number, _ m: LaneMemory<Number>) {
        let (y, z) = (m.state, m.stage)
        let (k1, k2, k3, k4, k5, k6, k7) = (m.k(0), m.k(1), m.k(2), m.k(3), m.k(4), m.k(5), m.k(6))
        for i in 0..<System.stateCount { z[i] = Number.multiplyAdd(h, k1[i] * Table.a21, y[i]) }
        System.rate(m, Number.multiplyAdd(h, Number(Table.c2), t), z, into: k2)
        for i in 0..<System.stateCount {
            let slope = sum(k1[i], Table.a31, k2[i], Table.a32)
            z[i] = Number.multiplyAdd(h, slope, y[i])
        }
        System.rate(m, Number.multiplyAdd(h, Number(Table.c3), t), z, into: k3)
        for i in 0..<System.stateCount {
            let slope = sum(k1[i], Table.a41, k2[i], Table.a42)
            z[i] = Number.multiplyAdd(h, Number.multiplyAdd(k3[i], Number(Table.a43), slope), y[i])
        }
        System.rate(m, Number.multiplyAdd(h, Number(Table.c4), t), z, into: k4)
        for i in 0..<System.stateCount {
            let slope = sum(k1[i], Table.a51, k2[i], Table.a52) + sum(k3[i], Table.a53, k4[i], Table.a54)
            z[i] = Number.multiplyAdd(h, slope, y[i])
        }
        System.rate(m, Number.multiplyAdd(h, Number(Table.c5), t), z, into: k5)
        for i in 0..<System.stateCount {
            let more = Number.multiplyAdd(k5[i], Number(Table.a65), sum(k3[i], Table.a63, k4[i], Table.a64))
            z[i] = Number.multiplyAdd(h, sum(k1[i], Table.a61, k2[i], Table.a62) + more, y[i])
        }
        System.rate(m, t + h, z, into: k6)
        for i in 0..<System.stateCount {
            let more = Number.multiplyAdd(k6[i], Number(Table.b6), sum(k4[i], Table.b4, k5[i], Table.b5))
            m.next[i] = Number.multiplyAdd(h, sum(k1[i], Table.b1, k3[i], Table.b3) + more, y[i])
        }
        System.rate(m, t + h, m.next, into: k7)
        for i in 0..<System.stateCount {
            let more = sum(k4[i], Table.e4, k5[i], Table.e5) + sum(k6[i], Table.e6, k7[i], Table.e7)
            k2[i] = h * (sum(k1[i], Table.e1, k3[i], Table.e3) + more)
        }
    }

    /// a·x + b·y.
    @inlinable @inline(__always)
    func sum(_ x: Number, _ a: Double, _ y: Number, _ b: Double) -> Number { Number.multiplyAdd(y, Number(b), x * Number(a)) }

    @inlinable @inline(__always)
    public func shape(_ h: Number, _ m: LaneMemory<Number>) {
        DormandPrinceShape.write(0..<System.stateCount, h, m)
    }

    @inlinable @inline(__always)
    public func read(
        _ fraction: Number, _ h: Number, _ m: LaneMemory<Number>, _ kept: KeptBits, into state: UnsafeMutablePointer<Number>
    ) {
        DormandPrinceShape.read(0..<System.stateCount, fraction, h, m, kept, into: state)
    }
}
