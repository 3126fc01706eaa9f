// The integrator's working memory: as many draws as the lane is wide, each with its own time, step and segment.

/// Integrates the draws of one block, `L.width` at a time, asynchronously: each place of the lane has its own draw, time,
/// step size, segment and output cursor, and takes up the next draw as soon as it has finished one.
///
/// - Invariant N6: what one place computes depends on its own draw alone. Steps are chosen without looking at the requested
///   times, which are read off the interpolant; so another grid of outputs changes no computed value.
@usableFromInline
struct LaneIntegrator<System: OrdinarySystem, L: Lane> {
    /// The draws of this block, parameters and starts.
    @usableFromInline let parameters: UnsafePointer<Double>
    @usableFromInline let initial: UnsafePointer<Double>
    @usableFromInline let initialStride: Int
    /// The number of the block's first draw in the ensemble, and how many there are.
    @usableFromInline let firstDraw: Int
    @usableFromInline let drawCount: Int

    @usableFromInline let plan: IntegrationPlan
    @usableFromInline let surfaces: [Surface]
    /// One allocation for all vectors below.
    @usableFromInline let memory: LaneMemory<L>
    /// The same for one place at a time.
    @usableFromInline let single: LaneMemory<Double>

    /// Per place: its draw within the block (−1 for none), segment, next output.
    @usableFromInline var draw: [Int]
    @usableFromInline var segment: [Int]
    @usableFromInline var cursor: [Int]
    @usableFromInline var nextDraw = 0
    @usableFromInline var live = 0

    @usableFromInline let values: UnsafeMutablePointer<Double>
    @usableFromInline var crossings: [Crossing] = []
    @usableFromInline var failures: [IntegrationError] = []

    /// The pointers must stay valid as long as this integrator; `values` has room for every draw, time and state.
    @inlinable
    init(
        plan: IntegrationPlan, parameters: UnsafePointer<Double>, initial: UnsafePointer<Double>, initialStride: Int,
        firstDraw: Int, drawCount: Int, values: UnsafeMutablePointer<Double>
    ) {
        self.plan = plan
        self.parameters = parameters
        self.initial = initial
        self.initialStride = initialStride
        self.firstDraw = firstDraw
        self.drawCount = drawCount
        self.values = values
        surfaces = System.surfaces
        memory = LaneMemory(
            states: System.stateCount, parameters: System.parameterCount, inputs: System.inputCount, surfaces: surfaces.count)
        single = LaneMemory(
            states: System.stateCount, parameters: System.parameterCount, inputs: System.inputCount, surfaces: surfaces.count)
        draw = [Int](repeating: -1, count: L.width)
        segment = [Int](repeating: 0, count: L.width)
        cursor = [Int](repeating: 0, count: L.width)
    }

    /// Must be called once, last. (A noncopyable struct with a deinit would say it better; Swift 6.3 cannot inline one
    /// from another module.)
    @inlinable
    func free() {
        memory.base.deallocate()
        single.base.deallocate()
    }

    /// Integrates every draw of the block.
    @inlinable
    mutating func run() {
        for lane in 0..<L.width { advance(lane) }
        while live > 0 { step() }
    }

    /// The rate at a time and state, in lanes.
    @inlinable @inline(__always)
    func rate(_ time: L, _ state: UnsafeMutablePointer<L>, into out: UnsafeMutablePointer<L>) {
        let states = UnsafeBufferPointer(start: state, count: System.stateCount)
        let parameters = UnsafeBufferPointer(start: memory.parameters, count: System.parameterCount)
        let inputs = UnsafeBufferPointer(start: memory.inputs, count: System.inputCount)
        let rates = UnsafeMutableBufferPointer(start: out, count: System.stateCount)
        var into = rates.mutableSpan
        System.derivative(time: time, state: states.span, parameters: parameters.span, input: inputs.span, into: &into)
    }

    /// One number of one place of a vector in the lane memory (invariant N3).
    @inlinable @inline(__always)
    func get(_ vector: UnsafeMutablePointer<L>, _ index: Int, _ lane: Int) -> Double {
        UnsafeRawPointer(vector).assumingMemoryBound(to: Double.self)[index * L.width + lane]
    }

    @inlinable @inline(__always)
    func set(_ vector: UnsafeMutablePointer<L>, _ index: Int, _ lane: Int, _ value: Double) {
        UnsafeMutableRawPointer(vector).assumingMemoryBound(to: Double.self)[index * L.width + lane] = value
    }
}
