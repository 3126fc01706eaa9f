// Growth and regression rates of one patient's series: four courses fitted, the best of those that the data carry chosen.
import Numerics

/// Fits the four courses of ``GrowthModel`` to a series and chooses one.
///
/// Measurements are ordered by day and divided by the first; the first day counts 1. Every course with fewer variables than there are
/// measurements is fitted by least squares, each variable within 0 … 1. A course is kept if every variable differs from zero (two-sided t
/// test); among those kept the lowest AIC is chosen.
public enum GrowthRegression {
    /// Why a series was not fitted.
    public enum Exclusion: String, CaseIterable, Sendable {
        case noMeasurement = "no measurement"
        case single = "only 1 measurement"
        case twoAlike = "2 measurements that differ by less than 20 %"
        case firstNotPositive = "first measurement not positive"
        case noModel = "no course fits"
    }

    /// One course fitted to the series.
    public struct Fit: Hashable, Sendable {
        public var model: GrowthModel
        /// In the model's own order.
        public var variables: [Double]
        public var standardErrors: [Double]
        /// Two-sided, of every variable.
        public var pValues: [Double]
        public var akaike: Double
    }

    /// What a series gives. Rates are per day.
    public struct Result: Hashable, Sendable {
        public var measurementCount: Int
        /// Nil where a course was chosen.
        public var exclusion: Exclusion?
        public var chosen: Fit?
        /// Every course that could be fitted, kept or not.
        public var fits: [Fit] = []

        /// Nil where the chosen course has none.
        public var growth: Double? { rates?.growth }
        public var regression: Double? { rates?.regression }
        /// The share that regresses.
        public var fraction: Double? { rates?.fraction }
        private var rates: (growth: Double?, regression: Double?, fraction: Double?)? { chosen.map { $0.model.rates($0.variables) } }

        /// Days in which the part that grows doubles; nil without growth. Of ``GrowthModel/fractions`` by the rate itself, not by the
        /// reported one, which √(1 − φ) makes smaller.
        public var doublingTime: Double? {
            guard let chosen, let place = chosen.model.growthPlace else { return nil }
            return 2.0.log() / chosen.variables[place]
        }
    }

    /// - Parameters:
    ///   - points: day and size (or marker) in any order; days may count from anywhere.
    ///   - significance: the largest p value of a variable that is kept.
    public static func fit(_ points: [(day: Double, size: Double)], significance: Double = 0.10) -> Result {
        // Two values of one day stay in the order given.
        let order = points.indices.sorted { (points[$0].day, $0) < (points[$1].day, $1) }
        let series = order.map { points[$0] }
        func excluded(_ reason: Exclusion, _ fits: [Fit] = []) -> Result {
            Result(measurementCount: points.count, exclusion: reason, chosen: nil, fits: fits)
        }
        guard let first = series.first else { return excluded(.noMeasurement) }
        guard series.count > 1 else { return excluded(.single) }
        guard first.size > 0 else { return excluded(.firstNotPositive) }
        let times = series.map { $0.day - first.day + 1 }
        let sizes = series.map { $0.size / first.size }
        if series.count == 2, sizes[1] > 0.8, sizes[1] < 1.2 { return excluded(.twoAlike) }
        let fits = GrowthModel.allCases.compactMap { fit($0, times, sizes) }
        let kept = fits.filter { $0.pValues.allSatisfy { $0 < significance } }
        guard let best = kept.min(by: { $0.akaike < $1.akaike }) else { return excluded(.noModel, fits) }
        return Result(measurementCount: points.count, exclusion: nil, chosen: best, fits: fits)
    }

    /// Nil where the course has too many variables, or the data do not fix them.
    private static func fit(_ model: GrowthModel, _ times: [Double], _ sizes: [Double]) -> Fit? {
        let (count, variables) = (times.count, model.variableCount)
        guard count > variables else { return nil }
        let found = try? BoundedLeastSquares.minimise(start: model.start, bounds: Array(repeating: 0...1, count: variables)) { x in
            var (residuals, derivatives): ([Double], [Double]) = ([], [])
            for (time, size) in zip(times, sizes) {
                let course = model.evaluate(x, at: time)
                residuals.append(course.value - size)
                derivatives += course.slopes
            }
            return (residuals, derivatives)
        }
        guard let found, found.converged, let errors = found.standardErrors else { return nil }
        let freedom = Double(count - variables)
        let pValues = zip(found.point, errors).map { value, error in
            value == 0 ? 1 : StudentDistribution.twoSided(value / error, degreesOfFreedom: freedom)
        }
        // −2·log-likelihood of normal residuals at their most likely variance, and 2 for each variable; −∞ for a perfect fit.
        let n = Double(count)
        let akaike = n * ((2 * Double.pi).log() + 1 + (found.sumOfSquares / n).log()) + 2 * Double(variables)
        return Fit(model: model, variables: found.point, standardErrors: errors, pValues: pValues, akaike: akaike)
    }
}
