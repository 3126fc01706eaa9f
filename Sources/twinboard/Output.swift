// Standard output and standard error, as text, JSON or CSV; text from outside is cleaned on the way.
import ArgumentParser
import Foundation
import Surface

enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

struct FormatOption: ParsableArguments {
    @Option(help: "text for people, json or csv for programs.")
    var format: Format = .text
}

enum Output {
    /// Invariant: nothing that came from outside, a name, a letter or a file's name in a message, can move the cursor, write over
    /// another line or speak to the terminal: every line of text is cleaned here, whoever wrote it.
    private static func cleaned(_ text: String) -> String { SafeText(text, limit: .max).string }

    /// A full disk or a closed pipe behind standard output ends the command with status 73, as everything that cannot be written does.
    private static func write(_ text: String, to file: FileHandle) {
        do { try file.write(contentsOf: Data((text + "\n").utf8)) } catch {
            guard file !== FileHandle.standardError else { return }
            complain("standard output cannot be written: \(String(cString: strerror(errno)))")
            exit(73)
        }
    }

    /// Writes one line to standard output.
    static func line(_ text: String = "") { write(cleaned(text), to: .standardOutput) }

    /// Writes a text of our own that has several lines.
    static func text(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { self.line(String(line)) }
    }

    /// Writes a message to standard error.
    static func complain(_ text: String) { note("twinboard: " + text) }

    /// Writes one line to standard error: a line feed in a name must not make a second message.
    static func note(_ text: String) {
        write(cleaned(text.split(whereSeparator: \.isNewline).joined(separator: " ")), to: .standardError)
    }

    /// Writes a value as JSON, which escapes what a terminal would obey; numbers that are not finite as null.
    static func json(_ value: JSONText) { write(value.rendered(), to: .standardOutput) }

    /// Writes a table as CSV; its cells are cleaned, and those that a spreadsheet would run are defused.
    static func csv(_ header: [String], _ rows: [[String]]) {
        for row in [header] + rows { write(row.map { SafeText.csvCell($0) }.joined(separator: ","), to: .standardOutput) }
    }

    /// Writes a table in columns as wide as their cells, the last one as it is.
    static func table(_ header: [String], _ rows: [[String]]) {
        let clean = ([header] + rows).map { row in row.map { SafeText($0).string } }
        let widths = header.indices.map { column in clean.map { TextWidth.of($0.indices.contains(column) ? $0[column] : "") }.max() ?? 0 }
        for row in clean {
            let cells = row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : TextWidth.fit(cell, to: widths[column])
            }
            line(cells.joined(separator: "  "))
        }
    }
}

/// A JSON value whose object keys keep a stable order.
indirect enum JSONText {
    case string(String)
    case number(Double)
    case integer(Int64)
    case bool(Bool)
    case null
    case array([JSONText])
    case object([(String, JSONText)])

    static func optional(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }
    static func optional(_ value: String?) -> JSONText { value.map { .string($0) } ?? .null }
    static func strings(_ values: [String]) -> JSONText { .array(values.map { .string($0) }) }
    static func numbers(_ values: [Double]) -> JSONText { .array(values.map { .number($0) }) }

    func rendered(indent: Int = 0) -> String {
        let pad = String(repeating: " ", count: indent + 2)
        let close = String(repeating: " ", count: indent)
        switch self {
        case .string(let text): return Self.quoted(text)
        case .number(let value): return value.isFinite ? Self.shortest(value) : "null"
        case .integer(let value): return "\(value)"
        case .bool(let value): return value ? "true" : "false"
        case .null: return "null"
        case .array(let values):
            if values.isEmpty { return "[]" }
            // Series of numbers stay on one line: a forecast has thousands.
            if values.allSatisfy(\.isScalar) { return "[" + values.map { $0.rendered() }.joined(separator: ", ") + "]" }
            return "[\n" + values.map { pad + $0.rendered(indent: indent + 2) }.joined(separator: ",\n") + "\n" + close + "]"
        case .object(let members):
            if members.isEmpty { return "{}" }
            return "{\n" + members.map { pad + Self.quoted($0) + ": " + $1.rendered(indent: indent + 2) }.joined(separator: ",\n") + "\n"
                + close + "}"
        }
    }

    private var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }

    private static func shortest(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            // Bidi controls and the like are escaped too, so that JSON on a terminal is what it seems.
            case _
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x200B...0x200F).contains(scalar.value)
                || (0x202A...0x202E).contains(scalar.value) || (0x2060...0x206F).contains(scalar.value) || scalar.value == 0xFEFF:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
