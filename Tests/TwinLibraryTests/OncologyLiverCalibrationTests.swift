// Learning the liver twin from scans: one, two, many, none; and whether its intervals hold what they promise.
import Numerics
import Testing
import Twins

@testable import TwinLibrary

@Suite("Liver metastases: calibration")
struct OncologyLiverCalibrationTests {
    private let model = LiverMetastases()
    private typealias Patients = OncologyPatients

    @Test("No scan is an error that says so; one and two are enough")
    func fewScans() async throws {
        await #expect(throws: TwinError.missing("a sum of diameters after the last operation on the liver", model: "liver-metastases")) {
            _ = try await model.calibrate(Patients.patient(sums: []), settings: CalibrationSettings())
        }
        let one = try await model.calibrate(Patients.patient(sums: [(-3, 84)]), settings: CalibrationSettings(seed: 5))
        #expect(one.measurementsUsed == 1 && one.warnings.contains { $0.contains("one scan only") })
        #expect(abs(one.map[0] / 0.015 - 1) < 1e-6, "growth stays the population's")
        let two = try await model.calibrate(Patients.borderline, settings: CalibrationSettings(seed: 5))
        #expect(two.measurementsUsed == 2 && two.fit.count == 2)
        #expect(two.effectiveSampleSize > 300 && (two.paretoShape ?? 1) < 0.7)
        #expect(two.fit.allSatisfy { $0.lower < $0.median && $0.median < $0.upper })
    }

    @Test("Scans before the last operation and volumetry before it are left out, with a warning")
    func afterOperation() async throws {
        let operation = CodedFact(
            kind: .procedure, code: LiverCodes.hepatectomy, start: Patients.instant(-100), end: nil, status: "completed")
        let subject = Patients.patient(sums: [(-150, 120), (-30, 22)], procedures: [operation])
        let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 100))
        #expect(calibration.measurementsUsed == 1)
        #expect(calibration.warnings.contains { $0.contains("before the last operation") })
    }

    @Test("Past cycles: twelve from start to end, every 14 days, partner and antibody counted; a new partner is a new line")
    func history() {
        let subject = Patients.patient(
            sums: [(-170, 120)],
            drugs: [
                Patients.drug(LiverCodes.fluorouracil, from: -168, to: -14), Patients.drug(LiverCodes.oxaliplatin, from: -168, to: -90),
                Patients.drug(LiverCodes.irinotecan, from: -84, to: -14), Patients.drug(LiverCodes.bevacizumab, from: -168, to: -14),
            ])
        let history = LiverRecord(subject).history
        #expect(history.windows.count == 12)
        #expect(Set(history.windows.map(\.origin)) == [-24, -18], "half of 12 weeks' resistance is carried over")
        let surface = LiverVolume.bodySurface(height: 172, weight: 76)
        #expect(abs(history.windows[0].exposure - (0.4 + 2.4 * 0.25) * surface * 1.3 * 1.2) < 1e-12)
        #expect(history.lines.used == [.oxaliplatin, .irinotecan])
    }

    @Test("80 % intervals hold between 70 and 90 % of the truth, over 150 patients drawn from the population")
    func coverage() async throws {
        let random = RandomStream(seed: 77, stream: 4)
        let patients = 150
        var inside = [0, 0, 0]
        for index in 0..<patients {
            let z = random.normals(draw: index, count: 16)
            let truth = (
                growth: 0.015 * (LiverParameters.spread[0] * z[0]).exp(), effect: 0.058 * (LiverParameters.spread[1] * z[1]).exp(),
                resistance: 0.042 * (LiverParameters.spread[2] * z[2]).exp(), baseline: 90 * (0.683 * z[3]).exp()
            )
            let drugs = [
                Patients.drug(LiverCodes.fluorouracil, from: -168, to: -10), Patients.drug(LiverCodes.oxaliplatin, from: -168, to: -10),
            ]
            let course = ClaretCourse(windows: LiverRecord(Patients.patient(sums: [], drugs: drugs)).history.windows)
            func sum(_ week: Double) -> Double {
                truth.baseline
                    * course.logRatio(
                        from: -24, to: week, growth: truth.growth, effect: truth.effect, resistance: truth.resistance
                    ).value.exp()
            }
            let scans = [-24.0, -16, -8, 0].enumerated().map { (day: $1 * 7, mm: max(1, sum($1) + 14.9 * z[4 + $0])) }
            let subject = Patients.patient(sums: scans, drugs: drugs)
            let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 400, seed: UInt64(index)))
            func isInside(_ column: [Double], _ value: Double) -> Bool {
                let sorted = column.sorted()
                return sorted[40] <= value && value <= sorted[359]
            }
            if isInside(calibration.draws.column("KL"), truth.growth) { inside[0] += 1 }
            if isInside(calibration.draws.column("KD"), truth.effect) { inside[1] += 1 }
            let rows = LiverDraws(calibration.draws)
            let now = (0..<rows.count).map { draw in
                let row = rows.row(draw)
                return row.baseline
                    * course.logRatio(from: -24, to: 0, growth: row.growth, effect: row.effect, resistance: row.resistance).value.exp()
            }
            if isInside(now, sum(0)) { inside[2] += 1 }
        }
        for count in inside { #expect((0.70...0.90).contains(Double(count) / Double(patients)), "\(count) of \(patients)") }
    }

    @Test("Four scenarios of 1,000 draws in 120 days: how long, on two cores")
    func speed() async throws {
        let subject = Patients.borderline
        let calibration = try await model.calibrate(subject, settings: CalibrationSettings(seed: 1))
        let scenarios = model.suggestedScenarios(for: subject).map(\.interventions) + [[]]
        var best = Duration.seconds(1000)
        for _ in 0..<5 {
            let clock = ContinuousClock()
            let time = try await clock.measure {
                try await withThrowingTaskGroup(of: Forecast.self) { group in
                    for scenario in scenarios {
                        group.addTask { try await model.forecast(Patients.forecast(subject, calibration, scenario)) }
                    }
                    for try await forecast in group { #expect(forecast.drawCount == 1000) }
                }
            }
            best = min(best, time)
        }
        print("4 scenarios × 1,000 draws × 121 days: \(best)")
    }
}
