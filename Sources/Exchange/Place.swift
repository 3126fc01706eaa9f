// Where in a file something is, so that a message can take a person there.

/// A place in a file that was read: its name, and as much more as is known.
public struct Place: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The file's name without its folders.
    public var file: String
    /// From 1.
    public var line: Int?
    /// From 1, counted in bytes.
    public var column: Int?
    /// Offset in the uncompressed bytes, from 0.
    public var byte: Int?
    /// In JSON and TOML the path (`entry[3].resource.status`), in CSV the column's name; may be empty.
    public var path: String

    public init(file: String, line: Int? = nil, column: Int? = nil, byte: Int? = nil, path: String = "") {
        self.file = file
        self.line = line
        self.column = column
        self.byte = byte
        self.path = path
    }

    /// `bundle.json, line 3, column 10, entry[3].resource.status`; not yet cleaned, for the path may hold a foreign key.
    public var description: String {
        var text = file
        if let line { text += ", line \(line)" }
        if let column { text += ", column \(column)" }
        if let byte { text += " (byte \(byte))" }
        if !path.isEmpty { text += ", \(path)" }
        return text
    }
}
