// Who is there: pages of patients, and one patient's head.
import Foundation
import GRDB
import Twins

/// How much the store holds.
public struct StoreCounts: Hashable, Codable, Sendable {
    public var patients: Int
    public var meetings: Int
}

extension Store {
    /// The columns of a patient's head, in the order in which they are read below.
    private static let selectPatient = """
        SELECT p.id, p.sex, p.birth, p.birth_precision, p.note, p.created, p.seen, p.observations, p.facts, p.documents,
            (SELECT group_concat(model, char(10)) FROM (SELECT DISTINCT model FROM calibration WHERE patient = p.key ORDER BY model))
        FROM patient p\u{20}
        """

    /// A page of the list, in the order of the pseudonyms. Takes a token of the whole store with `.list`.
    ///
    /// `matching` is looked for anywhere in the pseudonym, whatever its case; also in the name, accents and case aside, if the
    /// token covers `.identity`. A page of 200 of 10,000 patients takes a few milliseconds.
    public func patients(
        _ token: AccessToken, matching: String = "", limit: Int = 200, offset: Int = 0
    ) throws(StoreError) -> [PatientRow] {
        try token.require(.list)
        return try read { db in
            try Row.fetchAll(
                db,
                cachedSQL: Self.selectPatient + """
                    WHERE ?1 IS NULL OR p.id LIKE ?1 ESCAPE '\\'
                        OR ?2 IS NOT NULL AND p.key IN (SELECT patient FROM identity WHERE folded LIKE ?2 ESCAPE '\\')
                    ORDER BY p.id LIMIT ?3 OFFSET ?4
                    """,
                [
                    Self.pattern(matching), token.categories.contains(.identity) ? Self.pattern(Self.folded(matching)) : nil,
                    max(0, limit), max(0, offset),
                ]
            ).map(Self.patient)
        }
    }

    /// One patient's head. Any token for the patient.
    public func patient(_ token: AccessToken) throws(StoreError) -> PatientRow {
        let key = try token.patientKey()
        return try read { db in
            let row = try Row.fetchOne(db, cachedSQL: Self.selectPatient + "WHERE p.key = ?", [key])
            guard let row else { throw StoreError.noSuch(kind: "patient", id: token.patient ?? "") }
            return Self.patient(row)
        }
    }

    /// How many patients and meetings; of nobody in particular, so without a token.
    public func counts() throws(StoreError) -> StoreCounts {
        try read { db in
            StoreCounts(
                patients: try Int.fetchOne(db, sql: "SELECT count(*) FROM patient") ?? 0,
                meetings: try Int.fetchOne(db, sql: "SELECT count(*) FROM meeting") ?? 0)
        }
    }

    private static func patient(_ row: Row) -> PatientRow {
        let twins: String? = row[10]
        return PatientRow(
            id: row[0], sex: Sex(rawValue: row[1]) ?? .unknown, birth: (row[2] as Int64?).map(Instant.init(milliseconds:)),
            birthPrecision: BirthPrecision(rawValue: row[3]) ?? .day, note: row[4], created: Instant(milliseconds: row[5]),
            lastSeen: (row[6] as Int64?).map(Instant.init(milliseconds:)), observationCount: row[7], factCount: row[8],
            documentCount: row[9], twins: twins?.split(separator: "\n").map(String.init) ?? [])
    }

    /// A pattern for LIKE that finds a text anywhere; nil finds everything.
    private static func pattern(_ text: String) -> String? {
        if text.isEmpty { return nil }
        var result = "%"
        for character in text {
            if "%_\\".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result + "%"
    }

    /// A name without case and accents.
    static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }
}
