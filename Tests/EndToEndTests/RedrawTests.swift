// How much a slow line carries: every demo comparison drawn anew.
import Records
import Surface
import TestSupport
import Testing

@Suite("Traffic over a slow line")
struct RedrawTests {
    @Test("Any demo comparison is drawn anew in at most 12 kB at 120×36", arguments: ["liver-2026-11-26", "memory-2026-11-27"])
    func comparison(meeting: String) throws {
        let terminal = try PseudoTerminal(
            DemoStore.program, ["demo", "--store", try DemoStore.copy(), "--meeting", meeting], columns: 120, rows: 36,
            environment: ["TWINBOARD_SHARE": SharedFiles.projectRoot, "TZ": "UTC"])
        #expect(terminal.waitFor("Agenda"))
        var cases: Set<String> = []
        while true {
            terminal.type("3")
            try #require(terminal.waitFor("median and 80 %"), "\(terminal.screenText)")
            terminal.settle(.milliseconds(500))
            let head = String(terminal.text(0).prefix(40))
            guard cases.insert(head).inserted else { break }
            let before = terminal.bytesReceived
            terminal.press(.control("l"))
            #expect(terminal.wait { terminal.bytesReceived > before + 4_000 })
            terminal.settle(.milliseconds(300))
            #expect(terminal.bytesReceived - before <= 12_000, "\(head): \(terminal.bytesReceived - before) bytes")
            terminal.type("1")
            terminal.settle(.milliseconds(200))
            terminal.press(.down)
            terminal.settle(.milliseconds(200))
        }
        #expect(cases.count >= 3, "only \(cases)")
        terminal.type("q")
        _ = terminal.finish()
    }
}
