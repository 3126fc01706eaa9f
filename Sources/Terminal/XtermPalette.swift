// The 256 colours of xterm as red, green and blue: sixteen of the terminal's own, a 6×6×6 cube, 24 greys.

/// What the palette's indices look like. Source: xterm, `XTerm-col.ad` (the first sixteen; a user may have changed
/// them) and `256colres.pl` (the rest).
enum XtermPalette {
    private static let own: [(UInt8, UInt8, UInt8)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
    ]
    private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]

    static func rgb(_ index: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
        switch index {
        case 0..<16: return own[Int(index)]
        case 232...255:
            let grey = 8 + 10 * (index - 232)
            return (grey, grey, grey)
        default:
            let place = Int(index) - 16
            return (steps[place / 36], steps[place / 6 % 6], steps[place % 6])
        }
    }

    static func oklab(_ index: UInt8) -> Oklab {
        let (red, green, blue) = rgb(index)
        return Oklab(red: red, green: green, blue: blue)
    }

    private static let all: [Oklab] = (0...255).map { oklab(UInt8($0)) }

    /// The index within `range` that looks most like a colour.
    static func nearest(to colour: Oklab, in range: Range<Int>, lightnessWeight: Double = 1) -> UInt8 {
        func distance(_ index: Int) -> Double { all[index].squaredDistance(to: colour, lightnessWeight: lightnessWeight) }
        let found = range.min { distance($0) < distance($1) }
        return UInt8(found ?? range.lowerBound)
    }
}
