// The signs that screens and plots draw with, in Unicode and in ASCII.

/// One set of signs; picked by a `Capability`.
public struct Glyphs: Hashable, Sendable {
    public var horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight: Unicode.Scalar
    /// Where an axis carries a tick: on the vertical axis, on the horizontal one, and where the two meet.
    public var tickLeft, tickDown, corner: Unicode.Scalar
    public var tick, cross, warning, bullet, circle, ellipsis, dash: Unicode.Scalar
    public var arrowLeft, arrowRight, arrowUp, arrowDown, pointer: Unicode.Scalar
    /// Plot signs: an observation, an operation and its line, a cycle that is held, the cursor's line, the cursor on a curve, the now line, a
    /// threshold, a gridline.
    public var observed, operation, operationLine, held, cursor, cursorPoint, now, threshold, grid: Unicode.Scalar
    /// A curve's dot where braille is missing, a band's fill where backgrounds are, and its fill where two bands cross.
    public var curve, shade, shadeCrossing: Unicode.Scalar
    /// An interval's line and its two ends.
    public var interval, intervalStart, intervalEnd: Unicode.Scalar
    /// Levels from lowest to full, for sparklines and small upright bars.
    public var spark: [Unicode.Scalar]
    /// Parts of a cell from the left, from the thinnest to full, for lying bars.
    public var lying: [Unicode.Scalar]
    /// The mark at the left of a selected row, so that a selection is seen without colour.
    public var selected: Unicode.Scalar
    /// "±" or "+-".
    public var plusMinus: String

    public static let unicode = Glyphs(
        horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
        tickLeft: "┤", tickDown: "┬", corner: "└",
        tick: "✓", cross: "✗", warning: "⚠", bullet: "●", circle: "○", ellipsis: "…", dash: "—",
        arrowLeft: "←", arrowRight: "→", arrowUp: "↑", arrowDown: "↓", pointer: "▸",
        observed: "●", operation: "▲", operationLine: "╎", held: "‖", cursor: "│", cursorPoint: "◆", now: "┆", threshold: "╌", grid: "┈",
        curve: "•", shade: "░", shadeCrossing: "▒", interval: "─", intervalStart: "╶", intervalEnd: "╴",
        spark: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], lying: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
        selected: "▌", plusMinus: "±")

    public static let ascii = Glyphs(
        horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
        tickLeft: "+", tickDown: "+", corner: "+",
        tick: "y", cross: "x", warning: "!", bullet: "*", circle: "o", ellipsis: ".", dash: "-",
        arrowLeft: "<", arrowRight: ">", arrowUp: "^", arrowDown: "v", pointer: ">",
        observed: "o", operation: "^", operationLine: "!", held: "=", cursor: "|", cursorPoint: "@", now: ".", threshold: "-", grid: " ",
        curve: "*", shade: ":", shadeCrossing: ";", interval: "-", intervalStart: "<", intervalEnd: ">",
        spark: ["_", ".", "-", "=", "+", "*", "%", "#"], lying: ["#"],
        selected: ">", plusMinus: "+-")
}

extension Glyphs {
    /// The set for a terminal. Without eighth blocks (some consoles) the sparkline and the bars use ASCII levels within the Unicode set.
    public init(_ capability: Capability) {
        self = capability.unicode ? .unicode : .ascii
        if capability.unicode && !capability.blocks {
            spark = Glyphs.ascii.spark
            lying = Glyphs.ascii.lying
            selected = "│"
        }
    }
}
