// General square systems.
import COpenBLAS

extension Matrix {
    /// x with A·x = `vector`, by pivoted LU (LAPACK dgesv).
    /// - Throws: ``LinearAlgebraError/singular(pivot:)``, or shape or finiteness.
    public func solve(_ vector: [Double]) throws(LinearAlgebraError) -> [Double] {
        let n = try OpenBLAS.order(self)
        guard vector.count == rows else { throw .shape("a system of \(rows) with a right-hand side of \(vector.count)") }
        var factor = transposed.elements
        var pivots = [Int32](repeating: 0, count: rows)
        var x = vector
        let info = twinboard_dgesv(n, 1, &factor, &pivots, &x)
        guard info == 0 else { throw .singular(pivot: Int(info)) }
        return x
    }
}
