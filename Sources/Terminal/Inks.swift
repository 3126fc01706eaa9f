// Styles as ncurses draws them: an attribute word and a colour pair, allocated once each.
import CNcursesw
import Surface

/// What a style costs to draw.
struct Ink {
    let attributes: attr_t
    let pair: Int32
}

/// The styles drawn so far. Every pair is ncurses' to number; only this cache asks for one.
struct Inks {
    let colours: ColourMap
    /// The pairs ran out while drawing; the next frame starts afresh.
    private(set) var exhausted = false
    private var known: [Style: Ink] = [:]
    private var pairs: [UInt64: Int32] = [:]
    private let limit: Int

    init(depth: Capability.Colours, limit: Int) {
        colours = ColourMap(depth: depth)
        self.limit = limit
    }

    mutating func ink(for style: Style) -> Ink {
        if let ink = known[style] { return ink }
        let ink = Ink(attributes: Self.attributes(style.attributes), pair: pair(for: style))
        known[style] = ink
        return ink
    }

    /// Gives every pair back; what is on the screen must be drawn anew.
    mutating func forget() {
        reset_color_pairs()
        (known, pairs, exhausted) = ([:], [:], false)
    }

    private mutating func pair(for style: Style) -> Int32 {
        guard colours.depth != .mono else { return 0 }
        let (foreground, background) = colours.numbers(style)
        if foreground == ColourMap.own, background == ColourMap.own { return 0 }
        let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
        if let pair = pairs[key] { return pair }
        // ncurses would take a pair from a cell that shows it; a plain cell is the lesser harm.
        guard pairs.count < limit - 1 else {
            exhausted = limit > 1000  // with a console's 64 that would redraw every frame
            return 0
        }
        let pair = max(alloc_pair(foreground, background), 0)
        pairs[key] = pair
        return pair
    }

    private static func attributes(_ set: Attributes) -> attr_t {
        var word = tb_attr_normal
        if set.contains(.bold) { word |= tb_attr_bold }
        if set.contains(.dim) { word |= tb_attr_dim }
        if set.contains(.underline) { word |= tb_attr_underline }
        if set.contains(.reverse) { word |= tb_attr_reverse }
        if set.contains(.italic) { word |= tb_attr_italic }
        return word
    }
}
