// What an application is to the terminal: an actor on the terminal's thread that draws and answers events.

/// Whether to go on after an event.
public enum TerminalStep: Hashable, Sendable { case stay, leave }

/// How a session ended; the exit status is the command's business.
public enum TerminalEnding: Hashable, Sendable {
    /// The application left.
    case left
    /// A signal asked it to (SIGTERM).
    case signal(Int32)
    /// The terminal is gone.
    case hungUp
}

/// An application that lives on the terminal's thread.
///
/// Its actor must name that thread as its executor:
/// ```swift
/// nonisolated let thread: TerminalThread
/// nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
/// ```
/// Background work then reaches the screen by `await`ing a method of the actor; no lock, no polling.
public protocol TerminalApplication: Actor {
    nonisolated var thread: TerminalThread { get }
    /// The terminal is ours: keep the screen and draw the first frame.
    func opened(_ screen: TerminalScreen)
    /// Something happened. ``TerminalEvent/terminate(_:)`` and ``TerminalEvent/hangUp`` must be answered synchronously.
    func step(_ event: TerminalEvent) -> TerminalStep
    /// Everything that had come is answered: the time to draw, once for all of it.
    func present()
}

extension TerminalApplication {
    /// For an application that draws as it answers.
    public func present() {}
}
