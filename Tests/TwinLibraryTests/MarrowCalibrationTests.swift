// What the liver twin's calibration computes of a marrow: the counts of its own system, and their exact derivatives.
import Numerics
import Testing

@testable import TwinLibrary
@testable import Twins

@Suite("Calibration of the liver twin's marrow")
struct MarrowCalibrationTests {
    private typealias Patients = OncologyPatients
    /// Before the first of four cycles, at three lowest points, and a day before «now».
    private static let days = [-57.0, -43, -29, -15, -1]
    private static let tight = Tolerance(relative: 1e-11, absolute: 1e-14)
    /// Logarithms of baseline, transit time, sensitivity and clearance: the population's middle, and marrows on either side of it.
    private static let points = [
        MarrowPosterior(past: LiverPast(LiverRecord(subject)), counts: []).centres, [1.1, 4.4, 0.7, -0.2], [1.8, 4.9, -0.5, 0.3],
    ]

    private static var subject: Subject {
        Patients.patient(
            sums: [(-56, 140), (0, 118)],
            drugs: [LiverCodes.fluorouracil, LiverCodes.oxaliplatin].map { Patients.drug($0, from: -56, to: -7) })
    }

    @Test("The system that is differentiated counts as the twin's own does", arguments: points)
    func sameCounts(_ point: [Double]) throws {
        let past = LiverPast(LiverRecord(Self.subject), tolerance: Self.tight)
        let row = MarrowPosterior.row(point)
        let own = try past.counts([row], days: Self.days)[0]
        let found = try past.slopes(row, days: Self.days).map(\.value)
        #expect(own.dropFirst().contains { $0 < 0.95 * row[0] }, "no dose is felt")
        for (a, b) in zip(own, found) { #expect(abs(a / b - 1) < 1e-8, "\(own) and \(found)") }
    }

    @Test("Derivatives of the counts are those of differences of the fourth order", arguments: points)
    func slopes(_ point: [Double]) throws {
        let past = LiverPast(LiverRecord(Self.subject), tolerance: Self.tight)
        let found = try past.slopes(MarrowPosterior.row(point), days: Self.days)
        let step = 1e-2
        for parameter in 0..<4 {
            let moved = [-2.0, -1, 1, 2].map { times in
                var other = point
                other[parameter] += times * step
                return MarrowPosterior.row(other)
            }
            let counts = try past.counts(moved, days: Self.days)
            for day in Self.days.indices {
                let difference = (counts[0][day] - counts[3][day] + 8 * (counts[2][day] - counts[1][day])) / (12 * step)
                let scale = max(abs(difference), 0.1 * found[day].value)
                #expect(abs(found[day].slopes[parameter] - difference) < 1e-5 * scale, "parameter \(parameter), day \(Self.days[day])")
            }
        }
    }

    @Test("Value and gradient at the accuracy of a calibration are the posterior's")
    func expansion() throws {
        let days = Self.days
        let counts = zip(days, [3.6, 1.9, 1.4, 1.2, 1.6]).map { Measurement(observable: "neutrophils", day: $0, value: $1) }
        let density = MarrowPosterior(past: LiverPast(LiverRecord(Self.subject)), counts: counts)
        let exact = MarrowPosterior(past: LiverPast(LiverRecord(Self.subject), tolerance: Self.tight), counts: counts)
        for point in Self.points {
            let (found, better) = (try #require(density.expansion(point)), try #require(exact.expansion(point)))
            #expect(abs(found.value - better.value) < 1e-3 && abs(found.value - density.value(point)) < 1e-3)
            let differences = Differences(scales: density.scales, step: 3e-3).gradient(of: exact, at: point)
            for parameter in 0..<4 {
                let scale = max(1, abs(better.gradient[parameter]))
                #expect(abs(found.gradient[parameter] - better.gradient[parameter]) < 1e-3 * scale)
                #expect(abs(better.gradient[parameter] - differences[parameter]) < 1e-4 * scale)
            }
        }
    }

    @Test("Of a marrow at rest the maximum and its spread are the conjugate formula's")
    func conjugate() async throws {
        var subject = Patients.patient(sums: [(0, 80)])
        subject.observations += zip([2.0, 2.2], [-40.0, -30]).map {
            Patients.number(LiverCodes.neutrophils[0], $0, Unit("10*9/L"), day: $1)
        }
        let marrow = try await LiverMarrowDraws(LiverRecord(subject), settings: CalibrationSettings(draws: 1000, seed: 4))
        // Precisions: 1/0.36² of the population, 1/0.25² of each count.
        let precision = 1 / (0.36 * 0.36) + 2 / (0.25 * 0.25)
        let centre = ((4.116).log() / (0.36 * 0.36) + ((2.0).log() + (2.2).log()) / (0.25 * 0.25)) / precision
        #expect(abs(marrow.map[0] / centre.exp() - 1) < 1e-6)
        #expect(abs(marrow.sd[0] / marrow.map[0] / (1 / precision).squareRoot() - 1) < 1e-8)
        #expect(abs(marrow.map[2] - 1) < 1e-6 && abs(marrow.sd[2] / LiverMarrow.slopeSD - 1) < 1e-6)
        #expect(marrow.told == ["neutrophils: 2 counts tell of this marrow, whether rested or under treatment"])
    }
}
