// Makes ncurses' output shorter: it names both colours at every change of style, and most changes are of one of them.

/// Takes what ncurses writes and leaves out every change of style that changes nothing that can be seen.
///
/// For terminals of 256 colours and more, whose sequences are xterm's. Measured on a comparison of 120×36 cells: 25,473 bytes
/// before, the rest in `docs/benchmarks.md`.
struct SGRFilter {
    /// Colours as the parameters that set them; nil: the terminal's own.
    private struct Pen: Equatable {
        var foreground: [UInt8]?
        var background: [UInt8]?
        /// Bit n is set for parameter n: 1 bold, 2 dim, 3 italic, 4 underline, 7 reverse.
        var attributes: UInt8 = 0

        /// Whether a blank shows more than its background.
        var marksBlanks: Bool { attributes & (1 << 4 | 1 << 7) != 0 }
    }

    /// What ncurses believes to have set.
    private var wanted = Pen()
    /// What the terminal has; nil when that is not known.
    private var actual: Pen?
    /// The character set named last, so that it is not named again.
    private var charset: UInt8 = 0
    private var output: [UInt8] = []

    /// After the terminal was given away and taken back: ncurses begins with plain text, the terminal with anything.
    mutating func forget() {
        wanted = Pen()
        actual = nil
        charset = 0
    }

    /// What is to be written in the place of `bytes`. They must hold whole sequences, as an update of ncurses does.
    mutating func filtered(_ bytes: [UInt8]) -> [UInt8] {
        output.removeAll(keepingCapacity: true)
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if byte == 0x1B {
                place = sequence(bytes, place)
                continue
            }
            if byte == 0x20 { synchronise(forBlank: true) } else if byte > 0x20 || byte == 0x0A { synchronise(forBlank: false) }
            output.append(byte)
            place += 1
        }
        return output
    }

    /// Takes one escape sequence; the place after it.
    private mutating func sequence(_ bytes: [UInt8], _ start: Int) -> Int {
        guard start + 1 < bytes.count else {
            output.append(bytes[start])
            return start + 1
        }
        switch bytes[start + 1] {
        case UInt8(ascii: "["):
            var end = start + 2
            while end < bytes.count, !(0x40...0x7E).contains(bytes[end]) { end += 1 }
            guard end < bytes.count else {
                output += bytes[start...]
                return bytes.count
            }
            let parameters = bytes[(start + 2)..<end]
            if bytes[end] == UInt8(ascii: "m"), take(parameters) { return end + 1 }
            // Moving the cursor needs no colour, erasing only that of the ground; what scrolls may need all. What repeats a blank needs what
            // the blank had: a sequence between the two would make tmux, and terminals that keep to ECMA-48, repeat nothing.
            let isOfBlanks = Self.erases.contains(bytes[end]) || (bytes[end] == UInt8(ascii: "b") && output.last == 0x20)
            if !Self.moves.contains(bytes[end]) { synchronise(forBlank: isOfBlanks) }
            output += bytes[start...end]
            return end + 1
        case UInt8(ascii: "(") where start + 2 < bytes.count:
            if bytes[start + 2] != charset { output += bytes[start...start + 2] }
            charset = bytes[start + 2]
            return start + 3
        default:
            synchronise(forBlank: false)
            output += bytes[start...start + 1]
            return start + 2
        }
    }

    private static let moves: Set<UInt8> = Set("ABCDEFGHade`f".utf8)
    private static let erases: Set<UInt8> = Set("JKX".utf8)

    /// Notes a change of style; false if a parameter is not understood: then the terminal's style is taken for unknown.
    private mutating func take(_ parameters: ArraySlice<UInt8>) -> Bool {
        var pen = wanted
        var list = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)[...]
        while let parameter = list.popFirst() {
            let value = Self.number(parameter)
            switch value {
            case 0: pen = Pen()
            case 1, 2, 3, 4, 7: pen.attributes |= 1 << value
            case 22: pen.attributes &= ~(1 << 1 | 1 << 2)
            case 23, 24, 27: pen.attributes &= ~(1 << (value - 20))
            case 30...37, 90...97: pen.foreground = Array(parameter)
            case 40...47, 100...107: pen.background = Array(parameter)
            case 39: pen.foreground = nil
            case 49: pen.background = nil
            case 38, 48:
                let isForeground = value == 38
                guard let colour = Self.colour(parameter, &list) else { return opaque() }
                if isForeground { pen.foreground = colour } else { pen.background = colour }
            default: return opaque()
            }
        }
        wanted = pen
        return true
    }

    private mutating func opaque() -> Bool {
        actual = nil
        return false
    }

    /// The number before a colon or the end; 0 for none, as terminals take it.
    private static func number(_ parameter: ArraySlice<UInt8>) -> UInt8 {
        var value = 0
        for byte in parameter {
            guard (0x30...0x39).contains(byte) else { break }
            value = min(value * 10 + Int(byte - 0x30), 255)
        }
        return UInt8(value)
    }

    /// `38;5;n`, `38;2;r;g;b`, or the same with colons, which are one parameter.
    private static func colour(_ first: ArraySlice<UInt8>, _ rest: inout ArraySlice<ArraySlice<UInt8>>) -> [UInt8]? {
        if first.contains(UInt8(ascii: ":")) { return Array(first) }
        guard let kind = rest.popFirst() else { return nil }
        let count = number(kind) == 5 ? 1 : number(kind) == 2 ? 3 : 0
        guard count > 0, rest.count >= count else { return nil }
        var colour = Array(first) + [UInt8(ascii: ";")] + kind
        for _ in 0..<count { colour += [UInt8(ascii: ";")] + (rest.popFirst() ?? []) }
        return colour
    }

    /// Brings the terminal's style to what is wanted; for a blank only as far as a blank shows.
    private mutating func synchronise(forBlank isBlank: Bool) {
        guard let now = actual else {
            write([[UInt8(ascii: "0")]] + Self.attributes(wanted.attributes) + [wanted.foreground, wanted.background].compactMap(\.self))
            actual = wanted
            return
        }
        guard now != wanted else { return }
        var pen = wanted
        if isBlank, !now.marksBlanks, !wanted.marksBlanks {
            pen = now
            pen.background = wanted.background
        }
        var parameters: [[UInt8]] = []
        let cleared = now.attributes & ~pen.attributes
        var added = pen.attributes & ~now.attributes
        if cleared & (1 << 1 | 1 << 2) != 0 {
            parameters.append(Array("22".utf8))
            added |= pen.attributes & (1 << 1 | 1 << 2)
        }
        for bit in [3, 4, 7] where cleared & 1 << bit != 0 { parameters.append(Array("\(bit + 20)".utf8)) }
        parameters += Self.attributes(added)
        if pen.foreground != now.foreground { parameters.append(pen.foreground ?? Array("39".utf8)) }
        if pen.background != now.background { parameters.append(pen.background ?? Array("49".utf8)) }
        write(parameters)
        actual = pen
    }

    private static func attributes(_ bits: UInt8) -> [[UInt8]] {
        [1, 2, 3, 4, 7].filter { bits & 1 << $0 != 0 }.map { Array("\($0)".utf8) }
    }

    private mutating func write(_ parameters: [[UInt8]]) {
        guard !parameters.isEmpty else { return }
        output += [0x1B, UInt8(ascii: "[")] + parameters.joined(separator: [UInt8(ascii: ";")]) + [UInt8(ascii: "m")]
    }
}
