// What a one-step method is to the driver: it tries a step in every place of a lane, and shapes the curve between its ends.

/// A one-step method: of order five with an embedded error of order four and a fourth-degree interpolant, or one that chooses its own steps.
///
/// The driver (``LaneIntegrator``) holds times, step sizes, segments, outputs and events; a method only computes. It must work place
/// by place (invariant N1).
public protocol StepMethod: Sendable {
    associatedtype System: OrdinarySystem
    associatedtype Number: Lane

    /// Vectors of `stateCount` numbers that a step leaves behind, ``LaneMemory/k(_:)``.
    var stageCount: Int { get }
    /// Which of them holds the step's estimated error.
    var errorStage: Int { get }
    /// The stage that serves the next step as its first, after an accepted step; nil for none.
    var lastRate: Int? { get }
    /// How large the step times the fastest rate of decay can be before the method is unstable; nil for a method that stays stable. Where
    /// given, the last two stages are the rates at ``LaneMemory/stage`` and ``LaneMemory/next``, both at the step's end.
    var stabilityLimit: Double? { get }
    /// Numbers that stay the same within a draw's segment, ``LaneMemory/constants``.
    var constantCount: Int { get }
    /// The mean squared error of a step, in units of what ``Tolerance`` allows, is multiplied by this before it is judged. By default 1.
    var errorWeight: Double { get }

    /// How many of the first states the method knows at every time without integrating them; by default none. The driver neither
    /// measures their error nor interpolates them.
    var knownCount: Int { get }

    /// How many of ``constantCount``, from the first on, a step reads; the others only a start does. By default all.
    var steppedConstantCount: Int { get }

    /// Numbers that the method keeps for itself during a step, in ``LaneMemory/slot(_:_:)``; by default none.
    var scratchCount: Int { get }

    /// Whether the method itself says how long a step can be, ``longestStep(_:_:_:)``; by default the driver does, from the errors of the steps
    /// before.
    var choosesSteps: Bool { get }
    /// How long a step from ``LaneMemory/state`` at a time can be. ``attempt(_:_:_:)`` follows, from the same state.
    ///
    /// - Parameter allowed: the error allowed in a state of a magnitude.
    func longestStep(_ time: Number, _ memory: LaneMemory<Number>, _ allowed: (Number) -> Number) -> Number

    /// Computes those numbers for one draw at the start of a segment.
    func prepare(
        parameters: UnsafePointer<Number.Single>, inputs: UnsafePointer<Number.Single>, into constants: UnsafeMutablePointer<Number.Single>)
    /// Computes those of them that depend on a draw's parameters alone, once; a method with known states finds them again in
    /// ``LaneMemory/constants`` whenever it prepares a start. By default none.
    func prepareDraw(_ memory: LaneMemory<Number.Single>)
    /// Computes those that depend on state and time too, at every start: of a segment, after its event, and after a located event. By
    /// default the form without a state.
    func prepare(_ memory: LaneMemory<Number.Single>, from start: Double, to end: Double)

    /// The known states at a time of the segment, into the first places of a state: at least those that are asked for.
    func known<L: Lane>(_ memory: LaneMemory<L>, at time: L, _ asked: KeptBits, into state: UnsafeMutablePointer<L>)

    /// The rates with which a stretch starts; a method with known states has use of their places as it likes. By default the system's.
    func rate<L: Lane>(_ memory: LaneMemory<L>, _ time: L, _ state: UnsafeMutablePointer<L>, into rate: UnsafeMutablePointer<L>)

    /// From ``LaneMemory/state`` at a time, tries a step: writes ``LaneMemory/next`` and the stages, the error among them.
    func attempt(_ time: Number, _ step: Number, _ memory: LaneMemory<Number>)

    /// From the stages of the step just tried, the three vectors q of the interpolant
    /// `y + θ·(next − y + (1 − θ)·(q0 + θ·(q1 + θ·q2)))`, into ``LaneMemory/shape(_:)``.
    func shape(_ step: Number, _ memory: LaneMemory<Number>)

    /// The same interpolant at one fraction of the step, of the states that are kept and not known: cheaper than its three vectors where it
    /// is asked for once.
    func read(
        _ fraction: Number, _ step: Number, _ memory: LaneMemory<Number>, _ kept: KeptBits, into state: UnsafeMutablePointer<Number>)
}

extension StepMethod {
    @inlinable @inline(__always) public var errorWeight: Double { 1 }
    @inlinable public var stabilityLimit: Double? { nil }
    @inlinable @inline(__always) public var choosesSteps: Bool { false }
    @inlinable @inline(__always)
    public func longestStep(_ time: Number, _ memory: LaneMemory<Number>, _ allowed: (Number) -> Number) -> Number { Number(.infinity) }
    @inlinable public var knownCount: Int { 0 }
    @inlinable public var steppedConstantCount: Int { constantCount }
    @inlinable public var scratchCount: Int { 0 }

    @inlinable
    public func prepare(
        parameters: UnsafePointer<Number.Single>, inputs: UnsafePointer<Number.Single>, into constants: UnsafeMutablePointer<Number.Single>
    ) {}

    @inlinable
    public func prepare(_ memory: LaneMemory<Number.Single>, from start: Double, to end: Double) {
        prepare(parameters: memory.parameters, inputs: memory.inputs, into: memory.constants)
    }

    @inlinable
    public func prepareDraw(_ memory: LaneMemory<Number.Single>) {}

    @inlinable
    public func known<L: Lane>(_ memory: LaneMemory<L>, at time: L, _ asked: KeptBits, into state: UnsafeMutablePointer<L>) {}

    @inlinable @inline(__always)
    public func rate<L: Lane>(_ memory: LaneMemory<L>, _ time: L, _ state: UnsafeMutablePointer<L>, into rate: UnsafeMutablePointer<L>) {
        System.rate(memory, time, state, into: rate)
    }
}
