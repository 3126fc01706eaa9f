// A step by the Taylor series of the states beside the kinetics.

/// Taylor's method for the states of a ``PartlyLinearSystem`` that are not amounts, with the amounts in closed form.
///
/// A step begins with the series of all states at its start, order by order from the system's own rates: `KernelWriter` writes that out for a
/// system (``expand(_:_:)``), `Tracing` interprets it. The series tells how far it reaches before a step is tried, so hardly any is refused,
/// a stretch needs no guess for its first step, and every time between a step's ends is a value of the same polynomials.
///
/// A step is as long as lets the last term of every state, and the one before, be a tenth of what the tolerance allows (Jorba and Zou 2005,
/// Experimental Mathematics 14:99–117). That trusts the rates to be smooth; where a state follows from others
/// (``PartlyLinearSystem/settle(state:prepared:)``) the distance of its series from the value that it is set to counts as an error besides, so
/// that a bend in it within the step is seen; and errors are measured against the smaller end of the step, since a state can fall far within a
/// long one. For systems with surfaces there is ``ClosedFormKinetics``.
public protocol KineticsSeries: ClosedFormMethod {
    /// The highest power of time in a state's series.
    static var order: Int { get }

    /// How many series are kept beside the states', in ``LaneMemory/slot(_:_:)``: first those that are given, the amounts that the rates read
    /// and, where ``readsTime``, time.
    var slotCount: Int { get }
    var readsTime: Bool { get }

    /// Writes the coefficients of the powers 1 to ``order`` of all states that are stepped, from ``LaneMemory/state`` on, into the vectors
    /// ``LaneMemory/k(_:)`` from the first on; the series that are given stand in their slots.
    func expand(_ memory: LaneMemory<Number>)
}

extension KineticsSeries {
    @inlinable public var stageCount: Int { Self.order + 1 }
    @inlinable public var errorStage: Int { Self.order }
    @inlinable public var lastRate: Int? { nil }
    @inlinable public var choosesSteps: Bool { true }
    @inlinable public var scratchCount: Int { slotCount * Self.order }
    @inlinable @inline(__always) var stepped: Range<Int> { knownCount..<System.stateCount - System.heldCount }

    @inlinable @inline(__always)
    public func longestStep(_ time: Number, _ m: LaneMemory<Number>, _ allowed: (Number) -> Number) -> Number {
        give(time, m)
        expand(m)
        let (top, below) = (m.k(Self.order - 1), m.k(Self.order - 2))
        var (last, before) = (Number(0), Number(0))
        for i in stepped {
            let weight = allowed(m.state[i].magnitude).roughReciprocal()
            last = last.atLeast((top[i] * weight).magnitude)
            before = before.atLeast((below[i] * weight).magnitude)
        }
        // The power of the step's length at which a term is a tenth of what is allowed.
        func exponent(_ term: Number, _ order: Int) -> Number {
            (term * Number(10)).atLeast(Number(1e-280)).atMost(Number(1e280)).roughLog2() * Number(-1 / Double(order))
        }
        return exponent(last, Self.order).atMost(exponent(before, Self.order - 1)).roughExp2()
    }

    /// The series of the amounts, and of time, from a time on.
    @inlinable @inline(__always)
    func give(_ time: Number, _ m: LaneMemory<Number>) {
        let shape = System.compartments
        let since = time - m.constants[0]
        let decays = CompartmentDecays(shape, after: since) { m.constants[$0] }
        for j in 0..<System.readAmounts {
            CompartmentCourse.expand(shape, j, since: since, decays, order: Self.order, into: m.slot(j, Self.order)) { m.constants[$0] }
        }
        if readsTime {
            let slot = m.slot(System.readAmounts, Self.order)
            for power in 0..<Self.order { slot[power] = power == 0 ? time : Number(power == 1 ? 1 : 0) }
        }
    }

    @inlinable @inline(__always)
    public func attempt(_ time: Number, _ step: Number, _ m: LaneMemory<Number>) {
        var power = step
        for _ in 1..<Self.order { power = power * step }
        let (top, error) = (m.k(Self.order - 1), m.k(errorStage))
        for i in stepped {
            m.stage[i] = value(i, step, m)
            m.next[i] = m.stage[i]
        }
        for i in stepped.upperBound..<System.stateCount { m.next[i] = m.state[i] }
        settle(m, m.next)
        for i in stepped { error[i] = Number.multiplyAdd(power, top[i].magnitude, (m.stage[i] - m.next[i]).magnitude) }
    }

    /// A state some time after the start of the step.
    @inlinable @inline(__always)
    func value(_ state: Int, _ since: Number, _ m: LaneMemory<Number>) -> Number {
        var sum = m.k(Self.order - 1)[state]
        for power in (0..<Self.order - 1).reversed() { sum = Number.multiplyAdd(sum, since, m.k(power)[state]) }
        return Number.multiplyAdd(sum, since, m.state[state])
    }

    @inlinable @inline(__always)
    public func read(
        _ fraction: Number, _ step: Number, _ m: LaneMemory<Number>, _ kept: KeptBits, into state: UnsafeMutablePointer<Number>
    ) {
        let since = fraction * step
        for i in stepped where kept.contains(i) { state[i] = value(i, since, m) }
        for i in stepped.upperBound..<System.stateCount { state[i] = m.state[i] }
    }

    public func shape(_ step: Number, _ memory: LaneMemory<Number>) {
        preconditionFailure("a series has no interpolant's terms: systems with surfaces go by ClosedFormKinetics")
    }
}
