// The Cholesky factor of a symmetric positive definite matrix and what it is good for.
import COpenBLAS

/// A = L·Lᵀ of a symmetric positive definite matrix (LAPACK dpotrf).
public struct Cholesky: Sendable, Hashable {
    /// The lower triangle L; zero above the diagonal.
    public let lower: Matrix

    /// Factors a matrix, reading its upper triangle only (row-major upper is LAPACK's column-major lower).
    /// - Throws: ``LinearAlgebraError/notPositiveDefinite(minor:)``, or shape or finiteness.
    public init(_ matrix: Matrix) throws(LinearAlgebraError) {
        let n = try OpenBLAS.order(matrix)
        var work = matrix.elements
        let info = twinboard_dpotrf_lower(n, &work)
        guard info == 0 else { throw .notPositiveDefinite(minor: Int(info)) }
        var lower = Matrix(rows: matrix.rows, columns: matrix.rows)
        for r in 0..<matrix.rows {
            for c in 0...r { lower[r, c] = work[c * matrix.rows + r] }
        }
        self.lower = lower
    }

    public var size: Int { lower.rows }

    /// The column-major factor, as LAPACK wants it.
    private var columnMajor: [Double] { lower.transposed.elements }

    /// The logarithm of the determinant of A.
    public var logDeterminant: Double {
        var sum = 0.0
        for i in 0..<size { sum += lower[i, i].log() }
        return 2 * sum
    }

    /// x with A·x = `vector` (dpotrs).
    /// - Throws: ``LinearAlgebraError/shape(_:)`` when the length differs.
    public func solve(_ vector: [Double]) throws(LinearAlgebraError) -> [Double] {
        guard vector.count == size else { throw .shape("a system of \(size) with a right-hand side of \(vector.count)") }
        var x = vector
        _ = twinboard_dpotrs_lower(Int32(size), 1, columnMajor, &x)
        return x
    }

    /// A⁻¹, symmetric to the last bit (dpotri).
    public var inverse: Matrix {
        var work = columnMajor
        _ = twinboard_dpotri_lower(Int32(size), &work)
        var result = Matrix(rows: size, columns: size)
        for c in 0..<size {
            for r in c..<size {
                result[r, c] = work[c * size + r]
                result[c, r] = work[c * size + r]
            }
        }
        return result
    }
}
