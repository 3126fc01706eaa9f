// Reading requested times off: between the ends of a step by the interpolant, at a segment's end the state itself.
import CIntegration

extension LaneIntegrator {
    /// Gives the known states of a place at the end of its segment their value there, if they have it not yet: in the lane and in the single
    /// state.
    @inlinable
    mutating func settleKnown(_ lane: Int) {
        guard unsettled & (1 << lane) != 0 else { return }
        unsettled &= ~(1 << lane)
        let single = single(lane)
        method.known(single, at: L.Single(get(memory.end, 0, lane)), .all, into: single.state)
        for s in 0..<method.knownCount { set(memory.state, s, lane, single.numbers(single.state)[s]) }
    }

    /// Writes, in the places that are due, every requested time up to the end of the step tried (and before the segment's end).
    ///
    /// All places are read off at once, one requested time each.
    @inlinable
    mutating func emit(_ due: L.Mask, from start: L, step: L) {
        let m = memory
        let read = surfaces.isEmpty ? m.shape(0) : m.k(method.errorStage)
        let perStep = L(1) / step
        var due = L.bits(due)
        if surfaces.isEmpty {
            for lane in Places(due) where isDueOften(lane) {
                emitOften(lane, from: start[lane: lane], step: step[lane: lane])
                due &= ~(1 << lane)
            }
        }
        var output = m.output.pointee
        while due != 0 {
            let fraction = (output - start) * perStep
            if readsKnown { method.known(m, at: output, kept, into: read) }
            // With surfaces the interpolant's terms are there already, nearly always.
            if surfaces.isEmpty { method.read(fraction, step, m, kept, into: read) } else { interpolate(fraction, kept, into: read) }
            // Whether a place is due again is asked number by number, and the times are put together in a register: a wide load behind narrow
            // stores would wait for all of them.
            for lane in Places(due) {
                write(read, place: lane, of: lane)
                let next = nextOutput(lane)
                output = L.select(L.mask(1 << lane), L(next), output)
                if !(next <= get(m.nextTime, 0, lane)) { due &= ~(1 << lane) }
            }
        }
        m.output.pointee = output
    }

    /// Whether so many requested times lie in a place's step that the lane is better filled with them.
    @inlinable @inline(__always)
    func isDueOften(_ lane: Int) -> Bool {
        let fifth = cursor[lane] + 4
        return fifth < outputCount && block.outputs[fifth] <= get(memory.nextTime, 0, lane)
    }

    /// Writes, in one place, every requested time up to the end of the step tried: as many times side by side as the lane is wide.
    @inlinable
    mutating func emitOften(_ lane: Int, from start: Double, step: Double) {
        let (m, wide, read) = (memory, spread, spread.shape(0))
        for s in method.knownCount..<System.stateCount where kept.contains(s) {
            wide.state[s] = L(get(m.state, s, lane))
            wide.next[s] = L(get(m.next, s, lane))
            for stage in 0..<method.stageCount { wide.k(stage)[s] = L(get(m.k(stage), s, lane)) }
        }
        if readsKnown {
            for c in 0..<method.steppedConstantCount { wide.constants[c] = L(get(m.constants, c, lane)) }
        }
        let perStep = L(1) / L(step)
        let (until, end) = (get(m.nextTime, 0, lane), get(m.end, 0, lane))
        var behind = cursor[lane]
        while behind < outputCount, block.outputs[behind] <= until, block.outputs[behind] < end { behind += 1 }
        while cursor[lane] < behind {
            let count = min(behind - cursor[lane], L.width)
            let times = outputs(from: cursor[lane], count)
            if readsKnown { method.known(wide, at: times, kept, into: read) }
            method.read((times - L(start)) * perStep, L(step), wide, kept, into: read)
            write(read, count, of: lane)
        }
        set(m.output, 0, lane, nextOutput(lane))
    }

    /// So many requested times side by side, at most as many as the lane is wide; the last of them in the places behind them.
    @inlinable @inline(__always)
    func outputs(from first: Int, _ count: Int) -> L {
        let times = block.outputs + first
        if count == L.width { return UnsafeRawPointer(times).loadUnaligned(as: L.self) }
        for place in 0..<L.width { set(spread.time, 0, place, times[min(place, count - 1)]) }
        return spread.time.pointee
    }

    /// Writes the states in the first places, as far as they are kept, to the next requested times of one place's draw.
    @inlinable @inline(__always)
    mutating func write(_ states: UnsafeMutablePointer<L>, _ count: Int, of lane: Int) {
        let row = rows[lane]
        for index in 0..<keptCount {
            let state = UnsafeRawPointer(states + keptStates[index]).assumingMemoryBound(to: Double.self)
            for place in 0..<count { row[place &* rowStride &+ index &* numberStride] = state[place] }
        }
        rows[lane] = row + count &* rowStride
        cursor[lane] &+= count
    }

    /// Writes the states in one place, as far as they are kept, to the next requested time of a place's draw.
    @inlinable @inline(__always)
    mutating func write(_ state: UnsafeMutablePointer<L>, place: Int, of lane: Int) {
        let row = rows[lane]
        if kept.isAll {
            for s in 0..<System.stateCount { row[s &* numberStride] = get(state, s, place) }
        } else {
            for index in 0..<keptCount { row[index &* numberStride] = get(state, keptStates[index], place) }
        }
        rows[lane] = row + rowStride
        cursor[lane] &+= 1
    }

    /// Writes the state itself to every requested time not later than this one.
    @inlinable
    mutating func record(_ lane: Int, upTo time: Double) {
        while cursor[lane] < outputCount, block.outputs[cursor[lane]] <= time {
            if readsKnown { settleKnown(lane) }
            write(memory.state, place: lane, of: lane)
        }
    }
}
