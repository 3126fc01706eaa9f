// A program on a real pseudo-terminal, seen through a terminal emulator: what a person would see, and every byte counted.
import CVTerm
import Glibc
import Surface

/// A program under test, its terminal, and the person at it.
///
/// Every wait has an end, and nothing outlives the object: the program, which leads a session of its own, is killed with it.
public final class PseudoTerminal {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// How a program ended.
    public enum Ending: Hashable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)
        /// Not within the time allowed.
        case running
    }

    /// Long enough for a loaded machine; a wait that is fulfilled ends at once.
    public static let patience = Duration.seconds(30)

    public private(set) var size: Size
    public let child: pid_t
    /// How many bytes the program has written to its terminal so far.
    public private(set) var bytesReceived = 0
    /// The bytes themselves, while ``keepsBytes`` is set.
    public private(set) var bytes: [UInt8] = []
    public var keepsBytes = false
    /// What the program said on standard error, when that was kept apart.
    public private(set) var standardError = ""

    let emulator: OpaquePointer
    private var master: Int32
    private let slave: Int32
    private var errors: Int32 = -1
    private let modesBefore: termios
    private var ending: Ending?

    /// Starts a program. `environment` comes on top of `PATH`, `HOME`, `TERM=xterm-256color` and `LC_ALL=C.UTF-8`;
    /// an empty value takes a variable away.
    ///
    /// - Parameter errorsApart: standard error goes to ``standardError`` rather than to the terminal.
    public init(
        _ program: String, _ arguments: [String] = [], columns: Int = 80, rows: Int = 24, environment: [String: String] = [:],
        errorsApart: Bool = false
    ) throws {
        size = Size(columns: columns, rows: rows)
        var name = [CChar](repeating: 0, count: 64)
        master = -1
        slave = tb_open_pty(&master, &name, Int32(rows), Int32(columns))
        guard slave >= 0, let emulator = tb_emulator_new(Int32(rows), Int32(columns)) else {
            throw Failure(description: "no pseudo-terminal: error \(errno)")
        }
        self.emulator = emulator
        var modes = termios()
        tcgetattr(slave, &modes)
        modesBefore = modes
        var pipeEnds: [Int32] = [-1, -1]
        if errorsApart {
            guard pipe(&pipeEnds) == 0 else { throw Failure(description: "no pipe: error \(errno)") }
            _ = fcntl(pipeEnds[0], F_SETFL, O_NONBLOCK)
            _ = fcntl(pipeEnds[0], F_SETFD, FD_CLOEXEC)
        }
        errors = pipeEnds[0]
        var variables = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]
        for (variable, value) in environment { variables[variable] = value.isEmpty ? nil : value }
        var argv = ([program] + arguments).map { strdup($0) } + [nil]
        var envp = variables.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var started: pid_t = -1
        let outcome = tb_spawn(&started, program, &argv, &envp, name, pipeEnds[1])
        if pipeEnds[1] >= 0 { close(pipeEnds[1]) }
        child = started
        guard outcome == 0 else {
            ending = .running
            throw Failure(description: "cannot start \(program): error \(outcome)")
        }
    }

    deinit {
        if ending == nil {
            ProcessSession.kill(child)
            var status: Int32 = 0
            waitpid(child, &status, 0)
        }
        for descriptor in [master, slave, errors] where descriptor >= 0 { close(descriptor) }
        tb_emulator_free(emulator)
    }

    /// Takes in what the program writes, until `condition` holds. Whether it does, in the end.
    @discardableResult
    public func wait(_ timeout: Duration = patience, until condition: () -> Bool) -> Bool {
        let end = ContinuousClock.now + timeout
        while true {
            let more = pump(milliseconds: 0)
            if condition() { return true }
            if !more {
                if ContinuousClock.now >= end { return false }
                pump(milliseconds: 20)
            }
        }
    }

    /// Waits until a text stands somewhere on the screen.
    @discardableResult
    public func waitFor(_ text: String, _ timeout: Duration = patience) -> Bool {
        wait(timeout) { screenText.contains(text) }
    }

    /// Takes in everything until nothing has come for a while.
    public func settle(_ quiet: Duration = .milliseconds(150)) {
        while pump(milliseconds: Int32(quiet / .milliseconds(1))) {}
    }

    /// Reads what is there, waiting so long for it to come; whether anything did.
    @discardableResult
    private func pump(milliseconds: Int32) -> Bool {
        guard master >= 0 else {
            usleep(UInt32(milliseconds) * 1000)
            return takeErrors()
        }
        var waiting = [pollfd(fd: master, events: Int16(POLLIN), revents: 0), pollfd(fd: errors, events: Int16(POLLIN), revents: 0)]
        guard poll(&waiting, 2, milliseconds) > 0 else { return false }
        // The writer of standard error is gone: such a descriptor is always ready, and must not keep a wait from sleeping.
        var some = takeErrors()
        var chunk = [CChar](repeating: 0, count: 65_536)
        while true {
            let count = read(master, &chunk, chunk.count)
            if count <= 0 { return some }
            some = true
            bytesReceived += count
            if keepsBytes { bytes += chunk.prefix(count).map(UInt8.init(bitPattern:)) }
            tb_emulator_feed(emulator, chunk, count)
        }
    }

    private func takeErrors() -> Bool {
        guard errors >= 0 else { return false }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(errors, &chunk, chunk.count)
        if count > 0 {
            standardError += String(decoding: chunk.prefix(count), as: UTF8.self)
            return true
        }
        if count == 0 {
            close(errors)
            errors = -1
        }
        return false
    }

    /// Sends bytes as the keyboard would, all of them.
    public func type(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty, master >= 0 {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                pump(milliseconds: 20)
            } else {
                return
            }
        }
    }

    /// Gives the window another size; the kernel tells the program.
    public func resize(columns: Int, rows: Int) {
        size = Size(columns: columns, rows: rows)
        tb_emulator_resize(emulator, Int32(rows), Int32(columns))
        _ = tb_set_size(master, Int32(rows), Int32(columns))
    }

    /// Sends a signal to the program alone.
    public func signal(_ number: Int32) {
        if ending == nil { kill(child, number) }
    }

    /// Drops the line, as a closed window or a lost SSH connection does.
    public func hangUp() {
        if master >= 0 { close(master) }
        master = -1
    }

    /// Waits for the program's end.
    @discardableResult
    public func finish(_ timeout: Duration = patience) -> Ending {
        var status: Int32 = 0
        wait(timeout) {
            if ending == nil, waitpid(child, &status, WNOHANG) == child {
                let signal = tb_killed_by(status)
                ending = signal != 0 ? .killed(signal: signal) : .exited(tb_exit_status(status))
            }
            return ending != nil
        }
        if ending != nil { pump(milliseconds: 0) }
        return ending ?? .running
    }

    /// The terminal's modes now; nil once the line is gone.
    public var modes: termios? {
        var now = termios()
        return tcgetattr(slave, &now) == 0 ? now : nil
    }

    /// Whether line editing, echo and the other modes are as the program found them, and its screen has been left.
    public var isRestored: Bool {
        guard let now = modes else { return false }
        return now.c_iflag == modesBefore.c_iflag && now.c_oflag == modesBefore.c_oflag && now.c_cflag == modesBefore.c_cflag
            && now.c_lflag == modesBefore.c_lflag && tb_emulator_alternate(emulator) == 0 && tb_emulator_mouse(emulator) == 0
            && cursor != nil
    }
}
