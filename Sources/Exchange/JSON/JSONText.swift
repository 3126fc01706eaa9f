// JSON that is written: keys in a stable order, numbers as short as they read back, nothing that a terminal would obey.

/// A JSON value whose object keys keep a stable order.
public indirect enum JSONText: Sendable {
    case string(String)
    case number(Double)
    case integer(Int64)
    /// A decimal as a source wrote it; what JSON would not read as a number is written as one from its value.
    case decimal(String)
    case bool(Bool)
    case null
    case array([JSONText])
    case object([(String, JSONText)])

    public static func optional(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }
    public static func optional(_ value: String?) -> JSONText { value.map { .string($0) } ?? .null }
    public static func strings(_ values: [String]) -> JSONText { .array(values.map { .string($0) }) }
    public static func numbers(_ values: [Double]) -> JSONText { .array(values.map { .number($0) }) }

    public func rendered(indent: Int = 0) -> String {
        let pad = String(repeating: " ", count: indent + 2)
        let close = String(repeating: " ", count: indent)
        switch self {
        case .string(let text): return Self.quoted(text)
        case .number(let value): return value.isFinite ? Self.shortest(value) : "null"
        case .decimal(let text): return Self.isNumber(text) ? text : JSONText.number(Double(text) ?? .nan).rendered()
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

    /// RFC 8259: an optional minus, digits without a leading zero, a fraction and an exponent that have digits.
    private static func isNumber(_ text: String) -> Bool {
        var rest = Substring(text)
        func digits() -> Int {
            let count = rest.prefix { $0.isASCII && $0.isNumber }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == "-" { rest = rest.dropFirst() }
        let isZero = rest.first == "0"
        let whole = digits()
        guard whole > 0, !isZero || whole == 1 else { return false }
        if rest.first == "." {
            rest = rest.dropFirst()
            guard digits() > 0 else { return false }
        }
        if rest.first == "e" || rest.first == "E" {
            rest = rest.dropFirst()
            if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
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
                || (0x2028...0x202E).contains(scalar.value) || (0x2060...0x206F).contains(scalar.value) || scalar.value == 0xFEFF:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
