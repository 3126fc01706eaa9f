// The ledger: appended in the transaction of what it tells of, and read back.
import Foundation
import GRDB
import Twins

extension Store {
    /// Appends an entry for something that left the store by another way: an export, a printed sheet.
    ///
    /// Reads, imports, calibrations, decisions and backups write their own.
    @discardableResult
    public func note(
        _ action: LedgerAction, actor: String, patient: String? = nil, categories: Set<AccessCategory> = [],
        detail: [String: String] = [:]
    ) throws(StoreError) -> LedgerEntry {
        try write { db in try append(db, action, actor: actor, patient: patient, categories: categories, detail: detail) }
    }

    /// The newest entries first; `before` a sequence to page backwards.
    public func log(patient: String? = nil, limit: Int = 100, before: Int64? = nil) throws(StoreError) -> [LedgerEntry] {
        try read { db in
            try Row.fetchAll(
                db,
                cachedSQL: """
                    SELECT sequence, time, actor, action, patient, categories, detail, previous, hash FROM ledger
                    WHERE (?1 IS NULL OR patient = ?1) AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3
                    """, [patient, before ?? Int64.max, max(0, limit)]
            ).map { try Self.entry($0, path: path) }
        }
    }

    /// The number of entries and the last hash, as the store says; ``verifyLedger(anchor:)`` proves them.
    public func ledgerHead() throws(StoreError) -> LedgerHead {
        try read { db in
            guard let row = try Row.fetchOne(db, sql: "SELECT sequence, hash FROM ledger_head") else {
                throw StoreError.corrupt(path, detail: "the ledger has no head")
            }
            return LedgerHead(sequence: try row.decode(Int64.self, atIndex: 0), hash: Hex.text(try row.decode(Data.self, atIndex: 1)))
        }
    }

    @discardableResult
    func append(
        _ db: Database, _ action: LedgerAction, actor: String, patient: String?, categories: Set<AccessCategory> = [],
        detail: [String: String] = [:]
    ) throws -> LedgerEntry {
        guard let last = try Row.fetchOne(db, cachedSQL: "SELECT sequence, hash FROM ledger_head") else {
            throw StoreError.corrupt(path, detail: "the ledger has no head")
        }
        // Cleaned before it is hashed: the hash covers what the table holds.
        let actor = StoredText.clean(actor)
        let raw = RawLedgerEntry(
            sequence: try last.decode(Int64.self, atIndex: 0) &+ 1, time: clock().milliseconds, actor: actor, action: action.rawValue,
            patient: StoredText.clean(patient ?? ""),
            categories: categories.map(\.rawValue).sorted().joined(separator: ","), detail: try StoredJSON.text(detail),
            previous: Array(try last.decode(Data.self, atIndex: 1)))
        let hash = raw.hash
        try db.execute(
            cachedSQL: "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                raw.sequence, raw.time, raw.actor, raw.action, raw.patient, raw.categories, raw.detail, Data(raw.previous), Data(hash),
            ])
        try db.execute(cachedSQL: "UPDATE ledger_head SET sequence = ?, hash = ?", [raw.sequence, Data(hash)])
        return LedgerEntry(
            sequence: raw.sequence, time: Instant(milliseconds: raw.time), actor: actor, action: raw.action, patient: patient,
            categories: categories.map(\.rawValue).sorted(), detail: detail, previous: Hex.text(raw.previous), hash: Hex.text(hash))
    }

    static func entry(_ row: Row, path: String) throws -> LedgerEntry {
        guard let raw = RawLedgerEntry(row) else { throw StoreError.corrupt(path, detail: "an entry of the ledger does not read") }
        return LedgerEntry(
            sequence: raw.sequence, time: Instant(milliseconds: raw.time), actor: raw.actor, action: raw.action,
            patient: raw.patient.isEmpty ? nil : raw.patient, categories: raw.categories.split(separator: ",").map(String.init),
            detail: try StoredJSON.value(raw.detail, path: path, what: "the detail of ledger entry \(raw.sequence)"),
            previous: Hex.text(raw.previous), hash: Hex.text(try row.decode(Data.self, atIndex: 8)))
    }
}
