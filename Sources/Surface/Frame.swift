// A screen before it is one: a grid of cells, made by a pure function and compared in tests as text.

/// Columns and rows.
public struct Size: Hashable, Sendable {
    public var columns: Int
    public var rows: Int
    public init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }
}

/// A place on the grid, from 0 at the top left.
public struct Point: Hashable, Sendable {
    public var column: Int
    public var row: Int
    public init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}

/// A rectangle of cells; never of negative size.
public struct Rect: Hashable, Sendable {
    public var column: Int
    public var row: Int
    public var width: Int
    public var height: Int

    public init(column: Int, row: Int, width: Int, height: Int) {
        self.column = column
        self.row = row
        self.width = max(0, width)
        self.height = max(0, height)
    }

    public var maxColumn: Int { column + width }
    public var maxRow: Int { row + height }
    public func contains(_ point: Point) -> Bool {
        point.column >= column && point.column < maxColumn && point.row >= row && point.row < maxRow
    }
    /// The rectangle less a border on each side.
    public func inset(columns: Int = 1, rows: Int = 1) -> Rect {
        Rect(column: column + columns, row: row + rows, width: width - 2 * columns, height: height - 2 * rows)
    }
}

/// A grid of cells. Writing outside it is cut off, never an error: a screen must draw at any size.
public struct Frame: Hashable, Sendable {
    public let size: Size
    public private(set) var cells: [Cell]
    /// Where the hardware cursor rests (on the focused item, for screen readers); nil hides it.
    public var cursor: Point?

    public init(size: Size, fill: Style = .plain) {
        self.size = size
        cells = Array(repeating: Cell(" ", fill), count: size.columns * size.rows)
    }

    public var bounds: Rect { Rect(column: 0, row: 0, width: size.columns, height: size.rows) }

    /// The cell at a place; a blank one outside the grid. Setting outside the grid does nothing.
    public subscript(column: Int, row: Int) -> Cell {
        get {
            guard column >= 0, row >= 0, column < size.columns, row < size.rows else { return Cell() }
            return cells[row * size.columns + column]
        }
        set {
            guard column >= 0, row >= 0, column < size.columns, row < size.rows else { return }
            cells[row * size.columns + column] = newValue
        }
    }
}
