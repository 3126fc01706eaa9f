// An attacker who knows all of this program but no passphrase: rewrites the ledger and stamps the whole chain anew.
import Foundation
import GRDB
import Testing

@testable import Records

struct Forger {
    let path: String
    init(_ path: String) { self.path = path }

    private func open() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Changes entries from a sequence on, then computes every later hash and the head as if nothing had happened.
    func rewrite(from first: Int64, _ change: (inout RawLedgerEntry) throws -> Void) throws {
        try open().write { db in
            for name in ["ledger_appended", "ledger_unchanged", "ledger_undeleted"] {
                try db.execute(sql: "DROP TRIGGER IF EXISTS " + name)
            }
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT sequence, time, actor, action, patient, categories, detail, previous, hash FROM ledger ORDER BY sequence")
            var last = [UInt8](repeating: 0, count: 32)
            for row in rows {
                var entry = try #require(RawLedgerEntry(row))
                if entry.sequence >= first { try change(&entry) }
                entry.previous = last
                last = entry.hash
                try db.execute(
                    sql: """
                        UPDATE ledger SET time = ?, actor = ?, action = ?, patient = ?, categories = ?, detail = ?, previous = ?, hash = ?
                        WHERE sequence = ?
                        """,
                    arguments: [
                        entry.time, entry.actor, entry.action, entry.patient, entry.categories, entry.detail, Data(entry.previous),
                        Data(last), entry.sequence,
                    ])
            }
            try db.execute(
                sql: "UPDATE ledger_head SET sequence = (SELECT max(sequence) FROM ledger), hash = ?", arguments: [Data(last)])
        }
    }

    /// Puts another body under a decision, with a content hash that fits, and stamps the chain anew with it.
    func replaceDecision(_ id: Int64, body: String) throws {
        let row = try open().write { db in
            try db.execute(sql: "DROP TRIGGER IF EXISTS decision_unchanged")
            let found = try Row.fetchOne(
                db, sql: "SELECT id, agenda_item, version, body, signed_by, time, content_sha256, ledger FROM decision WHERE id = ?",
                arguments: [id])
            var decision = try Store.decision(try #require(found))
            let old = decision.contentSHA256
            decision.body = body
            decision.contentSHA256 = decision.computedSHA256
            try db.execute(
                sql: "UPDATE decision SET body = ?, content_sha256 = ? WHERE id = ?", arguments: [body, decision.contentSHA256, id])
            return (old, decision)
        }
        try rewrite(from: row.1.ledgerSequence) { entry in
            entry.detail = entry.detail.replacingOccurrences(of: row.0, with: row.1.contentSHA256)
        }
    }
}
