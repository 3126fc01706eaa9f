// A meeting of four cases in a store of its own, with a clock that the test moves.
import Foundation
import Records
import Synchronization
import Twins

@testable import Meetings

/// Time as the test wants it.
final class TestClock: Sendable {
    private let time = Mutex(Instant(milliseconds: 1_796_000_000_000))
    var now: Instant { time.withLock(\.self) }
    func pass(seconds: Double) { time.withLock { $0 = Instant(milliseconds: $0.milliseconds + Int64(seconds * 1000)) } }
}

final class SeatFixture {
    static let chair = Seat(name: "Claire Martin", specialty: "surgery", role: .chair)
    static let oncologist = Seat(name: "Jonas Weber", specialty: "oncology")
    static let radiologist = Seat(name: "Ines Roux", specialty: "radiology")
    static let observer = Seat(name: "Ola Nord", specialty: "nursing", role: .observer)

    let path: String
    let clock = TestClock()
    let board: Board
    private let folder: URL

    init(cases: Int = 2, ownClock: Bool = true) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "seats-\(UUID().uuidString)")
        path = folder.appending(path: "board.sqlite").path
        let clock = clock
        let time: @Sendable () -> Instant = { clock.now }
        board = Board(try Store.open(path: path, clock: ownClock ? time : Store.systemClock))
        var batch = ImportBatch(patients: [])
        for number in 1...cases {
            batch.patients.append(
                ImportBatch.Entry(
                    patient: ImportPatient(
                        source: "test:\(number)", id: "CRC-000\(number)", sex: .female, birth: nil, birthPrecision: .day, note: "",
                        identity: nil), observations: [], facts: [], documents: []))
        }
        _ = try board.store.importRecords(batch, origin: ImportOrigin(name: "test", format: "test", sha256: ""), actor: "test")
        let day = CalendarDay(number: 20_783)
        try board.add(
            Meeting(
                id: "m1", title: "Liver board", board: "liver", day: day, time: "14:00", chair: Self.chair.name, isDemo: false,
                seats: [Self.chair, Self.oncologist, Self.radiologist]),
            agenda: (1...cases).map { number in
                (
                    AgendaItem(
                        id: 0, meeting: "m1", position: number, patient: "CRC-000\(number)", model: "liver-metastases",
                        question: "Resect?", reference: Instant(day), state: .waiting),
                    [Scenario(name: "A", interventions: []), Scenario(name: "B", interventions: [Intervention("systemic")])]
                )
            })
    }
    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Another terminal on the same store.
    func other() throws -> Board {
        let clock = clock
        return Board(try Store.open(path: path, clock: { clock.now }))
    }

    func items() throws -> [AgendaItem] { try board.agenda("m1") }

    func draft(_ reason: String = "", choice: Choice? = .scenario("A")) -> DecisionDraft {
        DecisionDraft(present: [Self.chair], question: "Resect?", options: ["A", "B"], choice: choice, reason: reason)
    }
}
