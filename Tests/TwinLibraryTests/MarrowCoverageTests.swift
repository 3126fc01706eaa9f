// Whether what counts of neutrophils tell of a marrow can be believed: patients simulated from the liver twin's own population.
import Numerics
import Testing
import Twins

@testable import TwinLibrary

@Suite("Calibration statistics of the liver twin's marrow")
struct MarrowCoverageTests {
    private typealias Patients = OncologyPatients
    private static let names = ["baseline", "transit", "sensitivity", "clearance"]
    private static let days = [-57.0, -36, -22, -8, -1]

    private static func subject(_ counts: [Double]) -> Subject {
        var subject = Patients.patient(
            sums: [(-56, 140), (0, 118)],
            drugs: [LiverCodes.fluorouracil, LiverCodes.oxaliplatin].map { Patients.drug($0, from: -56, to: -7) })
        subject.observations += zip(days, counts).map {
            Patients.number(LiverCodes.neutrophils[0], $1, Unit("10*9/L"), day: $0)
        }
        return subject
    }

    /// A marrow from the prior, and a record with counts that were drawn with it.
    private static func patient(_ number: Int) throws -> (truth: [Double], record: LiverRecord) {
        let random = RandomStream(seed: 500, stream: 9)
        let z = random.normals(draw: number, count: 4 + days.count)
        let past = LiverPast(LiverRecord(subject([])))
        let prior = MarrowPosterior(past: past, counts: [])
        let truth = MarrowPosterior.row((0..<4).map { prior.centres[$0] + prior.scales[$0] * z[$0] })
        let expected = try past.counts([truth], days: days)[0]
        let counts = zip(expected, z[4...]).map { $0 * (LiverMarrow.countSD * $1).exp() }
        return (truth, LiverRecord(subject(counts)))
    }

    /// For each patient and parameter what `look` says of the truth and its draws, on two cores.
    ///
    /// - Parameter warned: the largest share of patients of whom the draws may be warned of; with few draws Pareto's k̂ is itself uncertain.
    private func each<Found: Sendable>(
        _ patients: Int, draws: Int, warned limit: Double, _ look: @escaping @Sendable (_ truth: Double, _ draws: [Double]) -> Found
    ) async throws -> [[Found]] {
        @Sendable func part(_ range: Range<Int>) async throws -> (found: [[Found]], warned: Int) {
            var (found, warned) = ([[Found]](), 0)
            for number in range {
                let (truth, record) = try Self.patient(number)
                let marrow = try await LiverMarrowDraws(record, settings: CalibrationSettings(draws: draws, seed: UInt64(number)))
                warned += marrow.told.count > 1 ? 1 : 0
                found.append(truth.indices.map { parameter in look(truth[parameter], marrow.rows.map { $0[parameter] }) })
            }
            return (found, warned)
        }
        async let first = part(0..<patients / 2)
        async let second = part(patients / 2..<patients)
        let parts = try await [first, second]
        let warned = parts.reduce(0) { $0 + $1.warned }
        print("of \(patients) marrows learnt with \(draws) draws each, \(warned) are warned of")
        #expect(Double(warned) <= limit * Double(patients))
        return parts.flatMap(\.found)
    }

    @Test("Ranks of 500 truths are uniform at p > 0.01")
    func ranks() async throws {
        let found = try await each(500, draws: 63, warned: 0.1) { truth, draws in draws.count { $0 < truth } }
        for (parameter, name) in Self.names.enumerated() {
            var histogram = RankHistogram()
            for ranks in found { histogram.counts[ranks[parameter] * RankHistogram.bins / 64] += 1 }
            #expect(histogram.chiSquare < RankHistogram.limit, "\(name): χ² \(histogram.chiSquare) of \(histogram.counts)")
        }
    }

    @Test("90 % intervals hold 88 to 92 % of 2,000 patients")
    func coverage() async throws {
        let found = try await each(2000, draws: 1000, warned: 0.01) { truth, draws in
            let ends = Quantiles.of(draws, levels: [0.05, 0.95])
            return ends[0] <= truth && truth <= ends[1]
        }
        for (parameter, name) in Self.names.enumerated() {
            let share = Double(found.count { $0[parameter] }) / Double(found.count)
            print("90 % intervals hold of \(name): \(share)")
            #expect(share >= 0.88 && share <= 0.92, "\(name): \(share)")
        }
    }
}
