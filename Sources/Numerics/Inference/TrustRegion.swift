// Newton's method in a trust region: the model's lowest point within a radius, which grows where the model is good and shrinks where not.

/// Conn, Gould and Toint (2000), Trust-Region Methods, algorithm 6.1.1, on variables scaled by the curvature's diagonal (Moré 1978).
///
/// Works with any symmetric second derivatives, exact, differenced or Gauss and Newton's; indefinite ones are descended along.
enum TrustRegion {
    struct Result {
        var point: EvaluatedPoint
        var hessian: Matrix
        var iterations: Int
        var status: MaximumAPosteriori.Status
    }

    static func run(
        from start: EvaluatedPoint, _ options: MaximumAPosteriori.Options, _ hessian: MaximumAPosteriori.Hessian?,
        _ objective: inout CountedObjective
    ) -> Result {
        func curvature(_ x: [Double], _ objective: inout CountedObjective) -> Matrix {
            hessian?(x) ?? objective.differencedHessian(at: x)
        }
        var result = Result(point: start, hessian: curvature(start.x, &objective), iterations: 0, status: .iterationLimit)
        var units = [Double](repeating: 0, count: start.x.count)
        var radius = options.firstRadius
        var oneMore = true
        while true {
            let small = result.point.scaledGradient <= options.gradientTolerance
            func ended(_ status: MaximumAPosteriori.Status) -> Result {
                var result = result
                result.status = small ? .gradientSmall : status
                return result
            }
            // A converged point is worth one more step: Newton squares the error, and the curvature is already there.
            if small, !oneMore { return ended(.gradientSmall) }
            if small { oneMore = false }
            if result.iterations >= options.iterationLimit { return ended(.iterationLimit) }
            guard widen(&units, by: result.hessian),
                let model = QuadraticModel(gradient: result.point.gradient, hessian: result.hessian, units: units)
            else { return ended(.stalled) }
            var accepted = false
            while !accepted {
                let move = model.lowest(within: radius)
                let rounding = 4e-16 * max(1, result.point.value.magnitude)
                result.iterations += 1
                let trial = objective.evaluate(zip(result.point.x, move.step).map { $0 + $1 })
                let gain = trial.map { result.point.value - $0.value } ?? -.infinity
                let ratio = gain / move.decrease
                // Where the value cannot tell any more, the gradient does.
                let level = trial.map { gain >= -100 * rounding && $0.scaledGradient < result.point.scaledGradient } ?? false
                accepted = gain > 0 && ratio > 1e-4 || level && move.decrease <= 1e3 * rounding
                if ratio < 0.25 {
                    radius = 0.25 * move.length
                } else if ratio > 0.75, move.length > 0.9 * radius {
                    radius *= 3
                }
                if accepted, let trial {
                    result.point = trial
                    result.hessian = curvature(trial.x, &objective)
                } else if small || move.isInterior && move.decrease <= rounding {
                    return ended(.roundingReached)
                } else if radius < 1e-15 * max(1, model.length(of: result.point.x)) {
                    // A value with much cancellation in it stops short of its last digits: what Newton's own step promises tells.
                    let newton = model.lowest(within: .infinity)
                    let isNothing = newton.isInterior && newton.decrease <= 1e-11 * max(1, result.point.value.magnitude)
                    return ended(isNothing ? .roundingReached : .stalled)
                } else if result.iterations >= options.iterationLimit {
                    return ended(.iterationLimit)
                }
            }
        }
    }

    /// The unit of a variable is the inverse root of the largest curvature it has shown, be it mixed: then |H_ij| = uᵢ·uⱼ, as it is at most for
    /// a positive definite H. False if there is none to go by.
    private static func widen(_ units: inout [Double], by hessian: Matrix) -> Bool {
        guard hessian.rows == units.count, hessian.columns == units.count else { return false }
        for i in units.indices { units[i] = max(units[i], hessian[i, i].magnitude.squareRoot()) }
        let straight = units
        for i in units.indices {
            for j in units.indices where straight[j] > 0 { units[i] = max(units[i], hessian[i, j].magnitude / straight[j]) }
        }
        guard units.allSatisfy(\.isFinite) else { return false }
        let largest = units.max() ?? 0
        for i in units.indices where units[i] <= 1e-9 * largest { units[i] = largest > 0 ? 1e-9 * largest : 1 }
        return true
    }
}
