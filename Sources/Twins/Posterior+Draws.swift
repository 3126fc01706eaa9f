// From the Laplace approximation to draws: proposals are weighed by the true density and resampled.
import Numerics

extension Posterior {
    /// Maximum, Laplace approximation and importance-resampled draws.
    ///
    /// Proposals are Student t (5 degrees) round the maximum. Where the weights tell that these miss the density (k̂ above 0.7, or
    /// fewer than a tenth of the proposals count), the proposal is moved to the draws' own moments, three times at most, and
    /// the best round is kept. If its k̂ is above 0.7 all the same, or searches found another maximum that counts, the draws are
    /// made by tempering (``TemperedSampling``), and the warnings say so; if these fail too, the warnings say that.
    ///
    /// - Invariant T2: every number comes from the address (seed, round, proposal): the same seed gives the same bytes.
    /// - Throws: `.numerics`, and `.cancelled`.
    public static func sample(
        _ density: some NegativeLogPosterior, from start: [Double], settings: PosteriorSettings = PosteriorSettings()
    ) async throws(TwinError) -> Posterior {
        if Task.isCancelled { throw .cancelled }
        let mode = try mode(of: density, from: start, settings: settings)
        var proposal = try approximation(mode.map, mode.covariance)
        var best = try round(0, density, from: proposal, settings)
        var number: UInt64 = 0
        while number < 3, isPoor(best, settings) {
            number += 1
            await Task.yield()
            if Task.isCancelled { throw .cancelled }
            guard let moved = try? moments(best.draws) else { break }
            proposal = moved
            let next = try round(number, density, from: proposal, settings)
            if next.effectiveSampleSize > best.effectiveSampleSize { best = next }
        }
        let diagnosis = PosteriorDiagnosis(best, moves: Int(number))
        let first = Posterior(
            mode: mode, draws: Draws(parameterNames: density.names, values: best.draws.elements), diagnosis: diagnosis,
            warnings: mode.warnings + diagnosis.warnings)
        let isMissing = best.paretoShape > PosteriorDiagnosis.largestParetoShape || mode.others.contains { $0.share > 0.005 }
        guard isMissing else { return first }
        await Task.yield()
        if Task.isCancelled { throw .cancelled }
        return try tempered(density, instead: first, start: start, settings: settings)
    }

    private static func isPoor(_ round: ImportanceResampling.Posterior, _ settings: PosteriorSettings) -> Bool {
        round.paretoShape > PosteriorDiagnosis.largestParetoShape
            || round.effectiveSampleSize < 0.1 * Double(settings.draws * settings.proposalsPerDraw)
    }

    private static func round(
        _ number: UInt64, _ density: some NegativeLogPosterior, from proposal: LaplaceApproximation, _ settings: PosteriorSettings
    ) throws(TwinError) -> ImportanceResampling.Posterior {
        do {
            return try ImportanceResampling.draw(
                from: proposal, count: settings.draws, proposals: settings.draws * settings.proposalsPerDraw, seed: settings.seed,
                stream: settings.stream + PosteriorStream.proposals + number
            ) { points in
                density.values((0..<points.rows).map { Array(points.row($0)) }).map { $0.isFinite ? -$0 : -.infinity }
            }
        } catch let error as TwinError { throw error } catch { throw .numerics("\(error)") }
    }

    /// The approximation with a centre and a covariance.
    static func approximation(_ centre: [Double], _ covariance: Matrix) throws(TwinError) -> LaplaceApproximation {
        do {
            return try LaplaceApproximation(mode: centre, hessian: try Cholesky(covariance).inverse)
        } catch { throw .numerics("the spread at the maximum: \(error)") }
    }

    /// Centre and covariance of draws, a third wider: resampled draws repeat and so look narrower than they are.
    ///
    /// - Throws: `.numerics` where they are too few to have a covariance.
    static func moments(_ draws: Matrix) throws(TwinError) -> LaplaceApproximation {
        let count = Double(draws.rows)
        let centre = (0..<draws.columns).map { draws.column($0).reduce(0, +) / count }
        var covariance = Matrix(rows: draws.columns, columns: draws.columns)
        for index in 0..<draws.rows {
            for row in centre.indices {
                for column in centre.indices {
                    covariance[row, column] += 4 / 3 * (draws[index, row] - centre[row]) * (draws[index, column] - centre[column]) / count
                }
            }
        }
        return try approximation(centre, covariance)
    }
}

/// Streams of random numbers that a calibration uses, apart from each other.
enum PosteriorStream {
    /// And the next three, for further rounds.
    static let proposals: UInt64 = 1
    static let starts: UInt64 = 8
    static let tempering: UInt64 = 9
    static let choice: UInt64 = 10
    /// Residual errors of the posterior predictive; the index is the measurement's.
    static let fit: UInt64 = 16
}
