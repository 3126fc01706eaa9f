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

    /// Integrates the draws with the derivatives that ``WithSensitivity`` adds, in lanes, on the calling thread, by a compiled kernel of
    /// Dormand and Prince's method.
    ///
    /// - Parameters:
    ///   - draws: all with the same number of directions, at least one.
    ///   - segments: of the system itself; inputs do not vary.
    /// - Throws: ``IntegrationError`` when the plan is malformed or there is no such kernel; a draw that fails does not throw.
    public static func solve<System: KernelSystem>(
        _ system: System.Type, draws: [Draw], segments: [Segment], outputs: [Double], tolerance: Tolerance = Tolerance(),
        library: KernelLibrary = .current
    ) throws -> Sensitivities {
        let table = try Table(system, draws, segments)
        let rows = try Ensemble.solveSerially(
            WithSensitivity<System>.self, draws: table.parameters, initial: .each(table.initial), segments: table.segments,
            outputs: outputs, tolerance: tolerance, library: library)
        return Sensitivities(directionCount: table.directionCount, rows: rows)
    }

    /// The same by a method compiled where this is called, such as `DormandPrince<WithSensitivity<Decay>, SIMD8<Double>>()`.
    @inlinable
    public static func solve<System: OrdinarySystem, Method: StepMethod>(
        _ system: System.Type, by method: Method, draws: [Draw], segments: [Segment], outputs: [Double],
        tolerance: Tolerance = Tolerance()
    ) throws -> Sensitivities where Method.System == WithSensitivity<System> {
        let table = try Table(system, draws, segments)
        let rows = try Ensemble.solveSerially(
            by: method, draws: table.parameters, initial: .each(table.initial), segments: table.segments, outputs: outputs,
            tolerance: tolerance)
        return Sensitivities(directionCount: table.directionCount, rows: rows)
    }

    /// Draws × directions as rows in which numbers alternate with their tangents.
    @usableFromInline
    struct Table {
        @usableFromInline let directionCount: Int
        @usableFromInline let parameters: Matrix
        @usableFromInline let initial: Matrix
        @usableFromInline let segments: [Segment]

        @usableFromInline
        init<System: OrdinarySystem>(_ system: System.Type, _ draws: [Draw], _ segments: [Segment]) throws {
            precondition(system.isPlain, "a system with switches or derived parameters has no sensitivities")
            directionCount = draws.first?.directions.count ?? 0
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
            parameters = try Matrix(rows.map { Self.paired($0.parameters, $1.parameters) })
            initial = try Matrix(rows.map { Self.paired($0.initial, $1.initial) })
            self.segments = segments.map { segment in
                Segment(start: segment.start, end: segment.end, input: segment.input.flatMap { [$0, 0] }, event: segment.event)
            }
        }

        private static func paired(_ values: [Double], _ tangents: [Double]) -> [Double] { zip(values, tangents).flatMap { [$0, $1] } }
    }
}
