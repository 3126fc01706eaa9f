// What happens to one place between steps: the next segment, the next draw, a restart, a failure.
import CIntegration

extension LaneIntegrator {
    /// Moves a place that stands at the end of its segment, or is empty, on to the next stretch it has to integrate.
    @inlinable
    mutating func advance(_ lane: Int) {
        while true {
            if draw[lane] < 0 {
                guard nextDraw < Int(block.drawCount) else { return park(lane) }
                load(nextDraw, lane)
                nextDraw += 1
                record(lane, upTo: block.segments[0].start)
            } else {
                record(lane, upTo: block.segments[segment[lane]].end)
                segment[lane] += 1
                if segment[lane] == Int(block.segmentCount) {
                    release(lane)
                    continue
                }
            }
            if begin(lane) { return }
        }
    }

    /// Puts a draw's parameters and start into a place.
    @inlinable
    mutating func load(_ index: Int, _ lane: Int) {
        draw[lane] = index
        segment[lane] = 0
        cursor[lane] = 0
        live += 1
        for p in 0..<System.parameterCount {
            set(memory.parameters, p, lane, block.parameters[index * System.parameterCount + p])
        }
        if System.derivedCount > 0 { derive(lane) }
        for s in 0..<System.stateCount { set(memory.state, s, lane, block.initial[index * Int(block.initialStride) + s]) }
        set(memory.active, 0, lane, 1)
        set(memory.attempts, 0, lane, 0)
        if block.refusesStiffness != 0 { expectInspection(lane) }
        if method.knownCount > 0 {
            gather(lane)
            method.prepareDraw(single)
            keepConstants(lane)
        }
    }

    @inlinable
    mutating func release(_ lane: Int) {
        draw[lane] = -1
        live -= 1
    }

    /// Leaves a place without a draw, where it computes what nobody reads.
    @inlinable
    mutating func park(_ lane: Int) {
        set(memory.active, 0, lane, 0)
        set(memory.attempts, 0, lane, 0)
        set(memory.time, 0, lane, 0)
        set(memory.step, 0, lane, 1)
        set(memory.end, 0, lane, .infinity)
        set(memory.output, 0, lane, .infinity)
        set(memory.lastError, 0, lane, 0)
        for s in 0..<System.stateCount { set(memory.k(0), s, lane, 0) }
    }

    /// Starts the current segment with its input and event; false when there is nothing to integrate.
    @inlinable
    mutating func begin(_ lane: Int) -> Bool {
        let current = block.segments[segment[lane]]
        // After segments without length nothing has run yet.
        if current.continues != 0, current.start < current.end, get(memory.attempts, 0, lane) > 0 { return proceed(lane, current) }
        for u in 0..<System.inputCount { set(memory.inputs, u, lane, block.inputs[segment[lane] * System.inputCount + u]) }
        gather(lane)
        if current.hasEvent != 0 {
            apply(Int(current.event), at: current.start, lane)
            for s in 0..<System.stateCount { set(memory.state, s, lane, single.numbers(single.state)[s]) }
        }
        if System.switchCount > 0 { settle(lane, at: current.start) }
        guard current.start < current.end else { return false }
        set(memory.end, 0, lane, current.end)
        prepare(lane, at: current.start)
        return start(lane, at: current.start)
    }

    /// Goes on into a segment at whose start nothing jumps: ``resume(_:)`` follows when all places have been seen to.
    @inlinable
    mutating func proceed(_ lane: Int, _ current: KernelSegment) -> Bool {
        for u in 0..<System.inputCount { set(memory.inputs, u, lane, block.inputs[segment[lane] * System.inputCount + u]) }
        set(memory.end, 0, lane, current.end)
        watch(lane)
        proceeding |= 1 << lane
        return true
    }

    /// Computes what stays the same from here on, from the single state.
    @inlinable
    func prepare(_ lane: Int, at time: Double) {
        method.prepare(single, from: time, to: get(memory.end, 0, lane))
        keepConstants(lane)
        guard method.knownCount > 0 else { return }
        for s in 0..<System.stateCount { set(memory.state, s, lane, single.numbers(single.state)[s]) }
    }

    @inlinable
    func keepConstants(_ lane: Int) {
        for c in 0..<method.constantCount { set(memory.constants, c, lane, single.numbers(single.constants)[c]) }
    }

    /// Copies a place's state, parameters, input, and what known states are computed from, to the single memory.
    @inlinable
    func gather(_ lane: Int) {
        for s in 0..<System.stateCount { single.numbers(single.state)[s] = get(memory.state, s, lane) }
        for p in 0..<memory.parameterCount { single.numbers(single.parameters)[p] = get(memory.parameters, p, lane) }
        for u in 0..<memory.inputCount { single.numbers(single.inputs)[u] = get(memory.inputs, u, lane) }
        guard method.knownCount > 0 else { return }
        for c in 0..<method.constantCount { single.numbers(single.constants)[c] = get(memory.constants, c, lane) }
    }

    /// Lets an event change the single state.
    @inlinable
    func apply(_ event: Int, at time: Double, _ lane: Int) {
        let states = UnsafeMutableBufferPointer(start: single.state, count: System.stateCount)
        let parameters = UnsafeBufferPointer(start: single.parameters, count: single.parameterCount)
        let inputs = UnsafeBufferPointer(start: single.inputs, count: single.inputCount)
        var state = states.mutableSpan
        System.apply(event: event, time: L.Single(time), state: &state, parameters: parameters.span, input: inputs.span)
    }

    /// The next requested time inside the segment, for the lanes to watch.
    @inlinable @discardableResult
    func watch(_ lane: Int) -> Double {
        let end = get(memory.end, 0, lane)
        let index = cursor[lane]
        let next = index < outputCount && block.outputs[index] < end ? block.outputs[index] : .infinity
        set(memory.output, 0, lane, next)
        return next
    }

    /// Fails the places whose step has shrunk to nothing or whose draw has used up its steps.
    @inlinable
    mutating func giveUp(_ refused: L.Mask, _ squaredError: L) {
        for lane in 0..<L.width where draw[lane] >= 0 {
            let time = get(memory.time, 0, lane)
            let smallest = 4e-15 * Double.maximum(time.magnitude, get(memory.end, 0, lane).magnitude)
            if L.isSet(refused, lane: lane), !(get(memory.step, 0, lane) > smallest) {
                fail(lane, squaredError[lane: lane].isFinite ? .stepTooSmall : .notFinite, at: time)
            } else if get(memory.attempts, 0, lane) > Double(block.stepLimit) {
                fail(lane, .tooManySteps, at: time)
            }
        }
    }

    /// Notes why a draw failed (its remaining outputs are NaN) and takes up the next.
    @inlinable
    mutating func fail(_ lane: Int, _ reason: IntegrationError.Reason, at time: Double) {
        abandon(lane, reason, at: time)
        advance(lane)
    }

    /// The same, without taking up another draw.
    @inlinable
    mutating func abandon(_ lane: Int, _ reason: IntegrationError.Reason, at time: Double) {
        block.failed(block.receiver, reason.rawValue, number(lane), time)
        for output in cursor[lane]..<outputCount {
            let row = row(lane, output)
            for s in 0..<System.stateCount { row[s] = .nan }
        }
        release(lane)
    }
}
