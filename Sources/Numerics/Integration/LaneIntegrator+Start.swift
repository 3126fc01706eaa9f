// How a stretch starts: the first rate, the first step, the distances from the surfaces.

extension LaneIntegrator {
    /// Starts one place afresh from the single state at a time; false when its rate is not a number, which fails the draw.
    ///
    /// First step as in Hairer, Nørsett and Wanner (1993), II.4: from the sizes of state, rate and change of rate.
    @inlinable
    mutating func start(_ lane: Int, at time: Double) -> Bool {
        let end = get(memory.end, 0, lane)
        let tolerance = plan.tolerance
        singleRate(time, single.state, into: single.k(0))
        var (d0, d1) = (0.0, 0.0)
        var isFinite = true
        for s in 0..<System.stateCount {
            let scale = tolerance.absolute + tolerance.relative * single.state[s].magnitude
            let (a, b) = (single.state[s] / scale, single.k(0)[s] / scale)
            d0 += a * a
            d1 += b * b
            isFinite = isFinite && single.k(0)[s].isFinite && single.state[s].isFinite
        }
        let longest = Double.minimum(end - time, tolerance.maximumStep)
        let first = d0 < 1e-10 || d1 < 1e-10 || !d1.isFinite ? 1e-6 : 0.01 * (d0 / d1).squareRoot()
        let trial = Double.minimum(first, longest)
        for s in 0..<System.stateCount { single.stage[s] = single.state[s] + trial * single.k(0)[s] }
        singleRate(time + trial, single.stage, into: single.k(1))
        var d2 = 0.0
        for s in 0..<System.stateCount {
            let scale = tolerance.absolute + tolerance.relative * single.state[s].magnitude
            let change = (single.k(1)[s] - single.k(0)[s]) / scale
            d2 += change * change
        }
        let count = Double(System.stateCount)
        let size = Double.maximum((d1 / count).squareRoot(), (d2 / count).squareRoot() / trial)
        // A rate out of zero is infinite in units of what is allowed there: the trial step stands.
        let guess = size <= 1e-15 ? Double.maximum(1e-6, trial * 1e-3) : (0.01 / size).pow(0.2)
        let second = size.isFinite ? guess : trial
        let step = Double.minimum(Double.minimum(100 * trial, second), longest)
        guard step > 0, isFinite else {
            failures.append(.notFinite(draw: firstDraw + draw[lane], time: time))
            release(lane)
            return false
        }
        for s in 0..<System.stateCount { set(memory.k(0), s, lane, single.k(0)[s]) }
        set(memory.time, 0, lane, time)
        set(memory.step, 0, lane, step)
        set(memory.lastError, 0, lane, Self.smallestLogError)
        for j in 0..<surfaces.count { set(memory.distance, j, lane, singleDistance(j, time, single.state)) }
        watch(lane)
        return true
    }

    /// Starts the places named by the bits afresh after a located event; their states and times are already set.
    @inlinable
    mutating func restart(_ lanes: Int) {
        for lane in 0..<L.width where lanes & (1 << lane) != 0 {
            let time = get(memory.time, 0, lane)
            // At the very end of a segment the next one starts anyway.
            guard time < get(memory.end, 0, lane) else { continue }
            gather(lane)
            if !start(lane, at: time) { advance(lane) }
        }
    }

    @inlinable
    func singleRate(_ time: Double, _ state: UnsafeMutablePointer<Double>, into out: UnsafeMutablePointer<Double>) {
        let states = UnsafeBufferPointer(start: state, count: System.stateCount)
        let parameters = UnsafeBufferPointer(start: single.parameters, count: System.parameterCount)
        let inputs = UnsafeBufferPointer(start: single.inputs, count: System.inputCount)
        let rates = UnsafeMutableBufferPointer(start: out, count: System.stateCount)
        var into = rates.mutableSpan
        System.derivative(time: time, state: states.span, parameters: parameters.span, input: inputs.span, into: &into)
    }

    @inlinable
    func singleDistance(_ surface: Int, _ time: Double, _ state: UnsafeMutablePointer<Double>) -> Double {
        let states = UnsafeBufferPointer(start: state, count: System.stateCount)
        let parameters = UnsafeBufferPointer(start: single.parameters, count: System.parameterCount)
        let inputs = UnsafeBufferPointer(start: single.inputs, count: System.inputCount)
        return System.distance(
            surface: surface, time: time, state: states.span, parameters: parameters.span, input: inputs.span)
    }
}
