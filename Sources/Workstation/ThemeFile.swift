// Themes as TOML files: flat keys, one file a theme.
import Exchange
import Surface
import TOMLKit

public enum ThemeFile {
    public enum Problem: Error, CustomStringConvertible {
        case notTOML(file: String, detail: String)
        case theme(file: String, ThemeError)

        public var description: String {
            switch self {
            case .notTOML(let file, let detail): "\(file): not a TOML file: \(detail)"
            case .theme(let file, let error): "\(file): \(error)"
            }
        }
    }

    /// Reads a theme from the text of a TOML file; its name is the file's.
    public static func theme(name: String, text: String) throws(Problem) -> Theme {
        if let place = TOMLGuard.unnamedTable(text) {
            throw .notTOML(file: name, detail: "line \(place.line): a table without a name")
        }
        let table: TOMLTable
        do { table = try TOMLTable(string: text) } catch { throw .notTOML(file: name, detail: "\(error)") }
        var values: [String: String] = [:]
        for key in table.keys {
            if let string = table[key]?.string { values[key] = string } else if let number = table[key]?.int { values[key] = "\(number)" }
        }
        do { return try Theme(name: name, values: values) } catch { throw .theme(file: name, error) }
    }
}
