// What a one-step method is to the driver: it tries a step in every place of a lane, and shapes the curve between its ends.

/// A one-step method of order five with an embedded error of order four and a fourth-degree interpolant.
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

    /// Computes those numbers for one draw at the start of a segment.
    func prepare(
        parameters: UnsafePointer<Number.Single>, inputs: UnsafePointer<Number.Single>, into constants: UnsafeMutablePointer<Number.Single>)

    /// From ``LaneMemory/state`` at a time, tries a step: writes ``LaneMemory/next`` and the stages, the error among them.
    func attempt(_ time: Number, _ step: Number, _ memory: LaneMemory<Number>)

    /// From the stages of the step just tried, the three vectors q of the interpolant
    /// `y + θ·(next − y + (1 − θ)·(q0 + θ·(q1 + θ·q2)))`, into ``LaneMemory/shape(_:)``.
    func shape(_ step: Number, _ memory: LaneMemory<Number>)
}

extension StepMethod {
    @inlinable @inline(__always) public var errorWeight: Double { 1 }
    @inlinable public var stabilityLimit: Double? { nil }
}
