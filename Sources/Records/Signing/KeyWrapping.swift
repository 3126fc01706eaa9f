// A secret key wrapped by a passphrase: scrypt makes the key that AES-GCM seals it with.
import Crypto
import CryptoExtras
import Foundation

/// How dear one guess of a passphrase is made. Kept beside each wrapped key, so that it can rise for new ones.
public struct ScryptCost: Hashable, Sendable {
    /// The logarithm to base 2 of scrypt's N.
    public var logRounds: Int
    /// scrypt's r.
    public var blockSize: Int
    /// scrypt's p.
    public var parallelism: Int
    public init(logRounds: Int, blockSize: Int, parallelism: Int) {
        self.logRounds = logRounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// N = 2^17, r = 8, p = 1: 128 MiB and about 0.7 s a guess. Source: OWASP Password Storage Cheat Sheet (2023), scrypt.
    public static let standard = ScryptCost(logRounds: 17, blockSize: 8, parallelism: 1)

    /// What a row may ask for: a damaged or forged one must not take the machine's memory (at most 1 GiB) or all of its time.
    var isBearable: Bool {
        (1...22).contains(logRounds) && (1...32).contains(blockSize) && (1...16).contains(parallelism)
            && (128 * blockSize) << logRounds <= 1 << 30
    }

    /// scrypt as RFC 7914 defines it.
    func key(_ passphrase: some DataProtocol, salt: some DataProtocol, count: Int) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: passphrase, salt: salt, outputByteCount: count, rounds: 1 << logRounds, blockSize: blockSize, parallelism: parallelism)
    }
}

/// `TBK1`, log N, r, p (a byte each), the salt (32 bytes), then nonce, ciphertext and tag of AES-256-GCM.
///
/// Invariant S2: what the key is for (name, key id, public key) is authenticated with it: a wrapped key moved to another row does not open.
enum KeyWrapping {
    private static let mark = Data("TBK1".utf8)
    private static let saltCount = 32

    static func wrap(_ secret: Data, passphrase: Passphrase, cost: ScryptCost, owner: Data) throws(StoreError) -> Data {
        guard cost.isBearable else { throw .refused("scrypt with N = 2^\(cost.logRounds), r = \(cost.blockSize) is out of bounds") }
        var random = SystemRandomNumberGenerator()
        let salt = Data((0..<saltCount).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        do {
            let key = try passphrase.withBytes { try cost.key($0, salt: salt, count: 32) }
            guard let sealed = try AES.GCM.seal(secret, using: key, authenticating: owner).combined else {
                throw StoreError.refused("the key could not be wrapped")
            }
            return mark + Data([UInt8(cost.logRounds), UInt8(cost.blockSize), UInt8(cost.parallelism)]) + salt + sealed
        } catch {
            throw (error as? StoreError) ?? .refused("the key could not be wrapped: \(error)")
        }
    }

    /// Errors: `.wrongPassphrase`, and nothing finer: a damaged row and a wrong passphrase look alike from here.
    static func unwrap(_ wrapped: Data, passphrase: Passphrase, owner: Data, name: String) throws(StoreError) -> Data {
        let wrapped = Data(wrapped)
        let head = mark.count + 3
        guard wrapped.count > head + saltCount, wrapped.prefix(mark.count) == mark else { throw .wrongPassphrase(name) }
        let cost = ScryptCost(
            logRounds: Int(wrapped[mark.count]), blockSize: Int(wrapped[mark.count + 1]), parallelism: Int(wrapped[mark.count + 2]))
        guard cost.isBearable else { throw .wrongPassphrase(name) }
        do {
            let key = try passphrase.withBytes {
                try cost.key($0, salt: wrapped.subdata(in: head..<(head + saltCount)), count: 32)
            }
            let box = try AES.GCM.SealedBox(combined: wrapped.dropFirst(head + saltCount))
            return try AES.GCM.open(box, using: key, authenticating: owner)
        } catch {
            throw .wrongPassphrase(name)
        }
    }
}
