// How a screen is opened, fitted to its window, stopped, taken up again and given back.
import CNcursesw
import CTerminalSignals
import Glibc
import Surface

extension TerminalScreen {
    private static let pasteOn = "\u{1B}[?2004h"
    private static let pasteOff = "\u{1B}[?2004l"
    /// Buttons, the wheel, motion with a button down, and coordinates without a limit (xterm's modes 1000, 1002, 1006).
    private static let mouseOn = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
    private static let mouseOff = "\u{1B}[?1002l\u{1B}[?1000l\u{1B}[?1006l"

    /// Takes the terminal. Throws before anything is written to it, or not at all.
    static func open(_ options: TerminalOptions) throws(TerminalError) -> TerminalScreen {
        guard isatty(0) == 1, isatty(1) == 1 else { throw .notATerminal }
        takeLocale(wantsUnicode: options.unicode == true)
        let type = Terminfo.environment("TERM") ?? ""
        guard !type.isEmpty else { throw .unknownType("") }
        switch tb_terminal_known(type) {
        case 1: break
        case -1: throw .noTerminfo
        default: throw .unknownType(type)
        }
        let movable = !Terminfo.string("cup").isEmpty
        tb_terminal_forget()
        guard movable else { throw .tooSimple(type) }
        guard tb_guard_remember(0) == 0 else { throw .system("the terminal's modes", errno) }
        if Terminfo.environment("ESCDELAY") == nil { set_escdelay(Int32(options.escapeDelay)) }
        guard let outlet = Outlet() else { throw .system("a second way to the terminal", errno) }
        guard tb_newterm(outlet.stream) != nil else { throw .unknownType(type) }
        let capabilities = TerminalCapabilities.detect(type: type, options: options)
        let screen = TerminalScreen(starting: capabilities, mouse: options.mouse, outlet: outlet)
        screen.enter()
        return screen
    }

    /// Takes the user's character set. A locale that this machine lacks (one forwarded over SSH, often) still says whether it is UTF-8.
    private static func takeLocale(wantsUnicode: Bool) {
        let named = Terminfo.environment("LC_ALL") ?? Terminfo.environment("LC_CTYPE") ?? Terminfo.environment("LANG") ?? ""
        let known = setlocale(LC_CTYPE, "") != nil
        let promised = !known && ["UTF-8", "UTF8"].contains { named.uppercased().contains($0) }
        if tb_locale_is_utf8() == 0, wantsUnicode || promised { setlocale(LC_CTYPE, "C.UTF-8") }
    }

    private convenience init(starting capabilities: TerminalCapabilities, mouse: Bool, outlet: Outlet) {
        if capabilities.shows.colours != .mono {
            start_color()
            use_default_colors()
        }
        self.init(capabilities: capabilities, size: Size(columns: Int(tb_columns()), rows: Int(tb_lines())), mouse: mouse, outlet: outlet)
    }

    private func enter() {
        tb_guard_arm(restoringBytes)
        // Without it the program still runs; a trap's message would then be lost with the alternate screen.
        _ = tb_stderr_divert()
        cbreak()
        noecho()
        nonl()
        tb_free_control_keys(0)
        def_prog_mode()
        keypad(tb_stdscr(), true)
        KeyReader.defineKeys()
        curs_set(0)
        takePrivateModes()
    }

    /// Everything that must be undone, in one string a signal handler can write.
    private var restoringBytes: String {
        var bytes = capabilities.synchronized ? "\u{1B}[?2026l" : ""
        if capabilities.mouse { bytes += Self.mouseOff }
        if pastes { bytes += Self.pasteOff }
        return bytes + ["rmkx", "sgr0", "op", "cnorm", "rmcup"].map(Terminfo.string).joined() + "\r"
    }

    private var pastes: Bool { !Terminfo.string("BE").isEmpty }

    func setMouse(_ on: Bool) {
        guard isOpen else { return }
        send(on ? Self.mouseOn : Self.mouseOff)
    }

    private func takePrivateModes() {
        if mouse && capabilities.mouse { send(Self.mouseOn) }
        if pastes { send(Self.pasteOn) }
    }

    private func leavePrivateModes() {
        if mouse && capabilities.mouse { send(Self.mouseOff) }
        if pastes { send(Self.pasteOff) }
    }

    /// Takes the window's size; whether it is another one. What was drawn is drawn anew either way: a terminal
    /// may have moved it about.
    func fit() -> Bool {
        var rows: Int32 = 0, columns: Int32 = 0
        if tb_window_size(0, &rows, &columns) != 0 { resizeterm(rows, columns) }
        let now = Size(columns: Int(tb_columns()), rows: Int(tb_lines()))
        defer { size = now }
        shown = nil
        clearok(tb_stdscr(), true)
        return now != size
    }

    /// Gives the terminal to the shell, stops, and takes it back once continued.
    func stop() {
        stopWanted = false
        def_prog_mode()
        leavePrivateModes()
        endwin()
        tb_suspend_self()
        takeBack()
    }

    /// Sets the terminal up again after a stop, ours or one that could not be caught (SIGSTOP).
    func takeBack() {
        reset_prog_mode()
        outlet.forget()
        flush()
        takePrivateModes()
    }

    /// Gives the terminal back for good. Safe to call twice.
    func close() {
        guard isOpen else { return }
        leavePrivateModes()
        isOpen = false
        endwin()
        tb_guard_disarm()
        tb_stderr_replay()
    }
}
