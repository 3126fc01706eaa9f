// Keys, mouse and pastes, from the bytes a terminal sends to the events an application gets.
import Surface
import TestSupport
import Testing

@testable import Terminal

@Suite("Keys and mouse")
struct InputTests {
    static let keys: [Key] = [
        .character("a"), .character(" "), .character("é"), .character("患"), .control("r"), .control("s"), .control("v"), .control("o"),
        .control(" "), .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right, .shiftUp, .shiftDown,
        .shiftLeft, .shiftRight, .controlUp, .controlDown, .controlLeft, .controlRight, .home, .end, .pageUp, .pageDown, .function(1),
        .function(4), .function(5), .function(10), .function(12),
    ]

    @Test func everyKeyIsTold() throws {
        let terminal = try probe()
        for (index, key) in Self.keys.enumerated() {
            terminal.press(key)
            #expect(terminal.waitFor("events: \(index + 1) "), "\(key): \(terminal.text(4))")
            #expect(terminal.text(4).contains("event: key \(key) "), "\(key): \(terminal.text(4))")
        }
    }

    @Test(
        "Home and End are known as PuTTY, rxvt, tmux and the Linux console send them, under another terminal's name",
        arguments: [("1~", "home"), ("7~", "home"), ("H", "home"), ("4~", "end"), ("8~", "end"), ("F", "end")])
    func strayHomeAndEnd(bytes: String, key: String) throws {
        let terminal = try probe()
        terminal.type("\u{1B}[" + bytes)
        #expect(terminal.waitFor("event: key \(key) "), "\(terminal.text(4))")
        #expect(terminal.waitFor("events: 1 "))
    }

    @Test func escapeAloneIsAKeyAndAnArrowIsNot() throws {
        let terminal = try probe()
        terminal.press(.escape)
        #expect(terminal.waitFor("event: key escape"))
        terminal.press(.up)
        #expect(terminal.waitFor("event: key up"))
        #expect(terminal.waitFor("events: 2 "))
    }

    @Test func mouseIsToldByCell() throws {
        let terminal = try probe()
        #expect(terminal.reportsMouse)
        terminal.click(column: 10, row: 5)
        #expect(terminal.waitFor("event: mouse click at 10,5"))
        terminal.wheel(up: true, column: 3, row: 4)
        #expect(terminal.waitFor("mouse wheelUp at 3,4"))
        terminal.wheel(up: false, column: 3, row: 4)
        #expect(terminal.waitFor("mouse wheelDown at 3,4"))
        terminal.drag(from: Point(column: 20, row: 7), to: Point(column: 30, row: 8))
        #expect(terminal.waitFor("mouse release at 30,8"))
        #expect(terminal.waitFor("events: 6 "))
        // Faster than any hand: none is lost, and what follows stays in order.
        terminal.type(String(repeating: "\u{1B}[<65;4;5M", count: 40) + "a")
        #expect(terminal.waitFor("event: key character(\"a\")"))
        #expect(terminal.waitFor("events: 47 "))
        // Beyond column 223, where the older protocol ends.
        terminal.resize(columns: 300, rows: 24)
        #expect(terminal.waitFor("size 300x24"))
        terminal.click(column: 280, row: 20)
        #expect(terminal.waitFor("mouse click at 280,20"))
    }

    @Test func clicksAreToldFromDoubleClicksAndDrags() throws {
        var reader = ClickReader()
        let start = ContinuousClock.now
        func report(_ text: String, _ milliseconds: Int) throws -> MouseEvent? {
            reader.event(try #require(MouseReport(Array(text.unicodeScalars))), at: start + .milliseconds(milliseconds))
        }
        let place = Point(column: 2, row: 3)
        #expect(try report("0;3;4M", 0) == MouseEvent(kind: .click, point: place))
        #expect(try report("0;3;4m", 50) == nil)
        #expect(try report("0;3;4M", 300) == MouseEvent(kind: .doubleClick, point: place))
        #expect(try report("0;3;4m", 350) == nil)
        #expect(try report("0;3;4M", 500) == MouseEvent(kind: .click, point: place))
        #expect(try report("32;9;9M", 600) == MouseEvent(kind: .drag, point: Point(column: 8, row: 8)))
        #expect(try report("0;9;9m", 700) == MouseEvent(kind: .release, point: Point(column: 8, row: 8)))
        #expect(try report("32;9;9M", 800) == nil)
        #expect(try report("2;3;4M", 900) == nil)
        #expect(try report("64;1;1M", 900) == MouseEvent(kind: .wheelUp, point: Point(column: 0, row: 0)))
        for broken in ["", "M", "0;0;1M", "0;1M", "-1;1;1M", "0;1;1;1M", "x;1;1M", "0;99999999999999999999;1M", "0;1;1"] {
            #expect(MouseReport(Array(broken.unicodeScalars)) == nil)
        }
    }

    @Test func mouseCanBeGivenBackToTheTerminal() throws {
        let terminal = try probe()
        terminal.press(.character("m"))
        #expect(terminal.wait { !terminal.reportsMouse })
        terminal.press(.character("m"))
        #expect(terminal.wait { terminal.reportsMouse })
        let without = try probe(["--no-mouse"])
        #expect(!without.reportsMouse)
    }

    @Test func pasteIsOneEventWithoutControlCharacters() throws {
        let terminal = try probe()
        terminal.paste("one\rtwo\u{07}\u{1B}[31m")
        #expect(terminal.waitFor("event: paste of"))
        #expect(terminal.text(4).contains("one|two"))
        terminal.press(.character("a"))
        #expect(terminal.waitFor("event: key character(\"a\")"))
        // Longer than one reading, with characters that the reading cuts.
        terminal.paste(String(repeating: "é患", count: 3000))
        #expect(terminal.waitFor("event: paste of 6000, é患é患"))
    }

    @Test func interruptIsTheApplicationsToDecide() throws {
        let staying = try probe([], ["PROBE_KEEP_INTERRUPT": "1"])
        staying.press(.control("c"))
        #expect(staying.waitFor("event: interrupt"))
        let leaving = try probe()
        leaving.press(.control("c"))
        #expect(leaving.finish() == .exited(0))
        #expect(leaving.isRestored)
    }
}
