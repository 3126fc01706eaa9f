// The maximum of a posterior and the Laplace approximation there, searched in units of the parameters' scales.
import Numerics

extension Posterior {
    /// The maximum a posteriori and its Laplace approximation, from a start, or from several (``PosteriorSettings/starts``).
    ///
    /// - Invariant T3: other starts depend on seed and number alone.
    ///
    /// The search is `MaximumAPosteriori`'s, with the density's own derivatives where it has them, and else with differences.
    /// - Throws: `.numerics` if the density has no value at the start or no curvature at its maximum.
    public static func mode(
        of density: some NegativeLogPosterior, from start: [Double], settings: PosteriorSettings = PosteriorSettings()
    ) throws(TwinError) -> PosteriorMode {
        let search = ScaledSearch(density: density, origin: start, settings: settings)
        guard !start.isEmpty, start.count == density.names.count, density.scales.count == start.count else {
            throw .numerics("\(start.count) start values for \(density.names.count) parameters")
        }
        do { return try search.run() } catch { throw .numerics(error.description) }
    }
}

/// A search in z = (x − origin) / scale, so that an age in years and a logarithm weigh alike.
private struct ScaledSearch<Density: NegativeLogPosterior> {
    let density: Density
    let origin: [Double]
    let settings: PosteriorSettings
    let scales: [Double]
    let differences: Differences

    init(density: Density, origin: [Double], settings: PosteriorSettings) {
        self.density = density
        self.origin = origin
        self.settings = settings
        scales = density.scales
        differences = Differences(scales: density.scales, step: settings.differenceStep)
    }

    func run() throws(InferenceError) -> PosteriorMode {
        let isExpanded = density.expansion(origin) != nil
        let hasGradient = isExpanded || density.gradient(origin) != nil
        let hasCurvature = isExpanded || !hasGradient || density.hessian(origin) != nil
        // What one computation gave at the last point, of which the search asks the value first and the curvature later.
        var last: (z: [Double], hessian: [Double])?
        let options = MaximumAPosteriori.Options(
            gradientTolerance: hasGradient ? settings.tolerance : max(settings.tolerance, 1e-7), iterationLimit: settings.maximumIterations)
        let starts = MaximumAPosteriori.starts(
            count: max(1, settings.starts), centre: origin.map { _ in 0 }, spread: origin.map { _ in 1 }, seed: settings.seed,
            stream: settings.stream + PosteriorStream.starts)
        let search = try MaximumAPosteriori.search(
            starts: starts, options: options, hessian: hasCurvature ? { curvature(at: $0, known: last) } : nil
        ) { z, gradient in
            let x = point(z)
            if isExpanded, let expansion = density.expansion(x) {
                for index in z.indices { gradient[index] = expansion.gradient[index] * scales[index] }
                last = (z, expansion.hessian)
                return expansion.value
            }
            let slopes = density.gradient(x) ?? differences.gradient(of: density, at: x)
            for index in slopes.indices { gradient[index] = slopes[index] * scales[index] }
            return density.value(x)
        }
        let found = search.best
        let laplace = try LaplaceApproximation(mode: found.point, hessian: found.hessian)
        // Differences leave noise in the last digits: standing still close by is as far as one gets.
        let isConverged = found.converged || (!hasGradient && found.scaledGradient < 1e-4)
        var warnings: [String] = []
        if !isConverged { warnings.append("the fit did not converge in \(found.iterations) steps") }
        if laplace.repairedDirections > 0 {
            warnings.append("the posterior is flat in \(laplace.repairedDirections) directions at its maximum: its spread there is a guess")
        }
        let others = others(search, laplace)
        let elsewhere = others.reduce(0) { $0 + $1.starts }
        if elsewhere > 0 {
            warnings.append("\(elsewhere) of \(search.startCount) searches ended in another, lower maximum of the posterior")
        }
        let covariance = inOwnUnits(laplace.covariance)
        return PosteriorMode(
            names: density.names, map: point(found.point), objective: found.value, covariance: covariance,
            sd: scales.indices.map { covariance[$0, $0].squareRoot() }, isConverged: isConverged, scaledGradient: found.scaledGradient,
            iterations: found.iterations, others: others, warnings: warnings)
    }

    /// True maxima that other starts found; what did not converge, or has a flat direction, is none.
    private func others(_ search: MaximumAPosteriori.Search, _ best: LaplaceApproximation) -> [OtherMode] {
        search.others.compactMap { found in
            guard found.mode.converged,
                let laplace = try? LaplaceApproximation(mode: found.mode.point, hessian: found.mode.hessian),
                laplace.repairedDirections == 0
            else { return nil }
            let mass = laplace.logEvidence(negativeLogPosterior: found.mode.value)
            let odds = (mass - best.logEvidence(negativeLogPosterior: search.best.value)).exp()
            return OtherMode(
                map: point(found.mode.point), covariance: inOwnUnits(laplace.covariance), starts: found.starts.count,
                share: odds.isFinite ? odds / (1 + odds) : 1)
        }
    }

    private func inOwnUnits(_ covariance: Matrix) -> Matrix {
        var result = covariance
        for row in scales.indices {
            for column in scales.indices { result[row, column] *= scales[row] * scales[column] }
        }
        return result
    }

    private func point(_ z: [Double]) -> [Double] { z.indices.map { origin[$0] + scales[$0] * z[$0] } }

    private func curvature(at z: [Double], known: (z: [Double], hessian: [Double])?) -> Matrix {
        let x = point(z)
        let found = known?.z == z ? known?.hessian : density.expansion(x)?.hessian
        let raw = found ?? density.hessian(x) ?? differences.hessian(of: density, at: x)
        var result = Matrix(rows: z.count, columns: z.count)
        for row in z.indices {
            for column in z.indices { result[row, column] = raw[row * z.count + column] * scales[row] * scales[column] }
        }
        return result
    }
}
