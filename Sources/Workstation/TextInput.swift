// A line of text being typed, with its cursor.
import Surface

public struct TextInput: Hashable, Sendable {
    public private(set) var scalars: [Unicode.Scalar]
    /// Between scalars: 0 is before the first.
    public private(set) var cursor: Int
    /// What can be entered at most; more is not taken.
    public let limit: Int

    public init(_ text: String = "", limit: Int = 500) {
        scalars = Array(text.unicodeScalars.prefix(limit))
        cursor = scalars.count
        self.limit = limit
    }

    public var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Takes a key; false if the key means nothing to a line of text.
    public mutating func take(_ key: Key) -> Bool {
        switch key {
        case .character(let scalar):
            guard scalars.count < limit, TextWidth.of(scalar) > 0 else { return true }
            scalars.insert(scalar, at: cursor)
            cursor += 1
        case .backspace:
            guard cursor > 0 else { return true }
            cursor -= 1
            scalars.remove(at: cursor)
        case .delete:
            if cursor < scalars.count { scalars.remove(at: cursor) }
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(scalars.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = scalars.count
        case .control("u"):
            scalars.removeSubrange(0..<cursor)
            cursor = 0
        case .control("k"): scalars.removeSubrange(cursor...)
        case .control("w"): removeWord()
        default: return false
        }
        return true
    }

    /// Takes pasted text: its printable characters, newlines as blanks.
    public mutating func paste(_ text: String) {
        for scalar in text.unicodeScalars { _ = take(.character(scalar == "\n" || scalar == "\t" ? " " : scalar)) }
    }

    private mutating func removeWord() {
        var start = cursor
        while start > 0, scalars[start - 1] == " " { start -= 1 }
        while start > 0, scalars[start - 1] != " " { start -= 1 }
        scalars.removeSubrange(start..<cursor)
        cursor = start
    }

    /// Draws the line in a field, scrolled so that the cursor is seen, and rests the hardware cursor there.
    public func draw(into frame: inout Frame, at point: Point, width: Int, _ look: Look) {
        guard width > 1 else { return }
        var start = 0
        while scalars[start..<cursor].reduce(0, { $0 + TextWidth.of($1) }) >= width { start += 1 }
        var shown = String.UnicodeScalarView()
        shown.append(contentsOf: scalars[start...])
        frame.put(String(shown), at: point, look[.inputFocused], width: width, ellipsis: false)
        let offset = scalars[start..<cursor].reduce(0) { $0 + TextWidth.of($1) }
        frame.cursor = Point(column: point.column + min(offset, width - 1), row: point.row)
    }
}
