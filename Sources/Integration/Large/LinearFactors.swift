// L and U of a dense or banded matrix, with partial pivoting: our own, since nothing that is replayed may depend on LAPACK.

/// The shape of a Newton matrix, and where its numbers lie.
///
/// A dense matrix is a band that reaches everywhere. Rows lie one after the other; in a band each begins one column further right, so
/// that place (i, j) is at `offset + i·stride + j` either way. Exchanged rows may reach `below` further to the right than the pattern.
struct MatrixShape: Sendable, Hashable {
    let count: Int
    let below: Int
    let above: Int
    let isBanded: Bool

    static func dense(_ count: Int) -> MatrixShape { MatrixShape(count: count, below: count - 1, above: count - 1, isBanded: false) }
    static func banded(_ count: Int, below: Int, above: Int) -> MatrixShape {
        MatrixShape(count: count, below: below, above: above, isBanded: true)
    }

    var rowLength: Int { isBanded ? 2 * below + above + 1 : count }
    /// Multiplications of a factorisation, about.
    var cost: Double {
        let (n, below, above) = (Double(count), Double(below), Double(above))
        return isBanded ? n * below * (above + 1) : n * n * n / 3
    }
    func place(_ row: Int, _ column: Int) -> Int { isBanded ? below + row * (rowLength - 1) + column : row * count + column }
}

/// Gaussian elimination by rows with exchange of rows; every sum has a fixed order.
final class LinearFactors {
    let shape: MatrixShape
    /// The matrix; after ``factorise()`` U.
    let matrix: UnsafeMutablePointer<Double>
    /// The multipliers of each column, `below` apart.
    private let lower: UnsafeMutablePointer<Double>
    private let reciprocals: UnsafeMutablePointer<Double>
    /// For each column the row exchanged with, and the last column of U's row.
    private let pivots: UnsafeMutablePointer<Int>
    private let ends: UnsafeMutablePointer<Int>

    init(_ shape: MatrixShape) {
        self.shape = shape
        matrix = .allocate(capacity: shape.count * shape.rowLength + shape.rowLength)
        matrix.initialize(repeating: 0, count: shape.count * shape.rowLength + shape.rowLength)
        lower = .allocate(capacity: shape.count * max(1, shape.below))
        reciprocals = .allocate(capacity: shape.count)
        pivots = .allocate(capacity: shape.count)
        ends = .allocate(capacity: shape.count)
    }

    deinit {
        matrix.deallocate()
        lower.deallocate()
        reciprocals.deallocate()
        pivots.deallocate()
        ends.deallocate()
    }

    func clear() { matrix.update(repeating: 0, count: shape.count * shape.rowLength + shape.rowLength) }

    /// Turns the matrix into its factors; false where it is singular or not finite.
    func factorise() -> Bool {
        let n = shape.count
        var end = 0
        for k in 0..<n {
            let lastRow = min(n - 1, k + shape.below)
            var (pivot, best) = (k, matrix[shape.place(k, k)].magnitude)
            for i in stride(from: k + 1, through: lastRow, by: 1) {
                let size = matrix[shape.place(i, k)].magnitude
                if size > best { (pivot, best) = (i, size) }
            }
            guard best > 0, best.isFinite else { return false }
            end = max(end, min(n - 1, pivot + shape.above))
            (pivots[k], ends[k]) = (pivot, end)
            let head = matrix + shape.place(k, 0)
            if pivot != k {
                let other = matrix + shape.place(pivot, 0)
                for j in k...end { (head[j], other[j]) = (other[j], head[j]) }
            }
            let reciprocal = 1 / head[k]
            reciprocals[k] = reciprocal
            for i in stride(from: k + 1, through: lastRow, by: 1) {
                let row = matrix + shape.place(i, 0)
                let multiplier = row[k] * reciprocal
                lower[k * shape.below + i - k - 1] = multiplier
                guard multiplier != 0, k < end else { continue }
                for j in k + 1...end { row[j] -= multiplier * head[j] }
            }
        }
        return true
    }

    /// Replaces a right-hand side by the solution.
    func solve(_ x: UnsafeMutablePointer<Double>) {
        let n = shape.count
        for k in 0..<n {
            if pivots[k] != k { (x[k], x[pivots[k]]) = (x[pivots[k]], x[k]) }
            let value = x[k]
            let column = lower + k * shape.below
            for i in 0..<max(0, min(shape.below, n - 1 - k)) { x[k + 1 + i] -= column[i] * value }
        }
        for k in (0..<n).reversed() {
            let (row, end) = (matrix + shape.place(k, 0), ends[k])
            if end - k < 6 {
                // The neighbour, which was solved last, comes last: the others do not wait for it.
                var (value, j) = (x[k], end)
                while j > k {
                    value -= row[j] * x[j]
                    j -= 1
                }
                x[k] = value * reciprocals[k]
                continue
            }
            // Four sums beside each other: one would wait for each addition.
            var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
            var j = k + 1
            while j + 3 <= end {
                a += row[j] * x[j]
                b += row[j + 1] * x[j + 1]
                c += row[j + 2] * x[j + 2]
                d += row[j + 3] * x[j + 3]
                j += 4
            }
            while j <= end {
                a += row[j] * x[j]
                j += 1
            }
            x[k] = (x[k] - ((a + b) + (c + d))) * reciprocals[k]
        }
    }
}
