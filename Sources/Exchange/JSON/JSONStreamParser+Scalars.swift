// Strings and numbers of JSON, checked byte by byte.

extension JSONStreamParser {
    /// A string whose opening quotation mark is at hand.
    mutating func string() throws(ImportError) -> String {
        advance()
        // Most strings lie within one chunk and have no escape: they are taken in one piece.
        if let plain = try plainRun() { return plain }
        scratch.removeAll(keepingCapacity: true)
        var length = 0
        while true {
            guard let byte = try peek() else { throw malformed("the file ends inside a text: it was cut short") }
            switch byte {
            case 0x22:
                advance()
                return try finishString(length)
            case 0x5C:
                advance()
                let scalar = try escape()
                for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { keep(unit, &length) }
            case 0..<0x20:
                throw malformed("a raw control character (\(Self.name(of: byte))) stands in a text; JSON wants it escaped")
            default:
                advance()
                keep(byte, &length)
            }
        }
    }

    private mutating func keep(_ byte: UInt8, _ length: inout Int) {
        length += 1
        if length <= limits.stringBytes { scratch.append(byte) }
    }

    private mutating func finishString(_ length: Int) throws(ImportError) -> String {
        guard length <= limits.stringBytes else {
            remember(.fault, "a text of \(length) bytes is longer than the \(limits.stringBytes) that can be taken")
            return ""
        }
        guard let text = String(validating: scratch, as: UTF8.self) else { throw malformed("a text that ends here is not valid UTF-8") }
        return text
    }

    private mutating func plainRun() throws(ImportError) -> String? {
        let bytes = rest
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let byte = bytes[position]
            if byte == 0x22 {
                guard position - bytes.startIndex <= limits.stringBytes else { return nil }
                guard let text = String(validating: bytes[bytes.startIndex..<position], as: UTF8.self) else {
                    throw malformed("the text that starts here is not valid UTF-8")
                }
                skip(to: position + 1)
                return text
            }
            if byte == 0x5C || byte < 0x20 { return nil }
            position += 1
        }
        return nil
    }

    /// The scalar of an escape whose backslash has been read.
    private mutating func escape() throws(ImportError) -> Unicode.Scalar {
        guard let byte = try peek() else { throw malformed("the file ends inside a text: it was cut short") }
        advance()
        switch byte {
        case 0x22: return "\""
        case 0x5C: return "\\"
        case 0x2F: return "/"
        case 0x6E: return "\n"
        case 0x72: return "\r"
        case 0x74: return "\t"
        case 0x62: return controlReplaced(0x08)
        case 0x66: return controlReplaced(0x0C)
        case 0x75: return try unicodeEscape()
        default: throw malformed("\\ followed by \(Self.name(of: byte)) means nothing in JSON")
        }
    }

    private mutating func unicodeEscape() throws(ImportError) -> Unicode.Scalar {
        let first = try fourHexDigits()
        if !(0xD800...0xDFFF).contains(first) {
            if first < 0x20 && ![0x09, 0x0A, 0x0D].contains(first) || (0x7F...0x9F).contains(first) { return controlReplaced(first) }
            return Unicode.Scalar(first) ?? "\u{FFFD}"
        }
        guard first < 0xDC00, try peek() == 0x5C else { return loneSurrogate(first) }
        advance()
        guard try peek() == 0x75 else {
            _ = loneSurrogate(first)
            return try escape()
        }
        advance()
        let second = try fourHexDigits()
        guard (0xDC00...0xDFFF).contains(second) else { return loneSurrogate(first) }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func fourHexDigits() throws(ImportError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = try peek() else { throw malformed("the file ends inside a text: it was cut short") }
            switch byte {
            case 0x30...0x39: value = value << 4 + UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 + UInt32(byte - 0x37)
            case 0x61...0x66: value = value << 4 + UInt32(byte - 0x57)
            default: throw malformed("\\u needs four hexadecimal digits")
            }
            advance()
        }
        return value
    }

    private mutating func controlReplaced(_ value: UInt32) -> Unicode.Scalar {
        let hex = String(value, radix: 16, uppercase: true)
        remember(
            .note,
            "a control character (U+\(String(repeating: "0", count: max(0, 4 - hex.count)))\(hex)) in a text was replaced by \u{FFFD}")
        return "\u{FFFD}"
    }

    private mutating func loneSurrogate(_ value: UInt32) -> Unicode.Scalar {
        remember(.fault, "half a character (\\u\(String(value, radix: 16))) stands alone in a text")
        return "\u{FFFD}"
    }

    /// A number as RFC 8259 writes it; its digits are kept as they stand.
    mutating func number() throws(ImportError) -> JSONNumber {
        scratch.removeAll(keepingCapacity: true)
        if try peek() == 0x2D { takeByte(0x2D) }
        guard let first = try peek(), Self.isDigit(first) else { throw malformed("a digit should follow the minus sign") }
        takeByte(first)
        if first == 0x30 {
            if let next = try peek(), Self.isDigit(next) { throw malformed("a number cannot start with 0 followed by a digit") }
        } else {
            try takeDigits()
        }
        if try peek() == 0x2E {
            takeByte(0x2E)
            try takeDigits(atLeastOne: "the decimal point")
        }
        if let byte = try peek(), byte == 0x65 || byte == 0x45 {
            takeByte(byte)
            if let sign = try peek(), sign == 0x2B || sign == 0x2D { takeByte(sign) }
            try takeDigits(atLeastOne: "the exponent's e")
        }
        let number = JSONNumber(String(decoding: scratch, as: UTF8.self))
        // Only an exponent or some 300 digits can leave the range of a double.
        if scratch.count > 300 || scratch.contains(where: { $0 == 0x65 || $0 == 0x45 }), !number.value.isFinite {
            remember(.fault, "the number \(number.text.prefix(40)) is out of range")
        }
        return number
    }

    private mutating func takeDigits(atLeastOne after: String? = nil) throws(ImportError) {
        var count = 0
        while let byte = try peek(), Self.isDigit(byte) {
            takeByte(byte)
            count += 1
            guard count <= 1_000 else { throw malformed("a number has more than 1,000 digits") }
        }
        if let after, count == 0 { throw malformed("a digit should follow \(after)") }
    }

    private mutating func takeByte(_ byte: UInt8) {
        scratch.append(byte)
        advance()
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
