// The calibration of a closed form: maximum, Laplace, draws, and what the draws say of every measurement.
import Numerics

extension ClosedFormModel {
    /// The posterior of the parameters given the record up to «now».
    ///
    /// Without a single measurement the draws are the prior's and a warning says so.
    public func calibrate(_ subject: Subject, settings: CalibrationSettings) async throws(TwinError) -> Calibration {
        let (used, leftOut) = subject.measurements(of: observables)
        let density = try posterior(of: used, subject: subject)
        let posterior = try await Posterior.sample(
            density, from: parameters.map(\.prior.centre), settings: PosteriorSettings(settings))
        let fit = try fit(of: used, draws: posterior.draws, subject: subject, seed: settings.seed)
        var warnings = posterior.warnings
        if used.isEmpty { warnings.append("no measurement up to now: the draws are those of the population") }
        warnings += self.warnings(on: used, for: subject)
        warnings += leftOut.map { "left out: \($0)" }
        return Calibration(
            model: id, modelVersion: version, reference: subject.reference, parameterNames: parameters.map(\.name),
            map: posterior.mode.map, sd: posterior.mode.sd, objective: posterior.mode.objective, draws: posterior.draws,
            effectiveSampleSize: posterior.effectiveSampleSize, paretoShape: posterior.paretoShape, splitR: posterior.splitR,
            seed: settings.seed,
            measurementsUsed: used.count, fit: fit, warnings: warnings)
    }

    /// The posterior predictive of each measurement, with its residual error, under no intervention.
    private func fit(of measurements: [Measurement], draws: Draws, subject: Subject, seed: UInt64) throws(TwinError) -> [FitPoint] {
        let natural = try ensemble(draws, scenario: Scenario(name: "", interventions: []), subject: subject)
        let random = RandomStream(seed: seed, stream: PosteriorStream.fit)
        var blocks = [DrawBlock](repeating: .zero, count: observables.count * natural.blockCount)
        var day = Double.nan
        var points: [FitPoint] = []
        for (index, measurement) in measurements.enumerated() {
            guard let place = observables.firstIndex(where: { $0.id == measurement.observable }) else { continue }
            let observable = observables[place]
            if day != measurement.day {
                day = measurement.day
                natural.observe(day: day, into: &blocks)
            }
            let predicted = (0..<natural.drawCount).map { draw in
                let level = blocks[place * natural.blockCount + draw / 8][draw % 8]
                let value = level + observable.residualSD * random.normal(draw: draw, index: index)
                return min(max(value, observable.range.lowerBound), observable.range.upperBound)
            }
            let levels = Quantiles.of(predicted, levels: [0.1, 0.5, 0.9])
            guard levels.allSatisfy(\.isFinite) else {
                throw .numerics("\(observable.label) on day \(measurement.day) has a draw without a finite value")
            }
            points.append(FitPoint(measurement: measurement, lower: levels[0], median: levels[1], upper: levels[2]))
        }
        return points
    }
}
