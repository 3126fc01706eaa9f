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

    /// Writes every requested time up to the end of the step tried (and before the segment's end).
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
            for s in 0..<System.stateCount { row[s] = interpolated(s, lane, fraction) }
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
