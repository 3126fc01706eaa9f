// The memory of a network's run: states by node, what was sent lately, the edges.
import CIntegration

/// A network in the midst of its steps. Vectors are (state, node), `padded` numbers a row.
@usableFromInline
struct NetworkRun<System: NetworkSystem, L: NumberLane> {
    @usableFromInline let block: NetworkBlock
    @usableFromInline let nodes: Int
    @usableFromInline let padded: Int
    /// Steps that the rings remember, each twice over, so that reading back from a place never wraps.
    @usableFromInline let slots: Int
    @usableFromInline let numbers: FixedStepMemory
    @usableFromInline let lanes: UnsafeMutablePointer<L>
    /// Where an edge's signal stands, counted from the present slot of channel 0; and whether a row's eight are one and the same.
    @usableFromInline let offsets: UnsafeMutablePointer<Int>
    @usableFromInline let alike: UnsafeMutablePointer<Bool>

    @inlinable
    init(_ block: NetworkBlock) {
        self.block = block
        nodes = Int(block.nodeCount)
        padded = (nodes + 7) / 8 * 8
        slots = Int(block.longestDelay) + 2
        let vectors = 5 * System.stateCount + 3 * System.noiseCount
        numbers = FixedStepMemory(count: vectors * padded + 2 * System.channelCount * nodes * 2 * slots + 8)
        let scratch = 2 * System.stateCount + 2 * System.channelCount + System.noiseCount
        lanes = L.allocate(scratch + (padded / L.width) * System.parameterCount)
        let rows = Int(block.groupStarts[padded / 8])
        offsets = UnsafeMutablePointer<Int>.allocate(capacity: max(rows * 8, 1))
        alike = UnsafeMutablePointer<Bool>.allocate(capacity: max(rows, 1))
        for edge in 0..<rows * 8 { offsets[edge] = Int(block.sources[edge]) * 2 * slots - Int(block.delays[edge]) }
        for row in 0..<rows { alike[row] = (1..<8).allSatisfy { offsets[row * 8 + $0] == offsets[row * 8] } }
    }

    @inlinable
    func free() {
        numbers.free()
        lanes.deallocate()
        offsets.deallocate()
        alike.deallocate()
    }

    @inlinable @inline(__always) var vector: Int { System.stateCount * padded }
    /// The state; a stage's argument; the rate at the step's start; the rates' sum; the state one step ago.
    @inlinable @inline(__always) var state: UnsafeMutablePointer<Double> { numbers.base }
    @inlinable @inline(__always) var trial: UnsafeMutablePointer<Double> { state + vector }
    @inlinable @inline(__always) var rates: UnsafeMutablePointer<Double> { trial + vector }
    @inlinable @inline(__always) var sum: UnsafeMutablePointer<Double> { rates + vector }
    @inlinable @inline(__always) var past: UnsafeMutablePointer<Double> { sum + vector }
    /// ΔW of the step; the normals made with the last ones; the amplitude at the step's start.
    @inlinable @inline(__always) var increments: UnsafeMutablePointer<Double> { past + vector }
    @inlinable @inline(__always) var kept: UnsafeMutablePointer<Double> { increments + System.noiseCount * padded }
    @inlinable @inline(__always) var amplitudes: UnsafeMutablePointer<Double> { kept + System.noiseCount * padded }
    /// What was sent at the steps' ends, and in their middles (number n: half a step after step n); (channel, node, slot).
    @inlinable @inline(__always) var whole: UnsafeMutablePointer<Double> { amplitudes + System.noiseCount * padded }
    @inlinable @inline(__always) var ring: Int { System.channelCount * nodes * 2 * slots }
    @inlinable @inline(__always) var half: UnsafeMutablePointer<Double> { whole + ring }

    /// Scratch of the nodes at hand.
    @inlinable @inline(__always) var x: UnsafeMutablePointer<L> { lanes }
    @inlinable @inline(__always) var rate: UnsafeMutablePointer<L> { x + System.stateCount }
    @inlinable @inline(__always) var coupling: UnsafeMutablePointer<L> { rate + System.stateCount }
    @inlinable @inline(__always) var signals: UnsafeMutablePointer<L> { coupling + System.channelCount }
    @inlinable @inline(__always) var amplitude: UnsafeMutablePointer<L> { signals + System.channelCount }
    /// The parameters of the lane's nodes that start at a node.
    @inlinable @inline(__always)
    func parameters(_ node: Int) -> UnsafeMutablePointer<L> {
        amplitude + System.noiseCount + node / L.width * System.parameterCount
    }

    /// Puts a draw's parameters and history in place.
    @inlinable
    func begin(_ draw: Int) {
        for node in stride(from: 0, to: nodes, by: L.width) {
            let places = parameters(node)
            for p in 0..<System.drawParameterCount { places[p] = L(block.work.parameters[draw * System.drawParameterCount + p]) }
            for p in 0..<System.nodeParameterCount {
                places[System.drawParameterCount + p] = L.load(block.nodeParameters + p * padded + node)
            }
        }
        // From the past to the present, so that the present state is left in place. Padding nodes copy the last one.
        for number in Swift.stride(from: 2 * (slots - 2), through: 0, by: -1) {
            let row = block.history + (number < block.historyCount ? number : 0) * System.stateCount * nodes
            for s in 0..<System.stateCount {
                for node in 0..<padded { state[s * padded + node] = row[s * nodes + min(node, nodes - 1)] }
            }
            let before = (number + 1) / 2
            send(state, into: number % 2 == 0 ? whole : half, slot: (slots - before) % slots)
        }
    }

    /// What all nodes send in a state.
    @inlinable @inline(__always)
    func send(_ state: UnsafeMutablePointer<Double>, into ring: UnsafeMutablePointer<Double>, slot: Int) {
        for node in Swift.stride(from: 0, to: nodes, by: L.width) {
            for s in 0..<System.stateCount { x[s] = L.load(state + s * padded + node) }
            send(node, into: ring, slot: slot)
        }
    }

    /// What the nodes at hand send in the state ``x``.
    @inlinable @inline(__always)
    func send(_ node: Int, into ring: UnsafeMutablePointer<Double>, slot: Int) {
        var out = written(signals, System.channelCount).mutableSpan
        System.send(
            state: viewed(x, System.stateCount).span, parameters: viewed(parameters(node), System.parameterCount).span, into: &out)
        for channel in 0..<System.channelCount {
            for lane in 0..<min(L.width, nodes - node) {
                let place = ring + (channel * nodes + node + lane) * 2 * slots + slot
                place[0] = signals[channel][lane: lane]
                place[slots] = signals[channel][lane: lane]
            }
        }
    }

    /// Writes the states after so many steps; false, and reported, where they are no longer finite.
    @inlinable
    func record(_ draw: Int, _ number: Int) -> Bool {
        let size = System.stateCount * nodes
        let values = block.work.values + (draw * block.work.recordCount + number / Int(block.work.stride)) * size
        for s in 0..<System.stateCount {
            guard (0..<nodes).allSatisfy({ state[s * padded + $0].isFinite }) else {
                for place in 0..<size { values[place] = .nan }
                block.work.failed(block.work.receiver, block.work.firstDraw + Int64(draw), block.work.time(number))
                return false
            }
            for node in 0..<nodes { values[s * nodes + node] = state[s * padded + node] }
        }
        return true
    }
}
