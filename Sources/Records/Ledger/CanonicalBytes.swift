// Bytes that mean one thing only, made to be hashed: every field is preceded by its length.
import Crypto

/// Fields one after another, each as its length (8 bytes, little-endian) and its bytes, so that no two lists of fields agree.
///
/// Integers and floating-point numbers are 8 bytes, little-endian, two's complement and IEEE 754; text is UTF-8 as it stands
/// (no normalisation); a list is its count as an integer, then its elements.
struct CanonicalBytes {
    private(set) var bytes: [UInt8] = []

    /// `domain` names what is hashed, so that a hash of one kind never passes for another kind's.
    init(domain: String) { add(domain) }

    mutating func add(_ text: String) { append(Array(text.utf8)) }
    mutating func add(_ value: Int64) { append(Self.littleEndian(UInt64(bitPattern: value))) }
    mutating func add(_ value: UInt64) { append(Self.littleEndian(value)) }
    mutating func add(_ value: Double) { append(Self.littleEndian(value.bitPattern)) }
    mutating func add(raw: [UInt8]) { append(raw) }

    private mutating func append(_ field: [UInt8]) {
        bytes.append(contentsOf: Self.littleEndian(UInt64(field.count)))
        bytes.append(contentsOf: field)
    }

    private static func littleEndian(_ value: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) } }

    var sha256: [UInt8] { Array(SHA256.hash(data: bytes)) }
}

/// Bytes as hexadecimal text.
enum Hex {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var result: [UInt8] = []
        for byte in bytes {
            result.append(digits[Int(byte >> 4)])
            result.append(digits[Int(byte & 15)])
        }
        return String(decoding: result, as: UTF8.self)
    }
}
