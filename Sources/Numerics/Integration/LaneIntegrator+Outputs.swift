// Reading requested times off: between the ends of a step by the interpolant, at a segment's end the state itself.

extension LaneIntegrator {
    /// Prepares, in the single memory, the interpolant of the step just tried by one place.
    ///
    /// One place at a time: a step that has an output in one place seldom has one in all.
    @inlinable
    func shape(_ lane: Int, _ step: Double) {
        let m = memory
        for i in 0..<System.stateCount {
            let start = get(m.state, i, lane)
            let rise = get(m.next, i, lane) - start
            let rate = get(m.k(0), i, lane)
            let lastRate = get(m.k(6), i, lane)
            let bend = step * rate - rise
            let first = rate * Table.d1 + get(m.k(2), i, lane) * Table.d3
            let second = get(m.k(3), i, lane) * Table.d4 + get(m.k(4), i, lane) * Table.d5
            let third = get(m.k(5), i, lane) * Table.d6 + lastRate * Table.d7
            single.state[i] = start
            single.next[i] = rise
            single.shape(0)[i] = bend
            single.shape(1)[i] = (rise - step * lastRate) - bend
            single.shape(2)[i] = step * (first + (second + third))
        }
    }

    /// One state, a fraction of the way through the step whose shape is prepared.
    @inlinable @inline(__always)
    func interpolated(_ state: Int, _ fraction: Double) -> Double {
        let rest = 1 - fraction
        let inner = single.shape(1)[state] + rest * single.shape(2)[state]
        let bend = single.shape(0)[state] + fraction * inner
        return single.state[state] + fraction * (single.next[state] + rest * bend)
    }

    /// Writes every requested time up to the end of the step tried (and before the segment's end).
    @inlinable
    mutating func emit(_ lane: Int, from start: Double, step: Double) {
        let reached = get(memory.nextTime, 0, lane)
        let end = get(memory.end, 0, lane)
        var next = get(memory.output, 0, lane)
        guard next <= reached else { return }
        shape(lane, step)
        var index = cursor[lane]
        while next <= reached {
            let fraction = (next - start) / step
            let row = values + (draw[lane] * plan.outputs.count + index) * System.stateCount
            for s in 0..<System.stateCount { row[s] = interpolated(s, fraction) }
            index += 1
            next = index < plan.outputs.count && plan.outputs[index] < end ? plan.outputs[index] : .infinity
        }
        cursor[lane] = index
        set(memory.output, 0, lane, next)
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
