// Learning a liver twin from the measured sums of diameters: closed form, analytic gradient, draws.
import Numerics
import Twins

/// The negative log posterior of (ln KL, ln KD, ln λ, ln y₀) given sums of diameters.
struct LiverPosterior: NegativeLogPosterior {
    let names = ["lnKL", "lnKD", "lnLambda", "lnY0"]
    let course: ClaretCourse
    /// Week of the first scan used.
    let anchor: Double
    /// (week, mm).
    let sums: [(week: Double, value: Double)]
    let centres: [Double]
    let scales: [Double]
    let residualSD: Double

    init(history: LiverHistory, sums: [Measurement]) {
        course = ClaretCourse(windows: history.windows)
        self.sums = sums.map { ($0.day / 7, $0.value) }
        anchor = self.sums.first?.week ?? 0
        let set = LiverParameters.set
        centres = [set.growth.log(), set.effect.log(), set.resistance.log(), LiverParameters.baseline.median.log()]
        scales = LiverParameters.spread + [LiverParameters.baseline.sdLog]
        residualSD = LiverParameters.residualSD
    }

    func value(_ point: [Double]) -> Double { evaluate(point, wantsGradient: false).value }
    func gradient(_ point: [Double]) -> [Double]? { evaluate(point, wantsGradient: true).gradient }

    /// Gaussian priors of the logarithms and Gaussian residuals of the sums, constants left out.
    func evaluate(_ point: [Double], wantsGradient: Bool) -> (value: Double, gradient: [Double]) {
        var value = 0.0
        var gradient = [0.0, 0, 0, 0]
        for i in 0..<4 {
            let z = (point[i] - centres[i]) / scales[i]
            value += z * z / 2
            gradient[i] = z / scales[i]
        }
        let (growth, effect, resistance) = (point[0].exp(), point[1].exp(), point[2].exp())
        for sum in sums {
            let ratio = course.logRatio(from: anchor, to: sum.week, growth: growth, effect: effect, resistance: resistance)
            let predicted = (point[3] + ratio.value).exp()
            let z = (predicted - sum.value) / residualSD
            value += z * z / 2
            guard wantsGradient else { continue }
            let slope = z / residualSD * predicted
            gradient[0] += slope * ratio.byGrowth * growth
            gradient[1] += slope * ratio.byEffect * effect
            gradient[2] += slope * ratio.byResistance * resistance
            gradient[3] += slope
        }
        return (value, gradient)
    }
}

extension LiverMetastases {
    /// The posterior given the sums of diameters up to «now»; one is enough, none is `.missing`.
    ///
    /// The draws of ρ, η and ν are the population's: no scan before an operation tells of them. Those of the marrow are told of by counts of
    /// neutrophils alone.
    public func calibrate(_ subject: Subject, settings: CalibrationSettings) async throws(TwinError) -> Calibration {
        let record = LiverRecord(subject)
        guard !record.sums.isEmpty else { throw .missing("a sum of diameters after the last operation on the liver", model: id) }
        let density = LiverPosterior(history: record.history, sums: record.sums)
        let start = Array(density.centres.prefix(3)) + [max(record.sums[0].value, 1).log()]
        let posterior = try await Posterior.sample(density, from: start, settings: PosteriorSettings(settings))
        let marrow = try await LiverMarrowDraws(record, settings: settings)
        let draws = complete(posterior.draws, marrow: marrow, seed: settings.seed)
        var warnings = posterior.warnings + record.warnings
        if record.sums.count < 2 { warnings.append("one scan only: growth and drug effect are the population's") }
        if record.history.windows.isEmpty { warnings.append("no treatment before the scans: the drug's effect is the population's") }
        warnings += marrow.told
        // The worse of the two parts is the twin's: a good tumour does not make up for a poor marrow.
        let diagnoses = [posterior.diagnosis] + [marrow.diagnosis].compactMap { $0 }
        let map = posterior.mode.map.map { $0.exp() }
        return Calibration(
            model: id, modelVersion: version, reference: subject.reference, parameterNames: draws.parameterNames,
            map: map + [LiverParameters.occult.median, 0, 1] + marrow.map,
            sd: zip(map, posterior.mode.sd).map { $0 * $1 }
                + [LiverParameters.occult.median * LiverParameters.occult.sdLog, 1, LiverParameters.volumetrySD] + marrow.sd,
            objective: posterior.mode.objective, draws: draws,
            effectiveSampleSize: diagnoses.map(\.effectiveSampleSize).min() ?? .nan, paretoShape: diagnoses.compactMap(\.paretoShape).max(),
            splitR: diagnoses.compactMap(\.splitR).max(), seed: settings.seed, measurementsUsed: record.sums.count,
            fit: fit(density, sums: record.sums, draws: draws, seed: settings.seed), warnings: warnings)
    }

    /// Logarithms back to the parameters' own units, and the parameters that no scan informs.
    private func complete(_ draws: Draws, marrow: LiverMarrowDraws, seed: UInt64) -> Draws {
        let random = RandomStream(seed: seed, stream: 0x4c49_5645_5230_3031)
        var values: [Double] = []
        values.reserveCapacity(draws.count * parameters.count)
        for draw in 0..<draws.count {
            let noise = random.normals(draw: draw, count: 3)
            values += draws.draw(draw).map { $0.exp() }
            values.append(LiverParameters.occult.median * (LiverParameters.occult.sdLog * noise[0]).exp())
            values.append(noise[1])
            values.append((LiverParameters.volumetrySD * noise[2]).exp())
            values += marrow.rows[draw]
        }
        return Draws(parameterNames: parameters.map(\.name), values: values)
    }

    /// What the draws say of each scan, with its residual error.
    private func fit(_ density: LiverPosterior, sums: [Measurement], draws: Draws, seed: UInt64) -> [FitPoint] {
        let random = RandomStream(seed: seed, stream: 0x4c49_5645_5230_3032)
        let rows = LiverDraws(draws)
        return sums.enumerated().map { index, measurement in
            let predicted = (0..<rows.count).map { draw in
                let row = rows.row(draw)
                let ratio = density.course.logRatio(
                    from: density.anchor, to: measurement.day / 7, growth: row.growth, effect: row.effect, resistance: row.resistance)
                return max(0, row.baseline * ratio.value.exp() + density.residualSD * random.normal(draw: draw, index: index))
            }
            let levels = Quantiles.of(LiverMetastases.shown(predicted), levels: [0.1, 0.5, 0.9])
            return FitPoint(measurement: measurement, lower: levels[0], median: levels[1], upper: levels[2])
        }
    }
}
