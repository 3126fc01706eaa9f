// What the connected terminal can show; everything that is drawn degrades by it.

/// Found out by `Terminal` from TERM, the locale, COLORTERM, NO_COLOR and the user's flags.
public struct Capability: Hashable, Sendable {
    /// How many colours, from none to 24 bits.
    public enum Colours: Int, Hashable, Sendable, CaseIterable, Comparable {
        case mono, eight, sixteen, palette256, direct
        public static func < (left: Colours, right: Colours) -> Bool { left.rawValue < right.rawValue }
    }

    public var colours: Colours
    /// Whether anything beyond ASCII may be written.
    public var unicode: Bool
    /// Whether the font has U+2800–28FF; the Linux console's has not.
    public var braille: Bool
    /// Whether the font has the eighth blocks ▁▂▃▄▅▆▇█.
    public var blocks: Bool

    /// `braille` and `blocks` count only together with `unicode`.
    public init(colours: Colours, unicode: Bool = true, braille: Bool = true, blocks: Bool = true) {
        self.colours = colours
        self.unicode = unicode
        self.braille = braille && unicode
        self.blocks = blocks && unicode
    }

    /// 24-bit colour and every sign.
    public static let full = Capability(colours: .direct)
    /// The 256-colour palette and every sign.
    public static let colours256 = Capability(colours: .palette256)
    /// Black and white, ASCII.
    public static let ascii = Capability(colours: .mono, unicode: false)

    /// Whether a band can be shown by the cells' background: fewer colours have none dark enough beside their line.
    public var paintsBands: Bool { colours >= .palette256 }
}
