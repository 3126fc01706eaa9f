// Why a whole file could not be taken; nothing of it is in the store then.

import Surface

/// A fault that refuses a whole file.
public struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Codable, Sendable {
        /// There is no such file.
        case missing
        /// It is there and cannot be read, or is not a plain file.
        case unreadable
        /// Its bytes do not follow the format.
        case malformed
        /// It passes one of ``ImportLimits``.
        case limit
        /// A mapping or meeting file does not say what it must.
        case mapping
    }
    public var kind: Kind
    public var place: Place
    /// What is wrong and what to do.
    public var message: String

    public init(_ kind: Kind, _ place: Place, _ message: String) {
        self.kind = kind
        self.place = place
        self.message = message
    }

    /// Place and message, cleaned of control characters.
    public var description: String { SafeText("\(place): \(message)").string }
}
