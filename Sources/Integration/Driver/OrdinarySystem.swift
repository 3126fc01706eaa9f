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

    /// The rate of change, per unit of time, of every state. Must write all of `rate`, and must not depend on anything else.
    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>)

    /// What an event does to the state, at once; called at the start of a segment that names it (with the segment's input)
    /// and where a surface that names it is crossed. By default nothing.
    static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>)

    /// Surfaces whose crossing is located; by default none.
    static var surfaces: [Surface] { get }

    /// Signed distance from a surface, `0 ..< surfaces.count`; the crossing is where it changes sign.
    static func distance<L: Lane>(
        surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>
    ) -> L
}

extension OrdinarySystem {
    @inlinable
    public static func apply<L: Lane>(
        event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>
    ) {}

    @inlinable
    public static var surfaces: [Surface] { [] }

    @inlinable
    public static func distance<L: Lane>(
        surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>
    ) -> L { L(1) }
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

    @inlinable
    public init(_ direction: Direction = .either, event: Int? = nil) {
        self.direction = direction
        self.event = event
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
