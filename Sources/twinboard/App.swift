// The workstation on a terminal: events in, frames out. All logic is in Workstation; this only connects.
import Glibc
import Logging
import Meetings
import Surface
import Synchronization
import Terminal
import Twins
import Workstation

/// The application actor, on the terminal's own thread.
actor App: TerminalApplication {
    nonisolated let thread: TerminalThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private var state: State
    private let worker: Worker
    private let events: AsyncStream<Workstation.Event>
    private let store: StoreWatch
    /// Somebody sits here: what others do is to be seen within a second, and they are to know that the line still stands.
    private let sits: Bool
    private let logger: Logger
    private var screen: TerminalScreen?
    /// The state changed since the last frame.
    private var isDirty = false
    /// Leaving failed because something could not be saved: asked again, the program leaves all the same.
    private var leavesUnsaved = false

    init(thread: TerminalThread, state: State, worker: Worker, events: AsyncStream<Workstation.Event>, store: StoreWatch, logger: Logger) {
        self.thread = thread
        self.state = state
        self.worker = worker
        self.events = events
        self.store = store
        sits = state.sitting != nil
        self.logger = logger
    }

    func opened(_ screen: TerminalScreen) {
        self.screen = screen
        state.look = Look(theme: state.look.theme, capability: screen.capabilities.shows)
        state.size = screen.size
        state.now = Clock.now()
        state.utcOffsetMinutes = Clock.offsetMinutes()
        draw()
        scheduleMinute()
        let events = events
        let store = store
        let pause = sits ? 200 : 1000
        if sits { beat() }
        Task.detached { [weak self] in
            for await event in events { await self?.receive(event) }
        }
        Task.detached { [weak self] in
            // One seat's change is seen by the others within a second or so.
            while let app = self {
                try? await Task.sleep(for: .milliseconds(pause))
                if store.hasChanged() { await app.receive(.storeChanged) }
            }
        }
    }

    func receive(_ event: Workstation.Event) {
        // Only the kind: the words may name a patient.
        switch event {
        case .saveFailed: logger.error("a change could not be saved")
        case .openFailed: logger.error("a case could not be opened")
        case .failed: logger.error("work in the background failed")
        case .calibrated(_, .failed): logger.error("a calibration failed")
        case .forecastReady(_, _, _, .failure): logger.error("a forecast failed")
        default: break
        }
        if take(event) { screen?.leave() } else if !Self.isSilent(event) { draw() }
    }

    /// Such an event only asks for work; what comes of it is drawn when it comes.
    private static func isSilent(_ event: Workstation.Event) -> Bool {
        switch event {
        case .storeChanged, .seats(.pulse): true
        default: false
        }
    }

    /// A sign of life now and every few seconds; the clock of the case goes with it.
    private func beat() {
        Task.detached { [weak self] in
            while let app = self {
                await app.pulse()
                try? await Task.sleep(for: .milliseconds(Board.heartbeat))
            }
        }
    }

    private func pulse() {
        let before = state.caseMinutes
        receive(.seats(.pulse(Clock.now())))
        if state.caseMinutes != before { draw() }
    }

    func step(_ event: TerminalEvent) -> TerminalStep {
        var isLeaving = false
        switch event {
        case .key(let key): isLeaving = take(.key(key))
        case .mouse(let mouse): isLeaving = take(.mouse(mouse))
        case .paste(let text): isLeaving = take(.paste(text))
        case .resize(let size): isLeaving = take(.resize(size))
        case .interrupt: isLeaving = take(.key(.control("c")))
        case .resumed: isLeaving = take(.resumed)
        case .tick:
            isLeaving = take(.clock(Clock.now()))
            scheduleMinute()
        case .suspended, .hangUp, .terminate:
            // The line may be gone: what is drawn as a draft is in the store before this returns.
            _ = worker.finish(Update.apply(.leaving, to: &state))
        }
        isDirty = true
        return isLeaving ? .leave : .stay
    }

    func present() {
        if isDirty { draw() }
    }

    /// Applies an event and starts what it asks for; true if the application is to leave.
    private func take(_ event: Workstation.Event) -> Bool {
        var isLeaving = false
        for effect in Update.apply(event, to: &state) {
            switch effect {
            case .quit: isLeaving = true
            case .wake(let token, let milliseconds):
                Task.detached { [weak self] in
                    try? await Task.sleep(for: .milliseconds(milliseconds))
                    await self?.receive(.woken(token: token))
                }
            case .redraw: screen?.redraw()
            case .suspend: screen?.suspend()
            case .setMouse(let isOn): screen?.mouse = isOn
            case .copy(let text):
                let isCopied = screen?.copy(text) ?? false
                state.message = Message(
                    isCopied ? "Copied" : "This terminal is not known to take a clipboard; use «twinboard compare» or «sheet»",
                    isCopied ? .good : .warning)
            default: worker.start(effect)
            }
        }
        return isLeaving && hasSaved()
    }

    /// Waits until everything asked for is in the store; false, with the reason on the screen, the first time that something is not.
    private func hasSaved() -> Bool {
        let failures = worker.finish([]) + worker.finish(Update.apply(.leaving, to: &state))
        if failures.isEmpty || leavesUnsaved { return true }
        leavesUnsaved = true
        for failure in failures { _ = Update.apply(failure, to: &state) }
        state.message = Message("Not everything could be saved. Leave again to go all the same", .danger)
        return false
    }

    private func draw() {
        isDirty = false
        screen?.draw(View.draw(state).frame)
    }

    /// The next full minute; between ticks nothing is written and nothing wakes the terminal's thread.
    private func scheduleMinute() {
        let milliseconds = Clock.now().milliseconds
        screen?.nextTick = .now + .milliseconds(60_000 - milliseconds % 60_000)
    }
}

/// Asks whether anybody changed the store since the last time.
final class StoreWatch: Sendable {
    private let version: @Sendable () -> Int64?
    private let last: Mutex<Int64?>

    init(_ version: @escaping @Sendable () -> Int64?) {
        self.version = version
        last = Mutex(version())
    }

    func hasChanged() -> Bool {
        guard let now = version() else { return false }
        return last.withLock { last in
            defer { last = now }
            return last != now
        }
    }
}

/// The machine's clock.
enum Clock {
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Minutes that local time is ahead of UTC.
    static func offsetMinutes() -> Int {
        var seconds = time(nil)
        var local = tm()
        localtime_r(&seconds, &local)
        return Int(local.tm_gmtoff) / 60
    }
}
