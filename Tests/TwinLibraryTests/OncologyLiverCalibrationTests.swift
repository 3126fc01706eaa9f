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

    @Test("Two identical scans of one moment count once, and the fit says so")
    func duplicates() async throws {
        let settings = CalibrationSettings(draws: 100, seed: 5)
        let one = try await model.calibrate(Patients.patient(sums: [(-56, 140), (0, 118)]), settings: settings)
        let twice = try await model.calibrate(Patients.patient(sums: [(-56, 140), (-56, 140), (0, 118)]), settings: settings)
        #expect(twice.draws == one.draws && twice.measurementsUsed == 2)
        #expect(twice.warnings.contains { $0.contains("recorded twice, counted once") })
    }

    @Test("Drugs of one cycle given hours apart belong together; days apart they do not")
    func partnersHoursApart() {
        let days = [-56.0, -42, -28, -14]
        func drugs(_ apart: Double) -> [CodedFact] {
            days.flatMap { day in
                [
                    Patients.drug(LiverCodes.fluorouracil, from: day, to: day),
                    Patients.drug(LiverCodes.oxaliplatin, from: day - apart, to: day - apart),
                    Patients.drug(LiverCodes.bevacizumab, from: day + apart, to: day + apart),
                ]
            }
        }
        let surface = LiverVolume.bodySurface(height: 172, weight: 76)
        let near = LiverRecord(Patients.patient(sums: [(0, 80)], drugs: drugs(2.0 / 24))).history
        #expect(near.windows.count == 4 && near.lines.used == [.oxaliplatin])
        #expect(near.windows.allSatisfy { abs($0.exposure - (0.4 + 2.4 * 0.25) * surface * 1.3 * 1.2) < 1e-12 })
        #expect(near.recentDays == 56)
        #expect(abs((near.lastBevacizumab ?? .nan) - (-14 + 2.0 / 24)) < 1e-6)
        let far = LiverRecord(Patients.patient(sums: [(0, 80)], drugs: drugs(4))).history
        #expect(far.windows.allSatisfy { abs($0.exposure - (0.4 + 2.4 * 0.25) * surface) < 1e-12 })
    }

    @Test("Oxaliplatin with capecitabine is a line used: no fresh start with FOLFOX, one with FOLFIRI; its days count for the gate")
    func capecitabineLine() throws {
        let subject = Patients.patient(
            sums: [(0, 80)],
            drugs: [
                Patients.drug(LiverCodes.capecitabine, from: -168, to: -70), Patients.drug(LiverCodes.oxaliplatin, from: -168, to: -70),
            ])
        let record = LiverRecord(subject)
        #expect(record.history.windows.isEmpty && record.history.lines.used == [.oxaliplatin])
        #expect(record.history.recentDays == 112)
        #expect(record.warnings.contains { $0.contains("counts as a line of treatment") })
        func starts(_ backbone: String) throws -> [(week: Double, resisted: Double)] {
            let scenario = try model.completed(Scenario(name: "", interventions: [Patients.systemic(backbone)]))
            return LiverCourse(scenario, history: record.history, bodySurface: 1.8).lineStarts
        }
        #expect(try starts("folfox").isEmpty)
        let irinotecan = try starts("folfiri")
        #expect(irinotecan.count == 1 && irinotecan[0].resisted == 12, "half of 24 weeks")
    }

    @Test("A height or weight that no adult has is left out by name, and nothing is made of it")
    func implausibleBody() {
        for (height, isUsed) in [(172.0, true), (100, true), (230, true), (1.72, false), (99.9, false), (231, false)] {
            let record = LiverRecord(Patients.patient(sums: [(0, 60)], height: height))
            #expect((record.bodySurface != nil) == isUsed)
            #expect(record.warnings.contains { $0.contains("height \(height) cm is outside 100 to 230 cm") } == !isUsed)
        }
        var heavy = Patients.patient(sums: [(0, 60)])
        heavy.observations.append(Patients.number(LiverCodes.weight, 76_000, .kilogram, day: -1))
        let record = LiverRecord(heavy)
        #expect(record.bodySurface == nil && record.standardVolume == nil)
        #expect(record.warnings.contains { $0.contains("weight 76000.0 kg") })
    }
}
