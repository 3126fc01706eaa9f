// Draws what the terminal is and what last happened, and does on a key what a test wants to see.
import Glibc
import Surface
import Terminal

/// The application under test.
actor Probe: TerminalApplication {
    nonisolated let thread: TerminalThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private var screen: TerminalScreen?
    private var happened = "nothing"
    private var count = 0
    private var picture = Picture.status

    init(on thread: TerminalThread) { self.thread = thread }

    func opened(_ screen: TerminalScreen) {
        self.screen = screen
        draw()
    }

    /// Called by background work: hops onto the terminal's thread.
    func received(_ text: String) {
        note(text)
        draw()
    }

    /// Called by background work that has nothing more to do.
    func done() { screen?.leave() }

    func step(_ event: TerminalEvent) -> TerminalStep {
        note(Self.describe(event))
        let step = act(on: event)
        if step == .stay { draw() }
        return step
    }

    private static func describe(_ event: TerminalEvent) -> String {
        switch event {
        case .paste(let text): "paste of \(text.unicodeScalars.count), \(text.prefix(12).replacing("\n", with: "|"))"
        case .mouse(let mouse): "mouse \(mouse.kind) at \(mouse.point.column),\(mouse.point.row)"
        case .key(let key): "key \(key)"
        default: "\(event)"
        }
    }

    private func note(_ text: String) {
        happened = text
        count += 1
    }

    private func act(on event: TerminalEvent) -> TerminalStep {
        switch event {
        case .interrupt: return getenv("PROBE_KEEP_INTERRUPT") == nil ? .leave : .stay
        case .terminate, .hangUp, .suspended: log("\(event)")
        case .key(.control("l")): screen?.redraw()
        case .key(.character(let key)): return act(on: key)
        default: break
        }
        return .stay
    }

    private func act(on key: Unicode.Scalar) -> TerminalStep {
        switch key {
        case "q": return .leave
        case "s": picture = .status
        case "d": picture = .dense
        case "h": picture = .hostile
        case "n": picture = .narrow
        case "w": picture = .wide
        case "c": picture = .colours
        case "X": fatalError("the probe was asked to crash")
        case "E": exit(3)
        case "!": Self.complain("said on standard error\n")
        case "b": screen?.bell()
        case "m": screen?.mouse.toggle()
        case "z": screen?.suspend()
        case "t": screen?.nextTick = .now + .milliseconds(50)
        case "y": note("copied \(screen?.copy("for the clipboard") ?? false)")
        case "g": Task.detached { await self.received("from the background") }
        case "G": Task.detached { await self.done() }
        case "L": while true { pause() }
        default: break
        }
        return .stay
    }

    private func draw() {
        guard let screen else { return }
        screen.draw(picture.frame(size: screen.size, shows: screen.capabilities, lines: ["event: \(happened)", "events: \(count)"]))
    }

    static func complain(_ text: String) {
        _ = text.withCString { write(2, $0, strlen($0)) }
    }

    /// Written at once, so that a test sees what was done before the end.
    private func log(_ text: String) {
        guard let path = getenv("PROBE_LOG"), let file = fopen(path, "a") else { return }
        fputs(text + "\n", file)
        fclose(file)
    }
}
