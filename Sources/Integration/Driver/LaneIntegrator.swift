// The driver's working memory: as many draws as the lane is wide, each with its own time, step and segment.
import CIntegration

/// Integrates the draws of one block, as many at a time as the lane is wide, asynchronously: each place of the lane has its own draw,
/// time, step size, segment and output cursor, and takes up the next draw as soon as it has finished one.
///
/// - Invariant N6: what one place computes depends on its own draw alone. Steps are chosen without looking at the requested
///   times, which are read off the interpolant; so another grid of outputs changes no computed value.
@usableFromInline
struct LaneIntegrator<Method: StepMethod> {
    @usableFromInline typealias L = Method.Number
    @usableFromInline typealias System = Method.System

    @usableFromInline let block: KernelBlock
    @usableFromInline let method: Method
    @usableFromInline let surfaces: [Surface]
    @usableFromInline let kept: KeptBits
    /// The states kept, in the order of a row.
    @usableFromInline let keptStates: UnsafeMutablePointer<Int>
    @usableFromInline let keptCount: Int
    /// The states that surfaces look at.
    @usableFromInline let watched: KeptBits
    /// Whether any of the states that the method knows is kept.
    @usableFromInline let readsKnown: Bool
    /// One allocation for all vectors below.
    @usableFromInline let memory: LaneMemory<L>
    /// The same for one place at a time; what its draw keeps is there for every place: ``single(_:)``.
    @usableFromInline let singles: LaneMemory<L.Single>
    /// One place's step in all places: ``emitOften(_:from:step:)``.
    @usableFromInline let spread: LaneMemory<L>

    /// Per place where its states at its next output are written.
    @usableFromInline let rows: UnsafeMutablePointer<UnsafeMutablePointer<Double>>
    /// How far apart the numbers of a row are, and two rows of a draw.
    @usableFromInline let numberStride: Int
    @usableFromInline let rowStride: Int
    /// Per place: its draw within the block (−1 for none), segment, next output.
    @usableFromInline let draw: UnsafeMutablePointer<Int>
    @usableFromInline let segment: UnsafeMutablePointer<Int>
    @usableFromInline let cursor: UnsafeMutablePointer<Int>
    /// Per place, for the test of stiffness: the attempt from which on it is due, steps found limited by stability, steps since then
    /// that were not.
    @usableFromInline var inspection: [(due: Int, limited: Int, free: Int)]
    /// Steps of the lane until the test may be due in some place.
    @usableFromInline var untilInspection = Int.max
    @usableFromInline var nextDraw = 0
    @usableFromInline var live = 0
    /// Bits of the places that have come to a segment which continues the last.
    @usableFromInline var proceeding = 0
    /// Of those that have come to one at whose start nothing jumps for their draw.
    @usableFromInline var passing = 0
    /// Of those whose state an event has changed since they last started.
    @usableFromInline var jumped = 0
    /// Of those at the end of a segment whose known states are not there yet.
    @usableFromInline var unsettled = 0

    /// The block's pointers must stay valid as long as this integrator.
    @inlinable
    init(_ block: KernelBlock, by method: Method) {
        self.block = block
        self.method = method
        surfaces = System.surfaces
        let kept = KeptBits(block.kept, of: System.stateCount)
        self.kept = kept
        let states = kept.states(of: System.stateCount)
        keptCount = states.count
        keptStates = .allocate(capacity: states.count)
        keptStates.initialize(from: states, count: states.count)
        watched = KeptBits(System.watchedStates, of: System.stateCount)
        readsKnown = (0..<method.knownCount).contains { kept.contains($0) }
        memory = LaneMemory(method, surfaces: surfaces.count)
        singles = LaneMemory(method, surfaces: surfaces.count, copies: L.width)
        spread = LaneMemory(method, surfaces: surfaces.count)
        rows = .allocate(capacity: L.width)
        rows.initialize(repeating: block.values, count: L.width)
        numberStride = Int(block.numberStride)
        rowStride = keptCount * numberStride
        draw = .allocate(capacity: 3 * L.width)
        draw.initialize(repeating: -1, count: 3 * L.width)
        segment = draw + L.width
        cursor = segment + L.width
        inspection = [(due: Int, limited: Int, free: Int)](repeating: (0, 0, 0), count: L.width)
    }

    /// Must be called once, last. (A noncopyable struct with a deinit would say it better; Swift 6.3 cannot inline one
    /// from another module.)
    @inlinable
    func free() {
        draw.deallocate()
        rows.deallocate()
        keptStates.deallocate()
        memory.base.deallocate()
        singles.base.deallocate()
        spread.base.deallocate()
    }

    /// Integrates every draw of the block, unless it is cancelled.
    @inlinable
    mutating func run() {
        for lane in 0..<L.width { advance(lane) }
        while live > 0, kernelIsRaised(block.cancelled) == 0 { step() }
    }

    /// The memory for one place, with what its draw keeps.
    @inlinable @inline(__always) func single(_ lane: Int) -> LaneMemory<L.Single> { singles.keeping(lane) }

    @inlinable @inline(__always) var outputCount: Int { Int(block.outputCount) }
    /// The number of a place's draw in the ensemble.
    @inlinable @inline(__always) func number(_ lane: Int) -> Int64 { block.firstDraw + Int64(draw[lane]) }

    /// One number of one place of a vector in the lane memory (invariant N3).
    @inlinable @inline(__always)
    func get(_ vector: UnsafeMutablePointer<L>, _ index: Int, _ lane: Int) -> Double {
        UnsafeRawPointer(vector).assumingMemoryBound(to: Double.self)[index &* L.width &+ lane]
    }

    @inlinable @inline(__always)
    func set(_ vector: UnsafeMutablePointer<L>, _ index: Int, _ lane: Int, _ value: Double) {
        UnsafeMutableRawPointer(vector).assumingMemoryBound(to: Double.self)[index &* L.width &+ lane] = value
    }
}
