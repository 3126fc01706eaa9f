// How a stretch starts: the first rate, the first step, the distances from the surfaces.
import CIntegration

extension LaneIntegrator {
    /// Starts one place afresh from the single state at a time; false when it or its rate is not a number, which fails the draw.
    @inlinable
    mutating func start(_ lane: Int, at time: Double) -> Bool {
        let single = single(lane)
        guard let step = method.choosesSteps ? anyStep(lane) : guessedStep(lane, at: time) else {
            abandon(lane, .notFinite, at: time)
            return false
        }
        set(memory.time, 0, lane, time)
        set(memory.step, 0, lane, step)
        set(memory.lastError, 0, lane, Self.smallestLogError)
        for j in 0..<surfaces.count {
            set(memory.distance, j, lane, sided(System.distance(single, j, L.Single(time), single.state), j, single)[lane: 0])
        }
        watch(lane)
        jumped &= ~(1 << lane)
        return true
    }

    /// No limit but that of the tolerance, for a method that chooses its steps; nil where a state is not a number.
    @inlinable
    func anyStep(_ lane: Int) -> Double? {
        let single = single(lane)
        return (method.knownCount..<System.stateCount).allSatisfy { single.numbers(single.state)[$0].isFinite } ? block.maximumStep : nil
    }

    /// The first step, and the first rate into ``LaneMemory/k(_:)``; nil where that or the state is not a number.
    ///
    /// As in Hairer, Nørsett and Wanner (1993), II.4: from the sizes of state, rate and change of rate.
    @inlinable
    func guessedStep(_ lane: Int, at time: Double) -> Double? {
        let (end, single) = (get(memory.end, 0, lane), single(lane))
        let (state, rate, later) = (single.numbers(single.state), single.numbers(single.k(0)), single.numbers(single.k(1)))
        method.rate(single, L.Single(time), single.state, into: single.k(0))
        // What a unit of each state weighs, for three sums.
        let weight = single.numbers(single.shape(0))
        let stepped = method.knownCount..<System.stateCount - System.heldCount
        var (d0, d1) = (0.0, 0.0)
        var isFinite = true
        for s in stepped {
            weight[s] = 1 / (block.absolute + block.relative * state[s].magnitude)
            let (a, b) = (state[s] * weight[s], rate[s] * weight[s])
            d0 += a * a
            d1 += b * b
            isFinite = isFinite && rate[s].isFinite && state[s].isFinite
        }
        let longest = Double.minimum(end - time, block.maximumStep)
        let first = d0 < 1e-10 || d1 < 1e-10 || !d1.isFinite ? 1e-6 : 0.01 * (d0 / d1).squareRoot()
        let trial = Double.minimum(first, longest)
        for s in method.knownCount..<System.stateCount { single.numbers(single.stage)[s] = state[s] + trial * rate[s] }
        method.rate(single, L.Single(time + trial), single.stage, into: single.k(1))
        var d2 = 0.0
        for s in stepped {
            let change = (later[s] - rate[s]) * weight[s]
            d2 += change * change
        }
        let count = Double(System.stateCount - method.knownCount)
        let size = Double.maximum((d1 / count).squareRoot(), (d2 / count).squareRoot() / trial)
        // A rate out of zero is infinite in units of what is allowed there: the trial step stands.
        // A guess: good to a ten-thousandth will do, whatever the arithmetic.
        let guess =
            size <= 1e-15 ? Double.maximum(1e-6, trial * 1e-3) : (0.2 * (0.01 / Double.minimum(size, 1e300)).roughLog2()).roughExp2()
        let second = size.isFinite ? guess : trial
        let step = Double.minimum(Double.minimum(100 * trial, second), longest)
        guard step > 0, isFinite else { return nil }
        for s in 0..<System.stateCount { set(memory.k(0), s, lane, rate[s]) }
        return step
    }

    /// Starts the places named by the bits afresh after a located event; their states and times are already set.
    @inlinable
    mutating func restart(_ lanes: Int) {
        for lane in Places(lanes) {
            let time = get(memory.time, 0, lane)
            // At the very end of a segment the next one starts anyway.
            guard time < get(memory.end, 0, lane) else { continue }
            gather(lane)
            if method.knownCount > 0 { prepare(lane, at: time) }
            if !start(lane, at: time) { advance(lane) }
        }
    }
}
