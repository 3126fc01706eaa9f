// Reading requested times off: between the ends of a step by the interpolant, at a segment's end the state itself.

extension LaneIntegrator {
    /// Prepares the interpolant of the step just tried, in every place.
    @inlinable @inline(__always)
    func shape(_ h: L) {
        let m = memory
        for i in 0..<System.stateCount {
            let rise = m.next[i] - m.state[i]
            let bend = h * m.k(0)[i] - rise
            let first = m.k(0)[i] * Table.d1 + m.k(2)[i] * Table.d3
            let second = m.k(3)[i] * Table.d4 + m.k(4)[i] * Table.d5
            let third = m.k(5)[i] * Table.d6 + m.k(6)[i] * Table.d7
            m.shape(0)[i] = bend
            m.shape(1)[i] = (rise - h * m.k(6)[i]) - bend
            m.shape(2)[i] = h * (first + (second + third))
        }
    }

    /// One state of one place, a fraction of the way through the step.
    @inlinable @inline(__always)
    func interpolated(_ state: Int, _ lane: Int, _ fraction: Double) -> Double {
        let rest = 1 - fraction
        let start = get(memory.state, state, lane)
        let rise = get(memory.next, state, lane) - start
        let inner = get(memory.shape(1), state, lane) + rest * get(memory.shape(2), state, lane)
        let bend = get(memory.shape(0), state, lane) + fraction * inner
        return start + fraction * (rise + rest * bend)
    }

    /// Writes every requested time up to the end of the step tried (and before the segment's end).
    @inlinable
    mutating func emit(_ lane: Int, from start: Double, step: Double) {
        let reached = get(memory.nextTime, 0, lane)
        var next = get(memory.output, 0, lane)
        while next <= reached {
            let fraction = (next - start) / step
            let row = values + (draw[lane] * plan.outputs.count + cursor[lane]) * System.stateCount
            for s in 0..<System.stateCount { row[s] = interpolated(s, lane, fraction) }
            cursor[lane] += 1
            watch(lane)
            next = get(memory.output, 0, lane)
        }
    }

    /// Writes the state itself to every requested time not later than this one.
    @inlinable
    mutating func record(_ lane: Int, upTo time: Double) {
        while cursor[lane] < plan.outputs.count, plan.outputs[cursor[lane]] <= time {
            let row = values + (draw[lane] * plan.outputs.count + cursor[lane]) * System.stateCount
            for s in 0..<System.stateCount { row[s] = get(memory.state, s, lane) }
            cursor[lane] += 1
        }
    }
}
