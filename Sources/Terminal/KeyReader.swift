// Takes what the keyboard and the mouse sent, as ncurses decodes it, and turns it into events.
import CNcursesw
import Glibc
import Surface

/// The decoder's memory between two readings: the last click, and whether the button is down.
struct KeyReader {
    /// Codes of our own for sequences ncurses has no key for; its own end at KEY_MAX (511).
    private static let pasteStart: Int32 = 2000
    private static let pasteEnd: Int32 = 2001
    private static let mouseReport: Int32 = 2002
    private static let ownCodes: [(name: String, code: Int32, key: Key)] = [
        ("kUP", 2010, .shiftUp), ("kDN", 2011, .shiftDown),
        ("kUP5", 2012, .controlUp), ("kDN5", 2013, .controlDown), ("kLFT5", 2014, .controlLeft), ("kRIT5", 2015, .controlRight),
    ]
    /// What PuTTY, rxvt, xterm, tmux and the Linux console send for Home and End whatever TERM says. Unknown, they would be read as Escape and a
    /// digit, which shows another screen.
    private static let strays: [(bytes: String, code: Int32)] = [
        ("\u{1B}[1~", KEY_HOME), ("\u{1B}[7~", KEY_HOME), ("\u{1B}[H", KEY_HOME), ("\u{1B}OH", KEY_HOME),
        ("\u{1B}[4~", KEY_END), ("\u{1B}[8~", KEY_END), ("\u{1B}[F", KEY_END), ("\u{1B}OF", KEY_END),
    ]
    /// The longest text one paste may bring: a letter is short, a wrong file is not.
    private static let pasteLimit = 1 << 20
    /// How long a started sequence or paste may pause (a slow line) before it counts as ended.
    static let patience: Int32 = 500

    static func defineKeys() {
        define_key("\u{1B}[200~", pasteStart)
        define_key("\u{1B}[201~", pasteEnd)
        define_key("\u{1B}[<", mouseReport)
        for stray in strays { define_key(stray.bytes, stray.code) }
        for own in ownCodes {
            let bytes = Terminfo.string(own.name)
            if !bytes.isEmpty { define_key(bytes, own.code) }
        }
    }

    private var clicks = ClickReader()

    /// Everything that waits, in order.
    mutating func read() -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        var code = wint_t()
        while true {
            // Bytes on the line may be half a character: wait for the rest. None: only what ncurses holds back.
            wtimeout(tb_stdscr(), Self.bytesWait() ? Self.patience : 0)
            switch Self.next(&code) {
            case ERR: return events
            case KEY_CODE_YES where code == wint_t(Self.pasteStart): events.append(.paste(Self.pasted()))
            case KEY_CODE_YES where code == wint_t(Self.mouseReport):
                if let report = MouseReport.read(), let event = clicks.event(report) { events.append(.mouse(event)) }
            case KEY_CODE_YES:
                if let key = Self.key(Int32(bitPattern: code)) { events.append(.key(key)) }
            default:
                if let scalar = Unicode.Scalar(UInt32(code)), let key = Self.key(scalar) { events.append(.key(key)) }
            }
        }
    }

    /// The next key: `KEY_CODE_YES` with ncurses' number for it, 0 with a character, or `ERR`.
    ///
    /// In a locale of single bytes (C, POSIX) `wget_wch` keeps what it cannot decode, and the dozen keys after it, and drops them all. There
    /// bytes are read, and decoded here: as UTF-8, which terminals send whatever the locale says, else as Latin-1.
    private static func next(_ code: inout wint_t) -> Int32 {
        guard __ctype_get_mb_cur_max() == 1 else { return wget_wch(tb_stdscr(), &code) }
        let first = wgetch(tb_stdscr())
        guard first != ERR else { return ERR }
        code = wint_t(first)
        guard first < 0x100 else { return KEY_CODE_YES }
        guard (0xC2..<0xF5).contains(first) else { return 0 }
        var bytes = [UInt8(first)]
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        wtimeout(tb_stdscr(), patience)
        while bytes.count < length {
            let byte = wgetch(tb_stdscr())
            guard (0x80..<0xC0).contains(byte) else {
                if byte != ERR { ungetch(byte) }
                return 0
            }
            bytes.append(UInt8(byte))
        }
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
        if scalars.count == 1, let scalar = scalars.first, scalar != "\u{FFFD}" { code = wint_t(scalar.value) }
        return 0
    }

    private static func bytesWait() -> Bool {
        var tty = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        return poll(&tty, 1, 0) > 0 && tty.revents & Int16(POLLIN) != 0
    }

    /// The text up to the end of the paste, or to a pause in it.
    private static func pasted() -> String {
        var text = String.UnicodeScalarView()
        var count = 0
        var code = wint_t()
        wtimeout(tb_stdscr(), patience)
        while true {
            let kind = next(&code)
            if kind == ERR || (kind == KEY_CODE_YES && code == wint_t(pasteEnd)) { return String(text) }
            guard kind != KEY_CODE_YES, count < pasteLimit, let scalar = Unicode.Scalar(UInt32(code)) else { continue }
            switch scalar.value {
            case 13: text.append("\n")
            case 9, 10: text.append(scalar)
            case 0..<32, 0x7F..<0xA0: continue
            default: text.append(scalar)
            }
            count += 1
        }
    }

    /// A key that ncurses knows by number.
    private static func key(_ code: Int32) -> Key? {
        switch code {
        case KEY_UP: .up
        case KEY_DOWN: .down
        case KEY_LEFT: .left
        case KEY_RIGHT: .right
        case KEY_SR: .shiftUp
        case KEY_SF: .shiftDown
        case KEY_SLEFT: .shiftLeft
        case KEY_SRIGHT: .shiftRight
        case KEY_HOME: .home
        case KEY_END: .end
        case KEY_PPAGE: .pageUp
        case KEY_NPAGE: .pageDown
        case KEY_BACKSPACE: .backspace
        case KEY_DC: .delete
        case KEY_IC: .insert
        case KEY_BTAB: .backTab
        case KEY_ENTER: .enter
        case tb_key_f(1)...tb_key_f(63): .function(Int(code - tb_key_f(0)))
        default: ownCodes.first { $0.code == code }?.key
        }
    }

    /// A key that sends a character; nil for what no key means.
    private static func key(_ scalar: Unicode.Scalar) -> Key? {
        switch scalar.value {
        case 8, 127: return .backspace
        case 9: return .tab
        case 10, 13: return .enter
        case 27: return .escape
        case 0: return .control(" ")
        case 1...26: return Unicode.Scalar(scalar.value + 96).map { .control(Character($0)) }
        case 28...31: return Unicode.Scalar(scalar.value + 64).map { .control(Character($0)) }
        case 0x80..<0xA0: return nil
        default: return .character(scalar)
        }
    }
}
