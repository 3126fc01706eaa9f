// The main path in a real terminal: from the agenda to a signed decision, and what happens when things break.
import Foundation
import Glibc
import Records
import Surface
import TestSupport
import Testing

@Suite("The workstation in a real terminal", .serialized)
struct MainPathTests {
    private func open(_ store: String, columns: Int = 120, rows: Int = 36, environment: [String: String] = [:]) throws -> PseudoTerminal {
        var variables = ["TWINBOARD_SHARE": SharedFiles.projectRoot, "TZ": "UTC"]
        for (name, value) in environment { variables[name] = value }
        return try PseudoTerminal(
            DemoStore.program, ["demo", "--store", store, "--meeting", "liver-2026-11-26"], columns: columns, rows: rows,
            environment: variables)
    }

    @Test("A chair walks from the agenda to a signed decision and on to the next case")
    func mainPath() throws {
        let store = try DemoStore.copy()
        let terminal = try open(store)
        #expect(terminal.waitFor("Agenda"))
        #expect(terminal.waitFor("CRC-0112"))
        terminal.press(.enter)
        #expect(terminal.waitFor("Twin's fit"))
        terminal.type("g")
        #expect(terminal.waitFor("Endpoint"))
        terminal.type("v")
        #expect(terminal.waitFor("How well it fitted"))
        terminal.type("6")
        #expect(terminal.waitFor("The board proposes"))
        try choose(terminal, "( )")
        #expect(terminal.waitFor("(x)"))
        try write(terminal, into: "Reason", "Two small lesions and a large remnant")
        try write(terminal, into: "Follow-up", "+12w")
        #expect(terminal.waitFor("ready to sign"))
        terminal.type("s")
        #expect(terminal.waitFor("Sign the decision"))
        terminal.type("Wrong Name")
        terminal.press(.enter)
        #expect(terminal.waitFor("is not the chair"))
        for _ in 0..<10 { terminal.press(.backspace) }
        terminal.type("Prof. Aurelien Delmas")
        terminal.press(.enter)
        #expect(terminal.waitFor("Signed by"))
        terminal.type("n")
        #expect(terminal.waitFor("Twin's fit"))
        #expect(terminal.waitFor("2/"))
        terminal.type("q")
        #expect(terminal.finish() == .exited(0))
        #expect(terminal.isRestored)
        let sheet = try DemoStore.run(["sheet", "CRC-0112", "--store", store])
        #expect(sheet.output.contains("SIGNED"))
        #expect(sheet.output.contains("Two small lesions and a large remnant"))
        #expect(try DemoStore.run(["log", "--verify", "--store", store]).status == 0)
    }

    /// Moves down until the line with a text is the focused one, and presses Enter.
    private func choose(_ terminal: PseudoTerminal, _ text: String) throws {
        terminal.press(.home)
        for _ in 0..<40 {
            terminal.settle()
            if let cursor = terminal.cursor, terminal.text(cursor.row).contains(text) {
                terminal.press(.enter)
                return
            }
            terminal.press(.down)
        }
        Issue.record("no line «\(text)» on the screen:\n\(terminal.screenText)")
    }

    private func write(_ terminal: PseudoTerminal, into line: String, _ text: String) throws {
        try choose(terminal, line)
        terminal.type(text)
        terminal.press(.enter)
    }

    @Test("Below the smallest size it says what it needs, and comes back")
    func resize() throws {
        let terminal = try open(try DemoStore.copy(), columns: 100, rows: 30)
        #expect(terminal.waitFor("Agenda"))
        terminal.resize(columns: 40, rows: 10)
        #expect(terminal.waitFor("Too small: 40x10"))
        terminal.resize(columns: 200, rows: 60)
        #expect(terminal.waitFor("CRC-0112"))
        terminal.type("q")
        #expect(terminal.finish() == .exited(0))
    }

    /// Opens the first scenario's first number and holds `+`.
    private func editMidway(_ terminal: PseudoTerminal) {
        #expect(terminal.waitFor("CRC-0112"))
        terminal.press(.down)
        terminal.type("4")
        #expect(terminal.waitFor("systemic", .seconds(60)) || terminal.waitFor("Systemic"))
        terminal.settle()
        for _ in 0..<3 { terminal.press(.down) }
        terminal.type("+")
    }

    @Test("A dropped line, a SIGTERM: what was a draft is saved, the log is whole", arguments: [SIGHUP, SIGTERM])
    func ended(signal: Int32) throws {
        let store = try DemoStore.copy()
        let before = try DemoStore.run(["compare", "CRC-0147", "--format", "csv", "--store", store])
        let terminal = try open(store)
        editMidway(terminal)
        terminal.signal(signal)
        _ = terminal.finish()
        #expect(terminal.isRestored)
        #expect(try DemoStore.run(["log", "--verify", "--store", store]).status == 0)
        #expect(before.status == 0)
    }

    @Test("kill -9 in the middle of an edit: the store opens, all that was shown as done is there")
    func killed() throws {
        let store = try DemoStore.copy()
        let terminal = try open(store)
        #expect(terminal.waitFor("CRC-0112"))
        terminal.type("6")
        #expect(terminal.waitFor("The board proposes"))
        try write(terminal, into: "Reason", "kept through a kill")
        #expect(terminal.waitFor("saved"))
        terminal.signal(SIGKILL)
        _ = terminal.finish()
        let again = try open(store)
        #expect(again.waitFor("CRC-0112"))
        again.type("6")
        #expect(again.waitFor("kept through a kill"))
        again.type("q")
        #expect(again.finish() == .exited(0))
        #expect(try DemoStore.run(["log", "--verify", "--store", store]).status == 0)
    }

    @Test("It runs in plain terminals too", arguments: ["xterm", "vt100", "linux", "xterm-256color"])
    func terminals(type: String) throws {
        let terminal = try open(try DemoStore.copy(), columns: 80, rows: 24, environment: ["TERM": type, "LC_ALL": "C"])
        #expect(terminal.waitFor("CRC-0112"))
        terminal.type("3")
        #expect(terminal.waitFor("Endpoint"))
        terminal.type("q")
        #expect(terminal.finish() == .exited(0))
    }
}
