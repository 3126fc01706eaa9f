// What the user may ask of the terminal, and what it turned out to be able to.
import Surface

/// What the user may ask for. Everything left alone is found out.
public struct TerminalOptions: Hashable, Sendable {
    /// Whether clicks and the wheel are reported; the terminal's own selection then needs Shift.
    public var mouse = true
    /// Whether more than ASCII may be drawn; nil: by locale and `TERM`.
    public var unicode: Bool?
    /// The most colours to use; nil: what terminfo says, none under `NO_COLOR`.
    public var colour: Capability.Colours?
    /// Milliseconds after which a lone escape is the key rather than the start of a sequence. `ESCDELAY` wins.
    public var escapeDelay = 25

    public init(mouse: Bool = true, unicode: Bool? = nil, colour: Capability.Colours? = nil, escapeDelay: Int = 25) {
        self.mouse = mouse
        self.unicode = unicode
        self.colour = colour
        self.escapeDelay = escapeDelay
    }
}

/// What the connected terminal can show.
public struct TerminalCapabilities: Hashable, Sendable {
    /// The value of `TERM`.
    public let type: String
    /// Colours and glyphs, for themes, screens and plots.
    public let shows: Capability
    /// Whether the terminal can report a mouse at all.
    public let mouse: Bool
    /// Whether it is known to take synchronized output (private mode 2026): no torn frames.
    public let synchronized: Bool
    /// Whether it is known to take text for the clipboard (OSC 52).
    public let clipboard: Bool
}
