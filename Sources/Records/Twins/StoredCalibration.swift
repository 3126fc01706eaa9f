// A calibration as the store keeps it: a head in JSON, and the draws as bytes with their hash.
import Crypto
import Foundation
import Twins

/// A calibration that is in the store.
public struct StoredCalibration: Hashable, Sendable {
    public var key: Int64
    public var patient: String
    public var calibration: Calibration
    /// SHA-256 of the draws' bytes (IEEE 754 doubles, little-endian, row by row), in hexadecimal.
    public var drawsSHA256: String
    public var created: Instant
}

/// A calibration's line in a list.
public struct CalibrationRow: Hashable, Codable, Sendable {
    public var key: Int64
    public var model: String
    public var version: String
    public var created: Instant
    public var drawsSHA256: String
}

/// Doubles as bytes: IEEE 754, little-endian, one after another; every bit pattern comes back, NaN's too.
enum DoubleBytes {
    static func data(_ values: some Collection<Double>) -> Data {
        var result = Data(capacity: values.count * 8)
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { result.append(contentsOf: $0) } }
        return result
    }

    /// Nil if the length is no multiple of eight.
    static func values(_ data: Data) -> [Double]? {
        guard data.count % 8 == 0 else { return nil }
        return data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map {
                Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)))
            }
        }
    }

    static func sha256(_ data: Data) -> String { Hex.text(SHA256.hash(data: data)) }
}
