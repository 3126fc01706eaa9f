// BFGS: gets near the mode from anywhere, learning the curvature on the way.

/// Nocedal and Wright (2006), Numerical Optimization, 2nd ed., algorithm 6.1 with the scaling of (6.20).
enum QuasiNewton {
    /// Iterates until the scaled gradient is below 1e-6 (or the tolerance, if larger), or nothing more is gained.
    static func run(
        from start: EvaluatedPoint, _ options: MaximumAPosteriori.Options, _ objective: inout CountedObjective
    ) -> (point: EvaluatedPoint, iterations: Int) {
        let size = start.x.count
        var current = start
        var inverse = Matrix.identity(size)
        var learnt = false
        var iterations = 0
        let target = max(options.gradientTolerance, 1e-6)
        while current.scaledGradient > target, iterations < options.iterationLimit {
            iterations += 1
            var direction = product(inverse, current.gradient).map { -$0 }
            if dot(direction, current.gradient) >= 0 {
                inverse = .identity(size)
                learnt = false
                direction = current.gradient.map { -$0 }
            }
            // Before any curvature is known, the first trial moves by at most one.
            let length = dot(direction, direction).squareRoot()
            let first = learnt ? 1 : min(1, 1 / length)
            guard let next = LineSearch.run(from: current, along: direction, first: first, &objective) else {
                if !learnt { break }
                inverse = .identity(size)
                learnt = false
                continue
            }
            let step = zip(next.x, current.x).map { $0 - $1 }
            let change = zip(next.gradient, current.gradient).map { $0 - $1 }
            let curvature = dot(step, change)
            let gained = current.value - next.value
            current = next
            if curvature > 1e-12 * dot(change, change).squareRoot() * dot(step, step).squareRoot() {
                if !learnt { scale(&inverse, by: curvature / dot(change, change)) }
                update(&inverse, step, change, curvature)
                learnt = true
            }
            if gained <= 1e-15 * max(1, current.value.magnitude) { break }
        }
        return (current, iterations)
    }

    private static func product(_ matrix: Matrix, _ vector: [Double]) -> [Double] {
        vector.indices.map { r in
            var sum = 0.0
            for c in vector.indices { sum += matrix[r, c] * vector[c] }
            return sum
        }
    }

    private static func scale(_ matrix: inout Matrix, by factor: Double) {
        for i in 0..<matrix.rows { matrix[i, i] *= factor }
    }

    /// H ← (I − ρsyᵀ)·H·(I − ρysᵀ) + ρssᵀ.
    private static func update(_ inverse: inout Matrix, _ s: [Double], _ y: [Double], _ curvature: Double) {
        let hy = product(inverse, y)
        let factor = (1 + dot(y, hy) / curvature) / curvature
        for i in s.indices {
            for j in s.indices {
                inverse[i, j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / curvature
            }
        }
    }
}
