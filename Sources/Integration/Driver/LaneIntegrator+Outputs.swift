// Reading requested times off: between the ends of a step by the interpolant, at a segment's end the state itself.
import CIntegration

extension LaneIntegrator {
    /// One state of one place, a fraction of the way through the step whose shape is prepared.
    @inlinable @inline(__always)
    func interpolated(_ state: Int, _ lane: Int, _ fraction: Double) -> Double {
        let start = get(memory.state, state, lane)
        let rise = get(memory.next, state, lane) - start
        let inner = get(memory.shape(1), state, lane) + fraction * get(memory.shape(2), state, lane)
        let bend = get(memory.shape(0), state, lane) + fraction * inner
        return start + fraction * (rise + (1 - fraction) * bend)
    }

    /// All states of one place, which has been gathered, inside the step whose shape is prepared, into the single stage.
    @inlinable @inline(__always)
    func read(_ lane: Int, at time: Double, _ fraction: Double) {
        if method.knownCount > 0 { method.known(single, at: L.Single(time), into: single.stage) }
        for s in method.knownCount..<System.stateCount { single.numbers(single.stage)[s] = interpolated(s, lane, fraction) }
    }

    /// Gives the known states of a place at the end of its segment their value there.
    @inlinable
    func settle(_ lane: Int) {
        guard method.knownCount > 0 else { return }
        gather(lane)
        method.known(single, at: L.Single(get(memory.end, 0, lane)), into: single.stage)
        for s in 0..<method.knownCount { set(memory.state, s, lane, single.numbers(single.stage)[s]) }
    }

    /// Writes the requested times of all places named by the mask, up to the end of the step tried (and before the segment's end).
    ///
    /// All places are read at once, each at its own next time, as often as one of them has another: eight cost little more than one.
    @inlinable
    mutating func emit(_ due: L.Mask, accepted: L.Mask, from start: L, step: L) {
        let m = memory
        var due = due
        repeat {
            let time = m.output.pointee
            let fraction = (time - start) / step
            if method.knownCount > 0 { method.known(m, at: time, into: m.stage) }
            for s in method.knownCount..<System.stateCount {
                let inner = m.shape(1)[s] + fraction * m.shape(2)[s]
                let bend = m.shape(0)[s] + fraction * inner
                let rise = m.next[s] - m.state[s]
                m.stage[s] = m.state[s] + fraction * (rise + (L(1) - fraction) * bend)
            }
            for lane in 0..<L.width where L.isSet(due, lane: lane) {
                let row = row(lane, cursor[lane])
                for s in 0..<System.stateCount { row[s] = get(m.stage, s, lane) }
                cursor[lane] += 1
                watch(lane)
            }
            due = L.both(accepted, L.lessOrEqual(m.output.pointee, m.nextTime.pointee))
        } while L.any(due)
    }

    /// Writes every requested time of one place, which has been gathered, up to a located event.
    @inlinable
    mutating func emit(_ lane: Int, from start: Double, step: Double) {
        let reached = get(memory.nextTime, 0, lane)
        let end = get(memory.end, 0, lane)
        var next = get(memory.output, 0, lane)
        guard next <= reached else { return }
        var index = cursor[lane]
        while next <= reached {
            let fraction = (next - start) / step
            let row = row(lane, index)
            read(lane, at: next, fraction)
            for s in 0..<System.stateCount { row[s] = single.numbers(single.stage)[s] }
            index += 1
            next = index < outputCount && block.outputs[index] < end ? block.outputs[index] : .infinity
        }
        cursor[lane] = index
        set(memory.output, 0, lane, next)
    }

    /// Writes the state itself to every requested time not later than this one.
    @inlinable
    mutating func record(_ lane: Int, upTo time: Double) {
        while cursor[lane] < outputCount, block.outputs[cursor[lane]] <= time {
            let row = row(lane, cursor[lane])
            for s in 0..<System.stateCount { row[s] = get(memory.state, s, lane) }
            cursor[lane] += 1
        }
    }
}
