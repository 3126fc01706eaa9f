// One allocation for all the vectors an integrator works on.

/// Named places in one block of memory; the owner deallocates `base`.
@usableFromInline
struct LaneMemory<L: Lane> {
    @usableFromInline let base: UnsafeMutablePointer<L>
    @usableFromInline let states: Int
    @usableFromInline let parameterCount: Int
    @usableFromInline let inputCount: Int
    @usableFromInline let surfaces: Int

    @inlinable
    init(states: Int, parameters: Int, inputs: Int, surfaces: Int) {
        self.states = states
        parameterCount = parameters
        inputCount = inputs
        self.surfaces = surfaces
        let count = 13 * states + parameters + inputs + 2 * surfaces + 8
        base = .allocate(capacity: count)
        base.initialize(repeating: L(0), count: count)
    }

    /// The state at the start of the step, and at its end.
    @inlinable @inline(__always) var state: UnsafeMutablePointer<L> { base }
    @inlinable @inline(__always) var next: UnsafeMutablePointer<L> { base + states }
    /// A stage's argument.
    @inlinable @inline(__always) var stage: UnsafeMutablePointer<L> { base + 2 * states }
    /// The rates of the seven stages, `0 ..< 7`.
    @inlinable @inline(__always) func k(_ index: Int) -> UnsafeMutablePointer<L> { base + (3 + index) * states }
    /// The three shape terms of the interpolant beside the two end states.
    @inlinable @inline(__always) func shape(_ index: Int) -> UnsafeMutablePointer<L> { base + (10 + index) * states }

    @inlinable @inline(__always) var parameters: UnsafeMutablePointer<L> { base + 13 * states }
    @inlinable @inline(__always) var inputs: UnsafeMutablePointer<L> { parameters + parameterCount }
    /// Distances from the surfaces at the start and at the end of the step.
    @inlinable @inline(__always) var distance: UnsafeMutablePointer<L> { inputs + inputCount }
    @inlinable @inline(__always) var nextDistance: UnsafeMutablePointer<L> { distance + surfaces }

    @inlinable @inline(__always) var scalars: UnsafeMutablePointer<L> { nextDistance + surfaces }
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
