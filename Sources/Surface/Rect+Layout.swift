// Cutting a rectangle into columns, rows and margins.

/// How much of a row or column a part wants.
public enum Extent: Hashable, Sendable {
    /// So many cells.
    case fixed(Int)
    /// A share of what the others leave, by weight.
    case share(Double)
    /// At least so many cells, and a share of the rest.
    case atLeast(Int, share: Double)

    fileprivate var minimum: Int {
        switch self {
        case .fixed(let cells), .atLeast(let cells, _): max(0, cells)
        case .share: 0
        }
    }

    fileprivate var weight: Double {
        switch self {
        case .fixed: 0
        case .share(let weight), .atLeast(_, let weight): weight.isFinite ? max(0, weight) : 0
        }
    }
}

extension Rect {
    public var origin: Point { Point(column: column, row: row) }

    /// Side by side, from the left. The parts fill the width exactly when one of them has a share; where the room ends, the last ones get
    /// less, down to nothing.
    public func columns(_ parts: [Extent], gap: Int = 0) -> [Rect] {
        var at = column
        return Rect.lengths(parts, of: width, gap: gap).map { length in
            let rect = Rect(column: min(at, maxColumn), row: row, width: length, height: height)
            at += length + gap
            return rect
        }
    }

    /// One below the other, from the top.
    public func rows(_ parts: [Extent], gap: Int = 0) -> [Rect] {
        var at = row
        return Rect.lengths(parts, of: height, gap: gap).map { length in
            let rect = Rect(column: column, row: min(at, maxRow), width: width, height: length)
            at += length + gap
            return rect
        }
    }

    private static func lengths(_ parts: [Extent], of total: Int, gap: Int) -> [Int] {
        guard !parts.isEmpty else { return [] }
        var room = max(0, total - max(0, gap) * (parts.count - 1))
        var lengths: [Int] = []
        for part in parts {
            let length = min(room, part.minimum)
            lengths.append(length)
            room -= length
        }
        var weights = parts.reduce(0) { $0 + $1.weight }
        // Each takes its part of what is left for it and those after it, so that rounding never loses a cell.
        for (index, part) in parts.enumerated() where part.weight > 0 && room > 0 {
            let share = min(room, Int((Double(room) * part.weight / weights).rounded()))
            lengths[index] += share
            room -= share
            weights -= part.weight
        }
        return lengths
    }

    public func top(_ rows: Int) -> Rect { Rect(column: column, row: row, width: width, height: min(height, max(0, rows))) }
    public func bottom(_ rows: Int) -> Rect {
        let rows = min(height, max(0, rows))
        return Rect(column: column, row: maxRow - rows, width: width, height: rows)
    }
    public func left(_ columns: Int) -> Rect { Rect(column: column, row: row, width: min(width, max(0, columns)), height: height) }
    public func right(_ columns: Int) -> Rect {
        let columns = min(width, max(0, columns))
        return Rect(column: maxColumn - columns, row: row, width: columns, height: height)
    }
    public func dropTop(_ rows: Int) -> Rect { bottom(height - max(0, rows)) }
    public func dropBottom(_ rows: Int) -> Rect { top(height - max(0, rows)) }

    /// The n-th line of cells, from 0; of no height when there is none.
    public func line(_ index: Int) -> Rect {
        let inside = index >= 0 && index < height
        return Rect(column: column, row: row + (inside ? index : 0), width: width, height: inside ? 1 : 0)
    }

    /// A rectangle of that size in the middle, made smaller where it does not fit.
    public func centred(width wanted: Int, height tall: Int) -> Rect {
        let wide = min(width, max(0, wanted))
        let high = min(height, max(0, tall))
        return Rect(column: column + (width - wide) / 2, row: row + (height - high) / 2, width: wide, height: high)
    }

    /// What both cover.
    public func intersection(_ other: Rect) -> Rect {
        let left = max(column, other.column)
        let top = max(row, other.row)
        return Rect(column: left, row: top, width: min(maxColumn, other.maxColumn) - left, height: min(maxRow, other.maxRow) - top)
    }
}
