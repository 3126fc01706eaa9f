// What an ordinary differential equation is to the integrator: rates, what events do, and surfaces to be located.

/// A system y′ = f(t, y; parameters, input) with events, written once for every ``Lane``.
///
/// Example, y′ = −k·y with a dose that adds `input[0]` at the start of a segment:
/// ```swift
/// enum Decay: OrdinarySystem {
///     static let stateCount = 1, parameterCount = 1, inputCount = 1
///     static func derivative<L: Lane>(
///         time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
///     ) { rate[0] = -parameters[0] * state[0] }
///     static func apply<L: Lane>(
///         event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>
///     ) { state[0] = state[0] + input[0] }
/// }
/// ```
/// Mark the functions `@inlinable` where the model and the call of the integrator stand in different modules: unspecialised
/// generic code is slower by orders of magnitude.
public protocol OrdinarySystem: Sendable {
    /// Numbers in a state, in a parameter vector, in a segment's input.
    static var stateCount: Int { get }
    static var parameterCount: Int { get }
    static var inputCount: Int { get }
    /// Numbers computed from a draw's parameters, once: they stand behind the parameters. By default none.
    static var derivedCount: Int { get }
    /// Numbers behind the inputs that only located surfaces change: see ``Surface/toggles``. By default none.
    static var switchCount: Int { get }

    /// The rate of change, per unit of time, of every state. Must write all of `rate`, and must not depend on anything else.
    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>)

    /// Computes the ``derivedCount`` numbers; only the parameters themselves may be read.
    static func derive<L: Lane>(parameters: Span<L>, into derived: inout MutableSpan<L>)

    /// What an event does to the state, at once; called at the start of a segment that names it (with the segment's input)
    /// and where a surface that names it is crossed. By default nothing.
    static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>)

    /// How many of the last states only events change: their rates are zero. By default none.
    static var heldCount: Int { get }

    /// What changes for a draw where a segment begins; by default everything.
    ///
    /// - Parameters:
    ///   - event: the segment's; nil for none.
    ///   - state: before the event; of a ``PartlyLinearSystem`` what is known in closed form is not there yet.
    ///   - input: of the segment that begins; `running`: of the one that the rates have read so far.
    static func jump(
        event: Int?, time: Double, state: Span<Double>, parameters: Span<Double>, input: Span<Double>, running: Span<Double>
    ) -> Jump
    /// Whether ``jump(event:time:state:parameters:input:running:)`` can be asked before the segment's time, since of the state it reads those
    /// alone that only events change; by default false. A step may then go on over a border at which nothing changes. With surfaces it
    /// never does.
    static func isForeseen(event: Int?) -> Bool

    /// Surfaces whose crossing is located; by default none.
    static var surfaces: [Surface] { get }

    /// A bit for each of the first 64 states, 1 where a distance reads it; by default all. Further ones may always be read.
    static var watchedStates: UInt64 { get }

    /// Signed distance from a surface, `0 ..< surfaces.count`; the crossing is where it changes sign. Must not depend on switches.
    static func distance<L: Lane>(
        surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>
    ) -> L
    /// All of them, by default one after the other: for systems whose surfaces have something in common to compute.
    static func distances<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into distances: inout MutableSpan<L>)
}

extension OrdinarySystem {
    /// Whether the system has neither switches nor derived parameters: ``WithSensitivity`` and ``AsLargeSystem`` know of none.
    @inlinable
    public static var isPlain: Bool { derivedCount == 0 && switchCount == 0 }

    @inlinable
    public static var derivedCount: Int { 0 }

    @inlinable
    public static var switchCount: Int { 0 }

    @inlinable
    public static func derive<L: Lane>(parameters: Span<L>, into derived: inout MutableSpan<L>) {}

    @inlinable
    public static func apply<L: Lane>(
        event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>
    ) {}

    @inlinable
    public static var heldCount: Int { 0 }

    @inlinable @inline(__always)
    public static func jump(
        event: Int?, time: Double, state: Span<Double>, parameters: Span<Double>, input: Span<Double>, running: Span<Double>
    ) -> Jump { .everything }

    @inlinable @inline(__always)
    public static func isForeseen(event: Int?) -> Bool { false }

    @inlinable
    public static var surfaces: [Surface] { [] }

    @inlinable
    public static var watchedStates: UInt64 { .max }

    @inlinable
    public static func distance<L: Lane>(
        surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>
    ) -> L { L(1) }

    @inlinable @inline(__always)
    public static func distances<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into distances: inout MutableSpan<L>
    ) {
        for surface in 0..<distances.count {
            distances[surface] = distance(surface: surface, time: time, state: state, parameters: parameters, input: input)
        }
    }
}

/// What changes for a draw where a segment begins.
@frozen
public enum Jump: Sendable, Hashable {
    /// Nothing: the segment's event is left out, its input is not read, and the step that was running goes on.
    case nothing
    /// Only what rates and states known in closed form read, and not by so much that the step would say nothing: the segment has no event,
    /// and the step that was running goes on, from fresh rates.
    case input
    /// State or rates: the draw starts afresh.
    case everything
}

/// A surface in state space whose crossing is located in time and recorded (``Crossing``).
///
/// Only a change of sign between the two ends of a step is seen: two crossings within one step are not
/// (``Tolerance/maximumStep`` bounds the step). A jump across the surface by an event is not a crossing. Nothing is held at
/// a surface: a model that comes to rest on one must say so in its rates.
public struct Surface: Sendable, Hashable {
    /// Which way the distance must pass through zero.
    public enum Direction: Sendable, Hashable { case rising, falling, either }

    public var direction: Direction
    /// The event applied at the crossing, after which the integrator restarts; nil only records the crossing.
    public var event: Int?
    /// The switch, `0 ..< switchCount`, that is 1 on the surface's positive side and 0 on the other; nil for none.
    ///
    /// For rates that bend where a quantity changes its sign, as a valve's flow does with the pressure across it: read
    /// `input[inputCount + switch]` instead of asking for the sign. A switch holds for a whole step, so that one that goes past the
    /// surface sees no bend; the step is then cut off at the crossing and the next one starts there, as long as the last was. State and
    /// rates should be continuous at the surface (else give an ``event``). Where segments and events start, switches are set by sign.
    public var toggles: Int?

    @inlinable
    public init(_ direction: Direction = .either, event: Int? = nil) {
        self.direction = direction
        self.event = event
        toggles = nil
    }

    /// A surface whose crossing in either direction turns a switch.
    @inlinable
    public init(switch number: Int) {
        direction = .either
        event = nil
        toggles = number
    }
}

/// A system for which the kernel libraries hold compiled code, under its name.
public protocol KernelSystem: OrdinarySystem {
    /// The name in the kernel table, which no other system has.
    static var name: String { get }
    /// The method that serves where the libraries hold no stiff step; a new one at every call. The default suffices: it stands here so that
    /// it is compiled for the system, in the system's module.
    static var backwardDifferences: BackwardDifferences { get }
}

extension KernelSystem {
    @inlinable public static var backwardDifferences: BackwardDifferences { BackwardDifferences(ordinary: Self.self) }
}
