// Eigenvalues and eigenvectors of a symmetric matrix.
import COpenBLAS

/// A = V·diag(λ)·Vᵀ of a symmetric matrix (LAPACK dsyev).
public struct SymmetricEigen: Sendable, Hashable {
    /// Ascending.
    public let values: [Double]
    /// Eigenvectors as columns, in the order of the values; the sign of each is LAPACK's.
    public let vectors: Matrix

    /// Decomposes a matrix, reading its upper triangle only.
    /// - Throws: ``LinearAlgebraError/noConvergence(remaining:)``, or shape or finiteness.
    public init(_ matrix: Matrix) throws(LinearAlgebraError) {
        let n = try OpenBLAS.order(matrix)
        let size = matrix.rows
        var work = matrix.elements
        var values = [Double](repeating: 0, count: size)
        var scratch = [Double](repeating: 0, count: 8 * size + 64)
        let info = twinboard_dsyev_vectors(n, &work, &values, &scratch, Int32(scratch.count))
        guard info == 0 else { throw .noConvergence(remaining: Int(info)) }
        self.values = values
        // LAPACK's columns are the rows of our reading.
        vectors = try Matrix(rows: size, columns: size, elements: work).transposed
    }

    /// V·diag(f(λ))·Vᵀ.
    public func rebuilt(_ transform: (Double) -> Double) -> Matrix {
        let size = values.count
        let changed = values.map(transform)
        var result = Matrix(rows: size, columns: size)
        for r in 0..<size {
            for c in 0...r {
                var sum = 0.0
                for k in 0..<size { sum += vectors[r, k] * changed[k] * vectors[c, k] }
                result[r, c] = sum
                result[c, r] = sum
            }
        }
        return result
    }
}
