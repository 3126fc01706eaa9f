// A curve as dots, 2 × 4 to a cell (braille), or as cells where there is no braille.
import Glibc
import Surface

/// Which dots of which cells a curve touches.
struct CurveRaster {
    let width, height: Int
    /// Dots to a cell, across and down: 2 × 4 or 1 × 1.
    let across, down: Int
    /// A bit for each dot of a cell, in braille's own order; 1 for a whole cell.
    private(set) var masks: [UInt8]
    private var travel = 0
    private var last = (-1, -1)
    private let dash: Dash
    private let isWide: Bool

    init(width: Int, height: Int, braille: Bool, dash: Dash, wide: Bool) {
        (self.width, self.height) = (max(0, width), max(0, height))
        (across, down) = braille ? (2, 4) : (1, 1)
        masks = Array(repeating: 0, count: self.width * self.height)
        self.dash = dash
        isWide = wide && braille
    }

    /// Draws the polyline through the samples; a NaN is a gap, a lone sample between gaps a dot, a repeated x a vertical fall (never
    /// dashed).
    mutating func draw(x: [Double], y: [Double], scaleX: Scale, scaleY: Scale) {
        var previous: (x: Double, y: Double)?
        var wasAlone = false
        for index in 0..<min(x.count, y.count) {
            let place = (
                x: scaleX.position(of: x[index]) * Double(across),
                y: (Double(height) - scaleY.position(of: y[index])) * Double(down)
            )
            guard !place.x.isNaN, !place.y.isNaN else {
                if wasAlone, let previous { dot(previous, solid: true) }
                previous = nil
                wasAlone = false
                continue
            }
            if let previous {
                line(previous, place, solid: x[index] == x[index - 1])
                wasAlone = false
            } else {
                wasAlone = true
            }
            previous = place
        }
        if wasAlone, let previous { dot(previous, solid: true) }
    }

    private mutating func line(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double), solid: Bool) {
        let right = Double(width * across) - 1e-6
        let bottom = Double(height * down) - 1e-6
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        // Liang and Barsky: the part of the line inside the canvas.
        var (enter, leave) = (0.0, 1.0)
        for (slope, room) in [(-dx, from.x), (dx, right - from.x), (-dy, from.y), (dy, bottom - from.y)] {
            if slope == 0 {
                if room < 0 { return }
            } else if slope < 0 {
                enter = max(enter, room / slope)
            } else {
                leave = min(leave, room / slope)
            }
        }
        guard enter <= leave else { return }
        let (x0, y0) = (from.x + dx * enter, from.y + dy * enter)
        let (x1, y1) = (from.x + dx * leave, from.y + dy * leave)
        let steps = max(1, Int(max(abs(x1 - x0), abs(y1 - y0)).rounded(.up)))
        let steep = abs(dy) > abs(dx)
        for step in 0...steps {
            let part = Double(step) / Double(steps)
            dot((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part), solid: solid, steep: steep)
        }
    }

    private mutating func dot(_ place: (x: Double, y: Double), solid: Bool, steep: Bool = false) {
        guard place.x >= 0, place.y >= 0, place.x < Double(width * across), place.y < Double(height * down) else { return }
        let (column, row) = (Int(place.x), Int(place.y))
        if last != (column, row) {
            travel += 1
            last = (column, row)
        }
        guard solid || dash.isOn(across == 1 ? travel * 2 : travel) else { return }
        set(column, row)
        if isWide { steep ? set(column + 1, row) : set(column, row + 1) }
    }

    private mutating func set(_ column: Int, _ row: Int) {
        guard column >= 0, row >= 0, column < width * across, row < height * down else { return }
        let index = row / down * width + column / across
        masks[index] |= across == 1 ? 1 : CurveRaster.bits[row % 4 * 2 + column % 2]
    }

    private static let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

    /// The braille sign of a mask.
    static func braille(_ mask: UInt8) -> Unicode.Scalar { Unicode.Scalar(0x2800 + UInt32(mask)) ?? "*" }
}
