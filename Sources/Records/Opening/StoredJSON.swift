// Values kept as JSON in a column: sorted keys, numbers that read back bit for bit, NaN and infinity by name.
import Foundation

/// The one way in which a value becomes text in the store, for this module's own rows and for what a board signs.
public enum StoredJSON {
    /// Throws what the value's own `encode` throws: a value that cannot be written is never stored as something else.
    public static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Reads a value back. Infinity may be written `infinity`, or `inf` as drafts and decisions had it at first.
    public static func value<T: Decodable>(_ text: String) throws -> T {
        do { return try value(text, infinity: "infinity") } catch {
            guard let read: T = try? value(text, infinity: "inf") else { throw error }
            return read
        }
    }

    private static func value<T: Decodable>(_ text: String, infinity: String) throws -> T {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: infinity, negativeInfinity: "-" + infinity, nan: "nan")
        return try decoder.decode(T.self, from: Data(text.utf8))
    }

    /// `what` names the row for the message that the store is damaged.
    static func value<T: Decodable>(_ text: String, path: String, what: String) throws -> T {
        do { return try value(text) } catch { throw StoreError.corrupt(path, detail: "\(what) does not read") }
    }
}
