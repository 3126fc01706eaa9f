// Standard output and standard error, as text, JSON or CSV; text from outside is cleaned on the way.
import ArgumentParser
import Exchange
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

    /// Writes a document whose own writer has cleaned what came from outside, byte for byte.
    static func document(_ data: Data) {
        do { try FileHandle.standardOutput.write(contentsOf: data) } catch {
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

/// The house's own JSON writer, by its short name in every command.
typealias JSONText = Exchange.JSONText
