// Reads comma-separated values row by row from chunks of bytes (RFC 4180), counting lines for messages.

/// A streaming reader of CSV: quotes, doubled quotes, line ends within quotes, CRLF or LF, a byte order mark.
struct CSVReader {
    /// One row: its cells and the line on which it starts.
    struct Row {
        var cells: [String]
        var line: Int
    }

    private let source: any ByteSource
    private let file: String
    private let limits: ImportLimits
    private let separator: UInt8
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private var index = 0
    private var end = 0
    private var line = 1
    private var isStart = true
    private(set) var rows = 0

    init(_ source: any ByteSource, file: String, limits: ImportLimits = .standard, separator: UInt8 = 0x2C) {
        self.source = source
        self.file = file
        self.limits = limits
        self.separator = separator
    }

    private mutating func peek() throws(ImportError) -> UInt8? {
        if index < end { return buffer[index] }
        end = try source.next(into: &buffer)
        index = 0
        return end > 0 ? buffer[0] : nil
    }

    private func malformed(_ message: String) -> ImportError { ImportError(.malformed, Place(file: file, line: line), message) }

    /// The next row; nil at the end. Empty lines are passed over.
    mutating func next() throws(ImportError) -> Row? {
        if isStart { try skipByteOrderMark() }
        while let byte = try peek(), byte == 0x0A || byte == 0x0D {
            if byte == 0x0A { line += 1 }
            index += 1
        }
        guard try peek() != nil else { return nil }
        rows += 1
        guard rows <= limits.entries + 1 else {
            throw ImportError(.limit, Place(file: file, line: line), "more than \(limits.entries) rows: split it")
        }
        var row = Row(cells: [], line: line)
        while true {
            row.cells.append(try cell())
            guard row.cells.count <= 10_000 else {
                throw ImportError(.limit, Place(file: file, line: line), "more than 10,000 cells in one row")
            }
            switch try peek() {
            case separator: index += 1
            case nil: return row
            default:
                // A row ends with LF or CRLF; the LF after a CR is passed over with the empty lines.
                if try peek() == 0x0A { line += 1 }
                index += 1
                return row
            }
        }
    }

    private mutating func cell() throws(ImportError) -> String {
        var bytes: [UInt8] = []
        if try peek() == 0x22 {
            index += 1
            try quoted(&bytes)
        } else {
            while let byte = try peek(), byte != separator, byte != 0x0A, byte != 0x0D {
                guard byte != 0x22 else { throw malformed("a quotation mark stands inside a cell that does not start with one") }
                try keep(byte, &bytes)
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw malformed("a cell is not valid UTF-8: save the file as UTF-8")
        }
        return text
    }

    private mutating func quoted(_ bytes: inout [UInt8]) throws(ImportError) {
        let start = line
        while let byte = try peek() {
            if byte == 0x22 {
                index += 1
                guard try peek() == 0x22 else {
                    switch try peek() {
                    case nil, separator, 0x0A, 0x0D: return
                    default: throw malformed("text follows a closing quotation mark")
                    }
                }
            }
            if byte == 0x0A { line += 1 }
            try keep(byte, &bytes)
        }
        throw ImportError(.malformed, Place(file: file, line: start), "the file ends inside a quoted cell that starts here")
    }

    private mutating func keep(_ byte: UInt8, _ bytes: inout [UInt8]) throws(ImportError) {
        guard byte != 0 else { throw malformed("holds a NUL byte: it is not a text file") }
        bytes.append(byte)
        index += 1
        guard bytes.count <= limits.cellBytes else {
            throw ImportError(
                .limit, Place(file: file, line: line),
                "a cell is longer than \(limits.cellBytes) bytes (a quotation mark that is never closed?)")
        }
    }

    private mutating func skipByteOrderMark() throws(ImportError) {
        isStart = false
        guard let first = try peek() else { return }
        guard first != 0xFE, first != 0xFF, first != 0 else { throw malformed("is not UTF-8 (UTF-16 or binary?): save it as UTF-8") }
        guard first == 0xEF else { return }
        for expected: UInt8 in [0xEF, 0xBB, 0xBF] {
            guard try peek() == expected else { throw malformed("is not UTF-8") }
            index += 1
        }
    }
}
