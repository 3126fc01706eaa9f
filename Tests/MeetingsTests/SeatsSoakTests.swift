// Eight seats as eight processes on one store, and seats killed at any moment: nothing that was acknowledged is lost.
// A short form by itself; an hour and a thousand rounds where TWINBOARD_SOAK is 1 (make soak).
import Foundation
import Records
import TestSupport
import Testing
import Twins

@testable import Meetings

@Suite("Seats under load", .serialized)
struct SeatsSoakTests {
    private static let isLong = ProcessInfo.processInfo.environment["TWINBOARD_SOAK"] == "1"

    /// A seat's process, and what it has said so far.
    private final class Worker {
        let process = Process()
        private let said: URL
        init(_ fixture: SeatFixture, name: String, seconds: Double, role: Seat.Role, seed: Int) throws {
            said = URL(fileURLWithPath: fixture.path + ".\(UUID().uuidString).log")
            _ = FileManager.default.createFile(atPath: said.path, contents: nil)
            process.executableURL = URL(fileURLWithPath: BuiltProgram.path("SeatProbe"))
            process.arguments = [fixture.path, "m1", name, "\(seconds)", role.rawValue, "\(seed)"]
            process.standardOutput = try FileHandle(forWritingTo: said)
            try process.run()
        }
        func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }
        /// Whole lines only: the last of a killed process may be cut.
        func lines() throws -> [[String]] {
            process.waitUntilExit()
            let text = try String(contentsOf: said, encoding: .utf8)
            return text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        }
    }

    private static func number(_ text: String?) -> Int { text?.split(separator: " ").first.flatMap { Int($0) } ?? 0 }

    /// What was acknowledged is in the store, and nothing was written over.
    private func check(_ fixture: SeatFixture, _ lines: [[String]], killed: Int) throws {
        let board = fixture.board
        let acknowledged = lines.filter { $0.first == "ack" && $0.count >= 4 }
        for item in try fixture.items() {
            let id = String(item.id)
            let voices = try board.store.voices(item.id)
            for (kind, rows) in [("opinion", voices.opinions), ("vote", voices.votes)] {
                let said = Set(acknowledged.filter { $0[1] == kind && $0[2] == id }.map { $0[3..<($0.count - 1)].joined(separator: " ") })
                let kept = Set(rows.map(\.body))
                for words in said { #expect(kept.contains { $0.contains("\"\(words)\"") }, "\(kind) \(words) of case \(id) is lost") }
            }
            let counts = [
                "draft": Self.number(try board.draft(item.id)?.reason),
                "scenario": Self.number(try board.scenarios(item.id).scenarios.first?.scenario.name),
            ]
            for (kind, last) in counts {
                let numbers = acknowledged.filter { $0[1] == kind && $0[2] == id }.compactMap { Int($0[3]) }
                #expect(Set(numbers).count == numbers.count, "a \(kind) of case \(id) was written over")
                #expect(numbers.allSatisfy { $0 <= last })
                // A killed seat may have committed one that it could not acknowledge any more.
                #expect(last - numbers.count <= killed && last >= numbers.count, "\(kind) of case \(id): \(numbers.count) of \(last)")
            }
        }
        #expect(lines.filter { $0.first == "locked" || $0.first == "failed" } == [])
        #expect(try board.store.verifyLedger().isWhole)
    }

    @Test(
        "Eight seats at work: nothing lost, nobody told that the store is locked, a commit in less than 100 ms, a follower within a second")
    func eightSeats() throws {
        let seconds: Double = Self.isLong ? 3600 : 10
        let fixture = try SeatFixture(cases: 4, ownClock: false)
        let workers = try (0..<8).map { place in
            try Worker(
                fixture, name: "Seat \(place)", seconds: seconds, role: place == 0 ? .presenter : place == 7 ? .observer : .member,
                seed: place + 1)
        }
        let lines = try workers.flatMap { try $0.lines() }
        #expect(workers.allSatisfy { $0.process.terminationStatus == 0 })
        try check(fixture, lines, killed: 0)
        let microseconds = lines.filter { $0.first == "ack" }.compactMap { $0.last.flatMap { Int($0) } }.sorted()
        #expect(microseconds.count > Int(seconds) * 8)
        let p99 = Double(microseconds[microseconds.count * 99 / 100]) / 1000
        let slowest = Double(microseconds.last ?? 0) / 1000
        let follows = lines.filter { $0.first == "follow" && $0.count == 3 }
        let slowestFollow = follows.compactMap { Int($0[1]) }.max() ?? .max
        let followed = follows.compactMap { Int($0[2]) }.reduce(0, +)
        let told = lines.filter { $0.first == "told" }.count
        print(
            "eight seats, \(Int(seconds)) s: \(microseconds.count) commits, p99 \(p99) ms, slowest \(slowest) ms; \(told) told of another's "
                + "change; \(followed) pointers followed, slowest \(slowestFollow) ms; ledger \(try fixture.board.store.ledgerHead().sequence)"
        )
        #expect(p99 < 100)
        #expect(followed > Int(seconds) * 5 && slowestFollow < 1000)
        #expect(try fixture.board.present("m1").isEmpty)
        #expect(try fixture.board.attendance("m1").allSatisfy { $0.left != nil })
    }

    @Test("One seat killed at any moment: the others go on, what was acknowledged is there, the ledger is whole")
    func killed() throws {
        let rounds = Self.isLong ? 1000 : 25
        let fixture = try SeatFixture(cases: 4, ownClock: false)
        var lines: [[String]] = []
        var random = SystemRandomNumberGenerator()
        var acknowledged = 0
        for round in 1...rounds {
            let seats = try (0..<2).map { place in
                try Worker(fixture, name: "Round \(round) seat \(place)", seconds: 0.6, role: .member, seed: round * 7 + place)
            }
            usleep(UInt32.random(in: 20_000...550_000, using: &random))
            seats[0].kill()
            let survivor = try seats[1].lines()
            #expect(seats[1].process.terminationStatus == 0 && survivor.last?.first == "left", "round \(round): the other did not go on")
            let dead = try seats[0].lines()
            // What the killed one was saying when it died may be cut in the middle of its last line.
            lines += survivor + (dead.last?.first == "ack" ? dead.dropLast() : dead)
            acknowledged = lines.count { $0.first == "ack" }
        }
        // Each death may leave one commit unsaid, and the one line that was dropped here.
        try check(fixture, lines, killed: rounds * 2)
        print("\(rounds) seats killed: \(acknowledged) acknowledged commits, none lost")
        #expect(acknowledged > rounds)
    }
}
