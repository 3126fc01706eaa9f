// A table of any columns, which are asked for by name: for commands that compute on a file without taking it into the store.

/// A CSV file, plain or gzipped, with a header; every row as long as it.
public struct NamedTable: Hashable, Sendable {
    /// The last part of the file's path.
    public let file: String
    public let header: [String]
    private let rows: [[String]]
    /// Of each row the line on which it starts.
    private let lines: [Int]

    /// Cells that mean «not measured», without regard to case.
    public static let missing: Set<String> = ["", "na", "nan", "null", "."]

    public var rowCount: Int { rows.count }

    /// - Throws: ``ImportError`` where there is no such file, or it is no table.
    public static func read(path: String, limits: ImportLimits = .standard) throws(ImportError) -> NamedTable {
        let file = FileSource.name(of: path)
        return try NamedTable(
            try decoded(try FileSource(path: path, limit: limits.bytes), file: file, limits: limits), file: file, limits: limits)
    }

    init(_ source: any ByteSource, file: String, limits: ImportLimits = .standard) throws(ImportError) {
        var reader = CSVReader(source, file: file, limits: limits)
        guard let first = try reader.next() else { throw ImportError(.malformed, Place(file: file, line: 1), "the file is empty") }
        var (rows, lines): ([[String]], [Int]) = ([], [])
        while let row = try reader.next() {
            guard row.cells.count == first.cells.count else {
                throw ImportError(
                    .malformed, Place(file: file, line: row.line),
                    "has \(row.cells.count) cells where the header has \(first.cells.count)")
            }
            rows.append(row.cells)
            lines.append(row.line)
        }
        guard !rows.isEmpty else { throw ImportError(.malformed, Place(file: file, line: first.line), "there is no row below the header") }
        (self.file, header, self.rows, self.lines) = (file, first.cells, rows, lines)
    }

    /// A column's cells; nil where nothing was measured.
    public func texts(_ column: String) throws(ImportError) -> [String?] {
        let place = try place(of: column)
        return rows.map { Self.missing.contains($0[place].lowercased()) ? nil : $0[place] }
    }

    /// A column's numbers; nil where nothing was measured.
    /// - Throws: ``ImportError`` with line and column for a cell that is no number.
    public func numbers(_ column: String) throws(ImportError) -> [Double?] {
        var numbers: [Double?] = []
        for (row, text) in try texts(column).enumerated() {
            guard let text else {
                numbers.append(nil)
                continue
            }
            guard let number = Self.number(text) else {
                throw fault(row, column, "«\(text.prefix(80))» is not a number")
            }
            numbers.append(number)
        }
        return numbers
    }

    /// A column of yes and no: 1 and 0, true and false, yes and no; nil where nothing was said.
    /// - Throws: ``ImportError`` with line and column for any other cell.
    public func flags(_ column: String) throws(ImportError) -> [Bool?] {
        var flags: [Bool?] = []
        for (row, text) in try texts(column).enumerated() {
            switch text?.lowercased() {
            case nil: flags.append(nil)
            case "1", "true", "yes": flags.append(true)
            case "0", "false", "no": flags.append(false)
            case .some:
                throw fault(
                    row, column, "«\((text ?? "").prefix(80))» is neither 1 (the event was seen) nor 0 (it was not seen until then)")
            }
        }
        return flags
    }

    /// Whether every cell that is there is a number.
    public func isNumeric(_ column: String) throws(ImportError) -> Bool {
        try texts(column).allSatisfy { $0.map { Self.number($0) != nil } ?? true }
    }

    /// An error at a row's cell.
    public func fault(_ row: Int, _ column: String, _ message: String) -> ImportError {
        ImportError(.malformed, Place(file: file, line: lines[row], path: column), message)
    }

    private func place(of column: String) throws(ImportError) -> Int {
        let found = header.indices.filter { header[$0] == column }
        guard let first = found.first else {
            throw ImportError(
                .malformed, Place(file: file, line: 1),
                "there is no column «\(column)»; there are \(header.prefix(30).joined(separator: ", "))")
        }
        guard found.count == 1 else { throw ImportError(.malformed, Place(file: file, line: 1), "the column «\(column)» stands twice") }
        return first
    }

    /// A plain decimal number; `inf` and hexadecimal are not data.
    private static func number(_ cell: String) -> Double? {
        guard cell.utf8.allSatisfy({ (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }) else { return nil }
        return Double(cell).flatMap { $0.isFinite ? $0 : nil }
    }
}
