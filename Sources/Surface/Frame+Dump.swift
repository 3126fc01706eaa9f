// A frame as text: for tests, for files, and for a shell.

extension Frame {
    /// The text of each row, blanks at its end cut.
    public var rows: [String] {
        (0..<size.rows).map { row in
            var line = String.UnicodeScalarView()
            for column in 0..<size.columns {
                let scalar = self[column, row].scalar
                if scalar != Cell.continuation { line.append(scalar) }
            }
            while line.last == " " { line.removeLast() }
            return String(line)
        }
    }

    /// All rows, joined by newlines.
    public var text: String { rows.joined(separator: "\n") }

    /// One letter for the style of each cell, in the same places as `text`.
    public func styledText(_ letter: (Style) -> Character) -> String {
        (0..<size.rows).map { row in
            String((0..<size.columns).map { letter(self[$0, row].style) })
        }.joined(separator: "\n")
    }

    /// The style of each cell by the role it came from: "." text and background, then the letters of `Theme.Role` in its order ("c" quiet,
    /// "d" faint, "e" heading …), "1"–"4" a series' line, "b" any band's background, "?" none of them.
    public func roleText(_ look: Look) -> String {
        styledText { style in
            if style == look[.text] || style == look[.background] { return "." }
            for role in Theme.Role.allCases where look[role] == style {
                return Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(role.rawValue)))
            }
            for index in 0..<4 where look.series(index).line == style.foreground { return Character("\(index + 1)") }
            for index in 0..<4 {
                let series = look.series(index)
                if [series.band, series.innerBand].contains(style.background) || series.band == style.foreground { return "b" }
            }
            return "?"
        }
    }

    /// The frame with every sign replaced by one of ASCII, cell by cell.
    public func foldedToASCII() -> Frame {
        var folded = self
        for row in 0..<size.rows {
            for column in 0..<size.columns {
                let cell = self[column, row]
                if cell.scalar.value >= 0x80 { folded[column, row] = Cell(AsciiFold.scalar(cell.scalar), cell.style) }
                // A wide sign becomes one sign and a blank.
                if cell.scalar == Cell.continuation { folded[column, row] = Cell(" ", cell.style) }
            }
        }
        return folded
    }

    /// The frame as lines for a terminal that is not taken over: SGR sequences in the colours that it has, none at all for a monochrome one
    /// without attributes. Each line ends reset; blanks at the end of a line are kept only where they carry a background.
    public func ansi(_ capability: Capability) -> String {
        var output = ""
        for row in 0..<size.rows {
            var last = size.columns
            while last > 0, self[last - 1, row].scalar == " ", self[last - 1, row].style == .plain { last -= 1 }
            var current = Style.plain
            for column in 0..<last {
                let cell = self[column, row]
                if cell.scalar == Cell.continuation { continue }
                if cell.style != current {
                    output += Frame.sgr(cell.style, capability.colours)
                    current = cell.style
                }
                output.unicodeScalars.append(capability.unicode ? cell.scalar : AsciiFold.scalar(cell.scalar))
            }
            if current != .plain { output += "\u{1B}[0m" }
            output += "\n"
        }
        return output
    }

    private static func sgr(_ style: Style, _ colours: Capability.Colours) -> String {
        var codes = ["0"]
        for (attribute, code) in [(Attributes.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7")]
        where style.attributes.contains(attribute) {
            codes.append(code)
        }
        func add(_ colour: Colour, _ base: Int) {
            switch colour.adapted(to: colours) {
            case .standard: break
            case .palette(let index):
                codes.append(index < 8 ? "\(base + Int(index))" : index < 16 ? "\(base + 52 + Int(index))" : "\(base + 8);5;\(index)")
            case .rgb(let red, let green, let blue): codes.append("\(base + 8);2;\(red);\(green);\(blue)")
            }
        }
        add(style.foreground, 30)
        add(style.background, 40)
        return "\u{1B}[\(codes.joined(separator: ";"))m"
    }
}
