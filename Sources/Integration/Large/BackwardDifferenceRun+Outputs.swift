// What is read off an accepted step: requested times and crossings.
import CIntegration

extension BackwardDifferenceRun {
    /// Reads off the step just accepted and prepares the next; false where a restart finds a rate that is not finite.
    mutating func finishStep() -> Bool {
        if !problem.surfaces.isEmpty {
            switch cross() {
            case .nothing: break
            case .restarted: return true
            case .failed: return false
            }
        }
        emit(upTo: time)
        if time < end { choose() }
        return true
    }

    /// A state on the polynomial through the past, at a time within the step just accepted.
    func interpolated(_ state: Int, at moment: Double) -> Double {
        var (sum, product) = (memory.differences(0)[state], 1.0)
        for j in 1...order {
            product *= (moment - time + Double(j - 1) * step) / (Double(j) * step)
            sum += product * memory.differences(j)[state]
        }
        return sum
    }

    /// Writes every requested time up to this one and before the stretch's end.
    private mutating func emit(upTo reached: Double) {
        while cursor < Int(block.outputCount), block.outputs[cursor] <= reached, block.outputs[cursor] < end {
            for (place, state) in kept.enumerated() { put(interpolated(state, at: block.outputs[cursor]), cursor, place) }
            cursor += 1
        }
    }

    /// Writes the state itself to every requested time not later than this one.
    mutating func record(upTo time: Double) {
        while cursor < Int(block.outputCount), block.outputs[cursor] <= time {
            for (place, state) in kept.enumerated() { put(memory.state[state], cursor, place) }
            cursor += 1
        }
    }

    /// Writes one of the kept states at one of the requested times.
    func put(_ value: Double, _ output: Int, _ place: Int) {
        block.values[draw * Int(block.drawStride) + (output * kept.count + place) * Int(block.numberStride)] = value
    }

    private enum Crossings {
        case nothing, restarted, failed
    }

    /// Locates and records the crossings of the step up to its first event, applies the events there and restarts, as the lanes' driver does.
    private mutating func cross() -> Crossings {
        let start = time - step
        let after = problem.surfaces.indices.map { problem.distance($0, time, memory.state, setting) }
        var times = [Double](repeating: .infinity, count: after.count)
        var first = Double.infinity
        for j in after.indices where crossed(j, distances[j], after[j]) {
            times[j] = locate(j, from: start, after[j])
            if problem.surfaces[j].event != nil { first = Double.minimum(first, times[j]) }
        }
        for j in after.indices where times[j].isFinite && times[j] <= first {
            block.crossed(block.receiver, number, Int64(j), times[j])
        }
        distances = after
        guard first.isFinite else { return .nothing }
        emit(upTo: first)
        if first < time {
            for i in 0..<count { memory.state[i] = interpolated(i, at: first) }
        }
        for j in after.indices where times[j] <= first {
            if let event = problem.surfaces[j].event { problem.apply(event, first, memory.state, setting) }
        }
        time = first
        // At the very end of a segment the next one starts anyway.
        guard time < end else { return .restarted }
        return self.start(at: time) ? .restarted : .failed
    }

    private func crossed(_ surface: Int, _ before: Double, _ after: Double) -> Bool {
        switch problem.surfaces[surface].direction {
        case .rising: before < 0 && after >= 0
        case .falling: before > 0 && after <= 0
        case .either: before < 0 && after >= 0 || before > 0 && after <= 0
        }
    }

    /// When a surface is reached: the far end of a bracket a few bits wide, by regula falsi with the Illinois correction, every third
    /// trial a bisection.
    private func locate(_ surface: Int, from start: Double, _ distance: Double) -> Double {
        var (near, far) = (start, time)
        var (before, after) = (distances[surface], distance)
        let width = 2 * Double.maximum(start.magnitude, time.magnitude).ulp
        var trial = 0
        while far - near > width, trial < 200, after != 0 {
            let secant = near + (far - near) * before / (before - after)
            let usable = trial % 3 != 2 && secant > near && secant < far
            let middle = usable ? secant : near + 0.5 * (far - near)
            for i in 0..<count { memory.delta[i] = interpolated(i, at: middle) }
            let distance = problem.distance(surface, middle, memory.delta, setting)
            if distance != 0, (distance < 0) == (before < 0) {
                (near, before) = (middle, distance)
                after *= 0.5
            } else {
                (far, after) = (middle, distance)
                before *= 0.5
            }
            trial += 1
        }
        return far
    }
}
