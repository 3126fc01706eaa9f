// Linear kinetics exactly, and the states beside them by an explicit method.

/// Dormand and Prince's method for the states that are not amounts, with the amounts in closed form: see ``PartlyLinearSystem``.
///
/// The amounts are in no error, no interpolant and no step control: where they change fast, steps are short because the other states say so.
/// The exponentials at the five times of a step are powers of one, since 1/5, 3/10, 4/5, 8/9 and 1 are whole multiples of 1/90. What is left
/// of them at a step's end is where the next step starts, in the places of the amounts' rates; they lose some 10⁻¹⁴ a step, from one event
/// to the next, and only in stages: every amount that is asked for is computed afresh from the last event.
public struct ClosedFormKinetics<System: PartlyLinearSystem, Number: Lane>: ClosedFormMethod {
    @usableFromInline typealias Table = DormandPrinceTable
    /// Surfaces may look at all amounts at the end of a step.
    @usableFromInline let isWatched: Bool

    @inlinable
    public init() { isWatched = !System.surfaces.isEmpty }

    @inlinable public var stageCount: Int { 7 }
    @inlinable public var errorStage: Int { 1 }
    @inlinable public var lastRate: Int? { 6 }

    @inlinable
    public func shape(_ h: Number, _ m: LaneMemory<Number>) { DormandPrinceShape.write(knownCount..<System.stateCount, h, m) }

    @inlinable @inline(__always)
    public func read(
        _ fraction: Number, _ h: Number, _ m: LaneMemory<Number>, _ kept: KeptBits, into state: UnsafeMutablePointer<Number>
    ) {
        let stepped = knownCount..<System.stateCount - System.heldCount
        DormandPrinceShape.read(stepped, fraction, h, m, kept, into: state)
        for i in stepped.upperBound..<System.stateCount { state[i] = m.state[i] }
    }

    @inlinable
    public func rate<L: Lane>(_ m: LaneMemory<L>, _ time: L, _ state: UnsafeMutablePointer<L>, into out: UnsafeMutablePointer<L>) {
        let since = time - m.constants[0]
        let decays = CompartmentDecays(System.compartments, after: since) { m.constants[$0] }
        amounts(m, since, decays, System.readAmounts, into: state)
        remainder(m, time, state, into: out)
        decays.write(System.compartments, to: out)
    }

    /// The rates of the others, from plain memory.
    @inlinable @inline(__always)
    func remainder<L: Lane>(_ m: LaneMemory<L>, _ time: L, _ state: UnsafeMutablePointer<L>, into out: UnsafeMutablePointer<L>) {
        let states = UnsafeBufferPointer(start: state, count: System.stateCount)
        let prepared = UnsafeBufferPointer(start: m.constants + courseCount, count: System.preparedCount)
        var rates = UnsafeMutableBufferPointer(start: out, count: System.stateCount).mutableSpan
        System.remainder(time: time, state: states.span, prepared: prepared.span, into: &rates)
    }
}
