// Integrates fields on a grid for many draws: eight cells in a lane, draws on several threads.
import CIntegration
import Integration

/// Draws of a reaction and diffusion in explicit steps (Heun's method, order 2). Records are (field, cell): index
/// `field * cellCount + cell`; 0 outside the tissue.
///
/// Invariant N15: the result is the same, byte for byte, for every `concurrency` and every lane of the same arithmetic.
public enum GridEnsemble {
    @usableFromInline typealias Kernel = @Sendable (GridBlock) -> Void

    /// Integrates every draw with a compiled kernel.
    ///
    /// - Parameters:
    ///   - draws: a row of the draw's parameters a draw.
    ///   - cellParameters: a list of each of the cell's parameters, a number a cell.
    ///   - initial: a list a field, a number a cell; what stands outside the tissue is not looked at.
    ///   - concurrency: how many draws are integrated at a time.
    /// - Throws: ``FixedStepError``, above all ``FixedStepError/unstable(draw:step:longest:)``; `CancellationError` within a row of cells.
    public static func solve<System: GridKernelSystem>(
        _ system: System.Type, grid: Grid, draws: Matrix, cellParameters: [[Double]] = [], initial: [[Double]], plan: FixedStepPlan,
        concurrency: Int = 2, library: KernelLibrary = .current
    ) async throws -> EnsembleTrajectories {
        let work = try Work(system, grid, draws, cellParameters, initial, plan)
        let kernel = try library.gridKernel(System.name)
        return work.run.joined(try await work.run.blocks.run(concurrency: concurrency) { work.solve($0, $1, kernel) })
    }

    /// Integrates every draw on the calling thread; otherwise as the other form.
    public static func solveSerially<System: GridKernelSystem>(
        _ system: System.Type, grid: Grid, draws: Matrix, cellParameters: [[Double]] = [], initial: [[Double]], plan: FixedStepPlan,
        library: KernelLibrary = .current
    ) throws -> EnsembleTrajectories {
        try Work(system, grid, draws, cellParameters, initial, plan).solveSerially(try library.gridKernel(System.name))
    }

    /// Integrates every draw on the calling thread, in lanes compiled where this is called.
    @inlinable
    public static func solveSerially<System: GridSystem, L: NumberLane>(
        _ system: System.Type, lane: L.Type, grid: Grid, draws: Matrix, cellParameters: [[Double]] = [], initial: [[Double]],
        plan: FixedStepPlan
    ) throws -> EnsembleTrajectories {
        try Work(system, grid, draws, cellParameters, initial, plan).solveSerially { GridIntegrator<System, L>.solve($0) }
    }

    /// A checked run.
    @usableFromInline
    struct Work: Sendable {
        let run: FixedStepRun
        private let grid: Grid
        private let cellParameters: [Double]
        private let initial: [Double]

        @usableFromInline
        init<System: GridSystem>(
            _ system: System.Type, _ grid: Grid, _ draws: Matrix, _ cellParameters: [[Double]], _ initial: [[Double]],
            _ plan: FixedStepPlan
        ) throws(FixedStepError) {
            guard draws.columns == System.drawParameterCount else {
                throw .wrongCount(of: .parameters, expected: System.drawParameterCount, found: draws.columns)
            }
            guard cellParameters.count == System.cellParameterCount else {
                throw .wrongCount(of: .parameters, expected: System.cellParameterCount, found: cellParameters.count)
            }
            guard initial.count == System.fieldCount else {
                throw .wrongCount(of: .fields, expected: System.fieldCount, found: initial.count)
            }
            for list in cellParameters + initial where list.count != grid.cellCount {
                throw .wrongCount(of: .cells, expected: grid.cellCount, found: list.count)
            }
            let longest = grid.longestStep(diffusivity: 1)
            for draw in 0..<draws.rows {
                for field in 0..<System.diffusingCount {
                    let value = System.diffusivity(field: field, parameters: Array(draws.row(draw)).span)
                    guard value.isFinite, value >= 0 else { throw .badDiffusivity(draw: draw) }
                    // A step at the limit itself must not fail by rounding.
                    guard plan.step * value <= longest * (1 + 1e-12) else {
                        throw .unstable(draw: draw, step: plan.step, longest: longest / value)
                    }
                }
            }
            self.grid = grid
            // One number more, so that the table is never empty.
            self.cellParameters = cellParameters.flatMap { grid.padded($0) } + [0]
            self.initial = initial.flatMap { grid.padded($0) }
            let size = System.fieldCount * grid.cellCount
            run = FixedStepRun(plan: plan, draws: draws, noise: RandomStream(seed: 0, stream: 0), recordSize: size, blockSize: 1)
        }

        func solve(_ range: Range<Int>, _ flag: CancellationFlag, _ kernel: Kernel) -> FixedStepBlock {
            run.run(range, flag) { work in
                grid.withFaces { open, faceX, faceY, faceZ in
                    withTables { cellParameters, initial in
                        kernel(
                            GridBlock(
                                work: work, x: Int64(grid.x), y: Int64(grid.y), z: Int64(grid.z), rowStride: Int64(grid.rowStride),
                                margin: Int64(grid.margin), open: open, faceX: faceX, faceY: faceY, faceZ: faceZ,
                                cellParameters: cellParameters, initial: initial))
                    }
                }
            }
        }

        private func withTables(_ body: (UnsafePointer<Double>, UnsafePointer<Double>) -> Void) { body(cellParameters, initial) }

        @usableFromInline
        func solveSerially(_ kernel: Kernel) -> EnsembleTrajectories {
            run.joined(run.blocks.runSerially { solve($0, $1, kernel) })
        }
    }
}

extension Grid {
    /// Where the tables lie.
    func withFaces(
        _ body: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>) -> Void
    ) { body(open, faceX, faceY, faceZ) }
}

extension KernelLibrary {
    func gridKernel(_ name: String) throws(FixedStepError) -> GridEnsemble.Kernel {
        guard let kernel = fixedStep.grid(name) else { throw .noKernel(name) }
        return { block in withUnsafePointer(to: block) { kernel($0) } }
    }
}
