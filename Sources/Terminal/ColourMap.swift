// A theme's colours as the numbers this terminal takes: direct, 256, 16, 8 or none.
import Surface

/// Maps colours to ncurses' colour numbers; pure, so every depth is tested without a terminal.
struct ColourMap {
    let depth: Capability.Colours

    /// The terminal's own colour, as ncurses names it after `use_default_colors`.
    static let own: Int32 = -1

    /// Foreground and background of a style.
    ///
    /// Invariant 2: two colours that differ in the theme never fall together here; where the nearest two are
    /// the same, the foreground becomes black or white, whichever is farther from the background.
    func numbers(_ style: Style) -> (foreground: Int32, background: Int32) {
        let pair = (number(style.foreground), number(style.background))
        guard depth != .mono, pair.0 == pair.1, pair.1 != Self.own, style.foreground != style.background else { return pair }
        let dark = lightness(style.background) < 0.6
        return (dark ? white : 0, pair.1)
    }

    private var white: Int32 {
        switch depth {
        case .direct: 0xFFFFFF
        case .palette256, .sixteen: 15
        case .eight, .mono: 7
        }
    }

    private func lightness(_ colour: Colour) -> Double {
        switch colour {
        case .standard: 0
        case .palette(let index): XtermPalette.oklab(index).lightness
        case .rgb(let red, let green, let blue): Oklab(red: red, green: green, blue: blue).lightness
        }
    }

    func number(_ colour: Colour) -> Int32 {
        switch (colour, depth) {
        case (.standard, _), (_, .mono): return Self.own
        case (.palette(let index), .direct):
            if index < 8 { return Int32(index) }
            let (red, green, blue) = XtermPalette.rgb(index)
            return Self.direct(red, green, blue)
        case (.rgb(let red, let green, let blue), .direct): return Self.direct(red, green, blue)
        case (.palette(let index), .palette256): return Int32(index)
        case (.rgb(let red, let green, let blue), .palette256):
            // Not the first sixteen: those are the user's and may look like anything.
            return Int32(XtermPalette.nearest(to: Oklab(red: red, green: green, blue: blue), in: 16..<256))
        case (.palette(let index), .sixteen) where index < 16: return Int32(index)
        case (.palette(let index), .eight) where index < 8: return Int32(index)
        case (.palette(let index), .eight) where index > 8 && index < 16: return Int32(index) - 8
        case (.palette(let index), _): return few(XtermPalette.oklab(index))
        case (.rgb(let red, let green, let blue), _): return few(Oklab(red: red, green: green, blue: blue))
        }
    }

    /// Among so few a series is known by its hue. assumption: lightness at half its weight, the most that keeps the
    /// themes' series apart on eight colours (the test of that name).
    private func few(_ colour: Oklab) -> Int32 {
        Int32(XtermPalette.nearest(to: colour, in: 0..<(depth == .sixteen ? 16 : 8), lightnessWeight: 0.5))
    }

    /// terminfo's direct entries read numbers below 8 (or 16, or 256) as the palette's: such a blue-black gets a trace of green.
    private static func direct(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
        let number = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
        return number < 256 ? number | 0x100 : number
    }
}
