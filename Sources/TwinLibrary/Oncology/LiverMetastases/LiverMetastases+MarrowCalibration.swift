// What counts of neutrophils in the record tell of a patient's marrow: draws from the prior, weighed by the counts, drawn again.
import Numerics
import Systems
import Twins

/// Baseline, transit time, sensitivity and clearance of a patient, by importance resampling.
///
/// The counts inform these four alone, and nothing else informs them, so they are learnt apart from the tumour. Each candidate's marrow is
/// taken through the record's doses by the twin's own system. Counts within six weeks after a dose that lies too far back to be integrated
/// are left out.
struct LiverMarrowDraws: Sendable {
    /// Baseline 10⁹/L, transit h, sensitivity and clearance over the typical, one row a draw.
    let rows: [[Double]]
    /// What a reader must know: how many counts were used; nil without counts.
    let told: String?

    /// A count of zero is one that could not be counted.
    private static let least = 0.05
    private static let fewestCandidates = 2048
    private static let fewestEffective = 100.0

    init(_ record: LiverRecord, count: Int, seed: UInt64) throws(TwinError) {
        let random = RandomStream(seed: seed, stream: 0x4c49_5645_5230_3033)
        let counts = record.neutrophils
        let candidates = (0..<(counts.isEmpty ? count : max(Self.fewestCandidates, 2 * count))).map { number in
            Self.candidate(random.normals(draw: number, count: 4))
        }
        guard !counts.isEmpty else {
            (rows, told) = (candidates, nil)
            return
        }
        let past = LiverPast(record)
        let used = counts.filter { past.canPredict($0.day) }
        let predicted = try past.counts(candidates, days: used.map(\.day))
        let weights = candidates.indices.map { number in
            used.indices.reduce(0.0) { sum, place in
                let z =
                    (max(used[place].value, Self.least).log() - max(predicted[number][place], Self.least * 1e-3).log())
                    / LiverMarrow.countSD
                return sum - z * z / 2
            }
        }
        let largest = weights.max() ?? 0
        let shares = weights.map { ($0 - largest).exp() }
        let total = shares.reduce(0, +)
        let effective = total * total / shares.reduce(0) { $0 + $1 * $1 }
        rows = Self.resampled(candidates, shares, total: total, count: count, offset: random.uniform(draw: candidates.count, index: 0))
        let rest = counts.count - used.count
        told =
            "neutrophils: \(used.count) count\(used.count == 1 ? "" : "s") tell of this marrow, whether rested or under treatment"
            + (rest > 0 ? "; \(rest) soon after doses too long ago not used" : "")
            + (effective < Self.fewestEffective
                ? "; they are far from what the population shows, its draws hold few like this patient" : "")
    }

    private static func candidate(_ noise: [Double]) -> [Double] {
        [
            LiverMarrow.baseline.median * (LiverMarrow.baseline.sdLog * noise[0]).exp(),
            LiverMarrow.transit.median * (LiverMarrow.transit.sdLog * noise[1]).exp(), (LiverMarrow.slopeSD * noise[2]).exp(),
            (LiverMarrow.clearanceSD * noise[3]).exp(),
        ]
    }

    /// Systematic resampling: candidates stand in no order, so neither do the draws.
    private static func resampled(
        _ candidates: [[Double]], _ shares: [Double], total: Double, count: Int, offset: Double
    ) -> [[Double]] {
        var rows: [[Double]] = []
        var (number, reached) = (0, shares[0])
        for draw in 0..<count {
            let wanted = (Double(draw) + offset) / Double(count) * total
            while reached < wanted, number + 1 < candidates.count {
                number += 1
                reached += shares[number]
            }
            rows.append(candidates[number])
        }
        return rows
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
private struct LiverPast {
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
