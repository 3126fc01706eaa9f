// A step of the states beside the kinetics, with the amounts at each stage's time.

extension ClosedFormKinetics {
    @inlinable @inline(__always)
    public func attempt(_ t: Number, _ h: Number, _ m: LaneMemory<Number>) {
        let (y, z) = (m.state, m.stage)
        let (k1, k2, k3, k4, k5, k6, k7) = (m.k(0), m.k(1), m.k(2), m.k(3), m.k(4), m.k(5), m.k(6))
        let others = knownCount..<System.stateCount - System.heldCount
        for i in others.upperBound..<System.stateCount {
            z[i] = y[i]
            m.next[i] = y[i]
        }
        let now = StepDecays(System.compartments, CompartmentDecays(System.compartments, reading: k1), h) { m.constants[$0] }

        for i in others { z[i] = Number.multiplyAdd(h, k1[i] * Table.a21, y[i]) }
        stage(m, t, h, Table.c2, now.left(now.eighteen), into: k2)
        for i in others {
            let slope = sum(k1[i], Table.a31, k2[i], Table.a32)
            z[i] = Number.multiplyAdd(h, slope, y[i])
        }
        stage(m, t, h, Table.c3, now.left(now.twentySeven), into: k3)
        for i in others {
            let slope = sum(k1[i], Table.a41, k2[i], Table.a42)
            z[i] = Number.multiplyAdd(h, Number.multiplyAdd(k3[i], Number(Table.a43), slope), y[i])
        }
        stage(m, t, h, Table.c4, now.left(now.seventyTwo), into: k4)
        for i in others {
            let slope = sum(k1[i], Table.a51, k2[i], Table.a52) + sum(k3[i], Table.a53, k4[i], Table.a54)
            z[i] = Number.multiplyAdd(h, slope, y[i])
        }
        stage(m, t, h, Table.c5, now.left(now.eighty), into: k5)
        for i in others {
            let more = Number.multiplyAdd(k5[i], Number(Table.a65), sum(k3[i], Table.a63, k4[i], Table.a64))
            z[i] = Number.multiplyAdd(h, sum(k1[i], Table.a61, k2[i], Table.a62) + more, y[i])
        }
        stage(m, t, h, 1, now.left(now.ninety), into: k6)
        for i in others {
            let more = Number.multiplyAdd(k6[i], Number(Table.b6), sum(k4[i], Table.b4, k5[i], Table.b5))
            m.next[i] = Number.multiplyAdd(h, sum(k1[i], Table.b1, k3[i], Table.b3) + more, y[i])
        }
        // The last two stages are at the same time.
        let end = t + h
        let last = now.left(now.ninety)
        for j in 0..<System.readAmounts { m.next[j] = z[j] }
        settle(m, m.next)
        remainder(m, end, m.next, into: k7)
        last.write(System.compartments, to: k7)
        if isWatched {
            amounts(m, end - m.constants[0], last, System.compartments.stateCount, into: m.next)
            closed(m, end - m.constants[0], into: m.next)
        }
        for i in others {
            let more = sum(k4[i], Table.e4, k5[i], Table.e5) + sum(k6[i], Table.e6, k7[i], Table.e7)
            k2[i] = h * (sum(k1[i], Table.e1, k3[i], Table.e3) + more)
        }
    }

    /// The rates of a stage a part of the way through the step.
    @inlinable @inline(__always)
    func stage(
        _ m: LaneMemory<Number>, _ t: Number, _ h: Number, _ part: Double, _ decays: CompartmentDecays<Number>,
        into out: UnsafeMutablePointer<Number>
    ) {
        let time = Number.multiplyAdd(h, Number(part), t)
        amounts(m, time - m.constants[0], decays, System.readAmounts, into: m.stage)
        remainder(m, time, m.stage, into: out)
    }

    /// a·x + b·y.
    @inlinable @inline(__always)
    func sum(_ x: Number, _ a: Double, _ y: Number, _ b: Double) -> Number { Number.multiplyAdd(y, Number(b), x * Number(a)) }
}

/// The exponentials at the times of a step: what is left at its start, times powers of what is left after a ninetieth.
@usableFromInline
struct StepDecays<L: Lane> {
    @usableFromInline let shape: CompartmentShape
    @usableFromInline let start: CompartmentDecays<L>
    @usableFromInline let eighteen: CompartmentDecays<L>
    @usableFromInline let twentySeven: CompartmentDecays<L>
    @usableFromInline let seventyTwo: CompartmentDecays<L>
    @usableFromInline let eighty: CompartmentDecays<L>
    @usableFromInline let ninety: CompartmentDecays<L>

    @inlinable @inline(__always)
    init(_ shape: CompartmentShape, _ start: CompartmentDecays<L>, _ step: L, _ number: (Int) -> L) {
        typealias Decays = CompartmentDecays<L>
        self.shape = shape
        self.start = start
        let one = Decays(shape, after: step * L(1 / 90), number)
        let two = Decays(shape, one, one)
        let four = Decays(shape, two, two)
        let eight = Decays(shape, four, four)
        let nine = Decays(shape, eight, one)
        eighteen = Decays(shape, nine, nine)
        twentySeven = Decays(shape, eighteen, nine)
        let thirtySix = Decays(shape, eighteen, eighteen)
        seventyTwo = Decays(shape, thirtySix, thirtySix)
        eighty = Decays(shape, seventyTwo, eight)
        ninety = Decays(shape, seventyTwo, eighteen)
    }

    /// What is left at a time of the step, from what a part of the step leaves.
    @inlinable @inline(__always)
    func left(_ part: CompartmentDecays<L>) -> CompartmentDecays<L> { CompartmentDecays(shape, start, part) }
}
