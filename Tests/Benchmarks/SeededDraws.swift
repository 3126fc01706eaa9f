// Draws that need no file: log-normal around the published parameters of the reference systems, as the peers' are.

import Numerics
import Systems

enum SeededDraws {
    static let myelosuppression = [36.8, 8.31, 1.07, 1.74, 1.28, 0.0787, 5.05, 88.7, 0.161, 8.58]
    static let hires = [1.71, 0.43, 8.32, 0.0007, 0.035, 0.69, 280, 0.69]
    static let robertson = [0.04, 3e7, 1e4]
    static let epileptor = [-1.6, 3.1, 0.00035, 0]
    static let circulation = [2.5, 0.08, 0.6, 0.05, 0.2, 0.15, 1, 0.08, 1.6, 25, 4, 8]

    /// A row a draw, each logarithm with a deviation of 0.2.
    static func around(_ centre: [Double], count: Int) throws -> Matrix {
        let random = RandomStream(seed: 20_240_901, stream: 0)
        let elements = (0..<count).flatMap { draw in
            zip(centre, random.normals(draw: draw, count: centre.count)).map { $0 * (0.2 * $1).exp() }
        }
        return try Matrix(rows: count, columns: centre.count, elements: elements)
    }

    /// Where these draws start in a workload.
    static func starts(_ workload: SolverWorkload, _ draws: Matrix) throws -> Matrix {
        let columns = draws.columns
        return try Matrix(
            rows: draws.rows, columns: workload.stateCount,
            elements: (0..<draws.rows).flatMap { workload.start(draws.elements[$0 * columns..<($0 + 1) * columns]) })
    }
}
