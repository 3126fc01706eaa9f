import Testing

// Frames: writing, clipping, boxes, selection, dumps and differences, without a terminal.
@testable import Surface

@Suite("Frames")
struct FrameTests {
    let look = Look(capability: .colours256)

    @Test("Text is placed, aligned, cut with an ellipsis, and clipped at the frame")
    func put() {
        var frame = Frame(size: Size(columns: 12, rows: 4))
        #expect(frame.put("hello", at: Point(column: 1, row: 0), .plain) == 6)
        #expect(frame.put("a long text", at: Point(column: 0, row: 1), .plain, width: 6) == 6)
        frame.put("12", at: Point(column: 0, row: 2), .plain, width: 6, align: .trailing)
        frame.put("clipped", at: Point(column: 8, row: 3), .plain)
        frame.put("gone", at: Point(column: -2, row: 3), .plain)
        frame.put("nowhere", at: Point(column: 0, row: 9), .plain)
        #expect(frame.text == " hello\na lon…\n    12\nne      clip")
    }

    @Test("Invariant 1: no half of a wide character is ever left, and text from outside is cleaned on its way")
    func wide() {
        var frame = Frame(size: Size(columns: 6, rows: 1))
        frame.put("中文", at: Point(column: 0, row: 0), .plain)
        #expect(frame[1, 0].scalar == Cell.continuation)
        frame.put("x", at: Point(column: 1, row: 0), .plain)
        #expect(frame.text == " x文")
        frame.put("y", at: Point(column: 2, row: 0), .plain)
        #expect(frame.text == " xy")
        frame.put("中", at: Point(column: 5, row: 0), .plain)
        #expect(frame[5, 0].scalar == " ")
        frame.put("\u{1B}[31m\u{202E}", at: Point(column: 0, row: 0), .plain)
        #expect(frame.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" })
        #expect(frame.foldedToASCII().text.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("A box returns its inside; titles are cut to fit; tiny boxes draw nothing")
    func box() {
        var frame = Frame(size: Size(columns: 16, rows: 4))
        let inside = frame.box(frame.bounds, look, title: "A long title here", footer: "end")
        frame.put("centre", in: inside, line: 0, .plain, align: .centre)
        frame.put("beyond", in: inside, line: 2, .plain)
        #expect(frame.text == "╭─ A long ti… ─╮\n│    centre    │\n│              │\n╰─ end ────────╯")
        var ascii = Frame(size: Size(columns: 8, rows: 3))
        ascii.box(ascii.bounds, Look(capability: .ascii), title: "T")
        #expect(ascii.text == "+- T --+\n|      |\n+------+")
        var tiny = Frame(size: Size(columns: 1, rows: 1))
        #expect(tiny.box(tiny.bounds, look, title: "T").width == 0)
    }

    @Test("A selection is seen without colour: a mark, and reverse video")
    func selection() {
        for colours in Capability.Colours.allCases {
            let look = Look(capability: Capability(colours: colours))
            var frame = Frame(size: Size(columns: 8, rows: 2), fill: look[.background])
            frame.put(" item", at: Point(column: 0, row: 0), look[.text])
            let before = frame
            frame.select(Rect(column: 0, row: 0, width: 8, height: 1), look)
            #expect(frame.rows[0] == "▌item")
            #expect(frame.changedCells(from: before) == 8)
            if colours < .palette256 { #expect(frame[3, 0].style.attributes.contains(.reverse)) }
        }
    }

    @Test("Differences between frames are runs of cells")
    func changes() {
        let old = Frame(size: Size(columns: 10, rows: 2))
        var new = old
        #expect(new.changes(from: old).isEmpty)
        new.put("ab", at: Point(column: 2, row: 0), .plain)
        new.put("c", at: Point(column: 9, row: 1), .plain)
        #expect(new.changes(from: old) == [Frame.Run(row: 0, columns: 2..<4), Frame.Run(row: 1, columns: 9..<10)])
        #expect(new.changedCells(from: Frame(size: Size(columns: 3, rows: 3))) == 20)
    }

    @Test("Paragraphs wrap, scroll and say how long they are; pasting clips")
    func paragraph() {
        var frame = Frame(size: Size(columns: 8, rows: 2))
        #expect(frame.paragraph("one two three four", in: frame.bounds, .plain, from: 1) == 3)
        #expect(frame.text == "three\nfour")
        var other = Frame(size: Size(columns: 4, rows: 3))
        other.draw(frame, at: Point(column: 2, row: 2))
        #expect(other.text == "\n\n  th")
    }

    @Test("Shell output resets its colours, and has none without them")
    func ansi() {
        var frame = Frame(size: Size(columns: 4, rows: 1))
        frame.put("é", at: Point(column: 0, row: 0), Style(.palette(87), on: .rgb(0, 0, 0), .bold))
        #expect(frame.ansi(.full) == "\u{1B}[0;1;38;5;87;48;2;0;0;0mé\u{1B}[0m\n")
        #expect(frame.ansi(.ascii) == "\u{1B}[0;1me\u{1B}[0m\n")
        #expect(Frame(size: Size(columns: 4, rows: 1)).ansi(.ascii) == "\n")
    }

    @Test("Layout shares every cell, never gives a negative size, and starves the last first")
    func layout() {
        let rect = Rect(column: 2, row: 1, width: 30, height: 10)
        let parts = rect.columns([.fixed(5), .share(1), .atLeast(8, share: 2)], gap: 1)
        #expect(parts.map(\.width) == [5, 5, 18])
        #expect(parts.map(\.column) == [2, 8, 14])
        #expect(parts.last?.maxColumn == rect.maxColumn)
        #expect(rect.rows([.fixed(8), .fixed(8)]).map(\.height) == [8, 2])
        for width in 0...20 {
            let parts = Rect(column: 0, row: 0, width: width, height: 1).columns([.share(1), .share(1), .share(.nan), .fixed(-3)], gap: 1)
            #expect(parts.allSatisfy { $0.width >= 0 && $0.maxColumn <= max(width, 0) + 0 })
            if width > 3 { #expect(parts.reduce(0) { $0 + $1.width } == width - 3) }
        }
        #expect(rect.dropTop(3).row == 4)
        #expect(rect.bottom(99).height == 10)
        #expect(rect.line(10).height == 0)
        #expect(rect.centred(width: 10, height: 4) == Rect(column: 12, row: 4, width: 10, height: 4))
    }

    @Test("Any rectangle may be filled, boxed, ruled and selected in any frame")
    func anySize() {
        for size in [0, 1, 2, 7].flatMap({ columns in [0, 1, 2, 5].map { Size(columns: columns, rows: $0) } }) {
            var frame = Frame(size: size)
            for rect in [frame.bounds, Rect(column: -3, row: -2, width: 50, height: 50), Rect(column: 90, row: 90, width: 3, height: 3)] {
                frame.fill(rect, .plain, with: "中")
                frame.box(rect, look, title: "title", footer: "footer", focused: true)
                frame.select(rect, look)
                frame.reverse(rect)
                frame.rule(column: rect.column, row: rect.row, width: rect.width, look, title: "t")
                frame.scrollMark(rect, offset: 99, count: 1000, look)
                frame.paragraph("words and words", in: rect, .plain, from: -1)
            }
            #expect(frame.cells.count == size.columns * size.rows)
        }
    }
}
