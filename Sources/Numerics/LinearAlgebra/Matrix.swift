// A rectangle of numbers in one array, row by row.

/// A matrix, row-major: element (r, c) stands at `r * columns + c`. Also the table of draws: a row a draw.
public struct Matrix: Sendable, Hashable {
    public let rows: Int
    public let columns: Int
    /// Always `rows * columns` numbers.
    public private(set) var elements: [Double]

    /// A matrix filled with one number; negative sizes count as zero.
    public init(rows: Int, columns: Int, repeating value: Double = 0) {
        self.rows = max(0, rows)
        self.columns = max(0, columns)
        elements = [Double](repeating: value, count: self.rows * self.columns)
    }

    /// A matrix from its numbers row by row.
    /// - Throws: ``LinearAlgebraError/shape(_:)`` when there are not `rows * columns` of them.
    public init(rows: Int, columns: Int, elements: [Double]) throws(LinearAlgebraError) {
        guard rows >= 0, columns >= 0, elements.count == rows * columns else {
            throw .shape("\(elements.count) numbers do not fill \(rows) × \(columns)")
        }
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    /// A matrix from rows of equal length.
    /// - Throws: ``LinearAlgebraError/shape(_:)`` when the lengths differ.
    public init(_ rowArrays: [[Double]]) throws(LinearAlgebraError) {
        let width = rowArrays.first?.count ?? 0
        guard rowArrays.allSatisfy({ $0.count == width }) else { throw .shape("the rows differ in length") }
        rows = rowArrays.count
        columns = width
        elements = rowArrays.flatMap { $0 }
    }

    /// The unit matrix.
    public static func identity(_ size: Int) -> Matrix {
        var matrix = Matrix(rows: size, columns: size)
        for i in 0..<matrix.rows { matrix[i, i] = 1 }
        return matrix
    }

    @inlinable
    public subscript(row: Int, column: Int) -> Double {
        get { elements[row * columns + column] }
        set { set(row * columns + column, newValue) }
    }

    @usableFromInline
    mutating func set(_ index: Int, _ value: Double) { elements[index] = value }

    /// One row.
    public func row(_ index: Int) -> ArraySlice<Double> { elements[index * columns..<(index + 1) * columns] }

    /// One column.
    public func column(_ index: Int) -> [Double] { (0..<rows).map { self[$0, index] } }

    public var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for r in 0..<rows {
            for c in 0..<columns { result[c, r] = self[r, c] }
        }
        return result
    }

    /// This matrix times a vector, summed in order (no BLAS: the same bytes on every machine).
    /// - Throws: ``LinearAlgebraError/shape(_:)`` when the length is not `columns`.
    public func times(_ vector: [Double]) throws(LinearAlgebraError) -> [Double] {
        guard vector.count == columns else { throw .shape("\(rows) × \(columns) times a vector of \(vector.count)") }
        return (0..<rows).map { r in
            var sum = 0.0
            for c in 0..<columns { sum += self[r, c] * vector[c] }
            return sum
        }
    }

    /// This matrix times another, summed in order.
    /// - Throws: ``LinearAlgebraError/shape(_:)`` when the inner sizes differ.
    public func times(_ other: Matrix) throws(LinearAlgebraError) -> Matrix {
        guard other.rows == columns else { throw .shape("\(rows) × \(columns) times \(other.rows) × \(other.columns)") }
        var result = Matrix(rows: rows, columns: other.columns)
        for r in 0..<rows {
            for k in 0..<columns {
                let a = self[r, k]
                for c in 0..<other.columns { result[r, c] += a * other[k, c] }
            }
        }
        return result
    }
}
