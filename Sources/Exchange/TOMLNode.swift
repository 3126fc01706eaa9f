// TOML files as values of our own: strict, each with its path, and none of the library's pointers kept.

import Surface
import TOMLKit

/// A value of a TOML file.
indirect enum TOMLNode: Hashable, Sendable {
    case string(String)
    case integer(Int)
    case number(Double)
    case flag(Bool)
    case date(year: Int, month: Int, day: Int)
    /// A time or a date with time, which no file of ours needs.
    case other(String)
    case list([TOMLNode])
    case table([String: TOMLNode])

    /// Reads a whole file; the error says line and column.
    static func read(path: String, limits: ImportLimits = .standard) throws(ImportError) -> (node: TOMLTableReader, file: String) {
        let file = FileSource.name(of: path)
        let source = try FileSource(path: path, limit: limits.mappingBytes)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = try source.next(into: &chunk)
            if count == 0 { break }
            bytes += chunk[0..<count]
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ImportError(.mapping, Place(file: file), "is not UTF-8 text")
        }
        return (try parse(text, file: file), file)
    }

    static func parse(_ text: String, file: String) throws(ImportError) -> TOMLTableReader {
        // The library hands the text to C, which ends at a NUL and would silently take half a file.
        guard !text.utf8.contains(0) else { throw ImportError(.mapping, Place(file: file), "holds a NUL byte") }
        if let place = TOMLGuard.unnamedTable(text) {
            throw ImportError(
                .mapping, Place(file: file, line: place.line, column: place.column), "is not TOML: a table's name should follow [ here")
        }
        do {
            let root = try TOMLTable(string: text)
            let node = withExtendedLifetime(root) { converted(root, depth: 0) }
            guard case .table(let members) = node else { throw ImportError(.mapping, Place(file: file), "is nested too deeply") }
            return TOMLTableReader(members: members, file: file, path: "")
        } catch let error as TOMLParseError {
            let place = Place(file: file, line: error.source.begin.line, column: error.source.begin.column)
            throw ImportError(.mapping, place, "is not TOML: \(error.description)")
        } catch let error as ImportError {
            throw error
        } catch {
            throw ImportError(.mapping, Place(file: file), "is not TOML: \(error)")
        }
    }

    private static func converted(_ value: any TOMLValueConvertible, depth: Int) -> TOMLNode {
        guard depth < 32 else { return .other("a value nested too deeply") }
        switch value.type {
        case .string: return .string(value.string ?? "")
        case .int: return .integer(value.int ?? 0)
        case .double: return .number(value.double ?? .nan)
        case .bool: return .flag(value.bool ?? false)
        case .date: return value.date.map { .date(year: $0.year, month: $0.month, day: $0.day) } ?? .other("a date")
        case .time: return .other("a time")
        case .dateTime: return .other("a date with time")
        case .array: return .list(value.array.map { array in array.map { converted($0, depth: depth + 1) } } ?? [])
        case .table:
            guard let table = value.table else { return .table([:]) }
            var members: [String: TOMLNode] = [:]
            for key in table.keys {
                if let member = table[key] { members[key] = converted(member, depth: depth + 1) }
            }
            return .table(members)
        }
    }

    var kindName: String {
        switch self {
        case .string: "a text"
        case .integer: "a whole number"
        case .number: "a number"
        case .flag: "true or false"
        case .date: "a date"
        case .other(let name): name
        case .list: "a list"
        case .table: "a table"
        }
    }
}
