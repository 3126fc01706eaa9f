// The right to read a record for a purpose, which is written down before anything is read.
import Twins

/// What of a record is read.
public enum AccessCategory: String, Hashable, Codable, Sendable, CaseIterable {
    /// Who is there: pseudonym, sex, year of birth, counts.
    case list
    /// Name and numbers.
    case identity
    case observations, facts, documents, twins
    /// The words of all letters.
    case search
}

extension Set<AccessCategory> {
    /// What a case shows: observations, facts, documents, twins; not the identity.
    public static var record: Set<AccessCategory> { [.observations, .facts, .documents, .twins] }
    /// The record and the identity.
    public static var all: Set<AccessCategory> { record.union([.identity]) }
}

/// Proof that an access stands in the ledger; every function that reads patients' data asks for one.
///
/// Only the store makes one. Keep it for as long as a case is open: one token is one entry.
public struct AccessToken: Hashable, Sendable {
    public let actor: String
    /// Nil: of the whole store.
    public let patient: String?
    public let categories: Set<AccessCategory>
    public let purpose: String
    public let ledgerSequence: Int64
    /// The patient's row; 0 for the whole store.
    let key: Int64

    /// The patient's key if the token is for one patient and covers a category.
    func patientKey(_ category: AccessCategory? = nil) throws(StoreError) -> Int64 {
        guard let patient else { throw .refused("this access is not for one patient; ask for access to the patient") }
        if let category, !categories.contains(category) {
            throw .refused("the access to \(patient) does not cover \(category.rawValue)")
        }
        return key
    }

    func require(_ category: AccessCategory) throws(StoreError) {
        guard patient == nil, categories.contains(category) else {
            throw .refused("this access does not cover \(category.rawValue) of the whole store")
        }
    }
}
