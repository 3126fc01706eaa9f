// One attempted step of every place of the lane: the method's attempt, its error, acceptance, the next step's size.
import CIntegration

extension LaneIntegrator {
    /// Binary logarithm of the smallest error that step control remembers: one ten-thousandth of what is allowed.
    @inlinable static var smallestLogError: Double { -13.3 }

    /// Tries one step in every place; what it reaches is read off, accepted or refused place by place.
    @inlinable
    mutating func step() {
        let m = memory
        let t = m.time.pointee
        let remaining = m.end.pointee - t
        var chosen = m.step.pointee
        if method.choosesSteps { chosen = chosen.atMost(method.longestStep(t, m, allowed)) }
        // A rest of one hundredth of a step is taken along rather than left for a step of its own.
        let whole = L.lessOrEqual(remaining, chosen * L(1.01))
        let h = L.select(whole, remaining, chosen)
        method.attempt(t, h, m)
        let squared = meanSquaredError()
        // NaN and the absurd are refused like any large error.
        let bounded = L.select(L.lessThan(squared, L(1e40)), squared, L(1e40)).atLeast(L(1e-20))
        let logError = method.choosesSteps ? L(0) : L(0.5) * bounded.roughLog2()
        let running = L.lessThan(L(0.5), m.active.pointee)
        let accepted = L.both(L.lessOrEqual(bounded, L(1)), running)
        // A method that chooses its steps has been told by its own terms; where it was wrong half of the step is tried.
        let limited = method.choosesSteps ? L(0.5) : limit(accepted, logError)
        m.attempts.pointee = m.attempts.pointee + m.active.pointee
        m.nextTime.pointee = L.select(whole, m.end.pointee, t + h)
        untilInspection &-= 1
        let stiff = untilInspection <= 0 ? inspect(accepted, step: h) : 0

        var (restarting, turned) = (0, 0)
        var due = L.both(accepted, L.lessOrEqual(m.output.pointee, m.nextTime.pointee))
        if !surfaces.isEmpty {
            let crossed = L.bits(crossings(accepted))
            if crossed != 0 || L.any(due) { method.shape(h, m) }
            if crossed != 0 {
                (restarting, turned) = cross(crossed, from: t, step: h)
                due = L.both(due, L.lessOrEqual(m.output.pointee, m.nextTime.pointee))
            }
        }
        if L.any(due) { emit(due, from: t, step: h) }
        if restarting | turned != 0 {
            // Where something was crossed, the state that it left stands in the place of the stage.
            let landed = L.mask(restarting | turned)
            for i in 0..<System.stateCount { m.next[i] = L.select(landed, m.stage[i], m.next[i]) }
        }
        // Where nothing was crossed, what only events change is as it was.
        let changed = restarting | turned == 0 ? System.stateCount - System.heldCount : System.stateCount
        for i in 0..<changed {
            m.state[i] = L.select(accepted, m.next[i], m.state[i])
            if let last = method.lastRate { m.k(0)[i] = L.select(accepted, m.k(last)[i], m.k(0)[i]) }
        }
        for j in 0..<surfaces.count { m.distance[j] = L.select(accepted, m.nextDistance[j], m.distance[j]) }
        m.time.pointee = L.select(accepted, m.nextTime.pointee, t)
        let asked = m.step.pointee
        let grown = method.choosesSteps ? L.select(accepted, L(.infinity), h * limited) : h * limited
        m.step.pointee = L.select(running, grown.atMost(L(block.maximumStep)), L(1))
        m.lastError.pointee = L.select(accepted, logError.atLeast(L(Self.smallestLogError)), m.lastError.pointee)
        if stiff != 0 {
            giveUpStiff(stiff)
            (restarting, turned) = (restarting & ~stiff, turned & ~stiff)
        }
        if turned != 0 {
            // What the last step promised of longer ones does not hold behind a bend.
            m.step.pointee = L.select(L.mask(turned), m.step.pointee.atMost(h), m.step.pointee)
            resume(turned)
        }
        if restarting != 0 { restart(restarting) }

        let done = L.both(accepted, L.lessOrEqual(m.end.pointee, m.time.pointee))
        for lane in Places(L.bits(done)) {
            // What a crossing at the very end left stands already.
            if method.knownCount > 0, (restarting | turned) & (1 << lane) == 0 { unsettled |= 1 << lane }
            advance(lane)
        }
        // The last step was cut short by the border, not by its error.
        if proceeding | passing != 0 {
            m.step.pointee = L.select(L.mask(proceeding | passing), m.step.pointee.atLeast(asked), m.step.pointee)
        }
        if proceeding != 0 { resume(proceeding) }
        (proceeding, passing) = (0, 0)
        let refused = L.firstOnly(running, accepted)
        let smallest = L(4e-15) * m.time.pointee.magnitude.atLeast(m.end.pointee.magnitude)
        let collapsed = L.firstOnly(refused, L.lessThan(smallest, m.step.pointee))
        let exhausted = L.lessThan(L(Double(block.stepLimit)), m.attempts.pointee)
        if L.any(collapsed) || L.any(exhausted) { giveUp(L.bits(collapsed), L.bits(exhausted), squared) }
    }

    /// How much longer than this step the next one may be: proportional-integral control.
    @inlinable @inline(__always)
    func limit(_ accepted: L.Mask, _ logError: L) -> L {
        let grown = L.multiplyAdd(L(-0.14), logError, L(0.08) * memory.lastError.pointee)
        let exponent = L.select(accepted, grown, L(-0.2) * logError)
        return (L(0.9) * exponent.roughExp2()).atLeast(L(0.2)).atMost(L.select(accepted, L(10), L(1)))
    }

    /// The mean over states of the squared error in units of what is allowed.
    @inlinable @inline(__always)
    func meanSquaredError() -> L {
        let (m, error) = (memory, memory.k(method.errorStage))
        var sum = L(0)
        for i in method.knownCount..<System.stateCount - System.heldCount {
            let (start, end) = (m.state[i].magnitude, m.next[i].magnitude)
            let size = method.choosesSteps ? start.atMost(end) : start.atLeast(end)
            let scaled = error[i] * allowed(size).roughReciprocal()
            sum = L.multiplyAdd(scaled, scaled, sum)
        }
        return sum * L(method.errorWeight / Double(System.stateCount - method.knownCount))
    }

    /// The error allowed in a state of a magnitude.
    @inlinable @inline(__always)
    func allowed(_ size: L) -> L { L.multiplyAdd(L(block.relative), size, L(block.absolute)) }
}
