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
    /// What it was computed from; nil for a calibration from before that was kept.
    public var basis: CalibrationBasis?
}

/// What a calibration was computed from, so that one can tell whether it still holds.
public struct CalibrationBasis: Hashable, Codable, Sendable {
    /// SHA-256 of the subject's canonical bytes, those of ``ForecastKey``, in hexadecimal.
    public var recordSHA256: String
    public var settings: CalibrationSettings

    public init(_ subject: Subject, settings: CalibrationSettings) {
        var bytes = CanonicalBytes(domain: "twinboard record 1")
        bytes.add(subject)
        recordSHA256 = Hex.text(bytes.sha256)
        self.settings = settings
    }
}

/// The column `head`: the calibration without its draws, and beside its fields what it was computed from.
struct CalibrationHead: Codable {
    var calibration: Calibration
    var basis: CalibrationBasis?

    private enum Keys: String, CodingKey { case basis }

    init(_ calibration: Calibration, basis: CalibrationBasis) {
        self.calibration = calibration
        self.calibration.draws.values = []
        self.basis = basis
    }

    init(from decoder: any Decoder) throws {
        calibration = try Calibration(from: decoder)
        basis = try decoder.container(keyedBy: Keys.self).decodeIfPresent(CalibrationBasis.self, forKey: .basis)
    }

    func encode(to encoder: any Encoder) throws {
        try calibration.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encodeIfPresent(basis, forKey: .basis)
    }
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
