// However a session ends, the terminal is given back and what matters was told first.
import Glibc
import TestSupport
import Testing

@Suite("Ends and stops")
struct EndingTests {
    @Test func leavingRestoresTheTerminal() throws {
        let terminal = try probe()
        #expect(!terminal.isRestored)
        terminal.press(.character("q"))
        #expect(terminal.finish() == .exited(0))
        #expect(terminal.isRestored)
        #expect(terminal.screenText.contains("ended: left"))
    }

    @Test func backgroundWorkMayEndTheSession() throws {
        let terminal = try probe()
        terminal.press(.character("G"))
        #expect(terminal.finish() == .exited(0))
        #expect(terminal.isRestored)
    }

    @Test func terminationIsToldThenTheTerminalRestored() throws {
        let log = Scratch()
        let terminal = try probe([], ["PROBE_LOG": log.path])
        terminal.signal(SIGTERM)
        #expect(terminal.finish() == .exited(0))
        #expect(log.text == "terminate(15)\n")
        #expect(terminal.isRestored)
        #expect(terminal.screenText.contains("ended: signal(15)"))
    }

    @Test func hangUpSignalIsToldThenTheTerminalRestored() throws {
        let log = Scratch()
        let terminal = try probe([], ["PROBE_LOG": log.path])
        terminal.signal(SIGHUP)
        #expect(terminal.finish() == .exited(0))
        #expect(log.text == "hangUp\n")
        #expect(terminal.isRestored)
    }

    @Test func droppedLineEndsTheProgramOnce() throws {
        let log = Scratch()
        let terminal = try probe([], ["PROBE_LOG": log.path])
        terminal.hangUp()
        #expect(terminal.finish() == .exited(0))
        #expect(log.text == "hangUp\n")
    }

    @Test func crashRestoresTheTerminalAndKeepsItsMessage() throws {
        let apart = try probe(errorsApart: true)
        apart.press(.character("X"))
        let ending = apart.finish()
        #expect([.killed(signal: SIGILL), .killed(signal: SIGTRAP)].contains(ending), "\(ending)")
        #expect(apart.isRestored)
        #expect(apart.wait { apart.standardError.contains("the probe was asked to crash") })
        let together = try probe()
        together.press(.character("X"))
        together.finish()
        // On the shell's screen, where it can be read, not on the one that vanished.
        #expect(together.wait { !together.isAlternate && together.screenText.contains("the probe was asked to crash") })
    }

    @Test func exitFromWithinRestoresTheTerminal() throws {
        let terminal = try probe()
        terminal.press(.character("E"))
        #expect(terminal.finish() == .exited(3))
        #expect(terminal.isRestored)
    }

    @Test func quitSignalRestoresTheTerminal() throws {
        let terminal = try probe()
        terminal.signal(SIGQUIT)
        #expect(terminal.finish() == .killed(signal: SIGQUIT))
        #expect(terminal.isRestored)
    }

    @Test func hungProgramCanStillBeEnded() throws {
        let terminal = try probe()
        terminal.press(.character("L"))
        terminal.settle()
        let ended = terminal.wait {
            terminal.signal(SIGTERM)
            return terminal.finish(.milliseconds(50)) != .running
        }
        #expect(ended)
        #expect(terminal.finish() == .killed(signal: SIGTERM))
        #expect(terminal.isRestored)
    }

    @Test func standardErrorIsKeptForAfterwards() throws {
        let terminal = try probe(errorsApart: true)
        #expect(terminal.press("!", shows: "events: 1"))
        #expect(terminal.standardError.isEmpty)
        terminal.press(.character("q"))
        #expect(terminal.finish() == .exited(0))
        #expect(terminal.wait { terminal.standardError == "said on standard error\n" })
    }

    /// A shell with job control, as the user's: stops the probe, does something else, takes it up again.
    @Test(arguments: ["\u{1A}", "z"])
    func controlZGoesToTheShellAndBack(_ typed: String) throws {
        let log = Scratch()
        let script = "set -m; \"$0\"; echo shell: status $?; read answer; fg; echo shell: done $?; exit 7"
        let terminal = try PseudoTerminal(
            "/bin/sh", ["-c", script, BuiltProgram.path("TerminalProbe")], environment: ["PROBE_LOG": log.path])
        #expect(terminal.waitFor("event: nothing"))
        terminal.type(typed)
        #expect(terminal.waitFor("shell: status"))
        #expect(terminal.isRestored)
        #expect(log.text == "suspended\n")
        terminal.resize(columns: 90, rows: 25)
        terminal.type("on\n")
        #expect(terminal.waitFor("event: resumed"))
        #expect(terminal.waitFor("size 90x25"))
        #expect(terminal.isAlternate && terminal.reportsMouse)
        terminal.press(.right)
        #expect(terminal.waitFor("event: key right"))
        terminal.press(.character("q"))
        #expect(terminal.waitFor("shell: done 0"))
        #expect(terminal.finish() == .exited(7))
        #expect(terminal.isRestored)
    }

    @Test func stopThatCannotBeCaughtIsRecovered() throws {
        let terminal = try probe()
        terminal.signal(SIGSTOP)
        terminal.signal(SIGCONT)
        #expect(terminal.waitFor("event: resumed"))
        terminal.press(.character("q"))
        #expect(terminal.finish() == .exited(0))
        #expect(terminal.isRestored)
    }
}
