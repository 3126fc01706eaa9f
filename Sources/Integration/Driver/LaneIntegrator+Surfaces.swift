// Locating where a step crosses a surface, and what happens there.
import CIntegration

extension LaneIntegrator {
    /// Measures the distances at the end of the step; in which places any surface has been crossed.
    @inlinable @inline(__always)
    func crossings(_ accepted: L.Mask) -> L.Mask {
        let m = memory
        var found = L(0)
        System.distances(m, m.nextTime.pointee, m.next, into: m.nextDistance)
        for j in 0..<surfaces.count { found = found.atLeast(crossed(j)) }
        return L.both(accepted, L.lessThan(L(0.5), found))
    }

    /// 1 where a surface is crossed in its direction between the ends of the step. A start on the surface itself is no crossing.
    @inlinable @inline(__always)
    func crossed(_ surface: Int) -> L {
        let (before, after, direction) = (memory.distance[surface], memory.nextDistance[surface], surfaces[surface].direction)
        let rises = L.both(L.lessThan(before, L(0)), L.lessOrEqual(L(0), after))
        let falls = L.both(L.lessThan(L(0), before), L.lessOrEqual(after, L(0)))
        let found = direction == .falling ? L(0) : L.select(rises, L(1), L(0))
        return direction == .rising ? found : L.select(falls, L(1), found)
    }

    /// Locates and records the crossings of the accepted steps of the places named by the bits, up to the first event or turn of a switch of
    /// each, and does those. The interpolant's terms must be there.
    ///
    /// The events of all surfaces crossed by then are applied in the order of the surfaces. The states from which the places go on are left
    /// in ``LaneMemory/stage``, since the steps are still to be read off.
    ///
    /// - Returns: bits of the places that an event has changed, and of those where only a switch has turned. The others go on as if
    ///   nothing had happened.
    @inlinable
    mutating func cross(_ lanes: Int, from start: L, step: L) -> (restarting: Int, turned: Int) {
        let m = memory
        locate(lanes, from: start, step: step)
        var first = L(.infinity)
        for j in 0..<surfaces.count where surfaces[j].event != nil || surfaces[j].toggles != nil { first = first.atMost(m.fraction[j]) }
        let whole = m.nextTime.pointee
        for j in 0..<surfaces.count {
            let isReached = L.both(L.lessThan(m.fraction[j], L(.infinity)), L.lessOrEqual(m.fraction[j], first))
            let times = L.multiplyAdd(m.fraction[j], step, start).atMost(whole)
            for lane in Places(L.bits(isReached)) { block.crossed(block.receiver, number(lane), Int64(j), times[lane: lane]) }
        }
        let landed = L.lessThan(first, L(.infinity))
        let landedBits = L.bits(landed)
        guard landedBits != 0 else { return (0, 0) }
        let within = L.lessThan(first, L(1))
        m.nextTime.pointee = L.select(within, L.multiplyAdd(first, step, start).atMost(whole), whole)
        interpolate(first, at: m.nextTime.pointee)
        for s in method.knownCount..<System.stateCount { m.stage[s] = L.select(within, m.stage[s], m.next[s]) }
        var restarting = 0
        for j in 0..<surfaces.count {
            let reached = L.both(landed, L.lessOrEqual(m.fraction[j], first))
            if let number = surfaces[j].toggles { turn(number, L.bits(reached), isOn: L.lessThan(m.distance[j], L(0))) }
            if surfaces[j].event != nil { restarting |= L.bits(reached) }
        }
        for lane in Places(restarting) { applyEvents(lane, upTo: first[lane: lane]) }
        return (restarting, landedBits & ~restarting)
    }

    /// Applies the events of the surfaces that one place has reached to its column of ``LaneMemory/stage``.
    @inlinable
    mutating func applyEvents(_ lane: Int, upTo first: Double) {
        let (single, time) = (single(lane), get(memory.nextTime, 0, lane))
        for s in 0..<System.stateCount { single.numbers(single.state)[s] = get(memory.stage, s, lane) }
        for j in 0..<surfaces.count where get(memory.fraction, j, lane) <= first {
            if let event = surfaces[j].event { apply(event, at: time, lane) }
        }
        if System.switchCount > 0 { settle(lane, at: time) }
        for s in 0..<System.stateCount { set(memory.stage, s, lane, single.numbers(single.state)[s]) }
    }

    /// All states a fraction of the way through the step, into ``LaneMemory/stage``; what is known is computed for the time.
    @inlinable @inline(__always)
    func interpolate(_ fraction: L, at time: L) {
        if method.knownCount > 0 { method.known(memory, at: time, .all, into: memory.stage) }
        interpolate(fraction, .all, into: memory.stage)
    }

    /// Those of the states that are kept and not known, from the interpolant's terms.
    @inlinable @inline(__always)
    func interpolate(_ fraction: L, _ kept: KeptBits, into state: UnsafeMutablePointer<L>) {
        let (m, left) = (memory, L(1) - fraction)
        for s in method.knownCount..<System.stateCount where kept.contains(s) {
            let inner = L.multiplyAdd(fraction, m.shape(2)[s], m.shape(1)[s])
            let bend = L.multiplyAdd(fraction, inner, m.shape(0)[s])
            state[s] = L.multiplyAdd(fraction, L.multiplyAdd(left, bend, m.next[s] - m.state[s]), m.state[s])
        }
    }

    /// Writes the fraction of the step at which each surface is reached, in the places named by the bits, to ``LaneMemory/fraction``; +∞ where
    /// it is not.
    ///
    /// All places are located at once, in each the lowest of its surfaces that is still to be.
    @inlinable
    func locate(_ lanes: Int, from start: L, step: L) {
        let (m, here) = (memory, L.mask(lanes))
        for j in 0..<surfaces.count {
            m.fraction[j] = L.select(L.both(here, L.lessThan(L(0.5), crossed(j))), L(-1), L(.infinity))
        }
        while true {
            var sought = L(-1)
            for j in (0..<surfaces.count).reversed() { sought = L.select(L.lessThan(m.fraction[j], L(0)), L(Double(j)), sought) }
            let open = L.lessThan(L(-0.5), sought)
            guard L.any(open) else { return }
            let reached = located(sought, open, from: start, step: step)
            for j in 0..<surfaces.count {
                let isSought = L.both(L.lessThan(L(Double(j) - 0.5), sought), L.lessThan(sought, L(Double(j) + 0.5)))
                m.fraction[j] = L.select(isSought, reached, m.fraction[j])
            }
        }
    }

    /// In every open place, the fraction of the step at which the surface with the number sought is reached: the far end of a bracket.
    ///
    /// The bracket is a hundredth of the relative tolerance wide, at least 2⁻⁴⁰: where in it a state is taken makes that little of what the step
    /// changes.
    ///
    /// Regula falsi on the interpolant, with the correction of Anderson and Björck (1973), BIT 13:253–264, and a bisection where four trials
    /// have not halved the bracket. A trial keeps half the final width away from both ends, so that the bracket soon closes from the other
    /// side too.
    @inlinable
    func located(_ sought: L, _ open: L.Mask, from start: L, step: L) -> L {
        let m = memory
        // Places without a crossing have a bracket that is closed.
        var (near, far) = (L.select(open, L(0), L(1)), L(1))
        var (before, after) = (ofSought(m.distance, sought), ofSought(m.nextDistance, sought))
        let narrowest = Double.minimum(Double.maximum(block.relative * 0x1p-7, 0x1p-40), 0x1p-20)
        let width = (((start.magnitude + step) * L(0x1p-50)) / step).atLeast(L(narrowest))
        /// 1 where the near end moved last, 2 where the far end did.
        var moved = L(0)
        var wide = L(1)
        for trial in 0..<200 {
            let gap = far - near
            let seeking = L.both(L.lessThan(width, gap), L.lessThan(L(0), after.magnitude))
            guard L.any(seeking) else { break }
            let secant = L.multiplyAdd(gap, before / (before - after), near)
            let isInside = L.both(L.lessOrEqual(near, secant), L.lessOrEqual(secant, far))
            let half = L(0.5) * width
            let middle = L.multiplyAdd(L(0.5), gap, near)
            var tried = L.select(isInside, secant.atLeast(near + half).atMost(far - half), middle)
            if trial % 4 == 3 {
                tried = L.select(L.lessThan(L(0.5) * wide, gap), middle, tried)
                wide = gap
            }
            let time = L.multiplyAdd(tried, step, start)
            if method.knownCount > 0 { method.known(m, at: time, watched, into: m.stage) }
            interpolate(tried, watched, into: m.stage)
            System.distances(m, time, m.stage, into: m.trial)
            let distance = ofSought(m.trial, sought)
            let isNear = L.lessThan(L(0), L.select(L.lessThan(before, L(0)), L(0) - distance, distance))
            let ratio = distance / L.select(isNear, before, after)
            // How much of the value at a kept end counts when the other end has moved twice.
            let damping = L.select(L.lessThan(ratio, L(1)), L(1) - ratio, L(0.5))
            let (movesNear, movesFar) = (L.both(seeking, isNear), L.firstOnly(seeking, isNear))
            let twiceNear = L.both(movesNear, L.both(L.lessThan(L(0.5), moved), L.lessThan(moved, L(1.5))))
            let twiceFar = L.both(movesFar, L.lessThan(L(1.5), moved))
            (near, far) = (L.select(movesNear, tried, near), L.select(movesFar, tried, far))
            (before, after) = (
                L.select(movesNear, distance, L.select(twiceFar, before * damping, before)),
                L.select(movesFar, distance, L.select(twiceNear, after * damping, after))
            )
            moved = L.select(movesNear, L(1), L.select(movesFar, L(2), moved))
        }
        return far
    }

    /// Of one number a surface, each place's own.
    @inlinable @inline(__always)
    func ofSought(_ numbers: UnsafeMutablePointer<L>, _ sought: L) -> L {
        var its = numbers[0]
        for j in 1..<Swift.max(surfaces.count, 1) { its = L.select(L.lessThan(L(Double(j) - 0.5), sought), numbers[j], its) }
        return its
    }
}
