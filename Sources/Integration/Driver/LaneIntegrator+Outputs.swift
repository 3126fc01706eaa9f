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
        method.known(single, at: L.Single(get(memory.end, 0, lane)), into: single.state)
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
        var output = m.output.pointee
        repeat {
            let fraction = (output - start) * perStep
            if readsKnown { method.known(m, at: output, into: read) }
            // With surfaces the interpolant's terms are there already, nearly always.
            if surfaces.isEmpty { method.read(fraction, step, m, kept, into: read) } else { interpolate(fraction, kept, into: read) }
            // Whether a place is due again is asked number by number, and the times are put together in a register: a wide load behind narrow
            // stores would wait for all of them.
            for lane in Places(due) {
                write(read, lane)
                let next = nextOutput(lane)
                output = L.select(L.mask(1 << lane), L(next), output)
                if !(next <= get(m.nextTime, 0, lane)) { due &= ~(1 << lane) }
            }
        } while due != 0
        m.output.pointee = output
    }

    /// Writes a place's states, as far as they are kept, to the next requested time.
    @inlinable @inline(__always)
    mutating func write(_ state: UnsafeMutablePointer<L>, _ lane: Int) {
        let row = row(lane, cursor[lane])
        if kept.isAll {
            for s in 0..<System.stateCount { row[s] = get(state, s, lane) }
        } else {
            for s in 0..<System.stateCount where kept.contains(s) { row[s] = get(state, s, lane) }
        }
        cursor[lane] += 1
    }

    /// Writes the state itself to every requested time not later than this one.
    @inlinable
    mutating func record(_ lane: Int, upTo time: Double) {
        while cursor[lane] < outputCount, block.outputs[cursor[lane]] <= time {
            if readsKnown { settleKnown(lane) }
            write(memory.state, lane)
        }
    }
}
