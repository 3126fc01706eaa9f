// Two people in two terminals on one store: one moves, the other sees it; what both write is kept.
import Foundation
import Meetings
import Records
import Surface
import TestSupport
import Testing
import TwinLibrary
import Twins
import Workstation

@Suite("Several seats on one store", .serialized)
struct SeatsTests {
    private static let chair = "Prof. Aurélien Delmas"
    private static let member = "Dr Leïla Benhaddou"

    private func sit(_ store: String, _ name: String, columns: Int = 120, rows: Int = 36, _ more: [String] = []) throws -> PseudoTerminal {
        try PseudoTerminal(
            DemoStore.program, ["open", "--store", store, "--meeting", "liver-2026-11-26", "--seat", name] + more, columns: columns,
            rows: rows, environment: ["TWINBOARD_SHARE": SharedFiles.projectRoot, "TZ": "UTC"])
    }

    @Test("The presenter moves, and the follower's screen shows it within a second; before, both are asked for their opinion")
    func follow() throws {
        let store = try DemoStore.copy()
        let presenter = try sit(store, Self.chair)
        #expect(presenter.waitFor("CRC-0112"))
        let follower = try sit(store, Self.member, columns: 80, rows: 24)
        #expect(follower.waitFor("CRC-0112"))
        #expect(presenter.waitFor("no quorum 2/3"))
        presenter.type("3")
        #expect(presenter.waitFor("Your own opinion first"))
        #expect(follower.waitFor("Your own opinion first"))
        #expect(!follower.screenText.contains("median"))
        follower.type("b")
        follower.press(.enter)
        #expect(follower.waitFor("Endpoint"), "\(follower.screenText)")
        presenter.type("a")
        presenter.press(.enter)
        #expect(presenter.waitFor("Endpoint"), "\(presenter.screenText)")
        var delays: [Duration] = []
        func measure(_ key: String, until text: String) {
            let clock = ContinuousClock()
            let start = clock.now
            presenter.type(key)
            // The two terminals are read in turn: neither may fill up.
            #expect(
                follower.wait(.seconds(10)) {
                    presenter.settle(.milliseconds(1))
                    return follower.screenText.contains(text)
                }, "«\(text)» after \(key):\n\(follower.screenText)")
            delays.append(clock.now - start)
        }
        presenter.settle()
        follower.settle()
        for _ in 0..<5 {
            measure("2", until: "Twin's fit")
            measure("3", until: "Endpoint")
        }
        measure("n", until: "CRC-0147")
        let slowest = delays.max() ?? .seconds(10)
        print("followed over two terminals: \(delays.count) moves, slowest \(slowest)")
        #expect(slowest < .seconds(1))
        follower.type("1")
        #expect(follower.waitFor("You look for yourself"))
        presenter.type("q")
        #expect(presenter.finish() == .exited(0))
        follower.type("7")
        #expect(follower.waitFor("Here now (1)"))
        follower.type("q")
        #expect(follower.finish() == .exited(0))
    }

    @Test("A name that sits there already is refused with the reason; one that is not on the roster needs a specialty")
    func refused() throws {
        let store = try DemoStore.copy()
        let first = try sit(store, Self.chair)
        #expect(first.waitFor("CRC-0112"))
        let second = try sit(store, Self.chair)
        #expect(second.waitFor("already sits at another terminal"))
        #expect(second.finish() == .exited(65))
        let stranger = try sit(store, "Dr Nobody")
        #expect(stranger.waitFor("is not on the roster"))
        #expect(stranger.finish() == .exited(64))
        first.type("q")
        #expect(first.finish() == .exited(0))
        let again = try sit(store, Self.chair)
        #expect(again.waitFor("CRC-0112"))
        again.type("q")
        #expect(again.finish() == .exited(0))
    }

    @Test("From a shell: an opinion stays sealed until the chair unseals, votes are cast on the draft, and the log is whole")
    func shell() throws {
        let store = try DemoStore.copy()
        let terminal = try sit(store, Self.chair)
        #expect(terminal.waitFor("CRC-0112"))
        func run(_ arguments: String...) throws -> CommandResult { try DemoStore.run(arguments + ["--store", store]) }
        let given = try run("opinion", "CRC-0112", "--seat", Self.member, "--other", "wait and see", "--reason", "frail")
        #expect(given.status == 0 && given.output.contains("wait and see"), "\(given.errors)")
        let chairs = try run("opinion", "CRC-0112", "--seat", Self.chair, "--format", "json")
        #expect(chairs.status == 0 && !chairs.output.contains("wait and see"))
        #expect(try run("opinion", "CRC-0112", "--seat", Self.member, "--unseal", "--reason", "hurry").status == 1)
        #expect(try run("opinion", "CRC-0112", "--seat", Self.chair, "--none", "--reason", "conflict of interest").status == 0)
        let unsealed = try run("opinion", "CRC-0112", "--seat", Self.chair, "--format", "csv")
        #expect(unsealed.output.contains("wait and see"))
        #expect(try run("vote", "CRC-0112", "agrees", "--seat", Self.member).status == 1)
        let board = Board(try Store.open(path: store))
        let item = try #require(try board.items(patient: "CRC-0112").first)
        try board.save(DecisionDraft(present: [], question: "?", options: [], choice: .other("wait")), item: item.id)
        #expect(try run("vote", "CRC-0112", "dissents", "--words", "too early", "--seat", Self.member).output.contains("too early"))
        #expect(try DemoStore.run(["log", "--verify", "--store", store]).status == 0)
        terminal.type("q")
        #expect(terminal.finish() == .exited(0))
    }

    @Test("Two workers on one store: the second's draft is merged where the fields differ, and asked about where they do not")
    func twoWorkers() throws {
        let store = try DemoStore.copy()
        let first = try FakeTerminal(Store.open(path: store), meeting: "liver-2026-11-26")
        let second = try FakeTerminal(Store.open(path: store), meeting: "liver-2026-11-26")
        for seat in [first, second] {
            #expect(seat.waitFor("CRC-0112"))
            seat.type("6")
            #expect(seat.waitFor("The board proposes"))
            seat.settle()
        }
        try Robot.write(first, into: "Reason", "two small lesions")
        first.settle()
        try Robot.write(second, into: "Dissent", "one of five")
        second.settle()
        #expect(second.screenText.contains("two small lesions") && second.screenText.contains("one of five"), "\(second.screenText)")
        try Robot.write(first, into: "Reason", " and a large remnant")
        first.settle()
        try Robot.write(second, into: "Reason", " and frail")
        #expect(second.waitFor("Both of you changed the reason"), "\(second.screenText)")
        let board = Board(try Store.open(path: store))
        let item = try #require(try board.items(patient: "CRC-0112").first)
        #expect(try board.draft(item.id)?.reason == "two small lesions and a large remnant")
        second.type("mine")
        second.press(.enter)
        second.settle()
        #expect(try board.draft(item.id)?.reason == "two small lesions and frail")
        #expect(try board.draft(item.id)?.dissent == "one of five")
    }
}
