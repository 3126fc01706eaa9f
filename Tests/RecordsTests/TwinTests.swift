// A calibration is kept bit for bit; a forecast is found again by what it was made from, and by nothing else.
import Foundation
import GRDB
import StoreSupport
import Testing
import Twins

@testable import Records

@Suite("Twins are kept")
struct TwinTests {
    let folder = try? TemporaryFolder()

    static let odd: [Double] = [
        0, -0.0, 0.1, 1 / 3, .pi, .nan, -.nan, Double(bitPattern: 0x7ff8_0000_dead_beef), .infinity, -.infinity, .leastNonzeroMagnitude,
        .greatestFiniteMagnitude,
    ]

    private func calibration(_ seed: UInt64 = 7) -> Calibration {
        Calibration(
            model: "liver-metastases", modelVersion: "1.0", reference: day("2026-03-10"), parameterNames: ["a", "b", "c"],
            map: [0.1, 1 / 3, -0.0], sd: [.nan, .infinity, 1e-300], objective: -12.345678901234567,
            draws: Draws(parameterNames: ["a", "b", "c"], values: Self.odd), effectiveSampleSize: 912.5, paretoShape: nil, seed: seed,
            measurementsUsed: 2, fit: [], warnings: ["few data"])
    }

    private func subject(reference: String = "2026-03-10", value: Double = 130) -> Subject {
        Subject(
            sex: .female, birth: nil, observations: [ldl(value, "2026-01-10").observation], facts: [], reference: day(reference))
    }

    private func basis(_ settings: CalibrationSettings = CalibrationSettings()) -> CalibrationBasis {
        CalibrationBasis(subject(), settings: settings)
    }

    @Test("a calibration holds for the record, the «now», the version and the settings that it was made with, and no others")
    func current() throws {
        let store = try #require(folder).open()
        try store.importRecords(ImportBatch(patients: [someone()]), origin: origin, actor: "a")
        let token = try store.access(actor: "a", patient: "CRC-0147", categories: .record, purpose: "case")
        func holds(_ subject: Subject, version: String = "1.0", settings: CalibrationSettings? = nil) throws -> Bool {
            try store.currentCalibration(token, model: "liver-metastases", version: version, of: subject, settings: settings) != nil
        }
        #expect(try !holds(subject()), "there is none yet")
        let settings = CalibrationSettings(draws: 500, seed: 7)
        try store.saveCalibration(calibration(), basis: basis(settings), patient: "CRC-0147", actor: "a")
        #expect(try store.calibration(token, model: "liver-metastases")?.basis == basis(settings))
        #expect(try holds(subject()) && holds(subject(), settings: settings))
        #expect(try !holds(subject(value: 131)), "a value was corrected by a second import")
        #expect(try !holds(subject(reference: "2026-03-11")))
        #expect(try !holds(subject(), version: "1.1"))
        #expect(try !holds(subject(), settings: CalibrationSettings(draws: 501, seed: 7)))
        #expect(try !holds(subject(), settings: CalibrationSettings(draws: 500, seed: 8)))
    }

    @Test("a calibration from before its record was noted reads, and does not hold")
    func withoutBasis() throws {
        let store = try #require(folder).open()
        try store.importRecords(ImportBatch(patients: [someone()]), origin: origin, actor: "a")
        try store.saveCalibration(calibration(), basis: basis(), patient: "CRC-0147", actor: "a")
        try rawSQL(store.path, "UPDATE calibration SET head = json_remove(head, '$.basis')")
        let token = try store.access(actor: "a", patient: "CRC-0147", categories: .record, purpose: "case")
        let old = try #require(try store.calibration(token, model: "liver-metastases"))
        #expect(old.basis == nil && old.calibration.seed == 7)
        #expect(try store.currentCalibration(token, model: "liver-metastases", version: "1.0", of: subject()) == nil)
    }

    private func forecast(_ name: String = "A") -> Forecast {
        Forecast(
            model: "liver-metastases", modelVersion: "1.0", scenario: folfox(6, name: name), seed: 7, drawCount: 4, days: [0, 0.1, 30],
            series: [
                ForecastSeries(
                    observable: "sld", label: "Sum", unit: .millimetre,
                    quantiles: [[1, .nan, 3], [], [0.1, 0.2, 0.30000000000000004]], source: Source("a test", .assumption))
            ],
            endpoints: [
                Endpoint(
                    id: "pfs", label: "PFS", unit: .one, better: .higher, values: Self.odd, shares: [.init(category: "PR", share: 1 / 3)],
                    ceiling: .infinity)
            ], marks: [ForecastMark(day: 12, kind: .operation, label: "op")], notes: ["é"])
    }

    private func bits(_ values: [Double]) -> [UInt64] { values.map(\.bitPattern) }

    @Test("draws come back bit for bit, whatever they are, with the hash that the ledger has")
    func draws() throws {
        let store = try #require(folder).open()
        try store.importRecords(ImportBatch(patients: [someone()]), origin: origin, actor: "a")
        let saved = try store.saveCalibration(calibration(), basis: basis(), patient: "CRC-0147", actor: "chair")
        let token = try store.access(actor: "a", patient: "CRC-0147", categories: .record, purpose: "case")
        let read = try #require(try store.calibration(token, model: "liver-metastases"))
        #expect(bits(read.calibration.draws.values) == bits(Self.odd))
        #expect(bits(read.calibration.map) == bits(calibration().map))
        #expect(read.calibration.sd[0].isNaN && read.calibration.sd[1] == .infinity && read.calibration.sd[2] == 1e-300)
        #expect(read.calibration.objective == -12.345678901234567 && read.calibration.paretoShape == nil)
        #expect(read.calibration.warnings == ["few data"])
        #expect(read.drawsSHA256 == saved.drawsSHA256)
        #expect(try store.log(patient: "CRC-0147").first { $0.action == "calibrate" }?.detail["draws"] == saved.drawsSHA256)
        #expect(try store.patient(token).twins == ["liver-metastases"])
    }

    @Test("the latest calibration is the twin; the earlier ones stay")
    func latest() throws {
        let store = try #require(folder).open()
        try store.importRecords(ImportBatch(patients: [someone()]), origin: origin, actor: "a")
        for seed in 1...3 { try store.saveCalibration(calibration(UInt64(seed)), basis: basis(), patient: "CRC-0147", actor: "a") }
        let token = try store.access(actor: "a", patient: "CRC-0147", categories: .record, purpose: "case")
        #expect(try store.calibration(token, model: "liver-metastases")?.calibration.seed == 3)
        #expect(try store.calibration(token, model: "dravet") == nil)
        #expect(try rawValue(store.path, "SELECT count(*) FROM calibration") == "3")
        #expect(throws: StoreError.noSuch(kind: "patient", id: "X")) {
            try store.saveCalibration(calibration(), basis: basis(), patient: "X", actor: "a")
        }
    }

    @Test("draws that were changed in the file are refused")
    func tampered() throws {
        let store = try #require(folder).open()
        try store.importRecords(ImportBatch(patients: [someone()]), origin: origin, actor: "a")
        try store.saveCalibration(calibration(), basis: basis(), patient: "CRC-0147", actor: "a")
        try rawSQL(store.path, "UPDATE calibration SET draws = zeroblob(96)")
        let token = try store.access(actor: "a", patient: "CRC-0147", categories: .record, purpose: "case")
        let error = #expect(throws: StoreError.self) { try store.calibration(token, model: "liver-metastases") }
        #expect(error?.exitStatus == 65 && error?.description.contains("draws") == true)
    }

    @Test("a forecast comes back as it was, and a damaged one not at all")
    func forecasts() throws {
        let store = try #require(folder).open()
        let key = key()
        #expect(try store.forecast(key) == nil)
        try store.saveForecast(forecast(), key: key)
        let read = try #require(try store.forecast(key))
        #expect(bits(read.endpoints[0].values) == bits(Self.odd))
        #expect(bits(read.series[0].quantiles[0]) == bits([1, .nan, 3]))
        #expect(read.series[0].quantiles[1].isEmpty && read.series[0].quantiles[2] == [0.1, 0.2, 0.30000000000000004])
        #expect(read.endpoints[0].ceiling == .infinity && read.endpoints[0].shares == forecast().endpoints[0].shares)
        #expect(read.days == [0, 0.1, 30] && read.marks == forecast().marks && read.scenario == forecast().scenario)
        let bytes = try ForecastBytes.encode(forecast())
        for length in 0..<bytes.count { #expect(ForecastBytes.decode(bytes.prefix(length)) == nil) }
        #expect(ForecastBytes.decode(bytes + [0]) == nil)
        try rawSQL(store.path, "UPDATE forecast SET body = x'00'")
        #expect(try store.forecast(key) == nil)
    }

    @Test("the cache stays within its bound: what was saved first goes first")
    func bounded() throws {
        let store = try #require(folder).open()
        let size = try ForecastBytes.encode(forecast()).count
        for index in 0..<6 { try store.saveForecast(forecast(), key: key(seed: UInt64(index)), limit: size * 3 + 1) }
        #expect(try (0..<6).map { try store.forecast(key(seed: UInt64($0))) != nil } == [false, false, false, true, true, true])
    }

    private func key(
        scenario: Scenario = folfox(6), seed: UInt64 = 7, days: [Double] = [0, 30], draws: String = "d", version: String = "1",
        model: String = "m", reference: Instant = day("2026-01-01"), value: Double = 1, limit: Int? = nil,
        arithmetic: Arithmetic = .baseline
    ) -> ForecastKey {
        let subject = Subject(
            sex: .female, birth: nil, observations: [ldl(value, "2026-01-01").observation], facts: [], reference: reference)
        return ForecastKey(
            ForecastRequest(subject: subject, calibration: calibration(), scenario: scenario, days: days, seed: seed, drawLimit: limit),
            modelID: model, version: version, arithmetic: arithmetic, drawsSHA256: draws)
    }

    @Test("whatever a forecast is made from changes its key; the order of a form's values does not")
    func keys() {
        var turned = folfox(6)
        turned.interventions[0].values = ["bevacizumab": .flag(true), "cycles": .number(6)]
        #expect(key(scenario: turned) == key())
        var choice = folfox(6)
        choice.interventions[0].values["cycles"] = .choice("6")
        let all = [
            key(), key(scenario: folfox(8)), key(scenario: folfox(6, name: "B")), key(scenario: choice), key(seed: 8), key(days: [0, 31]),
            key(days: [0]), key(draws: "e"), key(version: "2"), key(model: "n"), key(reference: day("2026-01-02")), key(value: 2),
            key(limit: 64), key(arithmetic: .fused),
        ]
        #expect(Set(all).count == all.count)
    }
}
