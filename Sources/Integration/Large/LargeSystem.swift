// What a large system is to the integrator: as many states as the instance says, and which rates depend on which.

/// A system y′ = f(t, y; parameters, input) whose size is known only when it is made: a partial differential equation cut into cells,
/// an imported network.
///
/// Like ``OrdinarySystem``, but a value: the functions below mean what they mean there, and are written once for every ``Lane``. Such a
/// system is integrated by ``BackwardDifferences``. A system of up to about fifty states known when the program is built is better an
/// `OrdinarySystem`, which goes eight draws at a time.
public protocol LargeSystem: Sendable {
    /// Numbers in a state, in a parameter vector, in a segment's input.
    var stateCount: Int { get }
    var parameterCount: Int { get }
    var inputCount: Int { get }

    /// The rate of change, per unit of time, of every state. Must write all of `rate`, and must not depend on anything else.
    func derivative<L: Lane>(time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>)

    /// What an event does to the state, at once. By default nothing.
    func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>)

    /// Surfaces whose crossing is located; by default none.
    var surfaces: [Surface] { get }

    /// Signed distance from a surface, `0 ..< surfaces.count`.
    func distance<L: Lane>(surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>) -> L

    /// Which rates depend on which states. By default found by running ``derivative(time:state:parameters:input:into:)`` once on
    /// ``Dependence``: a system that knows its pattern need not, and one that asks numbers for their values must not.
    var sparsity: SparsityPattern { get }
}

extension LargeSystem {
    @inlinable
    public func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {}

    @inlinable public var surfaces: [Surface] { [] }

    @inlinable
    public func distance<L: Lane>(surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>) -> L { L(1) }

    @inlinable public var sparsity: SparsityPattern { SparsityPattern(tracing: self) }
}

/// An ``OrdinarySystem`` taken as a large one; one with switches or derived parameters cannot be (``OrdinarySystem/isPlain``).
public struct AsLargeSystem<System: OrdinarySystem>: LargeSystem {
    @inlinable
    public init(_ system: System.Type) {
        precondition(system.isPlain, "a system with switches or derived parameters has no form as a large one")
    }

    @inlinable public var stateCount: Int { System.stateCount }
    @inlinable public var parameterCount: Int { System.parameterCount }
    @inlinable public var inputCount: Int { System.inputCount }
    @inlinable public var surfaces: [Surface] { System.surfaces }

    @inlinable
    public func derivative<L: Lane>(time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        System.derivative(time: time, state: state, parameters: parameters, input: input, into: &rate)
    }

    @inlinable
    public func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        System.apply(event: event, time: time, state: &state, parameters: parameters, input: input)
    }

    @inlinable
    public func distance<L: Lane>(surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>) -> L {
        System.distance(surface: surface, time: time, state: state, parameters: parameters, input: input)
    }
}
