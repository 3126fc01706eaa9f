// Trajectories of many draws with their derivatives along chosen directions, each direction in a place of a lane.
import Integration

/// States and their derivatives along directions in parameters and initial states.
public struct Sensitivities: Sendable {
    /// What changes along a direction, and how fast: a tangent for each parameter and each initial state.
    public struct Direction: Sendable, Hashable {
        public var parameters: [Double]
        public var initial: [Double]

        public init(parameters: [Double], initial: [Double]) {
            self.parameters = parameters
            self.initial = initial
        }
    }

    /// A draw: its parameters and state at the start, and the directions in which it is varied.
    public struct Draw: Sendable, Hashable {
        public var parameters: [Double]
        public var initial: [Double]
        public var directions: [Direction]

        public init(parameters: [Double], initial: [Double], directions: [Direction]) {
            self.parameters = parameters
            self.initial = initial
            self.directions = directions
        }
    }

    public let directionCount: Int
    /// A row for each draw and direction, in which states alternate with their derivatives.
    @usableFromInline let rows: EnsembleTrajectories

    @usableFromInline
    init(directionCount: Int, rows: EnsembleTrajectories) {
        self.directionCount = directionCount
        self.rows = rows
    }

    /// A state of a draw at one of the requested times; NaN from the failure of a draw on.
    @inlinable
    public func value(draw: Int, time: Int, state: Int) -> Double { rows[draw * directionCount, time, 2 * state] }

    /// The derivative of a state along one of the draw's directions.
    @inlinable
    public func derivative(draw: Int, along direction: Int, time: Int, state: Int) -> Double {
        rows[draw * directionCount + direction, time, 2 * state + 1]
    }

    /// Why draws failed, in the numbering of draws × directions.
    public var failures: [IntegrationError] { rows.failures }

    /// Integrates the draws with the derivatives that ``WithSensitivity`` adds, in lanes, on the calling thread.
    ///
    /// - Parameters:
    ///   - method: of the system with sensitivities, such as `DormandPrince<WithSensitivity<Decay>, SIMD8<Double>>()`.
    ///   - draws: all with the same number of directions, at least one.
    ///   - segments: of the system itself; inputs do not vary.
    /// - Throws: ``IntegrationError`` when the plan is malformed; a draw that fails does not throw.
    @inlinable
    public static func solve<System: OrdinarySystem, Method: StepMethod>(
        _ system: System.Type, by method: Method, draws: [Draw], segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance()
    ) throws -> Sensitivities where Method.System == WithSensitivity<System> {
        precondition(system.isPlain, "a system with switches or derived parameters has no sensitivities")
        let directionCount = draws.first?.directions.count ?? 0
        for draw in draws {
            try Integrator.check(system, states: draw.initial.count, parameters: draw.parameters.count)
            for direction in draw.directions {
                try Integrator.check(system, states: direction.initial.count, parameters: direction.parameters.count)
            }
            guard draw.directions.count == directionCount else {
                throw IntegrationError.wrongCount(of: .draws, expected: directionCount, found: draw.directions.count)
            }
        }
        let rows = draws.flatMap { draw in draw.directions.map { (draw, $0) } }
        let trajectories = try Ensemble.solveSerially(
            by: method, draws: Matrix(rows.map { paired($0.parameters, $1.parameters) }),
            initial: .each(Matrix(rows.map { paired($0.initial, $1.initial) })),
            segments: segments.map { segment in
                Segment(start: segment.start, end: segment.end, input: segment.input.flatMap { [$0, 0] }, event: segment.event)
            }, outputs: outputs, tolerance: tolerance)
        return Sensitivities(directionCount: directionCount, rows: trajectories)
    }

    /// Numbers alternating with their tangents.
    @usableFromInline
    static func paired(_ values: [Double], _ tangents: [Double]) -> [Double] { zip(values, tangents).flatMap { [$0, $1] } }
}
