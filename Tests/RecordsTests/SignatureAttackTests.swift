// What somebody can do who has the store's file, knows this program, and has no signer's key: each is found, and by what.
import Foundation
import StoreSupport
import Testing

@testable import Records

@Suite("Attacks on signatures, keys and checkpoints are found")
struct SignatureAttackTests {
    let folder = try? TemporaryFolder()

    /// Import, read, key, decide, read, amend, read: seven entries, two signed decisions, two checkpoints.
    private func filled() throws -> Store {
        let store = try #require(folder).open()
        let item = try someCase(store).id
        _ = try store.access(actor: "a", patient: "CRC-0147", categories: .record, purpose: "case")
        let chair = try store.testSigner("Dr A")
        try store.sign(item, expectedVersion: 1, signer: chair, actor: "chair") { _ in decisionBody("A", by: chair.name) }
        _ = try store.access(actor: "b", patient: "CRC-0147", categories: .record, purpose: "case")
        try store.sign(item, expectedVersion: 2, signer: chair, actor: "chair") { _ in decisionBody("B", by: chair.name) }
        _ = try store.access(actor: "c", patient: "CRC-0147", categories: .record, purpose: "case")
        let report = try store.verifyLedger()
        try #require(report.isWhole && report.signed == 2 && report.checkpoints == 2 && report.entries == 7, "\(report)")
        return store
    }

    private var file: String { (folder?.store ?? "") + ".checkpoints" }

    @Test(
        "a row that was changed, taken out or slipped in",
        arguments: [
            ("signature stripped", "DELETE FROM signature WHERE decision = 1", LedgerProblem.Kind.signature),
            ("every signature stripped", "DELETE FROM signature", .signature),
            ("checkpoint stripped", "DELETE FROM signature WHERE ledger = 6", .checkpoint),
            (
                "signatures exchanged",
                "UPDATE signature SET text = (SELECT text FROM signature WHERE decision = 2) WHERE decision = 1", .signature
            ),
            (
                "another decision's signature, message and all",
                """
                UPDATE signature SET text = (SELECT text FROM signature WHERE decision = 2),
                    message = (SELECT message FROM signature WHERE decision = 2) WHERE decision = 1
                """, .signature
            ),
            (
                "message edited",
                "UPDATE signature SET message = CAST(replace(message, 'CRC-0147', 'CRC-0148') AS BLOB) WHERE decision = 1", .signature
            ),
            (
                "untrusted comment edited", "UPDATE signature SET text = replace(text, 'by twinboard', 'by nobody') WHERE decision = 1",
                .signature
            ),
            ("a checkpoint's time", "UPDATE signature SET time = time + 1 WHERE ledger = 4", .checkpoint),
            ("a checkpoint's time beyond all calendars", "UPDATE signature SET time = 9223372036854775807 WHERE ledger = 4", .key),
            ("a checkpoint moved", "UPDATE signature SET ledger = 5 WHERE ledger = 4", .checkpoint),
            (
                "signature signed twice",
                "INSERT INTO signature SELECT 5, signer, decision, ledger, message, text, time FROM signature LIMIT 1", .signature
            ),
            ("public key exchanged", "UPDATE signer SET public = randomblob(32)", .key),
            ("public key exchanged with its id", "UPDATE signer SET public = randomblob(32), key_id = randomblob(8)", .key),
            ("signer renamed", "UPDATE signer SET name = 'Dr B'", .key),
            ("signer retired behind the log's back", "UPDATE signer SET retired = created", .key),
            ("signer deleted", "DELETE FROM signer", .key),
            (
                "signer slipped in",
                "INSERT INTO signer SELECT 2, 'Dr B', randomblob(8), randomblob(32), wrapped, created, NULL FROM signer", .key
            ),
            ("the case given to another patient", "UPDATE patient SET id = 'CRC-0148'", .signature),
            ("a demonstration made real", "UPDATE meeting SET is_demo = 1", .signature),
        ])
    func rows(_ name: String, _ sql: String, _ kind: LedgerProblem.Kind) throws {
        let store = try filled()
        try rawSQL(store.path, LedgerTests.off + sql)
        let report = try store.verifyLedger()
        #expect(report.problems.contains { $0.kind == kind }, "\(name): \(report)")
    }

    @Test("restamped: an entry changed and the whole chain computed anew is found by the signed checkpoints, without the file too")
    func restamped() throws {
        let store = try filled()
        try Forger(store.path).rewrite(from: 2) { $0.actor = $0.actor == "a" ? "nobody" : $0.actor }
        let report = try store.verifyLedger()
        #expect(report.problems.contains { $0.kind == .checkpoint } && report.problems.contains { $0.kind == .anchor }, "\(report)")
        try FileManager.default.removeItem(atPath: file)
        #expect(try store.verifyLedger().problems.contains { $0.kind == .checkpoint })
    }

    @Test("a decision replaced, with fitting hashes everywhere, is found by its signature")
    func replaced() throws {
        let store = try filled()
        try Forger(store.path).replaceDecision(1, body: "{\"choice\":\"C\"}")
        let report = try store.verifyLedger()
        #expect(report.problems.contains { $0.kind == .signature && $0.description.contains("decision 1") }, "\(report)")
    }

    @Test("signed anew by a key of the attacker's own: the log recorded another; by a log made anew: the file or a kept head tells")
    func swapped() throws {
        let store = try filled()
        let kept = try store.ledgerHead()
        // A whole store of the attacker's, with the same case, under the same path.
        let theirs = try TemporaryFolder()
        do {
            let other = try theirs.open()
            let item = try someCase(other).id
            _ = try other.access(actor: "a", patient: "CRC-0147", categories: .record, purpose: "case")
            let chair = try other.testSigner("Dr A")
            try other.sign(item, expectedVersion: 1, signer: chair, actor: "chair") { _ in decisionBody("C", by: chair.name) }
            #expect(try other.verifyLedger().isWhole)
            try rawSQL(
                store.path,
                LedgerTests.off + """
                    ATTACH '\(theirs.store)' AS theirs;
                    UPDATE signer SET public = (SELECT public FROM theirs.signer), key_id = (SELECT key_id FROM theirs.signer);
                    UPDATE signature SET text = (SELECT text FROM theirs.signature WHERE decision = 1) WHERE decision = 1;
                    """)
            #expect(try store.verifyLedger().problems.contains { $0.kind == .key })
        }
        try FileManager.default.copyItem(atPath: file, toPath: theirs.store + ".kept")
        try FileManager.default.removeItem(atPath: theirs.store + ".checkpoints")
        let forged = try theirs.open()
        #expect(try forged.verifyLedger().isWhole, "by itself it is a whole store")
        #expect(try !forged.verifyLedger(anchor: kept).isWhole)
        try FileManager.default.moveItem(atPath: theirs.store + ".kept", toPath: theirs.store + ".checkpoints")
        #expect(try forged.verifyLedger().problems.contains { $0.kind == .anchor })
    }

    @Test("rolled back to a copy, and forked from it: the file beside the store remembers, and so does a head on a sheet")
    func rolledBack() throws {
        let folder = try #require(folder)
        let store = try folder.open()
        let item = try someCase(store).id
        let chair = try store.testSigner("Dr A")
        try store.sign(item, expectedVersion: 1, signer: chair, actor: "chair") { _ in decisionBody("A", by: chair.name) }
        let copies = try TemporaryFolder()
        try store.backup(to: copies.store, actor: "a")
        try store.sign(item, expectedVersion: 2, signer: chair, actor: "chair") { _ in decisionBody("B", by: chair.name) }
        let kept = try #require(LedgerHead(try store.ledgerHead().short))
        try FileManager.default.copyItem(atPath: file, toPath: copies.store + ".checkpoints")
        let back = try copies.open()
        let report = try back.verifyLedger()
        #expect(report.problems.map(\.kind) == [.anchor] && report.problems[0].description.contains("rolled back"), "\(report)")
        #expect(try back.verifyLedger(anchor: kept).problems.count == 2)
        // The fork goes its own way, longer than the original, with the right key.
        let again = try back.testSigner("Dr A")
        try back.sign(item, expectedVersion: 2, signer: again, actor: "chair") { _ in decisionBody("C", by: again.name) }
        #expect(try back.ledgerHead().sequence >= kept.sequence)
        #expect(try back.verifyLedger().problems.contains { $0.kind == .anchor && $0.description.contains("rewritten") })
        #expect(try back.verifyLedger(anchor: kept).problems.contains { $0.kind == .anchor })
    }

    @Test("truncated: the last signed decision cut off with all that tells of it")
    func truncated() throws {
        let store = try filled()
        try rawSQL(
            store.path,
            LedgerTests.off + """
                DELETE FROM decision WHERE id = 2; DELETE FROM signature WHERE decision = 2 OR ledger >= 6;
                DELETE FROM ledger WHERE sequence >= 6;
                UPDATE ledger_head SET sequence = 5, hash = (SELECT hash FROM ledger WHERE sequence = 5);
                """)
        let report = try store.verifyLedger()
        #expect(report.problems.map(\.kind) == [.anchor], "\(report)")
    }

    @Test("the clock put back before a signature: noted, and the order in the log stands")
    func clockBack() throws {
        let folder = try #require(folder)
        let store = try folder.open()
        let item = try someCase(store).id
        let chair = try store.testSigner("Dr A")
        let early = try Store.open(path: folder.store, clock: { day("2020-01-01") })
        try early.sign(item, expectedVersion: 1, signer: chair, actor: "chair") { _ in decisionBody("A", by: chair.name) }
        let report = try store.verifyLedger()
        #expect(report.isWhole && report.remarks.contains { $0.hasPrefix("the clock went back at entry") }, "\(report)")
        try Forger(store.path).rewrite(from: 1) { entry in if entry.action == "decide" { entry.time += 1 } }
        #expect(try !store.verifyLedger().isWhole)
    }

    @Test("the file of checkpoints edited, cut in a line, filled with another's, or exchanged for a link")
    func fileAttacks() throws {
        let store = try filled()
        let whole = try String(contentsOfFile: file, encoding: .utf8)
        let lines = whole.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        func verdict(_ text: String) throws -> [LedgerProblem.Kind] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            return try store.verifyLedger().problems.map(\.kind)
        }
        #expect(try verdict(whole) == [])
        #expect(try verdict(String(whole.dropLast(10))) == [.checkpoint])
        #expect(try verdict("\(lines[0][0]) \(lines[1][1]) \(lines[1][2])\n").contains(.checkpoint))
        #expect(try verdict(whole + "3-" + String(repeating: "0", count: 64) + " aaaa aaaa\n") == [.anchor])
        // Fewer lines prove less, and are said.
        #expect(try verdict("") == [] && store.verifyLedger().remarks.contains { $0.contains("2 checkpoint(s) are not in") })
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "/dev/null")
        #expect(try store.verifyLedger().problems.map(\.kind) == [.checkpoint])
    }
}
