// Numbers that depend on the draw alone, and those that hold until a surface turns them.
import CIntegration

extension LaneIntegrator {
    /// Puts what a draw's parameters give behind them.
    @inlinable
    func derive(_ lane: Int) {
        for p in 0..<System.parameterCount { single.numbers(single.parameters)[p] = get(memory.parameters, p, lane) }
        let given = UnsafeBufferPointer(start: single.parameters, count: System.parameterCount)
        let behind = UnsafeMutableBufferPointer(start: single.parameters + System.parameterCount, count: System.derivedCount)
        var derived = behind.mutableSpan
        System.derive(parameters: given.span, into: &derived)
        for p in System.parameterCount..<memory.parameterCount { set(memory.parameters, p, lane, single.numbers(single.parameters)[p]) }
    }

    /// Sets every switch by its distance's sign in the single state.
    @inlinable
    func settle(_ lane: Int, at time: Double) {
        for j in surfaces.indices {
            guard let number = surfaces[j].toggles else { continue }
            let distance = System.distance(single, j, L.Single(time), single.state)[lane: 0]
            turn(number, lane, isOn: distance > 0)
        }
    }

    @inlinable
    func turn(_ number: Int, _ lane: Int, isOn: Bool) {
        single.numbers(single.inputs)[System.inputCount + number] = isOn ? 1 : 0
        set(memory.inputs, System.inputCount + number, lane, isOn ? 1 : 0)
    }

    /// A distance at the start of a step, on the side on which a surface's switch stands: what the rounding of a crossing's place leaves on
    /// the other side must not be taken for a crossing back, nor hide one.
    @inlinable
    func sided(_ distance: Double, _ surface: Int, _ lane: Int) -> Double {
        guard let number = surfaces[surface].toggles else { return distance }
        let isOn = get(memory.inputs, System.inputCount + number, lane) > 0.5
        return isOn ? Double.maximum(distance, .leastNormalMagnitude) : Double.minimum(distance, -.leastNormalMagnitude)
    }

    /// Goes on in the places named by the bits, where nothing but switches has changed: with fresh rates and the step that was running.
    @inlinable
    mutating func resume(_ lanes: Int) {
        let m = memory
        if method.constantCount > 0 {
            for lane in Places(lanes) {
                gather(lane)
                let time = get(m.time, 0, lane)
                if method.knownCount > 0 { method.known(single, at: L.Single(time), into: single.state) }
                prepare(lane, at: time)
            }
        }
        if let last = method.lastRate { method.rate(m, m.time.pointee, m.state, into: m.k(last)) }
        for j in 0..<surfaces.count { m.nextDistance[j] = System.distance(m, j, m.time.pointee, m.state) }
        for lane in Places(lanes) {
            if let last = method.lastRate {
                for s in 0..<System.stateCount { set(m.k(0), s, lane, get(m.k(last), s, lane)) }
            }
            for j in 0..<surfaces.count { set(m.distance, j, lane, sided(get(m.nextDistance, j, lane), j, lane)) }
        }
    }
}
