// Letters: their list, their text, and the search for words in them.
import Foundation
import GRDB
import Twins

extension Store {
    /// A patient's letters without their texts, newest first. Takes a token with `.documents`.
    public func documents(_ token: AccessToken) throws(StoreError) -> [DocumentHeading] {
        let key = try token.patientKey(.documents)
        return try read { db in
            try Row.fetchAll(
                db,
                cachedSQL: """
                    SELECT d.key, p.id, d.title, d.category, d.time, length(d.text) FROM document d JOIN patient p ON p.key = d.patient
                    WHERE d.patient = ? ORDER BY d.time DESC, d.key DESC
                    """, [key]
            ).map(Self.heading)
        }
    }

    /// One letter. Takes a token for its patient with `.documents`.
    ///
    /// The only SQL that reads a letter's text besides the search: the place where encryption will unseal it.
    public func document(_ token: AccessToken, key: Int64) throws(StoreError) -> Document {
        let patient = try token.patientKey(.documents)
        return try read { db in
            let row = try Row.fetchOne(
                db,
                cachedSQL: """
                    SELECT d.key, p.id, d.title, d.category, d.time, length(d.text), d.text
                    FROM document d JOIN patient p ON p.key = d.patient WHERE d.key = ? AND d.patient = ?
                    """, [key, patient])
            guard let row else { throw StoreError.noSuch(kind: "letter", id: String(key)) }
            return Document(heading: Self.heading(row), text: row[6])
        }
    }

    /// Letters in which every word occurs, accents and case aside, the latest first; the last word may be the beginning of one.
    ///
    /// Takes a token of the whole store with `.search`, or one patient's with `.documents` for their letters only.
    /// What is typed is only ever words: quotes, stars and parentheses mean nothing. No words: no hits.
    public func search(_ words: String, _ token: AccessToken, limit: Int = 50, offset: Int = 0) throws(StoreError) -> [SearchHit] {
        let patient: Int64?
        if token.patient == nil {
            try token.require(.search)
            patient = nil
        } else {
            patient = try token.patientKey(.documents)
        }
        guard let query = Self.query(words) else { return [] }
        return try read { db in
            // Inside, the latest letters are chosen by a small index alone; outside, snippets are made for those only, in one pass
            // over the hits: the plus keeps SQLite from starting full-text search anew for each letter.
            try Row.fetchAll(
                db,
                cachedSQL: """
                    SELECT d.key, p.id, d.title, d.category, d.time, snippet(document_text, -1, char(2), char(3), '…', 16)
                    FROM document_text JOIN document d ON d.key = document_text.rowid JOIN patient p ON p.key = d.patient
                    WHERE document_text MATCH ?1 AND +document_text.rowid IN (
                        SELECT found.key FROM document_text
                        JOIN document AS found INDEXED BY document_time ON found.key = document_text.rowid
                        WHERE document_text MATCH ?1 AND (?4 IS NULL OR found.patient = ?4)
                        ORDER BY found.time DESC, found.key DESC LIMIT ?2 OFFSET ?3)
                    ORDER BY d.time DESC, d.key DESC
                    """, [query, max(0, limit), max(0, offset), patient]
            ).map { row in
                SearchHit(
                    patient: row[1], documentKey: row[0], title: row[2], category: row[3],
                    time: (row[4] as Int64?).map(Instant.init(milliseconds:)), snippet: Self.parts(row[5]))
            }
        }
    }

    private static func heading(_ row: Row) -> DocumentHeading {
        DocumentHeading(
            key: row[0], patient: row[1], title: row[2], category: row[3], time: (row[4] as Int64?).map(Instant.init(milliseconds:)),
            characters: row[5])
    }

    /// Every word between quotes, so that nothing typed is an operator; nil if there is no word.
    private static func query(_ words: String) -> String? {
        let found = words.split { $0.isWhitespace || $0 == "\0" }.filter { $0.contains { $0.isLetter || $0.isNumber } }.prefix(32)
        if found.isEmpty { return nil }
        return found.map { "\"" + $0.map { $0 == "\"" ? " " : String($0) }.joined() + "\"" }.joined(separator: " ") + "*"
    }

    /// Splits at the marks that `snippet` was told to set. A letter that itself holds such a mark only changes what is set off.
    private static func parts(_ marked: String) -> [SnippetPart] {
        var parts: [SnippetPart] = []
        var text = ""
        var isMatch = false
        func close() {
            if !text.isEmpty { parts.append(SnippetPart(text: text, isMatch: isMatch)) }
            text = ""
        }
        for scalar in marked.unicodeScalars {
            switch scalar.value {
            case 2, 3:
                close()
                isMatch = scalar.value == 2
            default: text.unicodeScalars.append(scalar)
            }
        }
        close()
        return parts
    }
}
