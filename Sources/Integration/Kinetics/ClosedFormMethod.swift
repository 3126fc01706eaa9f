// What the methods that know the amounts of a PartlyLinearSystem have in common.

/// A method that steps through the other states of a ``PartlyLinearSystem`` and knows its amounts, and the states behind them, at every time.
public protocol ClosedFormMethod: StepMethod where System: PartlyLinearSystem {}

extension ClosedFormMethod {
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
        let lanes = UnsafeBufferPointer(start: m.parameters, count: m.parameterCount)
        let inputs = UnsafeBufferPointer(start: m.inputs, count: System.inputCount)
        var prepared = UnsafeMutableBufferPointer(start: m.constants + courseCount, count: System.preparedCount).mutableSpan
        System.prepare(state: now.span, parameters: lanes.span, input: inputs.span, into: &prepared)
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

    /// The first amounts at a time.
    @inlinable @inline(__always)
    func amounts<L: Lane>(
        _ m: LaneMemory<L>, _ since: L, _ decays: CompartmentDecays<L>, _ count: Int, into state: UnsafeMutablePointer<L>
    ) {
        for j in 0..<count {
            state[j] = CompartmentCourse.amount(System.compartments, j, since: since, decays) { m.constants[$0] }
        }
    }
}
