// A value as the tree of its JSON: how two versions of a draft are compared field by field, whatever fields it has.

/// A JSON value.
indirect enum JSONTree: Hashable, Codable {
    case null, bool(Bool), number(Double), string(String), array([JSONTree]), object([String: JSONTree])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .string(text)
        } else if let list = try? value.decode([JSONTree].self) {
            self = .array(list)
        } else {
            self = .object(try value.decode([String: JSONTree].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let flag): try value.encode(flag)
        case .number(let number): try value.encode(number)
        case .string(let text): try value.encode(text)
        case .array(let list): try value.encode(list)
        case .object(let fields): try value.encode(fields)
        }
    }

    var fields: [String: JSONTree] { if case .object(let fields) = self { fields } else { [:] } }
    var list: [JSONTree] { if case .array(let list) = self { list } else { [] } }
}
