// Numbers that depend on the draw alone, and those that hold until a surface turns them.
import CIntegration

extension LaneIntegrator {
    /// Puts what a draw's parameters give behind them.
    @inlinable
    func derive(_ lane: Int) {
        let single = single(lane)
        let given = UnsafeBufferPointer(start: single.parameters, count: System.parameterCount)
        let behind = UnsafeMutableBufferPointer(start: single.parameters + System.parameterCount, count: System.derivedCount)
        var derived = behind.mutableSpan
        System.derive(parameters: given.span, into: &derived)
        for p in System.parameterCount..<memory.parameterCount { set(memory.parameters, p, lane, single.numbers(single.parameters)[p]) }
    }

    /// Sets every switch by its distance's sign in the single state.
    @inlinable
    func settle(_ lane: Int, at time: Double) {
        let single = single(lane)
        for j in surfaces.indices {
            guard let number = surfaces[j].toggles else { continue }
            let distance = System.distance(single, j, L.Single(time), single.state)[lane: 0]
            turn(number, lane, isOn: distance > 0)
        }
    }

    /// Turns a switch in the places named by the bits.
    @inlinable
    func turn(_ number: Int, _ lanes: Int, isOn: L.Mask) {
        let value = L.select(isOn, L(1), L(0))
        let place = System.inputCount + number
        memory.inputs[place] = L.select(L.mask(lanes), value, memory.inputs[place])
        for lane in Places(lanes) {
            let single = single(lane)
            single.numbers(single.inputs)[place] = value[lane: lane]
        }
    }

    @inlinable
    func turn(_ number: Int, _ lane: Int, isOn: Bool) {
        let single = single(lane)
        single.numbers(single.inputs)[System.inputCount + number] = isOn ? 1 : 0
        set(memory.inputs, System.inputCount + number, lane, isOn ? 1 : 0)
    }

    /// A distance at the start of a step, on the side on which a surface's switch stands: what the rounding of a crossing's place leaves on
    /// the other side must not be taken for a crossing back, nor hide one.
    @inlinable @inline(__always)
    func sided<Number: Lane>(_ distance: Number, _ surface: Int, _ memory: LaneMemory<Number>) -> Number {
        guard let number = surfaces[surface].toggles else { return distance }
        let isOn = Number.lessThan(Number(0.5), memory.inputs[System.inputCount + number])
        return Number.select(
            isOn, distance.atLeast(Number(.leastNormalMagnitude)), distance.atMost(Number(-.leastNormalMagnitude)))
    }

    /// Goes on in the places named by the bits, where nothing but switches has changed: with fresh rates and the step that was running.
    @inlinable
    mutating func resume(_ lanes: Int) {
        let (m, here) = (memory, L.mask(lanes))
        if method.constantCount > 0 {
            for lane in Places(lanes) {
                gather(lane)
                let (time, single) = (get(m.time, 0, lane), single(lane))
                if method.knownCount > 0 { method.known(single, at: L.Single(time), .all, into: single.state) }
                prepare(lane, at: time)
            }
        }
        if let last = method.lastRate {
            method.rate(m, m.time.pointee, m.state, into: m.k(last))
            for s in 0..<System.stateCount { m.k(0)[s] = L.select(here, m.k(last)[s], m.k(0)[s]) }
        }
        guard !surfaces.isEmpty else { return }
        System.distances(m, m.time.pointee, m.state, into: m.trial)
        for j in 0..<surfaces.count { m.distance[j] = L.select(here, sided(m.trial[j], j, m), m.distance[j]) }
    }
}
