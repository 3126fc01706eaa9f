// What counts of neutrophils in the record tell of a patient's marrow: draws from the prior, weighed by the counts, drawn again.
import Numerics
import Systems
import Twins

/// Baseline, transit time, sensitivity and clearance of a patient: proposals from the prior, weighed by the counts and drawn again; where
/// too few of them are like the patient, proposals from those that are; where these miss too, populations led from the prior to the posterior.
///
/// The counts inform these four alone, and nothing else informs them, so they are learnt apart from the tumour. Each candidate's marrow is
/// taken through the record's doses by the twin's own system. Counts within six weeks after a dose that lies too far back to be integrated
/// are left out.
struct LiverMarrowDraws: Sendable {
    /// Baseline 10⁹/L, transit h, sensitivity and clearance over the typical, one row a draw.
    let rows: [[Double]]
    /// How good the draws are; nil without counts, where they are the prior's own.
    let diagnosis: PosteriorDiagnosis?
    /// What a reader must know: how many counts were used, and what is wrong with the draws; empty without counts.
    let told: [String]

    /// A count of zero is one that could not be counted.
    private static let least = 0.05
    private static let fewestProposals = 2048
    private static let stream: UInt64 = 0x4c49_5645_5230_3033
    private static let temperingStream: UInt64 = 0x4c49_5645_5230_3034
    /// And the next two, for further moves.
    private static let movedStream: UInt64 = 0x4c49_5645_5230_3035

    /// - Throws: ``TwinError/numerics(_:)`` where the record's doses cannot be integrated.
    init(_ record: LiverRecord, count: Int, seed: UInt64) throws(TwinError) {
        let past = LiverPast(record)
        let used = record.neutrophils.filter { past.canPredict($0.day) }
        do {
            let prior = try LaplaceApproximation(mode: [0, 0, 0, 0], hessian: .identity(4))
            guard !record.neutrophils.isEmpty else {
                let points = prior.sample(count: count, seed: seed, stream: Self.stream)
                (rows, diagnosis, told) = (Self.candidates(points), nil, [])
                return
            }
            let densities = { points in try Self.logDensities(points, used, past) }
            let proposals = max(Self.fewestProposals, 2 * count)
            var best = try ImportanceResampling.draw(
                from: prior, count: count, proposals: proposals, seed: seed, stream: Self.stream, tail: .normal, logDensities: densities)
            var moves = 0
            while moves < 3, !PosteriorDiagnosis(best, moves: moves).isGood, let moved = try? Posterior.moments(best.draws) {
                moves += 1
                let next = try ImportanceResampling.draw(
                    from: moved, count: count, proposals: proposals, seed: seed, stream: Self.movedStream + UInt64(moves - 1),
                    logDensities: densities)
                if next.effectiveSampleSize > best.effectiveSampleSize { best = next }
            }
            let diagnosis = PosteriorDiagnosis(best, moves: moves)
            if diagnosis.isGood {
                rows = Self.candidates(best.draws)
                self.diagnosis = diagnosis
            } else {
                let sample = try TemperedSampling.draw(
                    from: StudentMixture([StudentMixture.Part(prior)]), seed: seed, stream: Self.temperingStream,
                    settings: TemperedSampling.Settings(particles: max(250, (count + 3) / 4)), logDensities: densities)
                // Populations stand one behind the other: any first few draws must be of all of them.
                rows = Posterior.choice(of: count, from: sample.draws.rows, seed: seed).map { Self.candidate(Array(sample.draws.row($0))) }
                self.diagnosis = PosteriorDiagnosis(sample, draws: count)
            }
            told = Self.words(used: used.count, of: record.neutrophils.count, self.diagnosis)
        } catch let error as TwinError { throw error } catch {
            throw .numerics("neutrophils: \(error)")
        }
    }

    private static func words(used: Int, of all: Int, _ diagnosis: PosteriorDiagnosis?) -> [String] {
        var text = "neutrophils: \(used) count\(used == 1 ? "" : "s") tell of this marrow, whether rested or under treatment"
        if all > used { text += "; \(all - used) soon after doses too long ago not used" }
        if case .tempered = diagnosis?.method { text += "; far from what the population shows, so drawn by tempering" }
        return [text] + (diagnosis?.warnings ?? []).map { "neutrophils: \($0)" }
    }

    /// Of four standard normal numbers a row, the log posterior up to a constant.
    private static func logDensities(_ points: Matrix, _ used: [Measurement], _ past: LiverPast) throws -> [Double] {
        let predicted = try past.counts(candidates(points), days: used.map(\.day))
        return (0..<points.rows).map { number in
            let prior = points.row(number).reduce(0) { $0 - $1 * $1 / 2 }
            return used.indices.reduce(prior) { sum, place in
                let z =
                    (max(used[place].value, least).log() - max(predicted[number][place], least * 1e-3).log()) / LiverMarrow.countSD
                return sum - z * z / 2
            }
        }
    }

    private static func candidates(_ points: Matrix) -> [[Double]] { (0..<points.rows).map { candidate(Array(points.row($0))) } }

    /// From standard normal numbers.
    static func candidate(_ noise: [Double]) -> [Double] {
        [
            LiverMarrow.baseline.median * (LiverMarrow.baseline.sdLog * noise[0]).exp(),
            LiverMarrow.transit.median * (LiverMarrow.transit.sdLog * noise[1]).exp(), (LiverMarrow.slopeSD * noise[2]).exp(),
            (LiverMarrow.clearanceSD * noise[3]).exp(),
        ]
    }

    /// The middle and the spread of one of the four.
    func summary(_ place: Int) -> (median: Double, sd: Double) {
        let values = rows.map { $0[place] }.sorted()
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(values.count - 1, 1))
        return (values[values.count / 2], variance.squareRoot())
    }
}

/// The record's doses as the marrow felt them, up to «now».
struct LiverPast {
    private let record: LiverRecord
    /// Weeks; the first dose that may still show, or nothing to integrate.
    private let start: Double?

    init(_ record: LiverRecord) {
        self.record = record
        start = record.history.windows.first { $0.start >= -LiverMarrow.memory }?.start
    }

    /// Whether a count's expectation is known: after the first dose that is integrated, or long after the one before it.
    func canPredict(_ day: Double) -> Bool {
        if let start, day > start * DayCount.week { return true }
        return !record.history.windows.contains { $0.start * 7 <= day && day < $0.start * 7 + LiverMarrow.washout }
    }

    /// `[candidate][count]`, 10⁹/L; the days ascend.
    func counts(_ candidates: [[Double]], days: [Double]) throws(TwinError) -> [[Double]] {
        let weeks = days.map { $0 / DayCount.week }
        guard let start, weeks.contains(where: { $0 > start }) else { return candidates.map { row in days.map { _ in row[0] } } }
        typealias State = LiverTreatmentSystem.State
        let course = LiverCourse(Scenario(name: "", interventions: []), history: record.history, bodySurface: record.bodySurface)
        let timeline = LiverTimeline(
            course, surface: record.bodySurface ?? LiverParameters.standardSurface, operationDays: [], from: start, horizon: 0, end: 0)
        let outputs = weeks.filter { $0 > start }
        do {
            let found = try Ensemble.solveSerially(
                LiverTreatmentSystem.self, draws: try Matrix(candidates.map(Self.parameters)),
                initial: .each(try Matrix(candidates.map { LiverPlan.rested(neutrophils: $0[0]) })), segments: timeline.segments,
                outputs: outputs, tolerance: Tolerance(relative: 1e-5, absolute: 1e-12))
            return candidates.indices.map { number in
                let early = [Double](repeating: candidates[number][0], count: weeks.count - outputs.count)
                return early + outputs.indices.map { found[number, $0, State.neutrophils] }
            }
        } catch let error as IntegrationError {
            throw .numerics(error.description)
        } catch {
            throw .numerics("\(error)")
        }
    }

    /// A marrow without a tumour.
    private static func parameters(_ row: [Double]) -> [Double] {
        var draw = LiverMarrow.typical
        (draw.neutrophils, draw.transit, draw.marrow, draw.clearance) = (row[0], row[1], row[2], row[3])
        return [0, 0, 0, 0] + LiverMarrow.row(draw) + [LiverOperation.notWithin]
    }
}
