// What differs between two frames: what a terminal has to be sent, and what a test may ask.

extension Frame {
    /// Cells next to one another in a row that have changed.
    public struct Run: Hashable, Sendable {
        public let row: Int
        public let columns: Range<Int>
    }

    /// The runs in which this frame differs from an older one; all of it when the size differs.
    public func changes(from old: Frame) -> [Run] {
        guard old.size == size else {
            return size.columns == 0 ? [] : (0..<size.rows).map { Run(row: $0, columns: 0..<size.columns) }
        }
        var runs: [Run] = []
        for row in 0..<size.rows {
            var start: Int?
            for column in 0..<size.columns {
                let differs = self[column, row] != old[column, row]
                if differs && start == nil { start = column }
                if !differs, let from = start {
                    runs.append(Run(row: row, columns: from..<column))
                    start = nil
                }
            }
            if let from = start { runs.append(Run(row: row, columns: from..<size.columns)) }
        }
        return runs
    }

    /// How many cells differ from an older frame.
    public func changedCells(from old: Frame) -> Int {
        changes(from: old).reduce(0) { $0 + $1.columns.count }
    }
}
