// Reads a reference file in JSON that lies beside the project.
import Foundation
import TestSupport
import Testing

enum SharedJSON {
    /// The object at the top of a file below `../shared`.
    static func object(_ file: String) throws -> [String: Any] {
        let text = try #require(SharedFiles.path(file).flatMap(SharedFiles.text))
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// The object at a key.
    static func object(_ parent: [String: Any], _ key: String) throws -> [String: Any] {
        try #require(parent[key] as? [String: Any], "no object \(key)")
    }

    /// Pairs of an object whose keys and values are numbers, by rising key.
    static func series(_ parent: [String: Any], _ key: String) throws -> [(at: Double, value: Double)] {
        let pairs = try #require(parent[key] as? [String: Double], "no series \(key)")
        return try pairs.map { (try #require(Double($0.key)), $0.value) }.sorted { $0.0 < $1.0 }
    }

    static func isNear(_ value: Double, _ expected: Double?, _ relative: Double = 1e-9) -> Bool {
        guard let expected else { return false }
        return abs(value - expected) <= relative * abs(expected)
    }
}
