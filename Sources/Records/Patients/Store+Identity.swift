// Who a patient is: read with a category of its own, changed field by field.
import GRDB
import Twins

/// Here, and in ``ImportWriter``, is the only SQL that touches an identity: the place where encryption will seal and unseal it.
extension Store {
    /// Name, numbers and what else is known; nil if nobody gave any. Takes a token for the patient with `.identity`.
    public func identity(_ token: AccessToken) throws(StoreError) -> Identity? {
        let key = try token.patientKey(.identity)
        return try read { db in try identity(db, key) }
    }

    /// Whether a national identifier is kept; says no more of it, so that any token for the patient will do.
    public func hasNationalIdentifier(_ token: AccessToken) throws(StoreError) -> Bool {
        let key = try token.patientKey()
        return try read { db in try identity(db, key)?.nationalIdentifier != nil }
    }

    /// Changes an identity as it stands in the store at that moment, so that two who fill different fields lose nothing; returns it as it
    /// was. One entry `identity` in the ledger with the names of the `fields`, never their values.
    ///
    /// Errors: `.noSuch`.
    @discardableResult
    public func changeIdentity(
        of patient: String, actor: String, fields: [String], _ change: (inout Identity) -> Void
    ) throws(StoreError) -> Identity {
        try write { db in
            let key = try patientKey(db, patient)
            let before = try identity(db, key) ?? Identity(names: "")
            var after = before
            change(&after)
            try db.execute(
                cachedSQL: """
                    INSERT INTO identity (patient, names, folded, numbers, details) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (patient)
                    DO UPDATE SET names = ?2, folded = ?3, numbers = ?4, details = ?5
                    """,
                [
                    key, after.names, Self.folded(after.names), try StoredJSON.text(after.numbers), try StoredJSON.text(after.details),
                ])
            try append(
                db, .identity, actor: actor, patient: patient, categories: [.identity],
                detail: ["fields": fields.joined(separator: ", ")])
            return before
        }
    }

    private func identity(_ db: Database, _ key: Int64) throws -> Identity? {
        guard let row = try Row.fetchOne(db, cachedSQL: "SELECT names, numbers, details FROM identity WHERE patient = ?", [key]) else {
            return nil
        }
        return Identity(
            names: row[0], numbers: try StoredJSON.value(row[1], path: path, what: "the numbers of a patient"),
            details: try StoredJSON.value(row[2], path: path, what: "the identity of a patient"))
    }
}
