// Linear kinetics exactly, and the states beside them by an explicit method.

/// Dormand and Prince's method for the states that are not amounts, with the amounts in closed form: see ``PartlyLinearSystem``.
///
/// The amounts are in no error, no interpolant and no step control: where they change fast, steps are short because the other states say so.
/// The exponentials at the five times of a step are powers of one, since 1/5, 3/10, 4/5, 8/9 and 1 are whole multiples of 1/90. What is left
/// of them at a step's end is where the next step starts, in the places of the amounts' rates; they lose some 10⁻¹⁴ a step, from one event
/// to the next, and only in stages: every amount that is asked for is computed afresh from the last event.
public struct ClosedFormKinetics<System: PartlyLinearSystem, Number: Lane>: StepMethod {
    @usableFromInline typealias Table = DormandPrinceTable
    /// Surfaces may look at all amounts at the end of a step.
    @usableFromInline let isWatched: Bool

    @inlinable
    public init() { isWatched = !System.surfaces.isEmpty }

    @inlinable public var stageCount: Int { 7 }
    @inlinable public var errorStage: Int { 1 }
    @inlinable public var lastRate: Int? { 6 }
    @inlinable public var knownCount: Int { System.compartments.stateCount + System.closedCount }
    /// The course of the amounts, what the system prepared, and the draw's modes.
    @inlinable public var constantCount: Int { modesPlace + CompartmentModes.numberCount }
    /// A step does not read the modes.
    @inlinable public var steppedConstantCount: Int { modesPlace }
    @inlinable var courseCount: Int { CompartmentCourse.count(System.compartments) }
    @inlinable var modesPlace: Int { courseCount + System.preparedCount }

    @inlinable
    public func prepareDraw(_ m: LaneMemory<Number.Single>) {
        let parameters = UnsafeBufferPointer(start: m.numbers(m.parameters), count: System.parameterCount)
        let rates = System.compartmentRates(parameters: parameters.span)
        CompartmentModes(rates, count: System.compartments.count).write(to: m.numbers(m.constants) + modesPlace)
    }

    @inlinable
    public func prepare(_ m: LaneMemory<Number.Single>, from start: Double, to end: Double) {
        let state = UnsafeBufferPointer(start: m.numbers(m.state), count: System.stateCount)
        let parameters = UnsafeBufferPointer(start: m.numbers(m.parameters), count: System.parameterCount)
        let input = UnsafeBufferPointer(start: m.numbers(m.inputs), count: System.inputCount)
        let infusion = System.infusion(state: state.span, parameters: parameters.span, input: input.span)
        CompartmentCourse.write(
            System.compartments, CompartmentModes(reading: m.numbers(m.constants) + modesPlace), amounts: m.numbers(m.state),
            infusion: infusion, start: start, end: end, into: m.numbers(m.constants))
        let now = UnsafeBufferPointer(start: m.state, count: System.stateCount)
        let lanes = UnsafeBufferPointer(start: m.parameters, count: System.parameterCount)
        let inputs = UnsafeBufferPointer(start: m.inputs, count: System.inputCount)
        var prepared = UnsafeMutableBufferPointer(start: m.constants + courseCount, count: System.preparedCount).mutableSpan
        System.prepare(
            time: Number.Single(start), state: now.span, parameters: lanes.span, input: inputs.span, into: &prepared)
        settle(m, m.state)
    }

    /// Gives the states that follow from others their values.
    @inlinable @inline(__always)
    func settle<L: Lane>(_ m: LaneMemory<L>, _ state: UnsafeMutablePointer<L>) {
        let prepared = UnsafeBufferPointer(start: m.constants + courseCount, count: System.preparedCount)
        var states = UnsafeMutableBufferPointer(start: state, count: System.stateCount).mutableSpan
        System.settle(state: &states, prepared: prepared.span)
    }

    @inlinable @inline(__always)
    public func known<L: Lane>(_ m: LaneMemory<L>, at time: L, _ asked: KeptBits, into state: UnsafeMutablePointer<L>) {
        let since = time - m.constants[0]
        let amountCount = System.compartments.stateCount
        if (0..<amountCount).contains(where: asked.contains) {
            let decays = CompartmentDecays(System.compartments, after: since) { m.constants[$0] }
            amounts(m, since, decays, amountCount, into: state)
        }
        closed(m, since, into: state)
    }

    /// The states behind the amounts that are known too.
    @inlinable @inline(__always)
    func closed<L: Lane>(_ m: LaneMemory<L>, _ since: L, into state: UnsafeMutablePointer<L>) {
        guard System.closedCount > 0 else { return }
        let prepared = UnsafeBufferPointer(start: m.constants + courseCount, count: System.preparedCount)
        var states = UnsafeMutableBufferPointer(start: state, count: System.stateCount).mutableSpan
        System.close(since: since, prepared: prepared.span, into: &states)
    }

    @inlinable
    public func rate<L: Lane>(_ m: LaneMemory<L>, _ time: L, _ state: UnsafeMutablePointer<L>, into out: UnsafeMutablePointer<L>) {
        let since = time - m.constants[0]
        let decays = CompartmentDecays(System.compartments, after: since) { m.constants[$0] }
        amounts(m, since, decays, System.readAmounts, into: state)
        remainder(m, time, state, into: out)
        decays.write(System.compartments, to: out)
    }

    /// The first amounts at a time.
    @inlinable @inline(__always)
    func amounts<L: Lane>(
        _ m: LaneMemory<L>, _ since: L, _ decays: CompartmentDecays<L>, _ count: Int, into state: UnsafeMutablePointer<L>
    ) {
        for j in 0..<count {
            state[j] = CompartmentCourse.amount(System.compartments, j, since: since, decays) { m.constants[$0] }
        }
    }

    /// The rates of the others, from plain memory.
    @inlinable @inline(__always)
    func remainder<L: Lane>(_ m: LaneMemory<L>, _ time: L, _ state: UnsafeMutablePointer<L>, into out: UnsafeMutablePointer<L>) {
        let states = UnsafeBufferPointer(start: state, count: System.stateCount)
        let prepared = UnsafeBufferPointer(start: m.constants + courseCount, count: System.preparedCount)
        var rates = UnsafeMutableBufferPointer(start: out, count: System.stateCount).mutableSpan
        System.remainder(time: time, state: states.span, prepared: prepared.span, into: &rates)
    }

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
}
