// Finds the mode of a posterior: Newton's method in a trust region, from one start or from several.

/// Minimises a smooth objective, minus a log posterior, and reports how well it was done.
public enum MaximumAPosteriori {
    /// The objective: its value at a point, its gradient written into the second argument. NaN or +∞ means that the point is
    /// not allowed; the search then backs off.
    public typealias Objective = (_ point: [Double], _ gradient: inout [Double]) -> Double
    /// The matrix of second derivatives at a point.
    public typealias Hessian = (_ point: [Double]) -> Matrix

    /// When to stop.
    public struct Options: Sendable, Hashable {
        /// Largest |gradient|·max(1, |x|) / max(1, |value|) of a converged point.
        public var gradientTolerance: Double
        /// Steps tried.
        public var iterationLimit: Int
        /// How far the first step may go, in units of the inverse root of each variable's curvature: of a posterior, about so many standard
        /// deviations.
        public var firstRadius: Double

        public init(gradientTolerance: Double = 1e-10, iterationLimit: Int = 500, firstRadius: Double = 1) {
            self.gradientTolerance = gradientTolerance
            self.iterationLimit = iterationLimit
            self.firstRadius = firstRadius
        }
    }

    /// How a search ended.
    public enum Status: Sendable, Hashable {
        /// The scaled gradient is below its tolerance.
        case gradientSmall
        /// The expected decrease is below the rounding of the value: nothing more can be gained in double precision.
        case roundingReached
        /// No point further down was found although the gradient is not small: the gradient may be wrong, or the objective not
        /// smooth.
        case stalled
        case iterationLimit
    }

    /// A mode.
    public struct Mode: Sendable, Hashable {
        public let point: [Double]
        public let value: Double
        public let gradient: [Double]
        /// Second derivatives at the mode, for ``LaplaceApproximation``.
        public let hessian: Matrix
        /// See ``Options/gradientTolerance``.
        public let scaledGradient: Double
        public let iterations: Int
        public let evaluations: Int
        public let status: Status

        /// Whether the gradient is small, or as small as rounding lets it be.
        public var converged: Bool { status == .gradientSmall || status == .roundingReached }
    }

    /// Minimises from one start.
    ///
    /// Steps go to the lowest point of the quadratic model within a radius; without `hessian` the second derivatives are central
    /// differences of the gradient. Gauss and Newton's will do where residuals are small.
    /// - Throws: ``InferenceError/badStart(index:)``, ``InferenceError/nothingToDo``.
    public static func minimise(
        start: [Double], options: Options = Options(), hessian: Hessian? = nil, objective: Objective
    ) throws(InferenceError) -> Mode {
        try search(starts: [start], options: options, hessian: hessian, objective: objective).best
    }

    static func search(
        from start: [Double], _ options: Options, _ hessian: Hessian?, _ objective: Objective
    ) -> Mode? {
        withoutActuallyEscaping(objective) { objective in
            var counted = CountedObjective(objective)
            guard let first = counted.evaluate(start) else { return nil }
            let result = TrustRegion.run(from: first, options, hessian, &counted)
            return Mode(
                point: result.point.x, value: result.point.value, gradient: result.point.gradient, hessian: result.hessian,
                scaledGradient: result.point.scaledGradient, iterations: result.iterations, evaluations: counted.count,
                status: result.status)
        }
    }
}
