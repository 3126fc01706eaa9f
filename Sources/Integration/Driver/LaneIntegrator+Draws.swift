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
        let single = single(lane)
        draw[lane] = index
        segment[lane] = 0
        cursor[lane] = 0
        rows[lane] = block.values + index * Int(block.drawStride)
        live += 1
        for p in 0..<System.parameterCount {
            let number = block.parameters[index * System.parameterCount + p]
            set(memory.parameters, p, lane, number)
            single.numbers(single.parameters)[p] = number
        }
        if System.derivedCount > 0 { derive(lane) }
        for s in 0..<System.stateCount { set(memory.state, s, lane, block.initial[index * Int(block.initialStride) + s]) }
        set(memory.active, 0, lane, 1)
        set(memory.attempts, 0, lane, 0)
        jumped |= 1 << lane
        unsettled &= ~(1 << lane)
        if block.refusesStiffness != 0 { expectInspection(lane) }
        method.prepareDraw(single)
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
        let (current, single) = (block.segments[segment[lane]], single(lane))
        let hasLength = current.start < current.end
        // After segments without length nothing has run yet.
        if current.continues != 0, hasLength, get(memory.attempts, 0, lane) > 0 { return proceed(lane) }
        gather(lane)
        if jumped & (1 << lane) == 0 {
            switch jump(lane, segment[lane]) {
            case .nothing:
                if hasLength { pass(lane) }
                return hasLength
            case .input where hasLength && current.hasEvent == 0: return proceed(lane)
            case .input, .everything: break
            }
        }
        settleKnown(lane)
        putInputs(lane)
        if current.hasEvent != 0 {
            jumped |= 1 << lane
            apply(Int(current.event), at: current.start, lane)
            for s in 0..<System.stateCount { set(memory.state, s, lane, single.numbers(single.state)[s]) }
        }
        if System.switchCount > 0 { settle(lane, at: current.start) }
        guard hasLength else { return false }
        set(memory.end, 0, lane, farthestEnd(lane))
        prepare(lane, at: current.start)
        return start(lane, at: current.start)
    }

    /// Gives a place the current segment's input.
    @inlinable
    func putInputs(_ lane: Int) {
        let (inputs, single) = (block.inputs + segment[lane] * System.inputCount, single(lane))
        for u in 0..<System.inputCount {
            set(memory.inputs, u, lane, inputs[u])
            single.numbers(single.inputs)[u] = inputs[u]
        }
    }

    /// What changes at a segment's start, from the single state.
    @inlinable @inline(__always)
    func jump(_ lane: Int, _ number: Int) -> Jump {
        let (single, segment) = (single(lane), block.segments[number])
        return System.jump(
            event: segment.hasEvent != 0 ? Int(segment.event) : nil, time: segment.start,
            state: UnsafeBufferPointer(start: single.numbers(single.state), count: System.stateCount).span,
            parameters: UnsafeBufferPointer(start: single.numbers(single.parameters), count: single.parameterCount).span,
            input: UnsafeBufferPointer(start: block.inputs + number * System.inputCount, count: System.inputCount).span,
            running: UnsafeBufferPointer(start: single.numbers(single.inputs), count: System.inputCount).span)
    }

    /// The end of the current segment, or of the last of those after it at whose starts nothing will change: that becomes the current one.
    @inlinable
    func farthestEnd(_ lane: Int) -> Double {
        var number = segment[lane]
        if surfaces.isEmpty {
            while number + 1 < Int(block.segmentCount) {
                let next = block.segments[number + 1]
                let isForeseen = System.isForeseen(event: next.hasEvent != 0 ? Int(next.event) : nil)
                guard isForeseen, jump(lane, number + 1) == .nothing else { break }
                number += 1
            }
        }
        segment[lane] = number
        return block.segments[number].end
    }

    /// Goes on into a segment at whose start nothing changes for this draw.
    @inlinable
    mutating func pass(_ lane: Int) {
        set(memory.end, 0, lane, farthestEnd(lane))
        watch(lane)
        unsettled &= ~(1 << lane)
        passing |= 1 << lane
    }

    /// Goes on into a segment at whose start only the input changes: ``resume(_:)`` follows when all places have been seen to.
    @inlinable
    mutating func proceed(_ lane: Int) -> Bool {
        settleKnown(lane)
        putInputs(lane)
        set(memory.end, 0, lane, farthestEnd(lane))
        watch(lane)
        proceeding |= 1 << lane
        return true
    }

    /// Computes what stays the same from here on, from the single state.
    @inlinable
    func prepare(_ lane: Int, at time: Double) {
        let single = single(lane)
        method.prepare(single, from: time, to: get(memory.end, 0, lane))
        for c in 0..<method.steppedConstantCount { set(memory.constants, c, lane, single.numbers(single.constants)[c]) }
        guard method.knownCount > 0 else { return }
        for s in 0..<System.stateCount { set(memory.state, s, lane, single.numbers(single.state)[s]) }
    }

    /// Copies a place's state to the single memory.
    @inlinable
    func gather(_ lane: Int) {
        let single = single(lane)
        for s in 0..<System.stateCount { single.numbers(single.state)[s] = get(memory.state, s, lane) }
    }

    /// Lets an event change the single state.
    @inlinable
    func apply(_ event: Int, at time: Double, _ lane: Int) {
        let single = single(lane)
        let states = UnsafeMutableBufferPointer(start: single.state, count: System.stateCount)
        let parameters = UnsafeBufferPointer(start: single.parameters, count: single.parameterCount)
        let inputs = UnsafeBufferPointer(start: single.inputs, count: single.inputCount)
        var state = states.mutableSpan
        System.apply(event: event, time: L.Single(time), state: &state, parameters: parameters.span, input: inputs.span)
    }

    /// The next requested time inside the segment; +∞ for none.
    @inlinable @inline(__always)
    func nextOutput(_ lane: Int) -> Double {
        let index = cursor[lane]
        return index < outputCount && block.outputs[index] < get(memory.end, 0, lane) ? block.outputs[index] : .infinity
    }

    /// Gives it to the lanes to watch.
    @inlinable
    func watch(_ lane: Int) { set(memory.output, 0, lane, nextOutput(lane)) }

    /// Fails the places, named by bits, whose step has shrunk to nothing or whose draw has used up its steps.
    @inlinable
    mutating func giveUp(_ collapsed: Int, _ exhausted: Int, _ squaredError: L) {
        for lane in Places(collapsed | exhausted) {
            let time = get(memory.time, 0, lane)
            if collapsed & (1 << lane) == 0 {
                fail(lane, .tooManySteps, at: time)
            } else {
                fail(lane, squaredError[lane: lane].isFinite ? .stepTooSmall : .notFinite, at: time)
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
        for number in 0..<(outputCount - cursor[lane]) * keptCount { rows[lane][number * numberStride] = .nan }
        release(lane)
    }
}
