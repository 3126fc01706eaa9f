// One allocation for all the vectors an integrator works on.

/// Named places in one block of memory; the owner deallocates `base`.
///
/// What a draw keeps between steps (parameters, inputs, constants) stands behind what a step works on, and can be there several times:
/// ``keeping(_:)``.
public struct LaneMemory<L: Lane> {
    @usableFromInline let base: UnsafeMutablePointer<L>
    @usableFromInline var kept: UnsafeMutablePointer<L>
    @usableFromInline let keptCount: Int
    @usableFromInline let states: Int
    @usableFromInline let stages: Int
    @usableFromInline let parameterCount: Int
    @usableFromInline let inputCount: Int
    @usableFromInline let constantCount: Int
    @usableFromInline let surfaces: Int
    @usableFromInline let working: Int

    /// - Parameter copies: of what a draw keeps.
    @inlinable
    init<Method: StepMethod>(_ method: Method, surfaces: Int, copies: Int = 1) {
        states = Method.System.stateCount
        stages = method.stageCount
        parameterCount = Method.System.parameterCount + Method.System.derivedCount
        inputCount = Method.System.inputCount + Method.System.switchCount
        constantCount = method.constantCount
        self.surfaces = surfaces
        keptCount = parameterCount + inputCount + constantCount + 4 * surfaces + 8
        working = (6 + stages) * states + method.scratchCount
        let count = working + copies * keptCount
        // On whole cache lines: Swift aligns a SIMD8<Double> to 16 bytes only, and half of all wide loads would cross a line.
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<L>.stride, alignment: 64)
        base = bytes.initializeMemory(as: L.self, repeating: L(0), count: count)
        kept = base + working
    }

    /// The same working place with another copy of what a draw keeps.
    @inlinable @inline(__always)
    func keeping(_ copy: Int) -> Self {
        var other = self
        other.kept = kept + copy * keptCount
        return other
    }

    /// The state at the start of the step, and at its end.
    @inlinable @inline(__always) public var state: UnsafeMutablePointer<L> { base }
    @inlinable @inline(__always) public var next: UnsafeMutablePointer<L> { base + states }
    /// A stage's argument.
    @inlinable @inline(__always) public var stage: UnsafeMutablePointer<L> { base + 2 * states }
    /// The three shape terms of the interpolant beside the two end states.
    @inlinable @inline(__always) public func shape(_ index: Int) -> UnsafeMutablePointer<L> { base + (3 + index) * states }
    /// What the stages left, one after the other; the rate at the start stands in the first until a step is tried.
    @inlinable @inline(__always) public func k(_ index: Int) -> UnsafeMutablePointer<L> { base + (6 + index) * states }

    /// One of the method's ``StepMethod/scratchCount`` numbers in slots of a length.
    @inlinable @inline(__always)
    public func slot(_ index: Int, _ length: Int) -> UnsafeMutablePointer<L> { base + ((6 + stages) * states + index * length) }

    @inlinable @inline(__always) public var parameters: UnsafeMutablePointer<L> { kept }
    @inlinable @inline(__always) public var inputs: UnsafeMutablePointer<L> { parameters + parameterCount }
    /// What depends on the draw and its segment alone (``StepMethod/prepare(parameters:inputs:into:)``).
    @inlinable @inline(__always) public var constants: UnsafeMutablePointer<L> { inputs + inputCount }
    /// Distances from the surfaces at the start and at the end of the step.
    @inlinable @inline(__always) var distance: UnsafeMutablePointer<L> { constants + constantCount }
    @inlinable @inline(__always) var nextDistance: UnsafeMutablePointer<L> { distance + surfaces }

    /// The fraction of the step at which each surface is reached, and the distances tried on the way.
    @inlinable @inline(__always) var fraction: UnsafeMutablePointer<L> { nextDistance + surfaces }
    @inlinable @inline(__always) var trial: UnsafeMutablePointer<L> { fraction + surfaces }

    @inlinable @inline(__always) var scalars: UnsafeMutablePointer<L> { trial + surfaces }
    @inlinable @inline(__always) var time: UnsafeMutablePointer<L> { scalars }
    /// The step to try next.
    @inlinable @inline(__always) var step: UnsafeMutablePointer<L> { scalars + 1 }
    /// Where the segment ends.
    @inlinable @inline(__always) var end: UnsafeMutablePointer<L> { scalars + 2 }
    /// The next requested time before the segment's end; +∞ for none.
    @inlinable @inline(__always) var output: UnsafeMutablePointer<L> { scalars + 3 }
    /// The binary logarithm of the last accepted error.
    @inlinable @inline(__always) var lastError: UnsafeMutablePointer<L> { scalars + 4 }
    /// 1 where a draw is being integrated, 0 where none is.
    @inlinable @inline(__always) var active: UnsafeMutablePointer<L> { scalars + 5 }
    /// Steps tried for the draw.
    @inlinable @inline(__always) var attempts: UnsafeMutablePointer<L> { scalars + 6 }
    /// Where the step now tried ends.
    @inlinable @inline(__always) var nextTime: UnsafeMutablePointer<L> { scalars + 7 }
}

extension LaneMemory where L.Single == L {
    /// The numbers of a vector of a lane of one place (invariant N3).
    @inlinable @inline(__always)
    func numbers(_ vector: UnsafeMutablePointer<L>) -> UnsafeMutablePointer<Double> {
        UnsafeMutableRawPointer(vector).assumingMemoryBound(to: Double.self)
    }
}

extension OrdinarySystem {
    /// The rate at a time and state, from plain memory.
    @inlinable @inline(__always)
    public static func rate<L: Lane>(
        _ memory: LaneMemory<L>, _ time: L, _ state: UnsafeMutablePointer<L>, into out: UnsafeMutablePointer<L>
    ) {
        let states = UnsafeBufferPointer(start: state, count: stateCount)
        let parameters = UnsafeBufferPointer(start: memory.parameters, count: parameterCount + derivedCount)
        let inputs = UnsafeBufferPointer(start: memory.inputs, count: inputCount + switchCount)
        let rates = UnsafeMutableBufferPointer(start: out, count: stateCount)
        var into = rates.mutableSpan
        derivative(time: time, state: states.span, parameters: parameters.span, input: inputs.span, into: &into)
    }

    /// The distance from a surface at a time and state, from plain memory.
    @inlinable @inline(__always)
    static func distance<L: Lane>(_ memory: LaneMemory<L>, _ surface: Int, _ time: L, _ state: UnsafeMutablePointer<L>) -> L {
        let states = UnsafeBufferPointer(start: state, count: stateCount)
        let parameters = UnsafeBufferPointer(start: memory.parameters, count: parameterCount + derivedCount)
        let inputs = UnsafeBufferPointer(start: memory.inputs, count: inputCount + switchCount)
        return distance(surface: surface, time: time, state: states.span, parameters: parameters.span, input: inputs.span)
    }

    /// The distances from all surfaces, from plain memory.
    @inlinable @inline(__always)
    static func distances<L: Lane>(
        _ memory: LaneMemory<L>, _ time: L, _ state: UnsafeMutablePointer<L>, into out: UnsafeMutablePointer<L>
    ) {
        let states = UnsafeBufferPointer(start: state, count: stateCount)
        let parameters = UnsafeBufferPointer(start: memory.parameters, count: parameterCount + derivedCount)
        let inputs = UnsafeBufferPointer(start: memory.inputs, count: inputCount + switchCount)
        var into = UnsafeMutableBufferPointer(start: out, count: memory.surfaces).mutableSpan
        distances(time: time, state: states.span, parameters: parameters.span, input: inputs.span, into: &into)
    }
}
