// One character cell of a screen: a glyph and the style it is drawn in.

/// A colour as a theme states it: the terminal's own, one of the 256-colour palette, or 24-bit.
///
/// `Terminal` maps what the connected terminal cannot show to the nearest it can.
public enum Colour: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case standard
    /// An index of the xterm 256-colour palette (0–15 are the terminal's own sixteen).
    case palette(UInt8)
    /// 24-bit red, green, blue.
    case rgb(UInt8, UInt8, UInt8)
}

/// How a cell is drawn besides its colours. On a monochrome terminal this is all that is left.
public struct Attributes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let underline = Attributes(rawValue: 4)
    public static let reverse = Attributes(rawValue: 8)
    public static let italic = Attributes(rawValue: 16)
}

/// Foreground, background and attributes of one cell.
public struct Style: Hashable, Sendable {
    public var foreground: Colour
    public var background: Colour
    public var attributes: Attributes

    public init(_ foreground: Colour = .standard, on background: Colour = .standard, _ attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// The terminal's own colours, no attributes.
    public static let plain = Style()

    /// The same style with more attributes.
    public func with(_ more: Attributes) -> Style {
        var style = self
        style.attributes.formUnion(more)
        return style
    }

    /// The same style on another background.
    public func on(_ background: Colour) -> Style {
        var style = self
        style.background = background
        return style
    }
}

/// One cell: a scalar of known width, and its style.
///
/// Invariant 1: `scalar` is printable and has width 1 or 2; the cell to the right of a wide one holds `Cell.continuation`.
/// Combining marks are not kept: ncurses cuts graphemes silently, so one base scalar is what a cell can promise.
public struct Cell: Hashable, Sendable {
    public var scalar: Unicode.Scalar
    public var style: Style

    public init(_ scalar: Unicode.Scalar = " ", _ style: Style = .plain) {
        self.scalar = scalar
        self.style = style
    }

    /// The right half of a wide character; never drawn by itself.
    public static let continuation: Unicode.Scalar = "\u{0}"
}
