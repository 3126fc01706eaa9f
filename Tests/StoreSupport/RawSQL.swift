// The hands of somebody with a shell: SQL on a store's file, past the store.
import CSQLiteShim

/// SQL on a file, without any of the store's manners: what somebody with a shell can do.
public func rawSQL(_ path: String, _ sql: String) throws {
    var connection: OpaquePointer?
    defer { sqlite3_close(connection) }
    guard sqlite3_open(path, &connection) == SQLITE_OK else { throw RawSQLError(text: "cannot open \(path)") }
    sqlite3_busy_timeout(connection, 5000)
    guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
        throw RawSQLError(text: String(cString: sqlite3_errmsg(connection)))
    }
}

/// The first column of the first row, as text; nil if there is no row or it is NULL.
public func rawValue(_ path: String, _ sql: String) throws -> String? {
    var connection: OpaquePointer?
    var statement: OpaquePointer?
    defer {
        sqlite3_finalize(statement)
        sqlite3_close(connection)
    }
    guard sqlite3_open(path, &connection) == SQLITE_OK, sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else {
        throw RawSQLError(text: String(cString: sqlite3_errmsg(connection)))
    }
    guard sqlite3_step(statement) == SQLITE_ROW else { return nil }
    return sqlite3_column_text(statement, 0).map { String(cString: $0) }
}

public struct RawSQLError: Error, CustomStringConvertible {
    public let text: String
    public var description: String { text }
}
