// The one door to OpenBLAS: a single thread, sizes checked, Fortran's integers.
import COpenBLAS

enum OpenBLAS {
    /// Invariant N4: one thread, so that a factorisation does not depend on how many cores there are.
    private static let singleThread: Void = openblas_set_num_threads(1)

    /// The order of a finite square matrix as LAPACK wants it.
    static func order(_ matrix: Matrix) throws(LinearAlgebraError) -> Int32 {
        _ = singleThread
        guard matrix.rows == matrix.columns, matrix.rows > 0, let order = Int32(exactly: matrix.rows) else {
            throw .shape("\(matrix.rows) × \(matrix.columns) is not a square matrix")
        }
        guard matrix.elements.allSatisfy(\.isFinite) else { throw .notFinite }
        return order
    }
}
