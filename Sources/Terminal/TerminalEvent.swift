// What a terminal can tell the application: one event at a time, in the order it happened.
import Surface

/// Something that happened at the terminal.
public enum TerminalEvent: Hashable, Sendable {
    case key(Key)
    case mouse(MouseEvent)
    /// Text pasted in one go (bracketed paste): control characters other than newline and tab are left out.
    case paste(String)
    /// The window has another size; draw.
    case resize(Size)
    /// ^C or SIGINT: the application decides whether that means to leave.
    case interrupt
    /// SIGTERM: save now; the session ends whatever the answer is.
    case terminate(Int32)
    /// The line is gone (SIGHUP, or the terminal closed): save now; the session ends whatever the answer is.
    case hangUp
    /// About to be stopped (^Z); a good moment to commit.
    case suspended
    /// Back from a stop; draw.
    case resumed
    /// The moment set in ``TerminalScreen/nextTick`` has come.
    case tick
}
