// Derivatives of a density that supplies only values: central differences, all points of one stencil asked for at once.

/// Stencils in units of the parameters' scales, so that a density that integrates many points side by side is asked once.
struct Differences {
    let scales: [Double]
    let step: Double

    private func moved(_ point: [Double], _ changes: (Int, Double)...) -> [Double] {
        var result = point
        for (index, sign) in changes { result[index] += sign * step * scales[index] }
        return result
    }

    /// Fourth order, 4n values.
    func gradient(of density: some NegativeLogPosterior, at point: [Double]) -> [Double] {
        let values = density.values(
            point.indices.flatMap { [moved(point, ($0, 1)), moved(point, ($0, -1)), moved(point, ($0, 2)), moved(point, ($0, -2))] })
        return point.indices.map { index in
            let near = values[4 * index] - values[4 * index + 1]
            let far = values[4 * index + 2] - values[4 * index + 3]
            return (8 * near - far) / (12 * step * scales[index])
        }
    }

    /// Second order, 2n² + 1 values; row by row.
    func hessian(of density: some NegativeLogPosterior, at point: [Double]) -> [Double] {
        let n = point.count
        var points = [point]
        for index in 0..<n { points += [moved(point, (index, 1)), moved(point, (index, -1))] }
        for row in 0..<n {
            for column in 0..<row { points += [moved(point, (row, 1), (column, 1)), moved(point, (row, -1), (column, -1))] }
        }
        let values = density.values(points)
        let singles = (0..<n).map { values[1 + 2 * $0] + values[2 + 2 * $0] }
        var hessian = [Double](repeating: 0, count: n * n)
        var place = 1 + 2 * n
        for row in 0..<n {
            let rowStep = step * scales[row]
            hessian[row * n + row] = (singles[row] - 2 * values[0]) / (rowStep * rowStep)
            for column in 0..<row {
                let both = values[place] + values[place + 1]
                let mixed = (both - singles[row] - singles[column] + 2 * values[0]) / (2 * rowStep * step * scales[column])
                hessian[row * n + column] = mixed
                hessian[column * n + row] = mixed
                place += 2
            }
        }
        return hessian
    }
}
