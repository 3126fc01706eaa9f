// The cells of a plot while it is drawn: what lies behind, and the one sign in front.
import Surface

/// A grid of cells of its own; every sign keeps the colour that lies behind it, so that a band and a curve share a cell.
struct PlotCanvas {
    let width, height: Int
    let paper: Style
    private(set) var cells: [Cell]
    /// The colour behind each cell: the band's where a band covers most of it.
    private(set) var ground: [Colour]
    /// What may be written over: blanks, gridlines, band edges.
    private var isFree: [Bool]

    init(width: Int, height: Int, paper: Style) {
        (self.width, self.height, self.paper) = (max(0, width), max(0, height), paper)
        let count = self.width * self.height
        cells = Array(repeating: Cell(" ", paper), count: count)
        ground = Array(repeating: paper.background, count: count)
        isFree = Array(repeating: true, count: count)
    }

    func contains(_ column: Int, _ row: Int) -> Bool { column >= 0 && row >= 0 && column < width && row < height }

    func isFree(_ column: Int, _ row: Int) -> Bool { contains(column, row) && isFree[row * width + column] }

    func ground(_ column: Int, _ row: Int) -> Colour { contains(column, row) ? ground[row * width + column] : paper.background }

    /// Paints what lies behind: a colour, or the edge between two (`sign` in `ink` on `colour`, of which `colour` counts as the ground if
    /// `main` says so).
    mutating func paint(_ column: Int, _ row: Int, _ cell: Cell, main: Colour) {
        guard contains(column, row) else { return }
        cells[row * width + column] = cell
        ground[row * width + column] = main
    }

    /// Puts a sign in front of what lies behind.
    mutating func mark(_ column: Int, _ row: Int, _ sign: Unicode.Scalar, _ style: Style, free: Bool = false) {
        guard contains(column, row) else { return }
        let index = row * width + column
        cells[index] = Cell(sign, style.on(ground[index]))
        isFree[index] = free
    }

    /// Writes a text where all its cells, and one beside it on each side within the canvas, are free; says whether it did.
    mutating func label(_ text: String, _ column: Int, _ row: Int, _ style: Style) -> Bool {
        let scalars = Array(SafeText(text).string.unicodeScalars)
        guard !scalars.isEmpty, column >= 0, column + scalars.count <= width, row >= 0, row < height,
            scalars.allSatisfy({ TextWidth.of($0) == 1 }),
            (column..<column + scalars.count).allSatisfy({ isFree($0, row) })
        else { return false }
        for (offset, scalar) in scalars.enumerated() { mark(column + offset, row, scalar, style) }
        return true
    }

    func draw(into frame: inout Frame, at point: Point) {
        for row in 0..<height {
            for column in 0..<width { frame[point.column + column, point.row + row] = cells[row * width + column] }
        }
    }
}
