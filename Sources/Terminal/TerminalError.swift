// What can keep a terminal from being opened, in words for the person at it.
import Glibc

/// Why there is no terminal to draw on. A command ends with status 69 on any of these.
public enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Standard input or output is a file or a pipe.
    case notATerminal
    /// terminfo does not know the type that `TERM` names (empty when it is unset).
    case unknownType(String)
    /// The type is known, yet its cursor cannot be placed (`dumb`, a printing terminal).
    case tooSimple(String)
    /// terminfo itself is missing from this machine.
    case noTerminfo
    /// The system refused something the terminal needs: what, and the system's error number.
    case system(String, Int32)

    public var description: String {
        switch self {
        case .notATerminal:
            "no terminal: standard input and output must both be one (not a pipe or a file)"
        case .unknownType(""):
            "no terminal type: the environment variable TERM is not set; try TERM=xterm-256color"
        case .unknownType(let type):
            "unknown terminal type “\(Self.printable(type))”: set TERM to what your terminal is, for example TERM=xterm-256color"
        case .tooSimple(let type):
            "the terminal type “\(Self.printable(type))” cannot place its cursor: use another terminal, or the commands that print text"
        case .noTerminfo:
            "no terminfo database on this machine: install the package ncurses-base"
        case .system(let what, let number):
            "the system refused \(what): \(strerror(number).map { String(cString: $0) } ?? "error \(number)")"
        }
    }

    /// `TERM` is text from outside and goes to a terminal: printable ASCII alone, and not much of it.
    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(40).map { (0x20..<0x7F).contains($0.value) ? $0 : "?" }))
    }
}
