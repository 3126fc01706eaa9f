// One report of the mouse as terminals send it (SGR form, private mode 1006), read and parsed here rather than by ncurses:
// that queues eight, hands them out latest first, and loses what comes faster.
import CNcursesw
import Surface

/// A button that went down or up, a wheel's notch, or a motion with a button down.
struct MouseReport: Hashable {
    /// As sent: 0–2 a button, +4 Shift, +8 Meta, +16 Control, +32 motion, +64 the wheel.
    let code: Int
    let point: Point
    let pressed: Bool

    /// What follows `ESC [ <`: code, column, row from 1, and `M` or `m`; nil when it is anything else.
    init?(_ text: [Unicode.Scalar]) {
        guard let end = text.last, end == "M" || end == "m", text.count < Self.longest else { return nil }
        let numbers = text.dropLast().split(separator: ";", omittingEmptySubsequences: false).map { digits in
            Int(String(String.UnicodeScalarView(digits)))
        }
        guard numbers.count == 3, let code = numbers[0], let column = numbers[1], let row = numbers[2],
            code >= 0, column >= 1, row >= 1
        else { return nil }
        self.code = code
        point = Point(column: column - 1, row: row - 1)
        pressed = end == "M"
    }

    private static let longest = 24

    var isMotion: Bool { code & 32 != 0 }
    /// The first button, with whatever held besides.
    var isFirstButton: Bool { code & 0b1100_0011 == 0 }
    var isWheelUp: Bool { code & 0b1100_0011 == 64 }
    var isWheelDown: Bool { code & 0b1100_0011 == 65 }

    /// Takes the rest of a report off the line, its introducer having been read.
    static func read() -> MouseReport? {
        var text: [Unicode.Scalar] = []
        var code = wint_t()
        wtimeout(tb_stdscr(), KeyReader.patience)
        while text.count < longest, wget_wch(tb_stdscr(), &code) == OK, let scalar = Unicode.Scalar(UInt32(code)) {
            text.append(scalar)
            guard "0123456789;".unicodeScalars.contains(scalar) else { break }
        }
        return MouseReport(text)
    }
}
