// What stands on a pseudo-terminal's screen, as text and as cells.
import CVTerm
import Surface

extension PseudoTerminal {
    /// One cell as the emulator drew it.
    public struct Shown: Hashable, Sendable {
        public let scalar: Unicode.Scalar
        /// nil: the terminal's own. `.palette` or `.rgb` otherwise.
        public let foreground: Colour?
        public let background: Colour?
        public let attributes: Attributes
        public let width: Int
    }

    public func cell(column: Int, row: Int) -> Shown {
        let raw = tb_emulator_cell(emulator, Int32(row), Int32(column))
        var attributes: Attributes = []
        if raw.bold != 0 { attributes.insert(.bold) }
        if raw.underline != 0 { attributes.insert(.underline) }
        if raw.italic != 0 { attributes.insert(.italic) }
        if raw.reverse != 0 { attributes.insert(.reverse) }
        return Shown(
            scalar: raw.scalar == 0 ? " " : Unicode.Scalar(raw.scalar) ?? "\u{FFFD}", foreground: Self.colour(raw.foreground),
            background: Self.colour(raw.background), attributes: attributes, width: Int(raw.width))
    }

    private static func colour(_ number: Int32) -> Colour? {
        switch number {
        case ..<0: nil
        case 0..<256: .palette(UInt8(number))
        default: .rgb(UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255))
        }
    }

    /// A row's text, blanks at its end left out.
    public func text(_ row: Int) -> String {
        var text = ""
        var blanks = ""
        var column = 0
        while column < size.columns {
            let cell = cell(column: column, row: row)
            if cell.scalar == " " {
                blanks += " "
            } else {
                text += blanks
                blanks = ""
                text.unicodeScalars.append(cell.scalar)
            }
            column += cell.width
        }
        return text
    }

    /// The whole screen, a line a row.
    public var screenText: String { (0..<size.rows).map(text).joined(separator: "\n") }

    /// The place of a text on the screen (its first cell; exact where nothing wide stands before it).
    public func find(_ wanted: String) -> Point? {
        for row in 0..<size.rows {
            let line = Array(text(row).unicodeScalars)
            let parts = Array(wanted.unicodeScalars)
            guard !parts.isEmpty, line.count >= parts.count else { continue }
            for start in 0...(line.count - parts.count) where Array(line[start..<start + parts.count]) == parts {
                return Point(column: start, row: row)
            }
        }
        return nil
    }

    /// Where the hardware cursor is; nil while it is hidden.
    public var cursor: Point? {
        var row: Int32 = 0, column: Int32 = 0, visible: Int32 = 0
        tb_emulator_cursor(emulator, &row, &column, &visible)
        return visible == 0 ? nil : Point(column: Int(column), row: Int(row))
    }

    /// Whether the program's own (alternate) screen is shown.
    public var isAlternate: Bool { tb_emulator_alternate(emulator) != 0 }
    /// Whether the program has asked for the mouse.
    public var reportsMouse: Bool { tb_emulator_mouse(emulator) != 0 }
    /// How often the bell rang.
    public var bells: Int { Int(tb_emulator_bells(emulator)) }
}
