// Factorisations against matrices whose answers are known.
import Numerics
import Testing

@Suite("Linear algebra")
struct LinearAlgebraTests {
    @Test("the Cholesky factor, determinant, solution and inverse of a known matrix")
    func cholesky() throws {
        // The textbook example with factor (2; 6 1; −8 5 3).
        let factor = try Cholesky(Matrix([[4, 12, -16], [12, 37, -43], [-16, -43, 98]]))
        let expected = try Matrix([[2, 0, 0], [6, 1, 0], [-8, 5, 3]])
        for i in 0..<9 { #expect((factor.lower.elements[i] - expected.elements[i]).magnitude < 1e-12) }
        #expect((factor.logDeterminant - 36.0.log()).magnitude < 1e-12)
        let x = try factor.solve([1, 2, 3])
        for (found, truth) in zip(x, [28.58333333333333, -7.66666666666667, 1.33333333333333]) {
            #expect((found - truth).magnitude < 1e-10)
        }
        let unit = try factor.inverse.times(Matrix([[4, 12, -16], [12, 37, -43], [-16, -43, 98]]))
        for r in 0..<3 {
            for c in 0..<3 { #expect((unit[r, c] - (r == c ? 1 : 0)).magnitude < 1e-10) }
        }
        #expect(factor.inverse == factor.inverse.transposed)
    }

    @Test("what cannot be factored is refused in words")
    func refusals() throws {
        let indefinite = try Matrix([[1, 2], [2, 1]])
        #expect(throws: LinearAlgebraError.notPositiveDefinite(minor: 2)) { try Cholesky(indefinite) }
        #expect(throws: LinearAlgebraError.notFinite) { try Cholesky(Matrix([[.nan]])) }
        #expect(throws: LinearAlgebraError.self) { try Cholesky(Matrix(rows: 2, columns: 3)) }
        #expect(throws: LinearAlgebraError.self) { try Cholesky(Matrix(rows: 0, columns: 0)) }
        #expect(throws: LinearAlgebraError.self) { try Matrix([[1], [2, 3]]) }
        #expect(throws: LinearAlgebraError.self) { try Matrix(rows: 2, columns: 2, elements: [1]) }
        #expect(throws: LinearAlgebraError.singular(pivot: 2)) { try Matrix([[1, 2], [2, 4]]).solve([1, 1]) }
        #expect(LinearAlgebraError.notPositiveDefinite(minor: 2).description.contains("minor 2"))
    }

    @Test("eigenvalues and vectors rebuild the matrix")
    func eigen() throws {
        let matrix = try Matrix([[2, -1, 0], [-1, 2, -1], [0, -1, 2]])
        let eigen = try SymmetricEigen(matrix)
        let root = 2.0.squareRoot()
        for (found, truth) in zip(eigen.values, [2 - root, 2, 2 + root]) { #expect((found - truth).magnitude < 1e-13) }
        let rebuilt = eigen.rebuilt { $0 }
        for i in 0..<9 { #expect((rebuilt.elements[i] - matrix.elements[i]).magnitude < 1e-13) }
    }

    @Test("a general system, not symmetric, is solved")
    func general() throws {
        let x = try Matrix([[0, 2, 1], [1, -2, -3], [-1, 1, 2]]).solve([-8, 0, 3])
        for (found, truth) in zip(x, [-4.0, -5, 2]) { #expect((found - truth).magnitude < 1e-12) }
    }

    @Test("rows, columns and products")
    func products() throws {
        let matrix = try Matrix([[1, 2, 3], [4, 5, 6]])
        #expect(Array(matrix.row(1)) == [4, 5, 6])
        #expect(matrix.column(2) == [3, 6])
        let image = try matrix.times([1, 0, -1])
        #expect(image == [-2, -2])
        let square = try matrix.times(matrix.transposed)
        #expect(square.elements == [14, 32, 32, 77])
        #expect(throws: LinearAlgebraError.self) { try matrix.times([1]) }
        #expect(throws: LinearAlgebraError.self) { try matrix.times(matrix) }
    }
}
