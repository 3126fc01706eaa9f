// Asks terminfo about the connected terminal, and knows by name what terminfo does not say.
import CNcursesw
import Glibc
import Surface

/// One entry of terminfo, of the terminal that is open.
enum Terminfo {
    /// A string capability; empty where the terminal has none.
    static func string(_ name: String) -> String {
        guard let raw = tigetstr(name), Int(bitPattern: raw) != -1 else { return "" }
        return String(cString: raw)
    }

    static func number(_ name: String) -> Int { Int(tigetnum(name)) }

    static func environment(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}

extension TerminalCapabilities {
    /// Terminals known to take synchronized output, by the start of `TERM` and by `TERM_PROGRAM`.
    /// Source: each project's own documentation of private mode 2026 (the list is short on purpose: an unlisted one only loses smoothness).
    private static let synchronizedTypes = ["xterm-kitty", "alacritty", "foot", "contour", "wezterm", "xterm-ghostty", "mintty"]
    private static let synchronizedPrograms = ["WezTerm", "iTerm.app", "ghostty", "contour", "mintty"]
    /// Types whose character set is not Unicode whatever the locale says.
    private static let plainTypes = ["vt1", "vt2", "vt3", "vt4", "vt5", "ansi", "wy", "sun", "cons", "hp", "dumb"]

    /// Finds out; terminfo must be loaded and the locale set.
    static func detect(type: String, options: TerminalOptions) -> TerminalCapabilities {
        let plain = plainTypes.contains { type.hasPrefix($0) }
        let unicode = (options.unicode ?? !plain) && tb_locale_is_utf8() != 0
        let program = Terminfo.environment("TERM_PROGRAM") ?? ""
        let reportsMouse = !Terminfo.string("kmous").isEmpty
        let multiplexed = type.hasPrefix("tmux") || type.hasPrefix("screen")
        return TerminalCapabilities(
            type: type,
            // The Linux console's fonts hold 512 glyphs: letters and boxes, not braille, not every eighth.
            shows: Capability(
                colours: min(colours(), options.colour ?? .direct), unicode: unicode, braille: type != "linux", blocks: type != "linux"),
            mouse: reportsMouse,
            synchronized: !Terminfo.string("Sync").isEmpty || synchronizedTypes.contains { type.hasPrefix($0) }
                || (!multiplexed && synchronizedPrograms.contains(program)),
            clipboard: !Terminfo.string("Ms").isEmpty)
    }

    private static func colours() -> Capability.Colours {
        // https://no-color.org: present and not empty, whatever its value.
        if Terminfo.environment("NO_COLOR") != nil { return .mono }
        switch Terminfo.number("colors") {
        case (1 << 24)...: return .direct
        case 256...: return .palette256
        case 16...: return .sixteen
        case 8...: return .eight
        default: return .mono
        }
    }
}
