// Reads JSON from chunks of bytes, one Bundle entry at a time, in memory of the size of one entry.

/// An incremental JSON parser (RFC 8259) over a source of bytes.
///
/// Invariants, each guarded by a test of the same number:
/// 2. Memory is bounded by one chunk and one entry, whatever the file holds.
/// 3. A repeated key, a lone surrogate or a number out of range never passes silently: it becomes a ``JSONDefect`` of its entry.
/// 4. Every error names byte, line, column and path.
struct JSONStreamParser {
    let file: String
    let limits: ImportLimits
    private let source: any ByteSource
    private var buffer: [UInt8]
    private(set) var index = 0
    private var end = 0
    /// Bytes before `buffer`.
    private var passed = 0
    private var line = 1
    /// Offset of the first byte of the line.
    private var lineStart = 0
    private var atEnd = false
    private var depth = 0
    private var values = 0
    private var path: [Step] = []
    /// Room for the bytes of a string that has escapes or crosses a chunk; kept between strings.
    var scratch: [UInt8] = []
    /// Faults of the current entry that do not break the syntax.
    private(set) var defects: [JSONDefect] = []
    /// Entries seen in the whole file.
    private(set) var entries = 0

    private enum Step {
        case key(String)
        case index(Int)
    }

    init(_ source: any ByteSource, file: String, limits: ImportLimits = .standard, chunk: Int = 65_536) {
        self.source = source
        self.file = file
        self.limits = limits
        buffer = [UInt8](repeating: 0, count: max(4, chunk))
        scratch.reserveCapacity(1024)
    }

    // MARK: Bytes

    /// The byte at hand; nil at the end of the file.
    mutating func peek() throws(ImportError) -> UInt8? {
        if index < end { return buffer[index] }
        return try refill()
    }

    private mutating func refill() throws(ImportError) -> UInt8? {
        if atEnd { return nil }
        passed += end
        index = 0
        end = try source.next(into: &buffer)
        if end == 0 {
            atEnd = true
            return nil
        }
        return buffer[0]
    }

    mutating func advance() { index += 1 }

    /// The run of bytes in the chunk that a string can take as they are; the caller advances.
    var rest: ArraySlice<UInt8> { buffer[index..<end] }

    mutating func skip(to position: Int) { index = position }

    private mutating func skipBlanks() throws(ImportError) {
        while let byte = try peek() {
            switch byte {
            case 0x0A:
                index += 1
                line += 1
                lineStart = passed + index
            case 0x20, 0x09, 0x0D: index += 1
            default: return
            }
        }
    }

    // MARK: Places and faults

    var place: Place {
        let byte = passed + index
        return Place(file: file, line: line, column: byte - lineStart + 1, byte: byte, path: pathText)
    }

    private var pathText: String {
        var text = ""
        for step in path {
            switch step {
            case .key(let key): text += text.isEmpty ? key : "." + key
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }

    func malformed(_ message: String) -> ImportError { ImportError(.malformed, place, message) }

    /// Remembers a fault that refuses (or, for a note, only marks) the entry.
    mutating func remember(_ gravity: JSONDefect.Gravity, _ message: String) {
        // One entry full of faults is refused by its first few.
        if defects.count < 20 || gravity == .fault && !defects.contains(where: { $0.gravity == .fault }) {
            defects.append(JSONDefect(gravity: gravity, place: place, message: message))
        }
    }

    // MARK: Values

    private mutating func value() throws(ImportError) -> JSONValue {
        try skipBlanks()
        guard let byte = try peek() else { throw malformed("the file ends where a value should stand: it was cut short") }
        values += 1
        guard values <= limits.valuesPerEntry else {
            throw ImportError(.limit, place, "more than \(limits.valuesPerEntry) values in one entry")
        }
        switch byte {
        case 0x7B: return .object(try object())
        case 0x5B: return .array(try array())
        case 0x22: return .string(try string())
        case 0x2D, 0x30...0x39: return .number(try number())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        default: throw malformed("a value cannot start with \(Self.name(of: byte))")
        }
    }

    private mutating func object() throws(ImportError) -> JSONObject {
        var result = JSONObject()
        var seen = Set<String>()
        try open()
        try members { (parser, key, line) throws(ImportError) in
            if parser.isRepeated(key, in: result, seen: &seen) {
                parser.remember(.fault, "the key «\(key)» stands twice; which of the two is meant cannot be known")
            }
            let value = try parser.value()
            result.append(key, value, line: line)
        }
        depth -= 1
        return result
    }

    /// A linear look is fastest for the few members of a FHIR type; a set takes over so that a hostile object costs no square.
    private func isRepeated(_ key: String, in object: JSONObject, seen: inout Set<String>) -> Bool {
        if object.members.count < 24 { return object[key] != nil }
        if seen.isEmpty { seen = Set(object.members.map(\.key)) }
        return !seen.insert(key).inserted
    }

    /// Walks the members of an object whose `{` is at hand; `body` must read the value.
    private mutating func members(
        _ body: (inout JSONStreamParser, String, Int) throws(ImportError) -> Void
    ) throws(ImportError) {
        advance()
        try skipBlanks()
        if try peek() == 0x7D {
            advance()
            return
        }
        while true {
            try skipBlanks()
            guard try peek() == 0x22 else { throw malformed("a key in quotation marks should stand here") }
            let keyLine = line
            let key = try string()
            path.append(.key(key))
            try skipBlanks()
            guard try peek() == 0x3A else { throw malformed("a colon should follow the key «\(key)»") }
            advance()
            try body(&self, key, keyLine)
            path.removeLast()
            try skipBlanks()
            switch try peek() {
            case 0x2C: advance()
            case 0x7D:
                advance()
                return
            case nil: throw malformed("the file ends inside an object: it was cut short")
            default: throw malformed("a comma or } should stand here")
            }
        }
    }

    private mutating func array() throws(ImportError) -> [JSONValue] {
        var result: [JSONValue] = []
        try open()
        try items { (parser, _) throws(ImportError) in result.append(try parser.value()) }
        depth -= 1
        return result
    }

    private mutating func open() throws(ImportError) {
        depth += 1
        guard depth <= limits.depth else { throw ImportError(.limit, place, "is nested deeper than \(limits.depth) levels") }
    }

    private mutating func items(_ body: (inout JSONStreamParser, Int) throws(ImportError) -> Void) throws(ImportError) {
        advance()
        try skipBlanks()
        if try peek() == 0x5D {
            advance()
            return
        }
        var count = 0
        while true {
            path.append(.index(count))
            try body(&self, count)
            path.removeLast()
            count += 1
            try skipBlanks()
            switch try peek() {
            case 0x2C: advance()
            case 0x5D:
                advance()
                return
            case nil: throw malformed("the file ends inside a list: it was cut short")
            default: throw malformed("a comma or ] should stand here")
            }
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(ImportError) -> JSONValue {
        for offset in 0..<text.utf8CodeUnitCount {
            guard try peek() == text.utf8Start[offset] else {
                throw malformed("only true, false or null can stand here without quotation marks")
            }
            advance()
        }
        return value
    }

    static func name(of byte: UInt8) -> String {
        (0x21...0x7E).contains(byte) ? "«\(Character(Unicode.Scalar(byte)))»" : "the byte 0x\(String(byte, radix: 16))"
    }

    // MARK: Documents

    /// Reads the next document: a Bundle's entries go one by one to `entry`, anything else goes there whole.
    ///
    /// - Returns: the document's own members without the entries; nil at the end of the file.
    mutating func document(
        number: Int?, entry: (JSONEntry) throws(ImportError) -> Void
    ) throws(ImportError) -> JSONDocument? {
        if passed + index == 0 { try skipByteOrderMark() }
        try skipBlanks()
        guard let first = try peek() else { return nil }
        path = number.map { [.key("document"), .index($0)] } ?? []
        defer { path = [] }
        let startLine = line
        let start = place
        guard first == 0x7B else { throw malformed("a FHIR file starts with {, this one with \(Self.name(of: first))") }
        values = 0
        defects = []
        var header = JSONObject()
        var headerDefects: [JSONDefect] = []
        var headerValues = 0
        var streamed: Int?
        try open()
        try members { (parser, key, keyLine) throws(ImportError) in
            if header[key] != nil || key == "entry" && streamed != nil {
                parser.remember(.fault, "the key «\(key)» stands twice; which of the two is meant cannot be known")
            }
            try parser.skipBlanks()
            // A List has entries too; a Bundle that says so only afterwards is still read as one.
            let mayBeBundle = header["resourceType"].map { $0 == .string("Bundle") } ?? true
            if key == "entry", mayBeBundle, try parser.peek() == 0x5B {
                headerDefects += parser.defects
                headerValues = parser.values
                streamed = (streamed ?? 0) + (try parser.entries(entry))
                parser.values = headerValues
                parser.defects = []
            } else {
                header.append(key, try parser.value(), line: keyLine)
            }
        }
        depth -= 1
        return JSONDocument(
            members: header, defects: headerDefects + defects, entryCount: streamed, line: startLine, start: start)
    }

    private mutating func entries(_ entry: (JSONEntry) throws(ImportError) -> Void) throws(ImportError) -> Int {
        var count = 0
        try open()
        try items { (parser, index) throws(ImportError) in
            parser.values = 0
            parser.defects = []
            try parser.countEntry()
            try parser.skipBlanks()
            let place = parser.place
            let value = try parser.value()
            try entry(JSONEntry(value: value, place: place, defects: parser.defects))
            count = index + 1
        }
        depth -= 1
        return count
    }

    mutating func countEntry() throws(ImportError) {
        entries += 1
        guard entries <= limits.entries else {
            throw ImportError(.limit, place, "holds more than \(limits.entries) entries: split it")
        }
    }

    /// Refuses anything but blanks after the document.
    mutating func finish() throws(ImportError) {
        try skipBlanks()
        if let byte = try peek() { throw malformed("something follows the end of the document, starting with \(Self.name(of: byte))") }
    }

    private mutating func skipByteOrderMark() throws(ImportError) {
        guard let first = try peek() else { return }
        if first == 0xFE || first == 0xFF || first == 0x00 { throw malformed("is not UTF-8 (UTF-16 or binary?); save it as UTF-8") }
        guard first == 0xEF else { return }
        for expected: UInt8 in [0xEF, 0xBB, 0xBF] {
            guard try peek() == expected else { throw malformed("is not UTF-8") }
            advance()
        }
    }
}
