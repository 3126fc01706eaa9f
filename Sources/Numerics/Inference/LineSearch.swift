// How far to go along a direction.

/// A step that keeps the strong Wolfe conditions (sufficient decrease 1e-4, curvature 0.9): bracketing, then sections by cubic
/// interpolation kept off the bracket's ends. Nocedal and Wright (2006), algorithms 3.5 and 3.6.
enum LineSearch {
    private struct Trial {
        var length: Double
        var point: EvaluatedPoint
        var slope: Double
    }

    static func run(
        from start: EvaluatedPoint, along direction: [Double], first: Double, _ objective: inout CountedObjective
    ) -> EvaluatedPoint? {
        let slope = dot(direction, start.gradient)
        let origin = Trial(length: 0, point: start, slope: slope)
        var low = origin
        var high: Trial?
        /// Beyond this length the objective is not finite.
        var wall = Double.infinity
        var length = first
        for _ in 0..<60 {
            let x = start.x.indices.map { start.x[$0] + length * direction[$0] }
            guard let point = objective.evaluate(x) else {
                wall = length
                length = low.length + 0.25 * (wall - low.length)
                continue
            }
            let trial = Trial(length: length, point: point, slope: dot(direction, point.gradient))
            let limit = start.value + 1e-4 * length * slope
            if point.value > limit || point.value >= low.point.value && low.length > 0 {
                high = trial
            } else if trial.slope.magnitude <= 0.9 * slope.magnitude {
                return point
            } else if let end = high {
                if trial.slope * (end.length - low.length) >= 0 { high = low }
                low = trial
            } else if trial.slope >= 0 {
                high = low
                low = trial
            } else {
                low = trial
            }
            length = next(low, high, wall)
            if let end = high, (end.length - low.length).magnitude <= 1e-14 * max(end.length, low.length) { break }
        }
        // Some decrease is better than none.
        return low.point.value < start.value ? low.point : nil
    }

    private static func next(_ low: Trial, _ high: Trial?, _ wall: Double) -> Double {
        guard let high else {
            return wall.isFinite ? 0.5 * (low.length + wall) : 2 * low.length
        }
        let width = high.length - low.length
        let secant = low.slope + high.slope - 3 * (high.point.value - low.point.value) / width
        let square = secant * secant - low.slope * high.slope
        guard square > 0 else { return low.length + 0.5 * width }
        let root = width > 0 ? square.squareRoot() : -square.squareRoot()
        let fraction = 1 - (high.slope + root - secant) / (high.slope - low.slope + 2 * root)
        guard fraction.isFinite else { return low.length + 0.5 * width }
        return low.length + min(0.9, max(0.1, fraction)) * width
    }
}
