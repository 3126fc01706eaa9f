// The signers' keys: made, unlocked, wrapped anew, retired; each step but unlocking is in the ledger.
import Crypto
import Foundation
import GRDB
import Twins

extension Store {
    /// Every key that was ever made, the oldest first.
    public func signers() throws(StoreError) -> [SignerRow] {
        try read { db in
            try Row.fetchAll(db, cachedSQL: "SELECT key, name, key_id, public, created, retired FROM signer ORDER BY key").map(signer)
        }
    }

    /// The key that a person signs with now; nil: none was made yet, or it was retired.
    public func signer(named name: String) throws(StoreError) -> SignerRow? {
        let name = StoredText.clean(name)
        return try read { db in try activeSigner(db, name).map { try signer($0) } }
    }

    /// Makes a person's key, wraps it, and records its public half in the ledger (`key`), in one commit.
    ///
    /// Who makes the first key under a name is believed, as who signs the first page of a register is; from then on the ledger holds the
    /// key. Errors: `.exists` if the person has one: change its passphrase, or retire it.
    public func makeSigner(
        _ name: String, passphrase: Passphrase, actor: String, cost: ScryptCost = .standard
    ) throws(StoreError) -> Signer {
        let name = StoredText.clean(name)
        guard !name.allSatisfy(\.isWhitespace) else { throw .refused("a key needs the name of whose it is") }
        let secret = Curve25519.Signing.PrivateKey()
        guard let key = Signer.key(of: secret) else { throw .refused("the key of \(name) could not be made") }
        // Wrapped before the store is held: scrypt takes its time.
        let wrapped = try KeyWrapping.wrap(
            secret.rawRepresentation, passphrase: passphrase, cost: cost, owner: Self.owner(name, key))
        let row = try write { db in
            if try activeSigner(db, name) != nil { throw StoreError.exists(kind: "key of", id: name) }
            let entry = try append(db, .key, actor: actor, patient: nil, detail: Self.detail("made", name, key))
            let row = try Int64.fetchOne(db, sql: "SELECT coalesce(max(key), 0) + 1 FROM signer") ?? 1
            try db.execute(
                cachedSQL: "INSERT INTO signer (key, name, key_id, public, wrapped, created) VALUES (?, ?, ?, ?, ?, ?)",
                [row, name, Data(key.id), Data(key.bytes), wrapped, entry.time.milliseconds])
            return row
        }
        guard let signer = Signer(name: name, row: row, secret: secret.rawRepresentation) else {
            throw .refused("the key of \(name) could not be made")
        }
        return signer
    }

    /// Unlocks a person's key. About 0.7 s, by scrypt's intent: never on a thread that draws.
    ///
    /// Errors: `.noSuch` if the person has none, `.wrongPassphrase`.
    public func unlock(_ name: String, passphrase: Passphrase) throws(StoreError) -> Signer {
        let name = StoredText.clean(name)
        let found = try read { db in try activeSigner(db, name).map { (try signer($0), try $0.decode(Data.self, atIndex: 6)) } }
        guard let (row, wrapped) = found else { throw .noSuch(kind: "key of", id: name) }
        let secret = try KeyWrapping.unwrap(wrapped, passphrase: passphrase, owner: Self.owner(name, row.key), name: name)
        guard let signer = Signer(name: name, row: row.row, secret: secret), signer.key == row.key else { throw .wrongPassphrase(name) }
        return signer
    }

    /// Wraps the same key by another passphrase. Copies of the store from before still open with the old one.
    public func changePassphrase(
        _ name: String, from old: Passphrase, to new: Passphrase, actor: String, cost: ScryptCost = .standard
    ) throws(StoreError) {
        let name = StoredText.clean(name)
        let found = try read { db in try activeSigner(db, name).map { (try signer($0), try $0.decode(Data.self, atIndex: 6)) } }
        guard let (row, wrapped) = found else { throw .noSuch(kind: "key of", id: name) }
        let owner = Self.owner(name, row.key)
        let secret = try KeyWrapping.unwrap(wrapped, passphrase: old, owner: owner, name: name)
        let again = try KeyWrapping.wrap(secret, passphrase: new, cost: cost, owner: owner)
        try write { db in
            _ = try append(db, .key, actor: actor, patient: nil, detail: Self.detail("passphrase", name, row.key))
            try db.execute(
                cachedSQL: "UPDATE signer SET wrapped = ? WHERE key = ? AND wrapped = ? AND retired IS NULL", [again, row.row, wrapped])
            guard db.changesCount == 1 else {
                throw StoreError.refused("the key of \(name) was changed at another seat meanwhile; nothing was changed here")
            }
        }
    }

    /// Takes a key out of use, never out of the store: what it signed can still be checked. For a lost passphrase; a new key may follow.
    public func retireSigner(_ name: String, reason: String, actor: String) throws(StoreError) {
        let name = StoredText.clean(name)
        guard !reason.allSatisfy(\.isWhitespace) else { throw .refused("say why the key of \(name) is retired: the log keeps it") }
        try write { db in
            guard let row = try activeSigner(db, name).map({ try signer($0) }) else {
                throw StoreError.noSuch(kind: "key of", id: name)
            }
            var detail = Self.detail("retired", name, row.key)
            detail["reason"] = StoredText.clean(reason)
            let entry = try append(db, .key, actor: actor, patient: nil, detail: detail)
            try db.execute(cachedSQL: "UPDATE signer SET retired = ? WHERE key = ?", [entry.time.milliseconds, row.row])
        }
    }

    /// What a wrapped key belongs to.
    private static func owner(_ name: String, _ key: MinisignKey) -> Data {
        var bytes = CanonicalBytes(domain: "twinboard key 1")
        bytes.add(name)
        bytes.add(raw: key.id)
        bytes.add(raw: key.bytes)
        return Data(bytes.bytes)
    }

    /// `event` is one of `made`, `passphrase`, `retired`; ``LedgerKeys`` reads it back.
    private static func detail(_ event: String, _ name: String, _ key: MinisignKey) -> [String: String] {
        ["event": event, "name": name, "key": key.name, "public": key.line]
    }

    private func activeSigner(_ db: Database, _ name: String) throws -> Row? {
        try Row.fetchOne(
            db,
            cachedSQL: """
                SELECT key, name, key_id, public, created, retired, wrapped FROM signer
                WHERE name = ? AND retired IS NULL ORDER BY key DESC LIMIT 1
                """, [name])
    }

    /// Decoded with care: a damaged row is an error, not a trap.
    func signer(_ row: Row) throws -> SignerRow {
        guard
            let key = MinisignKey(
                id: Array(try row.decode(Data.self, atIndex: 2)), bytes: Array(try row.decode(Data.self, atIndex: 3)))
        else { throw StoreError.corrupt(path, detail: "a signer's key does not read") }
        return SignerRow(
            row: try row.decode(Int64.self, atIndex: 0), name: try row.decode(String.self, atIndex: 1), key: key,
            created: Instant(milliseconds: try row.decode(Int64.self, atIndex: 4)),
            retired: try row.decode(Int64?.self, atIndex: 5).map { Instant(milliseconds: $0) })
    }
}
