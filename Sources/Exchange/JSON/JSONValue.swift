// One JSON value in memory: small, with numbers as they were written and lines for messages.

/// A JSON value. Only one Bundle entry at a time is held as one.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    public var string: String? { if case .string(let text) = self { text } else { nil } }
    public var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
    public var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
    public var number: JSONNumber? { if case .number(let number) = self { number } else { nil } }
    public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }

    /// The member of an object; nil for another kind of value.
    public subscript(key: String) -> JSONValue? { object?[key] }
    /// The item of an array; nil outside it or for another kind of value.
    public subscript(index: Int) -> JSONValue? { array.flatMap { $0.indices.contains(index) ? $0[index] : nil } }

    /// What a person calls this kind of value.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// A number as it was written: `0.10` stays `0.10`, since its last zero says how precisely it was measured.
public struct JSONNumber: Hashable, Sendable {
    public let text: String
    /// The nearest double; infinite when it is out of range, which the parser refuses.
    public var value: Double { Double(text) ?? .nan }
    /// The value if it is written as a whole number that fits.
    public var integer: Int? { Int(text) }
    public init(_ text: String) { self.text = text }
}

/// The members of a JSON object in their order. Keys are unique: the parser refuses a repeated one.
public struct JSONObject: Hashable, Sendable {
    public struct Member: Hashable, Sendable {
        public var key: String
        public var value: JSONValue
        /// The line of the key, from 1.
        public var line: Int32
    }
    public private(set) var members: [Member] = []

    public init() {}

    /// Cost: O(members), which are few in every FHIR type.
    public subscript(key: String) -> JSONValue? {
        for member in members where member.key == key { return member.value }
        return nil
    }

    /// The line on which a member stands.
    public func line(of key: String) -> Int? {
        members.first { $0.key == key }.map { Int($0.line) }
    }

    mutating func append(_ key: String, _ value: JSONValue, line: Int) {
        members.append(Member(key: key, value: value, line: Int32(clamping: line)))
    }
}

extension JSONValue {
    /// The line nearest to a path such as `component[1].valueQuantity.value`: of the deepest step that is there.
    func line(near path: String) -> Int? {
        var current = self
        var line: Int?
        for part in path.split(separator: ".") {
            let pieces = part.split(separator: "[")
            guard let key = pieces.first.map(String.init), let object = current.object, let next = object[key] else { break }
            line = object.line(of: key) ?? line
            current = next
            for piece in pieces.dropFirst() {
                guard let index = Int(piece.dropLast()), let item = current[index] else { return line }
                current = item
                // An item has no line of its own: its first member's is where it starts.
                line = item.object?.members.first.map { Int($0.line) } ?? line
            }
        }
        return line
    }
}
