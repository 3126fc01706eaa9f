// What the probe can draw: a status page, a plot as dense as a real one, hostile cells, every kind of colour.
import Surface
import Terminal

enum Picture {
    case status, dense, hostile, narrow, wide, colours

    static let minimum = Size(columns: 40, rows: 8)

    func frame(size: Size, shows: TerminalCapabilities, lines: [String]) -> Frame {
        var frame = Frame(size: size)
        guard size.columns >= Self.minimum.columns, size.rows >= Self.minimum.rows else {
            write("too small \(size.columns)x\(size.rows)", 0, 0, .plain, &frame)
            return frame
        }
        switch self {
        case .status: status(shows, lines, &frame)
        case .dense: dense(&frame)
        case .hostile: hostile(&frame)
        case .narrow:
            frame = Frame(size: Size(columns: 10, rows: 2))
            write("small", 0, 0, .plain, &frame)
        case .wide: write("A患B者C", 0, 2, .plain, &frame)
        case .colours: colours(&frame)
        }
        return frame
    }

    private func write(_ text: String, _ column: Int, _ row: Int, _ style: Style, _ frame: inout Frame) {
        var place = column
        for scalar in text.unicodeScalars {
            frame[place, row] = Cell(scalar, style)
            place += 1
            if TextWidth.of(scalar) == 2 {
                frame[place, row] = Cell(Cell.continuation, style)
                place += 1
            }
        }
    }

    private func status(_ shows: TerminalCapabilities, _ lines: [String], _ frame: inout Frame) {
        box(&frame)
        write(" Probe ", 2, 0, Style(.palette(226), .bold), &frame)
        write("size \(frame.size.columns)x\(frame.size.rows)", 2, 1, .plain, &frame)
        write("type \(shows.type) colours \(shows.shows.colours)", 2, 2, .plain, &frame)
        write("unicode \(shows.shows.unicode) braille \(shows.shows.braille) mouse \(shows.mouse)", 2, 3, .plain, &frame)
        for (index, line) in lines.enumerated() { write(line, 2, 4 + index, Style(.palette(87)), &frame) }
        frame.cursor = Point(column: 2, row: 4)
    }

    private func box(_ frame: inout Frame) {
        let (right, bottom) = (frame.size.columns - 1, frame.size.rows - 1)
        let style = Style(.palette(244))
        for column in 0...right {
            for row in [0, bottom] { frame[column, row] = Cell("─", style) }
        }
        for row in 0...bottom {
            for column in [0, right] { frame[column, row] = Cell("│", style) }
        }
        frame[0, 0] = Cell("┌", style)
        frame[right, 0] = Cell("┐", style)
        frame[0, bottom] = Cell("└", style)
        frame[right, bottom] = Cell("┘", style)
    }

    /// Two plots side by side, each with two bands behind two braille medians, and a table in many colours below: denser than Compare.
    private func dense(_ frame: inout Frame) {
        box(&frame)
        let half = frame.size.columns / 2, height = frame.size.rows * 2 / 3
        for plot in 0..<2 {
            for column in 6..<half - 1 {
                for (curve, colour, ground) in [(0, 87, 237), (1, 226, 238)] as [(Int, UInt8, UInt8)] {
                    let middle = height / 2 + (curve * 2 - 1) * column * height / (5 * half) + (plot == 0 ? 0 : column / 9 - 3)
                    let spread = 1 + column * 4 / half
                    for row in max(1, middle - spread)...min(height - 2, middle + spread) {
                        frame[plot * half + column, row] = Cell(" ", Style(on: .palette(ground)))
                    }
                    let dots = Unicode.Scalar(UInt32(0x2800 + 1 + (column * 37 + curve * 91) % 255)) ?? "x"
                    frame[plot * half + column, min(max(middle, 1), height - 2)] = Cell(dots, Style(.palette(colour), on: .palette(ground)))
                }
            }
            for row in 1..<height - 1 { write("\(100 - row)│", plot * half + 1, row, Style(.palette(244)), &frame) }
            write(String(repeating: "─", count: half - 8), plot * half + 5, height - 1, Style(.palette(244)), &frame)
        }
        for row in height..<frame.size.rows - 1 {
            var column = 2
            var field = 0
            while column + 12 < frame.size.columns {
                let style = Style(.palette(UInt8(80 + (row + field) % 40)), field % 3 == 0 ? .bold : [])
                write("v\(row * 31 + field * 17) \(field)–\(row)", column, row, style, &frame)
                column += 14
                field += 1
            }
        }
    }

    /// What a careless screen could put into cells.
    private func hostile(_ frame: inout Frame) {
        let scalars: [UInt32] = [
            0x1B, 0x07, 0x0A, 0x0D, 0x08, 0x9B, 0x9D, 0x7F, 0x202E, 0x200B, 0x200D, 0x2066, 0xFEFF, 0x301, 0xE000, 0xAD, 0x2028, 0x1F1E6,
        ]
        for (index, value) in scalars.enumerated() {
            frame[2 * index, 2] = Cell("x")
            frame[2 * index + 1, 2] = Cell(Unicode.Scalar(value) ?? "?")
        }
        write("]0;owned", 2 * scalars.count, 2, .plain, &frame)
        // A wide character without its other half, a half without its character, and one in the last column.
        frame[0, 3] = Cell("患")
        frame[1, 3] = Cell("y")
        frame[3, 3] = Cell(Cell.continuation)
        frame[4, 3] = Cell("z")
        frame[frame.size.columns - 1, 3] = Cell("患")
        write("hostile end", 0, 4, .plain, &frame)
    }

    private func colours(_ frame: inout Frame) {
        write("own", 0, 1, .plain, &frame)
        write("palette", 0, 2, Style(.palette(87), on: .palette(238)), &frame)
        write("direct", 0, 3, Style(.rgb(0xE6, 0x9F, 0x00), on: .rgb(0, 0, 3)), &frame)
        write("bold", 0, 4, Style(.standard, .bold), &frame)
        write("reverse", 0, 5, Style(.standard, .reverse), &frame)
        write("underline", 0, 6, Style(.standard, .underline), &frame)
        write("plain again", 0, 7, .plain, &frame)
    }
}
