// Derivatives by central differences, where nobody has written them down.

/// Central differences.
public enum FiniteDifferences {
    /// The gradient of a value.
    ///
    /// Fourth-order differences with a step of ε^(1/5)·max(1, |x|).
    public static func gradient(at x: [Double], _ value: ([Double]) -> Double) -> [Double] {
        var point = x
        return x.indices.map { i in
            let step = 7e-4 * max(1, x[i].magnitude)
            func at(_ shift: Double) -> Double {
                point[i] = x[i] + shift * step
                let result = value(point)
                point[i] = x[i]
                return result
            }
            return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step)
        }
    }

    /// The symmetric matrix of second derivatives from an objective that gives gradients.
    public static func hessian(
        at x: [Double], _ objective: (_ point: [Double], _ gradient: inout [Double]) -> Double
    ) -> Matrix {
        let size = x.count
        var raw = Matrix(rows: size, columns: size)
        var point = x
        for i in 0..<size {
            let step = 7e-4 * max(1, x[i].magnitude)
            func slope(_ shift: Double) -> [Double] {
                var gradient = [Double](repeating: 0, count: size)
                point[i] = x[i] + shift * step
                _ = objective(point, &gradient)
                point[i] = x[i]
                return gradient
            }
            let (up, down, up2, down2) = (slope(1), slope(-1), slope(2), slope(-2))
            for j in 0..<size { raw[i, j] = (8 * (up[j] - down[j]) - (up2[j] - down2[j])) / (12 * step) }
        }
        var result = Matrix(rows: size, columns: size)
        for i in 0..<size {
            for j in 0..<size { result[i, j] = 0.5 * (raw[i, j] + raw[j, i]) }
        }
        return result
    }
}
