// What goes over the line: nothing when nothing changes, little when little does, and a bounded amount for everything.
import Surface
import TestSupport
import Testing

@Suite("Bytes on the line")
struct TrafficTests {
    @Test("an idle screen writes nothing and wakes nobody (invariants 1 and 4)")
    func idle() throws {
        let terminal = try probe()
        terminal.settle(.milliseconds(500))
        let bytes = terminal.bytesReceived
        let before = ProcessUse(terminal.child)
        terminal.settle(.seconds(2))
        let after = ProcessUse(terminal.child)
        #expect(terminal.bytesReceived == bytes)
        #expect(after.voluntarySwitches == before.voluntarySwitches && before.voluntarySwitches > 0)
        #expect(after.processorSeconds == before.processorSeconds)
    }

    @Test func denseScreenIsRedrawnWithinTwelveKilobytes() throws {
        let terminal = try probe(columns: 120, rows: 36)
        terminal.press(.character("d"))
        #expect(terminal.waitFor("v"))
        terminal.settle()
        let inked = (0..<36).reduce(0) { sum, row in
            sum + (0..<120).count { terminal.cell(column: $0, row: row) != terminal.cell(column: 4, row: 1) }
        }
        #expect(inked > 2000, "the picture must be dense to prove anything")
        let before = terminal.bytesReceived
        terminal.press(.control("l"))
        #expect(terminal.wait { terminal.bytesReceived > before + 4000 })
        terminal.settle(.milliseconds(300))
        let redraw = terminal.bytesReceived - before
        print("full redraw of 120×36 with \(inked) cells inked: \(redraw) bytes")
        #expect(redraw <= 12_000)
    }

    @Test func oneChangedLineCostsItsOwnBytes() throws {
        let terminal = try probe(columns: 120, rows: 36)
        #expect(terminal.press("a", shows: "character(\"a\")"))
        terminal.settle()
        let before = terminal.bytesReceived
        #expect(terminal.press("e", shows: "character(\"e\")"))
        terminal.settle()
        print("one letter and one number changed: \(terminal.bytesReceived - before) bytes")
        #expect(terminal.bytesReceived - before <= 80)
    }

    @Test func synchronizedOutputGoesOnlyWhereItIsKnown() throws {
        let known = try PseudoTerminal(BuiltProgram.path("TerminalProbe"), environment: ["TERM_PROGRAM": "WezTerm"])
        known.keepsBytes = true
        #expect(known.waitFor("event: nothing"))
        #expect(String(decoding: known.bytes, as: UTF8.self).contains("\u{1B}[?2026h"))
        let other = try PseudoTerminal(BuiltProgram.path("TerminalProbe"))
        other.keepsBytes = true
        #expect(other.waitFor("event: nothing"))
        #expect(!String(decoding: other.bytes, as: UTF8.self).contains("[?2026"))
    }
}
