// Newton steps with exact curvature: from near the mode to the last digits.

/// Newton's method damped by a trust region (Levenberg's shift of the Hessian).
enum NewtonPolish {
    struct Result {
        var point: EvaluatedPoint
        var hessian: Matrix
        var iterations: Int
        var status: MaximumAPosteriori.Status
    }

    static func run(
        from near: (point: EvaluatedPoint, iterations: Int), _ options: MaximumAPosteriori.Options,
        _ hessian: MaximumAPosteriori.Hessian?, _ objective: inout CountedObjective
    ) -> Result {
        var result = Result(
            point: near.point, hessian: curvature(at: near.point.x, hessian, &objective), iterations: near.iterations,
            status: .iterationLimit)
        var shift = 0.0
        var oneMore = true
        while true {
            let small = result.point.scaledGradient <= options.gradientTolerance
            if small {
                // A converged point is worth one more step: Newton squares the error, and the curvature is already there.
                guard oneMore else {
                    result.status = .gradientSmall
                    return result
                }
                oneMore = false
            }
            if result.iterations >= options.iterationLimit {
                result.status = small ? .gradientSmall : .iterationLimit
                return result
            }
            guard let move = step(result.point, result.hessian, &shift) else {
                result.status = small ? .gradientSmall : .stalled
                return result
            }
            result.iterations += 1
            let rounding = 4e-16 * max(1, result.point.value.magnitude)
            let x = zip(result.point.x, move.step).map { $0 + $1 }
            let trial = objective.evaluate(x)
            let flat = move.decrease <= rounding && shift < 1e-6
            if let trial,
                trial.value < result.point.value
                    || trial.value <= result.point.value + rounding && trial.scaledGradient < result.point.scaledGradient
            {
                result.point = trial
                result.hessian = curvature(at: trial.x, hessian, &objective)
                shift = shift > 1e-12 ? shift * 0.1 : 0
            } else if flat || small {
                result.status = small ? .gradientSmall : .roundingReached
                return result
            } else {
                shift = max(shift * 10, 1e-3)
                if shift > 1e14 {
                    result.status = .stalled
                    return result
                }
            }
        }
    }

    private static func curvature(
        at x: [Double], _ hessian: MaximumAPosteriori.Hessian?, _ objective: inout CountedObjective
    ) -> Matrix {
        hessian?(x) ?? objective.differencedHessian(at: x)
    }

    /// −(H + shift·scale)⁻¹·g with the smallest shift, from the given one on, that makes the matrix positive definite.
    private static func step(
        _ point: EvaluatedPoint, _ hessian: Matrix, _ shift: inout Double
    ) -> (step: [Double], decrease: Double)? {
        guard hessian.rows == point.x.count, hessian.columns == point.x.count else { return nil }
        let scale = max(1e-8, (0..<hessian.rows).map { hessian[$0, $0].magnitude }.max() ?? 1)
        for _ in 0..<40 {
            var shifted = hessian
            for i in 0..<hessian.rows { shifted[i, i] += shift * scale }
            if let factor = try? Cholesky(shifted), let solved = try? factor.solve(point.gradient) {
                let step = solved.map { -$0 }
                return (step, -0.5 * dot(step, point.gradient))
            }
            shift = max(shift * 10, 1e-6)
        }
        return nil
    }
}
