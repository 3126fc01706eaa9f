// Each draw by the explicit method, and again by a stiff one if it proves stiff.
import CIntegration
import Integration

extension Ensemble {
    /// Integrates every draw by an explicit method compiled where this is called, and those that prove stiff by a stiff one; otherwise as
    /// the form with kernels.
    @inlinable
    public static func solve<Explicit: StepMethod>(
        by explicit: Explicit, stiff: StiffSolver<Explicit.System>, draws: Matrix, initial: InitialState, segments: [Segment],
        outputs: [Double], tolerance: Tolerance = Tolerance(), concurrency: Int = 2
    ) async throws -> EnsembleTrajectories {
        try await Choosing(
            Explicit.System.self, { Integrator.solve($0.pointee, by: explicit) }, stiff, draws, initial, segments, outputs, tolerance
        ).solve(concurrency: concurrency)
    }

    /// The same on the calling thread.
    @inlinable
    public static func solveSerially<Explicit: StepMethod>(
        by explicit: Explicit, stiff: StiffSolver<Explicit.System>, draws: Matrix, initial: InitialState, segments: [Segment],
        outputs: [Double], tolerance: Tolerance = Tolerance()
    ) throws -> EnsembleTrajectories {
        try Choosing(
            Explicit.System.self, { Integrator.solve($0.pointee, by: explicit) }, stiff, draws, initial, segments, outputs, tolerance
        ).solve()
    }

    /// An ensemble whose methods are chosen draw by draw.
    ///
    /// - Invariant N9: a draw that proves stiff is taken by the stiff method from its start, and nothing but the draw decides. So its bytes,
    ///   and the choice, are the same alone and in any company (N6, N7).
    @usableFromInline
    struct Choosing<System: OrdinarySystem> {
        private let draws: Matrix
        private let initial: InitialState
        private let segments: [Segment]
        private let outputs: [Double]
        private let tolerance: Tolerance
        private let explicit: Work
        private let stiff: StiffSolver<System>
        private let states: [Int]?

        @usableFromInline
        init(
            _ system: System.Type, _ explicit: @escaping Solver, _ stiff: StiffSolver<System>, _ draws: Matrix, _ initial: InitialState,
            _ segments: [Segment], _ outputs: [Double], _ tolerance: Tolerance, keeping states: [Int]? = nil
        ) throws(IntegrationError) {
            (self.draws, self.initial, self.segments) = (draws, initial, segments)
            (self.outputs, self.tolerance, self.stiff, self.states) = (outputs, tolerance, stiff, states)
            self.explicit = try Work(system, draws, initial, segments, outputs, tolerance, keeping: states) { block in
                var block = block.pointee
                block.refusesStiffness = 1
                explicit(&block)
            }
        }

        @usableFromInline
        func solve(concurrency: Int, progress: Progress? = nil) async throws -> EnsembleTrajectories {
            // The stiff draws' share is not known yet: what is reported is the explicit method's.
            let first = try await explicit.solve(concurrency: concurrency, progress: progress)
            let switches = Self.switches(first)
            if switches.isEmpty { return merged(first, nil, []) }
            return merged(first, try await again(switches).solve(concurrency: concurrency), switches)
        }

        @usableFromInline
        func solve() throws -> EnsembleTrajectories {
            let first = try explicit.solve()
            let switches = Self.switches(first)
            if switches.isEmpty { return merged(first, nil, []) }
            return merged(first, try again(switches).solve(), switches)
        }

        /// The draws for the stiff method. A solution that stops being finite does so for both.
        private static func switches(_ first: EnsembleTrajectories) -> [MethodChoice.Switch] {
            first.failures.compactMap { failure in
                switch failure {
                case .stiff(let draw, let time): MethodChoice.Switch(draw: draw, reason: .stability, time: time)
                case .stepTooSmall(let draw, let time), .tooManySteps(let draw, let time, _):
                    MethodChoice.Switch(draw: draw, reason: .steps, time: time)
                default: nil
                }
            }
        }

        private func again(_ switches: [MethodChoice.Switch]) throws(IntegrationError) -> Work {
            let rows = Self.rows(draws, switches)
            let starts: InitialState
            switch initial {
            case .same: starts = initial
            case .each(let states): starts = .each(Self.rows(states, switches))
            }
            return try Work(System.self, rows, starts, segments, outputs, tolerance, keeping: states, stiff.solve)
        }

        private static func rows(_ matrix: Matrix, _ switches: [MethodChoice.Switch]) -> Matrix {
            var some = Matrix(rows: switches.count, columns: matrix.columns)
            for (row, change) in switches.enumerated() {
                for column in 0..<matrix.columns { some[row, column] = matrix[change.draw, column] }
            }
            return some
        }

        /// The explicit method's results with those of the stiff one in their draws' places.
        private func merged(
            _ first: EnsembleTrajectories, _ second: EnsembleTrajectories?, _ switches: [MethodChoice.Switch]
        ) -> EnsembleTrajectories {
            let choice = MethodChoice(
                drawCount: first.drawCount, stateCount: first.stateCount, stiffMethod: stiff.method, triesExplicit: true, switches: switches
            )
            var (blocks, crossings, failures) = (first.blocks, first.crossings, first.failures)
            if let second {
                let taken = Set(switches.map(\.draw))
                for (row, draw) in switches.map(\.draw).enumerated() {
                    let (from, to) = (second.blockIndex(of: row), first.blockIndex(of: draw))
                    for number in 0..<first.times.count * first.kept.states.count {
                        blocks[to][draw, number] = second.blocks[from][row, number]
                    }
                }
                crossings.removeAll { taken.contains($0.draw) }
                crossings += second.crossings.map { Crossing(draw: switches[$0.draw].draw, surface: $0.surface, time: $0.time) }
                crossings.sort { ($0.draw, $0.time, $0.surface) < ($1.draw, $1.time, $1.surface) }
                failures.removeAll { $0.draw.map(taken.contains) ?? false }
                failures += second.failures.map { $0.renumbered { switches[$0].draw } }
                failures.sort { ($0.draw ?? 0) < ($1.draw ?? 0) }
            }
            return EnsembleTrajectories(
                drawCount: first.drawCount, times: first.times, kept: first.kept, blocks: blocks, blockSize: first.blockSize,
                crossings: crossings, failures: failures, choice: choice)
        }
    }
}

extension Ensemble.Choosing where System: KernelSystem {
    init(
        _ system: System.Type, _ library: KernelLibrary, _ draws: Matrix, _ initial: InitialState, _ segments: [Segment],
        _ outputs: [Double], _ tolerance: Tolerance, keeping states: [Int]? = nil
    ) throws(IntegrationError) {
        guard let explicit = library.kernel(System.name, .explicit) else { throw .noKernel(System.name, .explicit) }
        guard system.isPlain || library.kernel(System.name, .stiff) != nil else { throw .noKernel(System.name, .stiff) }
        try self.init(
            system, { explicit($0) }, StiffSolver(library), draws, initial, segments, outputs, tolerance, keeping: states)
    }
}

extension IntegrationError {
    /// The same of another draw.
    fileprivate func renumbered(_ number: (Int) -> Int) -> IntegrationError {
        switch self {
        case .notFinite(let draw, let time): .notFinite(draw: number(draw), time: time)
        case .stepTooSmall(let draw, let time): .stepTooSmall(draw: number(draw), time: time)
        case .tooManySteps(let draw, let time, let limit): .tooManySteps(draw: number(draw), time: time, limit: limit)
        case .stiff(let draw, let time): .stiff(draw: number(draw), time: time)
        default: self
        }
    }
}
