// Theme, signs and capability together: all that a view needs to know of the terminal.

/// Made once for a terminal; its theme is already adapted.
public struct Look: Hashable, Sendable {
    public let capability: Capability
    /// The theme in the colours that the terminal has.
    public let theme: Theme
    public let glyphs: Glyphs

    public init(theme: Theme = .dark, capability: Capability = .full) {
        self.capability = capability
        self.theme = theme.adapted(to: capability)
        glyphs = Glyphs(capability)
    }

    public subscript(role: Theme.Role) -> Style { theme[role] }

    /// The look of the n-th scenario.
    public func series(_ index: Int) -> SeriesStyle { theme.series(index) }

    /// The n-th scenario's colour on the screen's background, for its letter and its figures.
    public func line(_ index: Int, _ attributes: Attributes = []) -> Style {
        Style(theme.series(index).line, on: theme[.background].background, attributes)
    }

    /// The text as this terminal can show it: in ASCII where it has no more.
    public func text(_ text: String) -> String { capability.unicode ? text : AsciiFold.text(text) }
}
