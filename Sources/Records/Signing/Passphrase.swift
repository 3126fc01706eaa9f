// What a signer types to unlock the key: never printed, overwritten when it goes.
import Foundation
import Synchronization

/// A passphrase as bytes of UTF-8 in composed form (NFC), so that two keyboards that write the same letter write the same bytes.
///
/// Invariant S1: neither `print`, string interpolation nor `dump` shows it, and its bytes are overwritten with its last use.
public final class Passphrase: Sendable, CustomStringConvertible, CustomReflectable {
    /// Fewer characters are refused. Source: NIST SP 800-63B (2017) §5.1.1.2, eight for a secret that a person chooses.
    public static let minimumLength = 8
    /// More is taken for a file that was named by mistake; scrypt itself has no such limit.
    public static let maximumLength = 1024

    private let bytes: Mutex<[UInt8]>

    /// A passphrase for a new key. Errors: `.refused` if it is too short, too long, or nothing but blanks.
    public init(new text: String) throws(StoreError) {
        guard text.count >= Self.minimumLength, !text.allSatisfy(\.isWhitespace) else {
            throw .refused("a passphrase needs at least \(Self.minimumLength) characters; several words are easier to remember than signs")
        }
        guard text.utf8.count <= Self.maximumLength else { throw .refused("a passphrase has at most \(Self.maximumLength) bytes") }
        bytes = Mutex(Array(text.precomposedStringWithCanonicalMapping.utf8))
    }

    /// A passphrase for a key that exists; whether it is the right one, unlocking tells. Errors: `.refused` if it is empty or too long.
    public init(_ text: String) throws(StoreError) {
        guard !text.isEmpty else { throw .refused("the passphrase is empty") }
        guard text.utf8.count <= Self.maximumLength else { throw .refused("a passphrase has at most \(Self.maximumLength) bytes") }
        bytes = Mutex(Array(text.precomposedStringWithCanonicalMapping.utf8))
    }

    deinit {
        bytes.withLock { bytes in for index in bytes.indices { bytes[index] = 0 } }
    }

    func withBytes<T>(_ body: ([UInt8]) throws -> T) rethrows -> T { try body(bytes.withLock { $0 }) }

    public var description: String { "a passphrase" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
