// The one thread that may call ncurses, as a Swift executor: jobs, keys, signals and one deadline from a single poll.
import CTerminalSignals
import Glibc
import Synchronization

/// The one thread that may call ncurses, seen by Swift concurrency as an executor.
///
/// Whatever an actor on this executor does, it does here: its jobs, key presses and signals are taken one at a
/// time from a single `poll`, so no lock guards the screen. Invariant 1: with no input, no job and no deadline it sleeps.
public final class TerminalThread: SerialExecutor {
    enum Wake { case input, signal(Int32), jobsDone, hangUp, deadline }

    private let owner: pthread_t
    private let jobs = Mutex<[UnownedJob]>([])
    private let wakeRead: Int32
    private let wakeWrite: Int32

    /// Makes the calling thread the terminal's: the one that will call ``TerminalSession/run(_:options:)``.
    ///
    /// Throws ``TerminalError/system(_:_:)`` when the process has no descriptors left.
    public init() throws(TerminalError) {
        var ends: [Int32] = [-1, -1]
        guard tb_pipe(&ends) == 0 else { throw .system("a pipe for the terminal's thread", errno) }
        (wakeRead, wakeWrite) = (ends[0], ends[1])
        owner = pthread_self()
    }

    deinit {
        close(wakeRead)
        close(wakeWrite)
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        var byte: UInt8 = 1
        _ = write(wakeWrite, &byte, 1)  // a full pipe will wake just as well
    }

    public func isIsolatingCurrentContext() -> Bool? { pthread_equal(pthread_self(), owner) != 0 }

    public func checkIsolated() {
        precondition(pthread_equal(pthread_self(), owner) != 0, "ncurses called off the terminal's thread")
    }

    /// Takes jobs, keys and signals in turn until `step` answers `false`.
    func run(tty: Int32, signals: Int32, deadline: () -> ContinuousClock.Instant?, step: (Wake) -> Bool) {
        var alive = true
        while alive {
            var waiting = [tty, signals, wakeRead].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let count = poll(&waiting, 3, Self.milliseconds(until: deadline()))
            if count < 0 {
                if errno == EINTR { continue }  // the signal is in its pipe
                _ = step(.hangUp)
                return
            }
            if waiting[1].revents != 0 {
                let numbers = Self.drain(signals)
                tb_signals_heeded()  // before they are answered: should that hang, three more end the program
                for number in numbers where alive { alive = step(.signal(Int32(number))) }
            }
            if alive, waiting[2].revents != 0 {
                runJobs()
                alive = step(.jobsDone)
            }
            if alive, waiting[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { alive = step(.hangUp) }
            if alive, waiting[0].revents & Int16(POLLIN) != 0 { alive = step(.input) }
            if alive, let moment = deadline(), moment <= .now { alive = step(.deadline) }
        }
    }

    private func runJobs() {
        _ = Self.drain(wakeRead)
        let ready = jobs.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for job in ready { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    /// What waits in a pipe, each byte value once: ten window changes are one.
    private static func drain(_ descriptor: Int32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64)
        var distinct: [UInt8] = []
        while true {
            let count = read(descriptor, &bytes, bytes.count)
            if count <= 0 { return distinct }
            for byte in bytes.prefix(count) where !distinct.contains(byte) { distinct.append(byte) }
        }
    }

    /// For `poll`: -1 without a deadline, rounded up so that it is not woken a moment too soon.
    private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
        guard let deadline else { return -1 }
        let left = deadline - .now
        guard left > .zero else { return 0 }
        let (seconds, attoseconds) = left.components
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
