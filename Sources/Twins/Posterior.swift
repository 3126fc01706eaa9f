// From a posterior density to draws: maximum, Laplace approximation, importance resampling; the same for every twin.
import Numerics

/// The negative logarithm of a posterior density, in nats; it need not be normalised.
///
/// Parameters are real numbers without bounds: a model with positive ones works with their logarithms.
/// Supply ``value(_:)`` at least; ``gradient(_:)`` and ``hessian(_:)`` make the maximum exact, ``values(_:)`` makes draws fast.
public protocol NegativeLogPosterior: Sendable {
    /// In the order of a point's values.
    var names: [String] { get }
    /// A typical size of each parameter, such as its prior's standard deviation; steps and differences are measured in it.
    var scales: [Double] { get }
    /// +∞ where it is not defined; NaN counts as +∞.
    func value(_ point: [Double]) -> Double
    /// Nil: taken from differences of the value.
    func gradient(_ point: [Double]) -> [Double]?
    /// Row by row. Nil: taken from differences of the gradient, or of the value.
    func hessian(_ point: [Double]) -> [Double]?
    /// Value, gradient and second derivatives at once, for a density that has them from one computation. Nil: asked for one by one.
    func expansion(_ point: [Double]) -> PosteriorExpansion?
    /// The value at many points, which may be computed side by side. A point's value must not depend on its neighbours.
    func values(_ points: [[Double]]) -> [Double]
}

extension NegativeLogPosterior {
    public var scales: [Double] { names.map { _ in 1 } }
    public func gradient(_ point: [Double]) -> [Double]? { nil }
    public func hessian(_ point: [Double]) -> [Double]? { nil }
    public func expansion(_ point: [Double]) -> PosteriorExpansion? { nil }
    public func values(_ points: [[Double]]) -> [Double] { points.map { value($0) } }
}

/// A negative log posterior near a point.
public struct PosteriorExpansion: Hashable, Sendable {
    public var value: Double
    public var gradient: [Double]
    /// Second derivatives row by row, or their expectation where residuals are normal (Fisher's information).
    public var hessian: [Double]

    public init(value: Double, gradient: [Double], hessian: [Double]) {
        self.value = value
        self.gradient = gradient
        self.hessian = hessian
    }
}

/// How the draws are made.
public struct PosteriorSettings: Hashable, Sendable {
    public var draws: Int
    public var seed: UInt64
    /// Added to the numbers of all streams: posteriors that are learnt with one seed and stand in one draw must not share their numbers.
    public var stream: UInt64
    /// Proposals weighed for each draw kept.
    public var proposalsPerDraw: Int
    public var maximumIterations: Int
    /// The maximum is found when the gradient, scaled as `MaximumAPosteriori` does, is below this.
    public var tolerance: Double
    /// Step of differences, in `scales`, where there is no gradient.
    public var differenceStep: Double
    /// Where the maximum is searched from: the given start, and others scattered about it by the density's scales.
    public var starts: Int

    public init(
        draws: Int = 1000, seed: UInt64 = 1, stream: UInt64 = 0, proposalsPerDraw: Int = 4, maximumIterations: Int = 500,
        tolerance: Double = 1e-10, differenceStep: Double = 3e-3, starts: Int = 1
    ) {
        self.draws = draws
        self.seed = seed
        self.stream = stream
        self.proposalsPerDraw = proposalsPerDraw
        self.maximumIterations = maximumIterations
        self.tolerance = tolerance
        self.differenceStep = differenceStep
        self.starts = starts
    }

    /// From what a calibration is asked for.
    public init(_ settings: CalibrationSettings, stream: UInt64 = 0, tolerance: Double = 1e-10) {
        self.init(draws: settings.draws, seed: settings.seed, stream: stream, tolerance: tolerance, starts: 4)
    }
}

/// The maximum of a posterior and the normal distribution that fits it there.
public struct PosteriorMode: Hashable, Sendable {
    public var names: [String]
    public var map: [Double]
    /// The negative log posterior at `map`, nats.
    public var objective: Double
    public var covariance: Matrix
    /// Square roots of the covariance's diagonal.
    public var sd: [Double]
    public var isConverged: Bool
    /// What is left of the gradient, scaled as `MaximumAPosteriori` does.
    public var scaledGradient: Double
    public var iterations: Int
    /// Lower maxima that other starts ended in, the highest first.
    public var others: [OtherMode]
    public var warnings: [String]
}

/// A maximum beside the highest.
public struct OtherMode: Hashable, Sendable {
    public var map: [Double]
    public var covariance: Matrix
    /// How many starts ended here.
    public var starts: Int
    /// The share of the posterior's mass that its normal approximation has, beside that of the highest maximum.
    public var share: Double
}

/// Draws of a posterior with what tells how good they are.
public struct Posterior: Hashable, Sendable {
    public var mode: PosteriorMode
    /// In random order: the first k of them are a fair subset.
    public var draws: Draws
    public var diagnosis: PosteriorDiagnosis
    public var warnings: [String]

    public var effectiveSampleSize: Double { diagnosis.effectiveSampleSize }
    public var paretoShape: Double? { diagnosis.paretoShape }
    public var splitR: Double? { diagnosis.splitR }
}
