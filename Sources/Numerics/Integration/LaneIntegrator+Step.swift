// One attempted step of every place of the lane: stages, error, acceptance, the next step's size.

extension LaneIntegrator {
    @usableFromInline typealias Table = DormandPrince

    /// Binary logarithm of the smallest error that step control remembers: one ten-thousandth of what is allowed.
    @inlinable static var smallestLogError: Double { -13.3 }

    /// Tries one step in every place; what it reaches is read off, accepted or refused place by place.
    @inlinable
    mutating func step() {
        let m = memory
        let t = m.time.pointee
        let remaining = m.end.pointee - t
        // A rest of one hundredth of a step is taken along rather than left for a step of its own.
        let whole = L.lessOrEqual(remaining, m.step.pointee * L(1.01))
        let h = L.select(whole, remaining, m.step.pointee)
        stages(t, h)
        let squared = meanSquaredError(h)
        // NaN and the absurd are refused like any large error.
        let bounded = L.select(L.lessThan(squared, L(1e40)), squared, L(1e40)).atLeast(L(1e-20))
        let logError = L(0.5) * bounded.roughLog2()
        let running = L.lessThan(L(0.5), m.active.pointee)
        let accepted = L.both(L.lessOrEqual(bounded, L(1)), running)
        let exponent = L.select(accepted, L(-0.14) * logError + L(0.08) * m.lastError.pointee, L(-0.2) * logError)
        let limited = (L(0.9) * exponent.roughExp2()).atLeast(L(0.2)).atMost(L.select(accepted, L(10), L(1)))
        m.attempts.pointee = m.attempts.pointee + m.active.pointee
        m.nextTime.pointee = L.select(whole, m.end.pointee, t + h)

        let due = L.both(accepted, L.lessOrEqual(m.output.pointee, m.nextTime.pointee))
        var restarting = 0
        if !surfaces.isEmpty, crossedAny(accepted) {
            for lane in 0..<L.width where L.isSet(accepted, lane: lane) {
                if cross(lane, step: h[lane: lane]) { restarting |= 1 << lane }
            }
        }
        if L.any(due) {
            for lane in 0..<L.width where L.isSet(due, lane: lane) { emit(lane, from: t[lane: lane], step: h[lane: lane]) }
        }

        for i in 0..<System.stateCount {
            m.state[i] = L.select(accepted, m.next[i], m.state[i])
            m.k(0)[i] = L.select(accepted, m.k(6)[i], m.k(0)[i])
        }
        for j in 0..<surfaces.count { m.distance[j] = L.select(accepted, m.nextDistance[j], m.distance[j]) }
        m.time.pointee = L.select(accepted, m.nextTime.pointee, t)
        m.step.pointee = L.select(running, (h * limited).atMost(L(plan.tolerance.maximumStep)), L(1))
        m.lastError.pointee = L.select(accepted, logError.atLeast(L(Self.smallestLogError)), m.lastError.pointee)
        if restarting != 0 { restart(restarting) }

        let done = L.both(accepted, L.lessOrEqual(m.end.pointee, m.time.pointee))
        if L.any(done) {
            for lane in 0..<L.width where L.isSet(done, lane: lane) { advance(lane) }
        }
        let refused = L.firstOnly(running, accepted)
        let exhausted = L.lessThan(L(Double(plan.tolerance.stepLimit)), m.attempts.pointee)
        if L.any(refused) || L.any(exhausted) { giveUp(refused, squared) }
    }

    @inlinable @inline(__always)
    func stages(_ t: L, _ h: L) {
        let m = memory
        let (y, z) = (m.state, m.stage)
        let (k1, k2, k3, k4, k5, k6, k7) = (m.k(0), m.k(1), m.k(2), m.k(3), m.k(4), m.k(5), m.k(6))
        for i in 0..<System.stateCount { z[i] = y[i] + h * (k1[i] * Table.a21) }
        rate(t + h * Table.c2, z, into: k2)
        for i in 0..<System.stateCount {
            let slope = k1[i] * Table.a31 + k2[i] * Table.a32
            z[i] = y[i] + h * slope
        }
        rate(t + h * Table.c3, z, into: k3)
        for i in 0..<System.stateCount {
            let slope = k1[i] * Table.a41 + k2[i] * Table.a42
            z[i] = y[i] + h * (slope + k3[i] * Table.a43)
        }
        rate(t + h * Table.c4, z, into: k4)
        for i in 0..<System.stateCount {
            let slope = k1[i] * Table.a51 + k2[i] * Table.a52
            let more = k3[i] * Table.a53 + k4[i] * Table.a54
            z[i] = y[i] + h * (slope + more)
        }
        rate(t + h * Table.c5, z, into: k5)
        for i in 0..<System.stateCount {
            let slope = k1[i] * Table.a61 + k2[i] * Table.a62
            let more = k3[i] * Table.a63 + k4[i] * Table.a64
            z[i] = y[i] + h * (slope + (more + k5[i] * Table.a65))
        }
        rate(t + h, z, into: k6)
        let next = m.next
        for i in 0..<System.stateCount {
            let slope = k1[i] * Table.b1 + k3[i] * Table.b3
            let more = k4[i] * Table.b4 + k5[i] * Table.b5
            next[i] = y[i] + h * (slope + (more + k6[i] * Table.b6))
        }
        rate(t + h, next, into: k7)
    }

    /// The mean over states of the squared error in units of what is allowed.
    @inlinable @inline(__always)
    func meanSquaredError(_ h: L) -> L {
        let m = memory
        var sum = L(0)
        for i in 0..<System.stateCount {
            let first = m.k(0)[i] * Table.e1 + m.k(2)[i] * Table.e3
            let second = m.k(3)[i] * Table.e4 + m.k(4)[i] * Table.e5
            let third = m.k(5)[i] * Table.e6 + m.k(6)[i] * Table.e7
            let size = m.state[i].magnitude.atLeast(m.next[i].magnitude)
            let scaled = h * (first + (second + third)) / (L(plan.tolerance.absolute) + L(plan.tolerance.relative) * size)
            sum = sum + scaled * scaled
        }
        return sum * L(1 / Double(System.stateCount))
    }
}
