// The program in a real terminal on a store of 10,000 patients and a million observations.
import Foundation
import Records
import StoreSupport
import Surface
import TestSupport

enum LargeBoard {
    static func rows(_ folder: Scratch) throws -> [Row] {
        progress("making a store of 10,000 patients and 1,000,000 observations")
        let store = folder.path + "/large.sqlite"
        try LargeStore.fill(store, patients: 10_000, observationsEach: 100)
        let share = SharedFiles.projectRoot + "/demo-data"
        let files = try FileManager.default.contentsOfDirectory(atPath: share).filter { $0.hasPrefix("CRC-") && $0.hasSuffix(".json") }
            .sorted()
        try folder.program(["import", "--store", store] + files.map { share + "/" + $0 })
        try folder.program(["import", "--store", store, share + "/liver-board.toml"])
        try folder.program(["calibrate", "--store", store, "CRC-0147"])
        return try firstFrame(store) + (try atWork(store)) + (try idle(store)) + (try search(store))
    }

    private static func open(_ store: String) throws -> PseudoTerminal {
        try PseudoTerminal(
            BuiltProgram.path("twinboard"), ["open", "--store", store, "--meeting", "liver-2026-11-26"], columns: 120, rows: 36,
            environment: ["TWINBOARD_SHARE": SharedFiles.projectRoot])
    }

    /// From the start of the process to the agenda on the screen.
    private static func firstFrame(_ store: String) throws -> [Row] {
        progress("first frame")
        var times = Times()
        for _ in 0..<15 {
            let start = ContinuousClock.now
            let terminal = try open(store)
            guard terminal.waitFor("CRC-0147") else { throw Failure("no agenda:\n\(terminal.screenText)") }
            times.add(ContinuousClock.now - start)
            terminal.type("q")
            _ = terminal.finish()
        }
        return [
            .atMost(
                100, "ms", times.median, "first frame, 10,000 patients and 1,000,000 observations", detail: "worst \(Row.text(times.worst))"
            )
        ]
    }

    /// From a key to the first byte of the picture that answers it: a frame is written in one go.
    private static func answer(_ terminal: PseudoTerminal, _ key: Key) throws -> Duration {
        let before = terminal.bytesReceived
        let start = ContinuousClock.now
        terminal.press(key)
        guard terminal.wait(until: { terminal.bytesReceived > before }) else {
            throw Failure("no answer to \(key):\n\(terminal.screenText)")
        }
        let time = ContinuousClock.now - start
        terminal.settle(.milliseconds(15))
        return time
    }

    private static func atWork(_ store: String) throws -> [Row] {
        progress("keys")
        let terminal = try open(store)
        guard terminal.waitFor("CRC-0147") else { throw Failure("no agenda") }
        var moves = Times()
        for round in 0..<200 { moves.add(try answer(terminal, round % 6 < 3 ? .down : .up)) }
        terminal.press(.home)
        terminal.press(.down)
        terminal.settle()
        terminal.type("3")
        guard terminal.waitFor("Endpoint"), terminal.waitFor("median and 80 %") else {
            throw Failure("no comparison:\n\(terminal.screenText)")
        }
        terminal.settle(.seconds(1))
        var cursor = Times()
        for round in 0..<200 { cursor.add(try answer(terminal, .character(round % 20 < 10 ? ">" : "<"))) }
        let before = terminal.bytesReceived
        terminal.press(.control("l"))
        terminal.settle(.milliseconds(400))
        let redraw = terminal.bytesReceived - before
        terminal.type("4")
        guard terminal.waitFor("FOLFOX") else { throw Failure("no editor:\n\(terminal.screenText)") }
        terminal.settle(.seconds(1))
        // The first value of the form.
        for _ in 0..<2 { terminal.press(.down) }
        terminal.settle(.milliseconds(300))
        let value = terminal.text(6)
        terminal.type("+")
        terminal.settle(.milliseconds(600))
        guard terminal.text(6) != value else { throw Failure("the key changed nothing:\n\(terminal.screenText)") }
        var edits = Times()
        for round in 0..<60 {
            edits.add(try answer(terminal, .character(round % 2 == 0 ? "+" : "-")))
        }
        let memory = Double(ProcessUse(terminal.child).residentBytes) / 1_048_576
        terminal.type("q")
        _ = terminal.finish()
        return [
            .atMost(
                16, "ms", moves.quantile(0.99), "a key on the agenda to the screen, 99th percentile of 200",
                detail: "median \(Row.text(moves.median))"),
            .atMost(
                16, "ms", cursor.quantile(0.99), "the date cursor on Compare, 99th percentile of 200",
                detail: "median \(Row.text(cursor.median))"),
            .atMost(
                16, "ms", edits.quantile(0.95), "an edit drawn as a draft, 95th percentile of 60",
                detail: "median \(Row.text(edits.median))"),
            .atMost(12_000, "bytes", Double(redraw), "full redraw of Compare at 120×36"),
            .atMost(60, "MB", memory, "resident memory with that store open, after this work"),
        ]
    }

    /// Between two ticks of the clock.
    private static func idle(_ store: String) throws -> [Row] {
        progress("idle: about two minutes")
        let terminal = try open(store)
        guard terminal.waitFor("CRC-0147") else { throw Failure("no agenda") }
        terminal.settle(.milliseconds(500))
        let second = Int(Date.now.timeIntervalSince1970) % 60
        // From shortly after one tick of the clock to shortly before the next.
        terminal.wait(.seconds(62 - second)) { false }
        let bytes = terminal.bytesReceived
        let before = ProcessUse(terminal.child)
        terminal.wait(.seconds(50)) { false }
        let after = ProcessUse(terminal.child)
        let share = (after.processorSeconds - before.processorSeconds) / 50 * 100
        let written = terminal.bytesReceived - bytes
        terminal.type("q")
        _ = terminal.finish()
        return [
            .atMost(0, "bytes", Double(written), "written in 50 idle seconds between ticks"),
            .atMost(0.1, "%", share, "processor in those 50 seconds", detail: "the kernel counts in steps of 0.02 %"),
        ]
    }

    private static func search(_ path: String) throws -> [Row] {
        progress("search")
        let store = try Store.open(path: path)
        let list = try store.accessList(actor: "bench", categories: [.list, .search], purpose: "bench")
        var times = Times()
        let clock = ContinuousClock()
        for words in ["resection hepatique", "chimiotherapie", "memoire", "recidive pulmonaire", "dossier"] {
            for _ in 0..<20 { times.add(try clock.measure { _ = try store.search(words, list, limit: 40) }) }
        }
        return [
            .told(
                "search in 20,000 letters, 99th percentile of 100",
                "\(Row.text(times.quantile(0.99))) ms, median \(Row.text(times.median)) ms")
        ]
    }
}
