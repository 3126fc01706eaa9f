// Asking for access: the ledger has the entry before the caller has the token.
import GRDB

extension Store {
    /// Writes one entry `read` for one patient and returns the token that reading takes (invariant R4).
    ///
    /// Errors: `.noSuch` if there is no such patient (then nothing is written), `.readOnly`: without a log there is no reading.
    public func access(
        actor: String, patient: String, categories: Set<AccessCategory>, purpose: String
    ) throws(StoreError) -> AccessToken {
        try write { db in try grant(db, actor: actor, patient: patient, categories: categories, purpose: purpose) }
    }

    /// The same for several patients, one entry each, in one commit; all or none.
    public func access(
        actor: String, patients: [String], categories: Set<AccessCategory>, purpose: String
    ) throws(StoreError) -> [AccessToken] {
        try write { db in
            try patients.map { try grant(db, actor: actor, patient: $0, categories: categories, purpose: purpose) }
        }
    }

    /// Access to the list of patients, or to the words of all letters: one entry `list` or `search` of no one patient.
    public func accessList(
        actor: String, categories: Set<AccessCategory> = [.list], purpose: String
    ) throws(StoreError) -> AccessToken {
        try write { db in
            let entry = try append(
                db, categories.contains(.search) ? .search : .list, actor: actor, patient: nil, categories: categories,
                detail: ["purpose": purpose])
            return AccessToken(
                actor: actor, patient: nil, categories: categories, purpose: purpose, ledgerSequence: entry.sequence, key: 0)
        }
    }

    private func grant(
        _ db: Database, actor: String, patient: String, categories: Set<AccessCategory>, purpose: String
    ) throws -> AccessToken {
        let key = try patientKey(db, patient)
        let entry = try append(
            db, .read, actor: actor, patient: patient, categories: categories, detail: ["purpose": purpose])
        return AccessToken(
            actor: actor, patient: patient, categories: categories, purpose: purpose, ledgerSequence: entry.sequence, key: key)
    }

    func patientKey(_ db: Database, _ patient: String) throws -> Int64 {
        guard let row = try Row.fetchOne(db, cachedSQL: "SELECT key FROM patient WHERE id = ?", [patient]) else {
            throw StoreError.noSuch(kind: "patient", id: patient)
        }
        return row[0]
    }
}
