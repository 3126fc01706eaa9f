// A person's key, unlocked: the only thing that signs.
import Crypto
import Foundation
import Twins

/// An unlocked key. Only a store makes one, from a key that its ledger knows and the passphrase that goes with it.
///
/// Invariant S3: there is no signature without one, and no decision without a signature.
public struct Signer: Sendable, CustomStringConvertible, CustomReflectable {
    /// Whose key it is.
    public let name: String
    public let key: MinisignKey
    /// The row in the store's table of signers.
    let row: Int64
    private let secret: Curve25519.Signing.PrivateKey

    init?(name: String, row: Int64, secret: Data) {
        guard let secret = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret),
            let key = Self.key(of: secret)
        else { return nil }
        self.name = name
        self.row = row
        self.secret = secret
        self.key = key
    }

    /// The key id is the first eight bytes of the public key's SHA-256: it cannot be kept while the key is another.
    static func key(of secret: Curve25519.Signing.PrivateKey) -> MinisignKey? {
        let bytes = Array(secret.publicKey.rawRepresentation)
        return MinisignKey(id: keyID(of: bytes), bytes: bytes)
    }

    static func keyID(of publicKey: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: publicKey).prefix(8)) }

    func sign(_ message: SignedMessage) throws(StoreError) -> MinisignSignature {
        do {
            let signature = try secret.signature(for: message.data)
            let global = try secret.signature(for: signature + Data(message.trustedComment.utf8))
            return MinisignSignature(
                untrustedComment: message.untrustedComment, keyID: key.id, signature: Array(signature),
                trustedComment: message.trustedComment, global: Array(global))
        } catch {
            throw .refused("the key of \(name) does not sign: \(error)")
        }
    }

    public var description: String { "the key \(key.name) of \(name)" }
    public var customMirror: Mirror { Mirror(self, children: ["name": name, "key": key.name]) }
}

/// A signer as the store has it, without the secret.
public struct SignerRow: Hashable, Sendable {
    public var row: Int64
    public var name: String
    public var key: MinisignKey
    public var created: Instant
    /// Nil: it signs still.
    public var retired: Instant?
}
