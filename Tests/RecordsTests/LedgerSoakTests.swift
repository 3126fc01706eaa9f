// Bytes flipped anywhere in the store's file: whatever changes what the ledger covers is found, and nothing crashes.
import Foundation
import GRDB
import StoreSupport
import TestSupport
import Testing

@testable import Records

@Suite("Flipped bytes in the store's file")
struct LedgerSoakTests {
    let folder = try? TemporaryFolder()

    /// What the proof covers, byte for byte; nil if it does not even read.
    private func covered(_ path: String) -> String? {
        // Not by an index: what counts is what stands in the tables.
        let tables = [
            ("ledger", "sequence", "sequence, time, actor, action, patient, categories, detail, previous, hash"),
            ("ledger_head", "one", "sequence, hash"),
            ("decision", "id", "id, agenda_item, version, body, signed_by, time, content_sha256, ledger"),
            ("signer", "key", "key, name, key_id, public, created, retired"),
            ("signature", "key", "key, signer, decision, ledger, message, text, time"),
        ]
        let queries = tables.map { table, key, columns in
            let bytes = columns.split(separator: ",").map { "hex(" + $0 + ")" }.joined(separator: ", ")
            return "SELECT " + bytes + " FROM " + table + " NOT INDEXED ORDER BY " + key
        }
        guard let queue = try? DatabaseQueue(path: path) else { return nil }
        return try? queue.read { db in
            try queries.map { query in
                try Row.fetchAll(db, sql: query).map { row in
                    row.databaseValues.map { String.fromDatabaseValue($0) ?? "-" }.joined(separator: "|")
                }.joined(separator: "\n")
            }.joined(separator: "\n\n")
        }
    }

    @Test("every flip that changes an entry, a decision, a key or a signature is found; none crashes")
    func flips() throws {
        let rounds = ProcessInfo.processInfo.environment["TWINBOARD_SOAK"] == nil ? 300 : 10_000
        let folder = try #require(folder)
        do {
            let store = try folder.open()
            let item = try someCase(store).id
            let chair = try store.testSigner("Dr A")
            for version in 1...8 {
                for reader in 0..<25 {
                    _ = try store.access(actor: "reader \(reader)", patient: "CRC-0147", categories: .record, purpose: "case")
                }
                let body = decisionBody("A").replacingOccurrences(
                    of: "\"reason\": \"r\"", with: "\"reason\": \"\(String(repeating: "fits ", count: 60 + version))\"")
                try store.sign(item, expectedVersion: version, signer: chair, actor: "chair") { _ in body }
            }
            try #require(try store.verifyLedger().isWhole)
        }
        try rawSQL(folder.store, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;")
        let original = try Data(contentsOf: URL(fileURLWithPath: folder.store))
        let reference = try #require(covered(folder.store))
        // Three of four flips go to pages that hold what is covered; the others anywhere.
        let marks = ["reader ", "fits fits", "untrusted comment", "twinboard checkpoint", "twinboard decision"].map { Data($0.utf8) }
        let pages = stride(from: 0, to: original.count, by: 4096).filter { page in
            let bytes = original.subdata(in: page..<min(page + 4096, original.count))
            return marks.contains { bytes.range(of: $0) != nil }
        }
        try #require(!pages.isEmpty)
        var generator = Seeded(20_261_128)
        var changed = 0
        var missed: [String] = []
        for round in 0..<rounds {
            let place =
                round % 4 == 0
                ? Int.random(in: 0..<original.count, using: &generator)
                : (pages.randomElement(using: &generator) ?? 0) + Int.random(in: 0..<4096, using: &generator)
            let mask = UInt8.random(in: 1...255, using: &generator)
            var bytes = original
            bytes[place] ^= mask
            let copy = try TemporaryFolder()
            try #require(FileManager.default.createFile(atPath: copy.store, contents: bytes, attributes: [.posixPermissions: 0o600]))
            let isChanged = covered(copy.store) != reference
            if isChanged { changed += 1 }
            let isFound: Bool
            do { isFound = try !Store.open(path: copy.store).verifyLedger().isWhole } catch { isFound = true }
            if isChanged, !isFound { missed.append("byte \(place) ^ \(mask)") }
        }
        print("flipped \(rounds) bytes: \(changed) changed what the ledger covers, \(changed - missed.count) of them found")
        #expect(missed.isEmpty, "\(missed)")
        #expect(changed > rounds / 4, "the flips hardly met what is covered")
    }
}
