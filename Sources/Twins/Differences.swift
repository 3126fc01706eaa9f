// Derivatives of a density that supplies only values: central differences, all points of one stencil asked for at once.

/// Stencils in units of the parameters' scales, so that a density that integrates many points side by side is asked once.
struct Differences {
    let scales: [Double]
    let step: Double

    /// A point with some of its values moved by so many steps.
    private func moved(_ point: [Double], _ first: Int, _ steps: Double, and second: Int? = nil) -> [Double] {
        var result = point
        result[first] += steps * step * scales[first]
        if let second { result[second] += steps * step * scales[second] }
        return result
    }

    /// Fourth order, 4n values.
    func gradient(of density: some NegativeLogPosterior, at point: [Double]) -> [Double] {
        var points: [[Double]] = []
        for index in point.indices {
            for steps in [1.0, -1, 2, -2] { points.append(moved(point, index, steps)) }
        }
        let values = density.values(points)
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
        for index in 0..<n {
            for steps in [1.0, -1] { points.append(moved(point, index, steps)) }
        }
        for row in 0..<n {
            for column in 0..<row {
                for steps in [1.0, -1] { points.append(moved(point, row, steps, and: column)) }
            }
        }
        let values = density.values(points)
        let centre = values[0]
        var singles = [Double](repeating: 0, count: n)
        for index in 0..<n { singles[index] = values[2 * index + 1] + values[2 * index + 2] }
        let steps = scales.map { $0 * step }
        var hessian = [Double](repeating: 0, count: n * n)
        var place = 1 + 2 * n
        for row in 0..<n {
            let curvature: Double = singles[row] - 2 * centre
            hessian[row * n + row] = curvature / (steps[row] * steps[row])
            for column in 0..<row {
                let both: Double = values[place] + values[place + 1]
                let mixed: Double = both - singles[row] - singles[column] + 2 * centre
                hessian[row * n + column] = mixed / (2 * steps[row] * steps[column])
                hessian[column * n + row] = hessian[row * n + column]
                place += 2
            }
        }
        return hessian
    }
}
