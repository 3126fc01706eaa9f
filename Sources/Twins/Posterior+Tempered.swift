// What is done where proposals about the maximum miss the posterior: populations are led to it from wide to narrow.
import Numerics

extension Posterior {
    /// Tempered draws, beginning from everything that is known of where the posterior lies: the maxima of further searches, the moments
    /// of the draws that would not do, and a wide distribution about the start.
    ///
    /// Of the populations' particles so many are kept as draws were asked for, evenly and in random order. They replace the first draws
    /// even where they are not good either: the warnings say so.
    static func tempered(
        _ density: some NegativeLogPosterior, instead first: Posterior, start: [Double], settings: PosteriorSettings
    ) throws(TwinError) -> Posterior {
        var wider = settings
        wider.starts = max(settings.starts, 8)
        let mode = try Posterior.mode(of: density, from: start, settings: wider)
        let reason: String
        if let shape = first.paretoShape, shape > PosteriorDiagnosis.largestParetoShape {
            reason = "proposals about the maximum miss part of the posterior (Pareto k \(PosteriorDiagnosis.written(shape, digits: 1)))"
        } else {
            reason = "the posterior has more than one maximum that counts"
        }
        let sample: TemperedSampling.Sample
        do {
            sample = try TemperedSampling.draw(
                from: base(mode, first, start, density.scales), seed: settings.seed, stream: settings.stream + PosteriorStream.tempering,
                settings: TemperedSampling.Settings(particles: max(250, (settings.draws + 1) / 2))
            ) { points in
                density.values((0..<points.rows).map { Array(points.row($0)) }).map { $0.isFinite ? -$0 : -.infinity }
            }
        } catch let error as TwinError { throw error } catch {
            var kept = first
            kept.warnings.append("tempering failed: \(error)")
            return kept
        }
        let chosen = choice(of: settings.draws, from: sample.draws.rows, seed: settings.seed, stream: settings.stream)
        let diagnosis = PosteriorDiagnosis(sample, draws: settings.draws)
        return Posterior(
            mode: mode, draws: Draws(parameterNames: density.names, values: chosen.flatMap { Array(sample.draws.row($0)) }),
            diagnosis: diagnosis,
            warnings: mode.warnings + diagnosis.warnings + [
                "\(reason): drawn by tempering, R̂ \(PosteriorDiagnosis.written(sample.largestSplitR, digits: 2))"
            ])
    }

    private static func base(
        _ mode: PosteriorMode, _ first: Posterior, _ start: [Double], _ scales: [Double]
    ) throws -> StudentMixture {
        var parts = [StudentMixture.Part(try approximation(mode.map, mode.covariance), widening: 1.5)]
        for other in mode.others { parts.append(.init(try approximation(other.map, other.covariance), widening: 1.5)) }
        if let found = try? Matrix(rows: first.draws.count, columns: scales.count, elements: first.draws.values),
            let moments = try? moments(found)
        {
            parts.append(.init(moments, widening: 1.5))
        }
        var prior = Matrix(rows: scales.count, columns: scales.count)
        for index in scales.indices { prior[index, index] = 4 * scales[index] * scales[index] }
        parts.append(.init(try approximation(start, prior)))
        return try StudentMixture(parts)
    }

    /// Some of the rows, every one as likely as another, in random order: the rows with the smallest random numbers.
    private static func choice(of count: Int, from rows: Int, seed: UInt64, stream: UInt64) -> [Int] {
        let random = RandomStream(seed: seed, stream: stream + PosteriorStream.choice)
        let keys = (0..<rows).map { random.uniform(draw: $0, index: 0) }
        let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        return (0..<count).map { order[$0 % rows] }
    }
}
