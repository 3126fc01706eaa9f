// What counts of neutrophils under known infusions tell of a patient's marrow.
import Numerics
import Systems
import Twins

/// The negative log posterior of the logarithms of baseline, mean transit time, feedback and slope (``NeutrophilChain``), constants left out.
///
/// Normal priors of the logarithms, normal residuals of the counts' logarithms. Value, gradient and Fisher's information come from
/// one integration with exact sensitivities, a direction in each place of a lane; many points are weighed side by side.
public struct NeutrophilPosterior: NegativeLogPosterior {
    public let names = ["lnBaseline", "lnTransit", "lnFeedback", "lnSlope"]
    public var scales: [Double] { likelihood.scales }
    /// Logarithms of the prior's medians.
    public var centres: [Double] { likelihood.centres }
    private let likelihood: LogCounts
    /// Of the drug's course (``DrugKinetics/chainSegments(_:until:)``).
    let segments: [Segment]
    let hours: [Double]
    /// Of the counts a hundred-thousandth, four orders below what they are measured to.
    private static let tolerance = Tolerance(relative: 1e-5, absolute: 1e-7)

    /// - Parameters:
    ///   - medians: prior medians in the order of the names, and `deviations`, of the logarithms.
    ///   - hours: times of the counts, ascending; `counts` in 10⁹/L, positive.
    init(
        medians: [Double], deviations: [Double], noise: Double, segments: [Segment], hours: [Double], counts: [Double]
    ) {
        likelihood = LogCounts(
            centres: medians.map { $0.log() }, scales: deviations, measured: counts.map { $0.log() }, noise: noise)
        self.segments = segments
        self.hours = hours
    }

    public func value(_ point: [Double]) -> Double { values([point])[0] }

    public func values(_ points: [[Double]]) -> [Double] {
        guard let counts = try? predictions(points) else { return points.map { _ in .infinity } }
        return zip(points, counts).map { likelihood.value($0, predicted: $1) }
    }

    public func expansion(_ point: [Double]) -> PosteriorExpansion? {
        guard let found = try? sensitivities(point) else { return nil }
        return likelihood.expansion(
            point,
            predicted: hours.indices.map { time in
                (
                    found.value(draw: 0, time: time, state: 4),
                    (0..<4).map { found.derivative(draw: 0, along: $0, time: time, state: 4) }
                )
            })
    }

    /// The circulating counts at the hours, 10⁹/L; NaN where a draw failed.
    func predictions(_ points: [[Double]]) throws -> [[Double]] {
        let draws = try Matrix(points.map { $0.map { $0.exp() } })
        let baselines = try Matrix(points.map { [Double](repeating: $0[0].exp(), count: 5) })
        let found = try Ensemble.solveSerially(
            NeutrophilChain.self, draws: draws, initial: .each(baselines), segments: segments, outputs: hours,
            tolerance: Self.tolerance)
        return points.indices.map { draw in hours.indices.map { found[draw, $0, 4] } }
    }

    /// Directions are the logarithms: a parameter changes by its own value.
    private func sensitivities(_ point: [Double]) throws -> Sensitivities {
        let parameters = point.map { $0.exp() }
        let directions = (0..<4).map { d in
            Sensitivities.Direction(
                parameters: parameters.indices.map { $0 == d ? parameters[d] : 0 },
                initial: [Double](repeating: d == 0 ? parameters[0] : 0, count: 5))
        }
        let draw = Sensitivities.Draw(
            parameters: parameters, initial: [Double](repeating: parameters[0], count: 5), directions: directions)
        return try Sensitivities.solve(
            NeutrophilChain.self, draws: [draw], segments: segments, outputs: hours, tolerance: Self.tolerance)
    }
}
