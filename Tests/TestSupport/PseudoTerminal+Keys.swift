// Keys and mouse as the bytes that xterm sends for them.
import Surface

extension PseudoTerminal {
    /// Presses a key (application cursor keys, as ncurses asks for).
    public func press(_ key: Key) { type(Self.bytes(key)) }

    /// Presses the first button in a cell and lets it go.
    public func click(column: Int, row: Int) {
        report(0, column, row, "M")
        report(0, column, row, "m")
    }

    /// Presses in one cell, moves to another, lets go.
    public func drag(from: Point, to: Point) {
        report(0, from.column, from.row, "M")
        report(32, to.column, to.row, "M")
        report(0, to.column, to.row, "m")
    }

    /// Turns the wheel by one notch.
    public func wheel(up: Bool, column: Int, row: Int) { report(up ? 64 : 65, column, row, "M") }

    /// Pastes a text as terminals do, in brackets.
    public func paste(_ text: String) { type("\u{1B}[200~" + text + "\u{1B}[201~") }

    private func report(_ button: Int, _ column: Int, _ row: Int, _ end: String) {
        type("\u{1B}[<\(button);\(column + 1);\(row + 1)\(end)")
    }

    private static let functions = [
        "\u{1B}OP", "\u{1B}OQ", "\u{1B}OR", "\u{1B}OS", "\u{1B}[15~", "\u{1B}[17~", "\u{1B}[18~", "\u{1B}[19~", "\u{1B}[20~",
        "\u{1B}[21~", "\u{1B}[23~", "\u{1B}[24~",
    ]

    private static func bytes(_ key: Key) -> String {
        switch key {
        case .character(let scalar): String(Character(scalar))
        case .control(let letter):
            letter == " " ? "\u{0}" : letter.asciiValue.map { String(Character(Unicode.Scalar($0 & 0x1F))) } ?? ""
        case .enter: "\r"
        case .escape: "\u{1B}"
        case .tab: "\t"
        case .backTab: "\u{1B}[Z"
        case .backspace: "\u{7F}"
        case .delete: "\u{1B}[3~"
        case .insert: "\u{1B}[2~"
        case .home: "\u{1B}OH"
        case .end: "\u{1B}OF"
        case .pageUp: "\u{1B}[5~"
        case .pageDown: "\u{1B}[6~"
        case .up: "\u{1B}OA"
        case .down: "\u{1B}OB"
        case .right: "\u{1B}OC"
        case .left: "\u{1B}OD"
        case .shiftUp: "\u{1B}[1;2A"
        case .shiftDown: "\u{1B}[1;2B"
        case .shiftRight: "\u{1B}[1;2C"
        case .shiftLeft: "\u{1B}[1;2D"
        case .controlUp: "\u{1B}[1;5A"
        case .controlDown: "\u{1B}[1;5B"
        case .controlRight: "\u{1B}[1;5C"
        case .controlLeft: "\u{1B}[1;5D"
        case .function(let number): functions.indices.contains(number - 1) ? functions[number - 1] : ""
        }
    }
}
