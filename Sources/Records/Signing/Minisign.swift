// Keys and signatures as minisign writes them, so that a program that is not ours can check what was signed.
import Crypto
import Foundation

/// A public key in minisign's format: `Ed`, eight bytes of key id, 32 bytes of Ed25519.
///
/// Source: https://jedisct1.github.io/minisign/, «Public key format» and «Signature format», the plain (`Ed`) algorithm.
public struct MinisignKey: Hashable, Sendable {
    /// Eight bytes.
    public let id: [UInt8]
    /// 32 bytes.
    public let bytes: [UInt8]

    init?(id: [UInt8], bytes: [UInt8]) {
        guard id.count == 8, bytes.count == 32 else { return nil }
        self.id = id
        self.bytes = bytes
    }

    /// Reads a `.pub` file's text, or its second line alone.
    public init?(_ text: String) {
        let line = text.split(whereSeparator: \.isNewline).last { !$0.hasPrefix("untrusted comment:") }
        guard let line, let data = Data(base64Encoded: String(line)), data.count == 42, data.prefix(2) == Data("Ed".utf8) else {
            return nil
        }
        self.init(id: Array(data[2..<10]), bytes: Array(data[10...]))
    }

    /// As minisign prints it: sixteen hexadecimal digits, the last byte first.
    public var name: String { Hex.text(id.reversed()).uppercased() }
    /// The second line of a `.pub` file, as `minisign -P` takes it.
    public var line: String { (Data("Ed".utf8) + Data(id) + Data(bytes)).base64EncodedString() }
    /// The `.pub` file.
    public var text: String { "untrusted comment: minisign public key \(name)\n\(line)\n" }

    /// Whether a signature by this key holds for a message, trusted comment and all.
    public func verifies(_ signature: MinisignSignature, of message: Data) -> Bool {
        guard signature.keyID == id, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Data(bytes)) else { return false }
        return key.isValidSignature(Data(signature.signature), for: message)
            && key.isValidSignature(Data(signature.global), for: Data(signature.signature) + Data(signature.trustedComment.utf8))
    }
}

/// A signature in minisign's format.
public struct MinisignSignature: Hashable, Sendable {
    public var untrustedComment: String
    public var keyID: [UInt8]
    /// Ed25519 over the message itself: 64 bytes.
    public var signature: [UInt8]
    public var trustedComment: String
    /// Ed25519 over ``signature`` and ``trustedComment``: 64 bytes.
    public var global: [UInt8]

    private static let untrusted = "untrusted comment: "
    private static let trusted = "trusted comment: "

    init(untrustedComment: String, keyID: [UInt8], signature: [UInt8], trustedComment: String, global: [UInt8]) {
        self.untrustedComment = untrustedComment
        self.keyID = keyID
        self.signature = signature
        self.trustedComment = trustedComment
        self.global = global
    }

    /// Reads a `.minisig` file's text; nil if it is not one of the plain algorithm.
    public init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 5, lines[4].isEmpty, lines[0].hasPrefix(Self.untrusted), lines[2].hasPrefix(Self.trusted),
            let first = Data(base64Encoded: lines[1]), first.count == 74, first.prefix(2) == Data("Ed".utf8),
            let second = Data(base64Encoded: lines[3]), second.count == 64
        else { return nil }
        self.init(
            untrustedComment: String(lines[0].dropFirst(Self.untrusted.count)), keyID: Array(first[2..<10]), signature: Array(first[10...]),
            trustedComment: String(lines[2].dropFirst(Self.trusted.count)), global: Array(second))
    }

    /// The `.minisig` file.
    public var text: String {
        """
        \(Self.untrusted)\(untrustedComment)
        \((Data("Ed".utf8) + Data(keyID) + Data(signature)).base64EncodedString())
        \(Self.trusted)\(trustedComment)
        \(Data(global).base64EncodedString())

        """
    }
}
