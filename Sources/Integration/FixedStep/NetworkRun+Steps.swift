// One step of a network by each method.
import CIntegration

extension NetworkRun {
    /// The rates of the nodes from `node` on at a stage's state; leaves that state in ``x`` and the rates in ``rate``.
    @inlinable @inline(__always)
    func evaluate(
        _ node: Int, _ state: UnsafeMutablePointer<Double>, _ ring: UnsafeMutablePointer<Double>, slot: Int, time: Double
    ) {
        let present = ring + slot + slots
        let (group, place) = (node / 8, node % 8)
        let rows = Int(block.groupStarts[group])..<Int(block.groupStarts[group + 1])
        for channel in 0..<System.channelCount {
            let base = UnsafePointer(present + channel * nodes * 2 * slots)
            var sum = L(0)
            for row in rows {
                let offset = offsets + row * 8 + place
                let signal = alike[row] ? L(base[offset[0]]) : L.gather(base, offset)
                sum = L.multiplyAdd(L.load(block.weights + row * 8 + place), signal, sum)
            }
            coupling[channel] = sum
        }
        for s in 0..<System.stateCount { x[s] = L.load(state + s * padded + node) }
        var out = written(rate, System.stateCount).mutableSpan
        System.derivative(
            time: L(time), state: viewed(x, System.stateCount).span, coupling: viewed(coupling, System.channelCount).span,
            parameters: viewed(parameters(node), System.parameterCount).span, into: &out)
    }

    /// The noise's amplitudes in the state ``x``.
    @inlinable @inline(__always)
    func diffuse(_ node: Int) {
        guard System.noiseCount > 0 else { return }
        var out = written(amplitude, System.noiseCount).mutableSpan
        System.diffusion(
            state: viewed(x, System.stateCount).span, parameters: viewed(parameters(node), System.parameterCount).span, into: &out)
    }

    /// ΔW of every noisy state of every node: the noise's component is `node · noiseCount + state`, its index the step.
    @inlinable @inline(__always)
    func drawIncrements(_ draw: Int, _ number: Int) {
        let scale = L(block.work.step.squareRoot())
        let address = L.Words.repeating(UInt64(truncatingIfNeeded: Int(block.work.firstDraw) + draw))
        for node in Swift.stride(from: 0, to: nodes, by: L.width) {
            let first = (L.Words.repeating(UInt64(node)) &+ L.Words.places) &* L.Words.repeating(UInt64(System.noiseCount))
            for s in 0..<System.noiseCount {
                let place = s * padded + node
                if number & 1 == 0 {
                    let (now, later) = block.work.noiseKey.normals(
                        L.self, draw: address, component: first &+ L.Words.repeating(UInt64(s)), pair: UInt64(number / 2))
                    (scale * now).store(increments + place)
                    (scale * later).store(kept + place)
                } else {
                    L.load(kept + place).store(increments + place)
                }
            }
        }
    }

    @inlinable @inline(__always)
    func euler(_ draw: Int, _ number: Int) {
        let (slot, next) = (number % slots, (number + 1) % slots)
        drawIncrements(draw, number)
        for node in Swift.stride(from: 0, to: nodes, by: L.width) {
            evaluate(node, state, whole, slot: slot, time: block.work.time(number))
            diffuse(node)
            advance(node, L(block.work.step), into: state)
        }
        send(state, into: whole, slot: next)
    }

    @inlinable @inline(__always)
    func heun(_ draw: Int, _ number: Int) {
        let (slot, next) = (number % slots, (number + 1) % slots)
        drawIncrements(draw, number)
        for node in Swift.stride(from: 0, to: nodes, by: L.width) {
            evaluate(node, state, whole, slot: slot, time: block.work.time(number))
            diffuse(node)
            for s in 0..<System.stateCount { rate[s].store(rates + s * padded + node) }
            for s in 0..<System.noiseCount { amplitude[s].store(amplitudes + s * padded + node) }
            advance(node, L(block.work.step), into: trial)
            send(node, into: whole, slot: next)
        }
        for node in Swift.stride(from: 0, to: nodes, by: L.width) {
            evaluate(node, trial, whole, slot: next, time: block.work.time(number + 1))
            diffuse(node)
            for s in 0..<System.stateCount {
                rate[s] = L(0.5) * (L.load(rates + s * padded + node) + rate[s])
                x[s] = L.load(state + s * padded + node)
            }
            for s in 0..<System.noiseCount { amplitude[s] = L(0.5) * (L.load(amplitudes + s * padded + node) + amplitude[s]) }
            advance(node, L(block.work.step), into: state)
        }
        send(state, into: whole, slot: next)
    }

    /// ``x`` plus a step of ``rate`` and ``amplitude``, kept there and written.
    @inlinable @inline(__always)
    func advance(_ node: Int, _ step: L, into end: UnsafeMutablePointer<Double>) {
        for s in 0..<System.stateCount { x[s] = L.multiplyAdd(step, rate[s], x[s]) }
        for s in 0..<System.noiseCount { x[s] = L.multiplyAdd(amplitude[s], L.load(increments + s * padded + node), x[s]) }
        for s in 0..<System.stateCount { x[s].store(end + s * padded + node) }
    }

    @inlinable @inline(__always)
    func rungeKutta(_ number: Int) {
        let (slot, next, last) = (number % slots, (number + 1) % slots, (number + slots - 1) % slots)
        let (step, middle) = (block.work.step, block.work.time(number) + 0.5 * block.work.step)
        for node in Swift.stride(from: 0, to: nodes, by: L.width) {
            evaluate(node, state, whole, slot: slot, time: block.work.time(number))
            if number > 0, slots > 2 { sendMiddle(node, slot: last) }
            for s in 0..<System.stateCount {
                let place = s * padded + node
                rate[s].store(rates + place)
                rate[s].store(sum + place)
                x[s] = L.multiplyAdd(L(0.5 * step), rate[s], L.load(state + place))
                x[s].store(trial + place)
            }
            send(node, into: half, slot: slot)
        }
        stage(half, slot, middle, weight: 2, length: 0.5 * step)
        send(trial, into: half, slot: slot)
        stage(half, slot, middle, weight: 2, length: step)
        send(trial, into: whole, slot: next)
        for node in Swift.stride(from: 0, to: nodes, by: L.width) {
            evaluate(node, trial, whole, slot: next, time: block.work.time(number + 1))
            for s in 0..<System.stateCount {
                let place = s * padded + node
                let start = L.load(state + place)
                start.store(past + place)
                L.multiplyAdd(L(step / 6), L.load(sum + place) + rate[s], start).store(state + place)
            }
        }
        send(state, into: whole, slot: next)
    }

    /// A middle stage: adds its rates to ``sum`` and makes the next stage's argument.
    @inlinable @inline(__always)
    func stage(_ ring: UnsafeMutablePointer<Double>, _ slot: Int, _ time: Double, weight: Double, length: Double) {
        for node in Swift.stride(from: 0, to: nodes, by: L.width) {
            evaluate(node, trial, ring, slot: slot, time: time)
            for s in 0..<System.stateCount {
                let place = s * padded + node
                L.multiplyAdd(L(weight), rate[s], L.load(sum + place)).store(sum + place)
                L.multiplyAdd(L(length), rate[s], L.load(state + place)).store(trial + place)
            }
        }
    }

    /// What was sent in the middle of the last step, by Hermite's cubic through its ends and rates; ``rate`` is the one at its end.
    @inlinable @inline(__always)
    func sendMiddle(_ node: Int, slot: Int) {
        for s in 0..<System.stateCount {
            let place = s * padded + node
            let mean = L(0.5) * (L.load(past + place) + L.load(state + place))
            x[s] = L.multiplyAdd(L(0.125 * block.work.step), L.load(rates + place) - rate[s], mean)
        }
        send(node, into: half, slot: slot)
    }
}
