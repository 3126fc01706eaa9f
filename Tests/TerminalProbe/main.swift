// The smallest program that uses all of Terminal: what the tests of that module run on a pseudo-terminal.
import Glibc
import Surface
import Terminal

do throws(TerminalError) {
    let thread = try TerminalThread()
    var options = TerminalOptions()
    if CommandLine.arguments.contains("--no-mouse") { options.mouse = false }
    if CommandLine.arguments.contains("--ascii") { options.unicode = false }
    let ending = try TerminalSession.run(Probe(on: thread), options: options)
    print("ended: \(ending)")
} catch {
    Probe.complain("probe: \(error)\n")
    exit(69)
}
