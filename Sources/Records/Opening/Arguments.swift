// Values bound to a statement: the only way that a value comes into SQL.
import GRDB

/// What a statement takes in the place of its question marks.
typealias Arguments = [(any DatabaseValueConvertible)?]

enum StoredText {
    /// A text as the store keeps it: NUL, at which SQLite's callers cut a text off, stands as U+FFFD.
    static func clean(_ text: String) -> String {
        guard text.utf8.contains(0) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(scalar == "\0" ? "\u{FFFD}" : scalar) }
        return String(result)
    }

    static func clean(_ arguments: Arguments) -> StatementArguments {
        StatementArguments(arguments.map { value in (value as? String).map(clean) ?? value })
    }
}

extension Database {
    /// Runs a statement that is compiled once for each connection.
    func execute(cachedSQL sql: String, _ arguments: Arguments) throws {
        try cachedStatement(sql: sql).execute(arguments: StoredText.clean(arguments))
    }
}

extension Row {
    static func fetchOne(_ db: Database, cachedSQL sql: String, _ arguments: Arguments = []) throws -> Row? {
        try fetchOne(try db.cachedStatement(sql: sql), arguments: StoredText.clean(arguments))
    }

    static func fetchAll(_ db: Database, cachedSQL sql: String, _ arguments: Arguments = []) throws -> [Row] {
        try fetchAll(try db.cachedStatement(sql: sql), arguments: StoredText.clean(arguments))
    }
}
