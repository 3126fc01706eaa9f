// Learning an avatar from a marker and the days on which the drug was given.
import Numerics
import Twins

extension AvatarModel {
    /// The posterior given the marker up to «now»; without a single value `.missing`, with fewer than three a warning says whose figures
    /// these are.
    public func calibrate(_ subject: Subject, settings: CalibrationSettings) async throws(TwinError) -> Calibration {
        let record = record(of: subject)
        let density = try posterior(of: record)
        let posterior = try await Posterior.sample(density, from: density.centres, settings: PosteriorSettings(settings))
        let draws = Draws(parameterNames: parameters.map(\.name), values: posterior.draws.values.map { $0.exp() })
        let map = posterior.mode.map.map { $0.exp() }
        return Calibration(
            model: id, modelVersion: version, reference: subject.reference, parameterNames: draws.parameterNames, map: map,
            sd: zip(map, posterior.mode.sd).map { $0 * $1 }, objective: posterior.mode.objective, draws: draws,
            effectiveSampleSize: posterior.effectiveSampleSize, paretoShape: posterior.paretoShape, splitR: posterior.splitR,
            seed: settings.seed, measurementsUsed: record.measurements.count,
            fit: try fit(density, record: record, draws: draws, seed: settings.seed), warnings: posterior.warnings + warnings(on: record))
    }

    /// What the marker up to «now» tells, for who searches its maximum by other means.
    public func posterior(of subject: Subject) throws(TwinError) -> AvatarPosterior { try posterior(of: record(of: subject)) }

    private func posterior(of record: AvatarRecord) throws(TwinError) -> AvatarPosterior {
        guard !record.measurements.isEmpty else {
            let markers = observables.filter { !$0.codes.isEmpty }.map(\.label).joined(separator: " or ")
            throw .missing("\(markers) under a drug that it knows", model: id)
        }
        return AvatarPosterior(record, clones: Self.clones)
    }

    private func warnings(on record: AvatarRecord) -> [String] {
        var warnings = record.warnings
        if record.measurements.count < AvatarDomain.fewest {
            warnings.append(
                "only \(record.measurements.count) values of \(record.marker.label): rates, resistance and drug effect are the population's"
            )
        }
        if !AvatarDomain.hasSeenDrug(record) {
            warnings.append("no \(record.marker.label) under the drug yet: its effect and the resistant cells are the population's")
        }
        if !record.marker.isLearnt {
            warnings.append("assumption: the population's rates are those of PSA in 32 men; none of \(record.marker.label) were found")
        }
        return warnings
    }

    /// What the draws say of each measurement, with its residual error.
    private func fit(
        _ density: AvatarPosterior, record: AvatarRecord, draws: Draws, seed: UInt64
    ) throws(TwinError) -> [FitPoint] {
        let random = RandomStream(seed: seed, stream: 0x4156_4154_5230_3031)
        let predicted: [[Double]]
        do { predicted = try density.predictions((0..<draws.count).map { Array(draws.draw($0)) }) } catch {
            throw .numerics("what the draws say of the measurements: \(error)")
        }
        let marker = record.marker
        return record.measurements.enumerated().map { index, measurement in
            let values = predicted.indices.map { draw -> Double in
                let noise = (density.residualSD * random.normal(draw: draw, index: index)).exp()
                return min(max(0, (predicted[draw][index] + marker.floor) * noise - marker.floor), marker.range.upperBound)
            }
            let levels = Quantiles.of(values, levels: [0.1, 0.5, 0.9])
            return FitPoint(measurement: measurement, lower: levels[0], median: levels[1], upper: levels[2])
        }
    }
}
