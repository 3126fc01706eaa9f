// Locating where a step crosses a surface, and what happens there.
import CIntegration

extension LaneIntegrator {
    /// Measures the distances at the end of the step; whether any running place has crossed any surface.
    @inlinable
    func crossedAny(_ accepted: L.Mask) -> Bool {
        let m = memory
        var found = false
        for j in 0..<surfaces.count {
            let after = System.distance(m, j, m.nextTime.pointee, m.next)
            m.nextDistance[j] = after
            let before = m.distance[j]
            let rising = L.both(L.lessThan(before, L(0)), L.lessOrEqual(L(0), after))
            let falling = L.both(L.lessThan(L(0), before), L.lessOrEqual(after, L(0)))
            let (up, down) = (surfaces[j].direction != .falling, surfaces[j].direction != .rising)
            if up && L.any(L.both(rising, accepted)) || down && L.any(L.both(falling, accepted)) { found = true }
        }
        return found
    }

    /// Whether a surface is crossed in its direction between two distances. A start on the surface itself is no crossing.
    @inlinable
    func crossed(_ surface: Int, _ before: Double, _ after: Double) -> Bool {
        switch surfaces[surface].direction {
        case .rising: before < 0 && after >= 0
        case .falling: before > 0 && after <= 0
        case .either: before < 0 && after >= 0 || before > 0 && after <= 0
        }
    }

    /// Locates and records the crossings of one place's accepted step up to its first event, and applies that event.
    ///
    /// The events of all surfaces crossed by then are applied in the order of the surfaces. Requested times up to the event
    /// are written. Returns whether the place has to restart.
    @inlinable
    mutating func cross(_ lane: Int, step: Double) -> Bool {
        let start = get(memory.time, 0, lane)
        var fractions = [Double](repeating: .infinity, count: surfaces.count)
        var first = Double.infinity
        gather(lane)
        for j in surfaces.indices where crossed(j, get(memory.distance, j, lane), get(memory.nextDistance, j, lane)) {
            fractions[j] = locate(j, lane, start, step)
            if surfaces[j].event != nil { first = Double.minimum(first, fractions[j]) }
        }
        let whole = get(memory.nextTime, 0, lane)
        // A surface that was not crossed is infinitely far, and so is the first event where there is none.
        for j in surfaces.indices where fractions[j].isFinite && fractions[j] <= first {
            let time = Double.minimum(start + fractions[j] * step, whole)
            block.crossed(block.receiver, number(lane), Int64(j), time)
        }
        guard first.isFinite else { return false }
        let time = first < 1 ? Double.minimum(start + first * step, whole) : whole
        set(memory.nextTime, 0, lane, time)
        emit(lane, from: start, step: step)
        if first < 1 {
            read(lane, at: time, first)
            for s in 0..<System.stateCount { single.numbers(single.state)[s] = single.numbers(single.stage)[s] }
        } else {
            for s in 0..<System.stateCount { single.numbers(single.state)[s] = get(memory.next, s, lane) }
            if method.knownCount > 0 { method.known(single, at: L.Single(time), into: single.state) }
        }
        for j in surfaces.indices where fractions[j] <= first {
            if let event = surfaces[j].event { apply(event, at: time, lane) }
        }
        // What the vector step will take over as accepted.
        for s in 0..<System.stateCount { set(memory.next, s, lane, single.numbers(single.state)[s]) }
        return true
    }

    /// The fraction of the step at which a surface is reached: the far end of a bracket a few bits wide.
    ///
    /// Regula falsi with the Illinois correction, every third trial a bisection, on the interpolant.
    @inlinable
    func locate(_ surface: Int, _ lane: Int, _ start: Double, _ step: Double) -> Double {
        var (near, far) = (0.0, 1.0)
        var (before, after) = (get(memory.distance, surface, lane), get(memory.nextDistance, surface, lane))
        let width = Double.maximum(2 * (start.magnitude + step).ulp / step, 0x1p-52)
        var trial = 0
        while far - near > width, trial < 200 {
            let secant = near + (far - near) * before / (before - after)
            let usable = trial % 3 != 2 && secant > near && secant < far
            let middle = usable ? secant : near + 0.5 * (far - near)
            read(lane, at: start + middle * step, middle)
            let distance = System.distance(single, surface, L.Single(start + middle * step), single.stage)[lane: 0]
            if distance != 0, (distance < 0) == (before < 0) {
                near = middle
                before = distance
                after *= 0.5
            } else {
                far = middle
                after = distance
                before *= 0.5
            }
            if after == 0 { break }
            trial += 1
        }
        return far
    }
}
