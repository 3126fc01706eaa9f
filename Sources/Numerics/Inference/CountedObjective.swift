// An objective that counts how often it is asked, and the points it has been asked at.

/// A point where the objective is finite.
struct EvaluatedPoint {
    var x: [Double]
    var value: Double
    var gradient: [Double]

    /// Largest |gradient|·max(1, |x|) / max(1, |value|).
    var scaledGradient: Double {
        var largest = 0.0
        for i in x.indices { largest = max(largest, gradient[i].magnitude * max(1, x[i].magnitude)) }
        return largest / max(1, value.magnitude)
    }
}

struct CountedObjective {
    private let objective: MaximumAPosteriori.Objective
    private(set) var count = 0

    init(_ objective: @escaping MaximumAPosteriori.Objective) { self.objective = objective }

    /// nil where the value or the gradient is not finite.
    mutating func evaluate(_ x: [Double]) -> EvaluatedPoint? {
        count += 1
        var gradient = [Double](repeating: 0, count: x.count)
        let value = objective(x, &gradient)
        guard value.isFinite, gradient.count == x.count, gradient.allSatisfy(\.isFinite) else { return nil }
        return EvaluatedPoint(x: x, value: value, gradient: gradient)
    }

    /// Second derivatives by central differences of the gradient.
    mutating func differencedHessian(at x: [Double]) -> Matrix {
        let objective = objective
        var calls = 0
        let matrix = FiniteDifferences.hessian(at: x) { point, gradient in
            calls += 1
            return objective(point, &gradient)
        }
        count += calls
        return matrix
    }
}

/// Sums of products, in order.
func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
}
