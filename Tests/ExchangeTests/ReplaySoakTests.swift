// Forecasts recorded in signed decisions, computed again from the store alone: the same bytes.
import Foundation
import Meetings
import Records
import StoreSupport
import Testing
import TwinLibrary
import Twins

@testable import Exchange

@Suite("Recorded forecasts come out again, byte for byte", .serialized)
struct ReplaySoakTests {
    private struct Subjects {
        var item: Int64
        var patient: String
        var model: any TwinModel
        var subject: Subject
        var twins: [StoredCalibration]
    }

    private static let perDecision = 2

    /// A case with some calibrations of few draws, each from another seed.
    private func prepare(_ store: Store, _ patient: String, _ name: String) async throws -> Subjects {
        _ = try Importer(store: store, actor: "test").importFile(path: demoFile(patient + ".json"), map: nil)
        let model = try #require(TwinLibrary.models.first { $0.id == name })
        let token = try store.access(actor: "test", patient: patient, categories: .record.union([.twins]), purpose: "test")
        let subject = try store.subject(token, reference: nil)
        var twins: [StoredCalibration] = []
        for seed in 1...4 {
            let settings = CalibrationSettings(draws: 24, seed: UInt64(seed))
            let calibration = try await model.calibrate(subject, settings: settings)
            twins.append(
                try store.saveCalibration(
                    calibration, basis: CalibrationBasis(subject, settings: settings), patient: patient, actor: "test"))
        }
        let item = try store.addAgendaItem(
            AgendaItemRow(meeting: "m", patient: patient, model: name, question: "?", reference: subject.reference), scenarios: [])
        return Subjects(item: item.id, patient: patient, model: model, subject: subject, twins: twins)
    }

    @Test("of 40 recorded forecasts (1,000 with TWINBOARD_SOAK=1) 0 differ; what is changed in a record is seen")
    func replay() async throws {
        let wanted = ProcessInfo.processInfo.environment["TWINBOARD_SOAK"] == nil ? 40 : 1000
        let folder = FileManager.default.temporaryDirectory.appending(path: "replay-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "board.sqlite").path
        var subjects: [Subjects] = []
        do {
            let store = try Store.open(path: path)
            try store.saveMeeting(
                MeetingRow(id: "m", title: "Board", board: "liver", start: Instant(milliseconds: 0), chair: "Dr A"), seats: [])
            subjects = [
                try await prepare(store, "MEM-0055", "alzheimer-course"), try await prepare(store, "CRC-0147", "liver-metastases"),
            ]
            let chair = try store.testSigner("Dr A")
            for number in 0..<(wanted / Self.perDecision) {
                let who = subjects[number % subjects.count]
                let twin = who.twins[number / 2 % who.twins.count]
                let suggested = who.model.suggestedScenarios(for: who.subject)
                // Other days and another seed each time: no two decisions keep the same bytes.
                let days = (0...12).map { who.model.horizon * Double($0) / 12 * (1 - Double(number) / 4096) }
                var forecasts: [Forecast] = []
                for place in 0..<Self.perDecision {
                    forecasts.append(
                        try await who.model.forecast(
                            ForecastRequest(
                                subject: who.subject, calibration: twin.calibration,
                                scenario: suggested[(number + place) % suggested.count],
                                days: days, seed: UInt64(number + 1))))
                }
                let seen = SimulationSeen(
                    twin: twin.calibration, drawsSHA256: twin.drawsSHA256, comparison: Comparison(forecasts))
                let version = number / subjects.count + 1
                let decision = Decision(
                    agendaItem: who.item, version: version,
                    draft: DecisionDraft(present: [], question: "?", options: [], choice: .other("wait"), reason: "for a test"),
                    signedBy: "Dr A", signedAt: Instant(milliseconds: 0), quorumReached: true, seen: seen)
                try store.sign(who.item, expectedVersion: version, signer: chair, actor: "chair") { _ in try StoredJSON.text(decision) }
            }
        }
        // From here on nothing is known but what the store and its sheets hold.
        let store = try Store.open(path: path)
        let board = Board(store)
        var digests: Set<String> = []
        var replayed = 0
        var different: [String] = []
        for who in subjects {
            let token = try store.access(actor: "test", patient: who.patient, categories: .record.union([.twins]), purpose: "replay")
            for decision in try board.decisions(who.item) {
                let seen = try #require(decision.seen)
                let twin = try #require(try store.calibration(token, model: seen.model, drawsSHA256: seen.drawsSHA256))
                let subject = try store.subject(token, reference: seen.reference)
                func again(_ seen: SimulationSeen) async throws -> Replay {
                    try await Replay.computed(seen, model: who.model, twin: twin, subject: subject, days: [0])
                }
                let replay = try await again(seen)
                if replay != .sameBytes(forecasts: Self.perDecision) { different.append("\(who.patient) \(decision.version): \(replay)") }
                replayed += seen.forecastSHA256?.count ?? 0
                digests.formUnion(seen.forecastSHA256 ?? [])
                guard decision.version == 1 else { continue }
                var changed = seen
                changed.days = seen.days.map { $0.map { $0 * 0.999 } }
                #expect(try await again(changed) != replay, "other days are other forecasts")
                changed = seen
                changed.forecastSHA256?[0] = String(repeating: "0", count: 64)
                #expect(try await again(changed) == .otherBytes(count: 1, of: 2, scenario: seen.scenarios[0].name))
            }
        }
        print("replayed \(replayed) recorded forecasts, \(digests.count) of them unlike each other: \(different.count) decisions differ")
        #expect(different.isEmpty, "\(different.prefix(3))")
        #expect(replayed == wanted)
        #expect(digests.count > wanted * 9 / 10)
        #expect(try store.verifyLedger().signed == wanted / Self.perDecision)
    }
}
