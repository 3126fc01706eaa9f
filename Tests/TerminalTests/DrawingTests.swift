// What is drawn stands on the terminal: cells, wide characters, the cursor, every size of window.
import Surface
import TestSupport
import Testing

@Suite("Drawing on a terminal")
struct DrawingTests {
    @Test func firstFrameStandsInTheWindow() throws {
        let terminal = try probe()
        #expect(terminal.text(0).hasPrefix("┌─ Probe ─"))
        #expect(terminal.text(1).contains("size 80x24"))
        #expect(terminal.isAlternate)
        #expect(terminal.cell(column: 3, row: 0).attributes == .bold)
        #expect(terminal.cell(column: 3, row: 0).foreground == .palette(226))
        // The bottom right cell is drawn although ncurses calls that an error.
        #expect(terminal.cell(column: 79, row: 23).scalar == "┘")
        // A bold title does not make later cells bold.
        #expect(terminal.cell(column: 2, row: 1).attributes == [])
    }

    @Test func cursorRestsOnTheFocusedItemOrIsHidden() throws {
        let terminal = try probe()
        #expect(terminal.cursor == Point(column: 2, row: 4))
        #expect(terminal.press("w", shows: "A患B者C"))
        #expect(terminal.wait { terminal.cursor == nil })
    }

    @Test func wideCharactersKeepTheirColumns() throws {
        let terminal = try probe()
        #expect(terminal.press("w", shows: "A患B者C"))
        #expect(terminal.cell(column: 1, row: 2).width == 2)
        #expect(terminal.cell(column: 3, row: 2).scalar == "B")
        #expect(terminal.press("s", shows: "size 80x24"))
    }

    @Test func windowMayChangeItsSizeAtAnyTime() throws {
        let terminal = try probe()
        terminal.resize(columns: 100, rows: 30)
        #expect(terminal.waitFor("size 100x30"))
        #expect(terminal.wait { terminal.cell(column: 99, row: 29).scalar == "┘" })
        terminal.resize(columns: 200, rows: 60)
        #expect(terminal.waitFor("size 200x60"))
        #expect(terminal.wait { terminal.cell(column: 199, row: 59).scalar == "┘" })
        terminal.resize(columns: 20, rows: 5)
        #expect(terminal.waitFor("too small 20x5"))
        #expect(terminal.text(1).isEmpty)
        terminal.resize(columns: 1, rows: 1)
        terminal.settle()
        terminal.resize(columns: 80, rows: 24)
        #expect(terminal.waitFor("size 80x24"))
        terminal.press(.character("q"))
        #expect(terminal.finish() == .exited(0))
    }

    @Test func frameSmallerThanTheWindowIsFilledUp() throws {
        let terminal = try probe()
        #expect(terminal.press("n", shows: "small"))
        #expect(terminal.wait { terminal.screenText.filter { !$0.isWhitespace } == "small" })
    }

    @Test("whatever stands in a cell, nothing hostile reaches the terminal (invariant 3)")
    func hostileCells() throws {
        let terminal = try probe()
        terminal.settle()
        terminal.keepsBytes = true
        #expect(terminal.press("h", shows: "hostile end"))
        terminal.settle()
        let sent = String(decoding: terminal.bytes, as: UTF8.self)
        let forbidden: [UInt32] = [
            0x07, 0x9B, 0x9D, 0x7F, 0x202E, 0x200B, 0x200D, 0x2066, 0xFEFF, 0x301, 0xE000, 0xAD, 0x2028, 0x1F1E6,
        ]
        #expect(sent.unicodeScalars.allSatisfy { !forbidden.contains($0.value) })
        #expect(!sent.contains("\u{1B}]"))
        #expect(terminal.bells == 0)
        // Each of the 18 became one visible mark, so the columns after them did not move.
        #expect(terminal.text(2) == String(repeating: "x\u{FFFD}", count: 18) + "]0;owned")
        // Halves of wide characters do not push their neighbours.
        #expect(terminal.cell(column: 1, row: 3).scalar == "y")
        #expect(terminal.cell(column: 4, row: 3).scalar == "z")
        #expect(terminal.cell(column: 79, row: 3).scalar == "\u{FFFD}")
        #expect(terminal.press("s", shows: "event: key character(\"s\")"))
    }

    @Test func textGoesToTheClipboardAcrossTheLine() throws {
        let terminal = try probe()
        terminal.keepsBytes = true
        #expect(terminal.press("y", shows: "copied true"))
        #expect(String(decoding: terminal.bytes, as: UTF8.self).contains("\u{1B}]52;c;Zm9yIHRoZSBjbGlwYm9hcmQ=\u{07}"))
        let plain = try probe([], ["TERM": "vt100"])
        #expect(plain.press("y", shows: "copied false"))
    }

    @Test func bellRings() throws {
        let terminal = try probe()
        terminal.press(.character("b"))
        #expect(terminal.wait { terminal.bells == 1 })
    }

    @Test func backgroundWorkAndTicksReachTheScreen() throws {
        let terminal = try probe()
        #expect(terminal.press("g", shows: "event: from the background"))
        #expect(terminal.press("t", shows: "event: tick"))
        #expect(terminal.waitFor("events: 4"))
    }
}
