// Nonlinear least squares within bounds, by Levenberg's and Marquardt's method.

/// Minimises the sum of squares of residuals whose derivatives are known, every variable within bounds.
///
/// Marquardt (1963), J. Soc. Indust. Appl. Math. 11:431–441, with the largest curvatures seen as units (Moré 1978). A variable at a bound
/// is left out of a step while the sum falls beyond it; a step that leads out is cut at the bound.
public enum BoundedLeastSquares {
    /// Residuals at a point, and their derivatives row by row: residual `r` by variable `v` at `r * variables + v`.
    public typealias Residuals = (_ point: [Double]) -> (residuals: [Double], derivatives: [Double])

    /// Where a search ended: a point from which no step lowers the sum within rounding.
    public struct Fit: Sendable, Hashable {
        public let point: [Double]
        public let sumOfSquares: Double
        /// JᵀJ at the point.
        public let normal: Matrix
        public let residualCount: Int
        /// False where the limit of steps was reached.
        public let converged: Bool

        /// Standard errors of the variables, from (JᵀJ)⁻¹ and the residual variance, as if there were no bounds; nil where the data do not
        /// fix all variables, or leave no degree of freedom.
        public var standardErrors: [Double]? {
            guard residualCount > point.count, let inverse = (try? Cholesky(normal))?.inverse else { return nil }
            let variance = sumOfSquares / Double(residualCount - point.count)
            let errors = point.indices.map { (variance * inverse[$0, $0]).squareRoot() }
            return errors.allSatisfy(\.isFinite) ? errors : nil
        }
    }

    /// - Parameters:
    ///   - start: within the bounds.
    ///   - bounds: of every variable.
    /// - Throws: ``InferenceError/badStart(index:)`` where a residual at the start is not finite, ``InferenceError/nothingToDo``,
    ///   ``InferenceError/wrongCount(expected:found:)``.
    public static func minimise(
        start: [Double], bounds: [ClosedRange<Double>], stepLimit: Int = 1000, residuals: Residuals
    ) throws(InferenceError) -> Fit {
        guard !start.isEmpty else { throw .nothingToDo }
        guard bounds.count == start.count else { throw .wrongCount(expected: start.count, found: bounds.count) }
        var point = zip(start, bounds).map { min(max($0, $1.lowerBound), $1.upperBound) }
        guard var here = Evaluation(residuals(point), variables: start.count) else { throw .badStart(index: 0) }
        var units = [Double](repeating: 0, count: start.count)
        var damping = 1e-3
        for _ in 0..<stepLimit {
            for v in units.indices { units[v] = max(units[v], here.normal[v, v]) }
            let free = point.indices.filter {
                !(point[$0] <= bounds[$0].lowerBound && here.gradient[$0] > 0)
                    && !(point[$0] >= bounds[$0].upperBound && here.gradient[$0] < 0)
            }
            guard !free.isEmpty, here.sum > 0 else { return here.fit(at: point, converged: true) }
            var next: (point: [Double], evaluation: Evaluation)?
            while next == nil {
                if let step = here.step(free, units, damping) {
                    var trial = point
                    for (place, v) in free.enumerated() {
                        trial[v] = min(max(point[v] + step[place], bounds[v].lowerBound), bounds[v].upperBound)
                    }
                    if let there = Evaluation(residuals(trial), variables: start.count), there.sum < here.sum { next = (trial, there) }
                }
                if next == nil {
                    damping = max(4 * damping, 1e-12)
                    // Steps are now shorter than rounding.
                    if damping > 1e20 { return here.fit(at: point, converged: true) }
                }
            }
            if let next { (point, here) = next }
            damping /= 10
        }
        return here.fit(at: point, converged: false)
    }

    /// Sum of squares, gradient and Gauss and Newton's matrix at a point.
    private struct Evaluation {
        let sum: Double
        let gradient: [Double]
        let normal: Matrix
        let count: Int

        /// Nil where something is not finite.
        init?(_ values: (residuals: [Double], derivatives: [Double]), variables: Int) {
            var sum = 0.0
            var gradient = [Double](repeating: 0, count: variables)
            var normal = Matrix(rows: variables, columns: variables)
            for (r, residual) in values.residuals.enumerated() {
                sum += residual * residual
                let row = values.derivatives[r * variables..<(r + 1) * variables]
                for i in 0..<variables {
                    let slope = row[row.startIndex + i]
                    gradient[i] += slope * residual
                    for j in 0..<variables { normal[i, j] += slope * row[row.startIndex + j] }
                }
            }
            guard sum.isFinite, normal.elements.allSatisfy(\.isFinite) else { return nil }
            (self.sum, self.gradient, self.normal, count) = (sum, gradient, normal, values.residuals.count)
        }

        /// Marquardt's step of the free variables.
        func step(_ free: [Int], _ units: [Double], _ damping: Double) -> [Double]? {
            var damped = Matrix(rows: free.count, columns: free.count)
            for (i, v) in free.enumerated() {
                for (j, w) in free.enumerated() { damped[i, j] = normal[v, w] }
                damped[i, i] += damping * units[v]
            }
            return try? Cholesky(damped).solve(free.map { -gradient[$0] })
        }

        func fit(at point: [Double], converged: Bool) -> Fit {
            Fit(point: point, sumOfSquares: sum, normal: normal, residualCount: count, converged: converged)
        }
    }
}
