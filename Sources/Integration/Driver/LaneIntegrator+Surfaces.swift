// Locating where a step crosses a surface, and what happens there.
import CIntegration

extension LaneIntegrator {
    /// Measures the distances at the end of the step; in which places any surface has been crossed.
    @inlinable @inline(__always)
    func crossings(_ accepted: L.Mask) -> L.Mask {
        let m = memory
        var found = L(0)
        System.distances(m, m.nextTime.pointee, m.next, into: m.nextDistance)
        for j in 0..<surfaces.count {
            let (before, after) = (m.distance[j], m.nextDistance[j])
            let isBelow = L.lessThan(before, L(0))
            let isAbove = L.lessThan(L(0), before)
            let direction = surfaces[j].direction
            if direction != .falling { found = L.select(L.both(isBelow, L.lessOrEqual(L(0), after)), L(1), found) }
            if direction != .rising { found = L.select(L.both(isAbove, L.lessOrEqual(after, L(0))), L(1), found) }
        }
        return L.both(accepted, L.lessThan(L(0.5), found))
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

    /// What a crossing leaves behind.
    @usableFromInline
    enum Landing { case event, turn }

    /// Locates and records the crossings of one place's accepted step up to its first event or turn of a switch, and does those.
    ///
    /// The events of all surfaces crossed by then are applied in the order of the surfaces. The state from which the place goes on is left
    /// in the column of ``LaneMemory/stage``, since the step is still to be read off. Nil where it goes on as if nothing
    /// had happened.
    @inlinable
    mutating func cross(_ lane: Int, step: Double) -> Landing? {
        let (start, single) = (get(memory.time, 0, lane), single(lane))
        let fractions = single.numbers(single.distance)
        var first = Double.infinity
        var isPrepared = false
        for j in 0..<surfaces.count {
            // A surface that was not crossed is infinitely far, and so is the first event where there is none.
            fractions[j] = .infinity
            guard crossed(j, get(memory.distance, j, lane), get(memory.nextDistance, j, lane)) else { continue }
            if !isPrepared { unfold(lane) }
            isPrepared = true
            fractions[j] = locate(j, lane, start, step)
            if surfaces[j].event != nil || surfaces[j].toggles != nil { first = Double.minimum(first, fractions[j]) }
        }
        guard isPrepared else { return nil }
        let whole = get(memory.nextTime, 0, lane)
        for j in 0..<surfaces.count where fractions[j].isFinite && fractions[j] <= first {
            let time = Double.minimum(start + fractions[j] * step, whole)
            block.crossed(block.receiver, number(lane), Int64(j), time)
        }
        guard first.isFinite else { return nil }
        let time = first < 1 ? Double.minimum(start + first * step, whole) : whole
        set(memory.nextTime, 0, lane, time)
        if first < 1 {
            interpolate(single, at: time, first, into: single.state)
        } else {
            for s in 0..<System.stateCount { single.numbers(single.state)[s] = get(memory.next, s, lane) }
            if method.knownCount > 0 { method.known(single, at: L.Single(time), into: single.state) }
        }
        var landing = Landing.turn
        for j in 0..<surfaces.count where fractions[j] <= first {
            if let number = surfaces[j].toggles { turn(number, lane, isOn: get(memory.distance, j, lane) < 0) }
            guard let event = surfaces[j].event else { continue }
            apply(event, at: time, lane)
            landing = .event
        }
        if landing == .event, System.switchCount > 0 { settle(lane, at: time) }
        for s in 0..<System.stateCount { set(memory.stage, s, lane, single.numbers(single.state)[s]) }
        return landing
    }

    /// Copies one place's step to the single memory: its state and the interpolant's terms.
    @inlinable @inline(__always)
    func unfold(_ lane: Int) {
        let single = single(lane)
        gather(lane)
        for s in 0..<System.stateCount {
            single.numbers(single.next)[s] = get(memory.next, s, lane) - single.numbers(single.state)[s]
            for term in 0..<3 { single.numbers(single.shape(term))[s] = get(memory.shape(term), s, lane) }
        }
    }

    /// One state, a fraction of the way through the unfolded step.
    @inlinable @inline(__always)
    func interpolated(_ single: LaneMemory<L.Single>, _ state: Int, _ fraction: Double) -> Double {
        let (rise, bend) = (single.numbers(single.next)[state], single.numbers(single.shape(0))[state])
        let inner = single.numbers(single.shape(1))[state] + fraction * single.numbers(single.shape(2))[state]
        return single.numbers(single.state)[state] + fraction * (rise + (1 - fraction) * (bend + fraction * inner))
    }

    /// All states there; what is known is computed for the time.
    @inlinable @inline(__always)
    func interpolate(_ single: LaneMemory<L.Single>, at time: Double, _ fraction: Double, into state: UnsafeMutablePointer<L.Single>) {
        if method.knownCount > 0 { method.known(single, at: L.Single(time), into: state) }
        for s in method.knownCount..<System.stateCount { single.numbers(state)[s] = interpolated(single, s, fraction) }
    }

    /// The fraction of the unfolded step at which a surface is reached: the far end of a bracket 2⁻⁴⁰ of the step wide.
    ///
    /// Regula falsi on the interpolant, with the correction of Anderson and Björck (1973), BIT 13:253–264, and a bisection where four trials
    /// have not halved the bracket. A trial keeps half the final width away from both ends, so that the bracket soon closes from the other
    /// side too.
    @inlinable
    func locate(_ surface: Int, _ lane: Int, _ start: Double, _ step: Double) -> Double {
        let single = single(lane)
        var (near, far) = (0.0, 1.0)
        var (before, after) = (get(memory.distance, surface, lane), get(memory.nextDistance, surface, lane))
        let width = Double.maximum(4 * (start.magnitude + step).ulp / step, 0x1p-40)
        var (trial, last) = (0, 0)
        var wide = 1.0
        while far - near > width, trial < 200, after != 0 {
            let secant = near + (far - near) * (before / (before - after))
            let middle = near + 0.5 * (far - near)
            let isSlow = trial % 4 == 3 && far - near > 0.5 * wide
            if trial % 4 == 3 { wide = far - near }
            let usable = !isSlow && secant >= near && secant <= far
            let tried = usable ? Double.minimum(Double.maximum(secant, near + 0.5 * width), far - 0.5 * width) : middle
            interpolate(single, at: start + tried * step, tried, into: single.stage)
            let distance = System.distance(single, surface, L.Single(start + tried * step), single.stage)[lane: 0]
            if distance != 0, (distance < 0) == (before < 0) {
                if last == 1 { after *= Self.damped(distance / before) }
                (near, before, last) = (tried, distance, 1)
            } else {
                if last == 2 { before *= Self.damped(distance / after) }
                (far, after, last) = (tried, distance, 2)
            }
            trial += 1
        }
        return far
    }

    /// How much of the value at a kept end counts when the other end has moved twice.
    @inlinable @inline(__always)
    static func damped(_ ratio: Double) -> Double { ratio < 1 ? 1 - ratio : 0.5 }
}
