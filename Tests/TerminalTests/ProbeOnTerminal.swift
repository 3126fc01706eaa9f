// Starts the probe as the tests of this module need it.
import Glibc
import TestSupport

/// The program under test on a pseudo-terminal, its first frame drawn.
func probe(
    _ arguments: [String] = [], columns: Int = 80, rows: Int = 24, _ environment: [String: String] = [:], errorsApart: Bool = false
) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
        BuiltProgram.path("TerminalProbe"), arguments, columns: columns, rows: rows, environment: environment, errorsApart: errorsApart)
    terminal.wait {
        terminal.screenText.contains("event: nothing") && terminal.cell(column: columns - 1, row: rows - 1).scalar != " "
    }
    return terminal
}

extension PseudoTerminal {
    /// Types a letter and waits for what the probe says of it.
    func press(_ letter: Unicode.Scalar, shows text: String) -> Bool {
        press(.character(letter))
        return waitFor(text)
    }
}

/// A file that a test may write, gone afterwards.
final class Scratch {
    let path: String

    init() {
        var template = Array((P_tmpdir + "/twinboard-XXXXXX").utf8CString)
        close(mkstemp(&template))
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    var text: String { SharedFiles.text(path) ?? "" }

    deinit { unlink(path) }
}
