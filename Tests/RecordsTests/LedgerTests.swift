// The ledger is only appended to, and what somebody does to the file behind its back is found.
import Foundation
import Records
import StoreSupport
import Testing

@Suite("The ledger is whole, or says where it is not")
struct LedgerTests {
    let folder = try? TemporaryFolder()

    static let off = """
        DROP TRIGGER IF EXISTS ledger_appended; DROP TRIGGER IF EXISTS ledger_unchanged; DROP TRIGGER IF EXISTS ledger_undeleted;
        DROP TRIGGER IF EXISTS decision_appended; DROP TRIGGER IF EXISTS decision_unchanged; DROP TRIGGER IF EXISTS decision_undeleted;
        DROP TRIGGER IF EXISTS signer_added; DROP TRIGGER IF EXISTS signer_unchanged; DROP TRIGGER IF EXISTS signer_undeleted;
        DROP TRIGGER IF EXISTS signature_added; DROP TRIGGER IF EXISTS signature_unchanged; DROP TRIGGER IF EXISTS signature_undeleted;
        """

    /// A store whose ledger has an import, four reads, a key and two versions of a decision.
    private func filled() throws -> Store {
        let store = try #require(folder).open()
        let item = try someCase(store)
        for index in 0..<4 { _ = try store.access(actor: "a\(index)", patient: "CRC-0147", categories: .record, purpose: "case") }
        let chair = try store.testSigner("Dr A")
        try store.sign(item.id, expectedVersion: 1, signer: chair, actor: "chair") { _ in decisionBody("A") }
        try store.sign(item.id, expectedVersion: 2, signer: chair, actor: "chair") { _ in decisionBody("B") }
        try #require(try store.verifyLedger().isWhole)
        try #require(try store.ledgerHead().sequence == 8)
        return store
    }

    @Test("entries follow one another, each with the hash of the one before")
    func chain() throws {
        let store = try filled()
        let log = try store.log().reversed().map { $0 }
        #expect(log.map(\.sequence) == Array(1...8))
        #expect(log.map(\.action) == ["import", "read", "read", "read", "read", "key", "decide", "amend"])
        #expect(log.first?.previous == String(repeating: "0", count: 64))
        #expect(zip(log.dropFirst(), log).allSatisfy { $0.previous == $1.hash })
        let report = try store.verifyLedger()
        let head = try store.ledgerHead()
        #expect(report.entries == 8 && report.decisions == 2 && report.head == head)
        #expect(report.head.hash == log.last?.hash)
        #expect(try store.log(limit: 2, before: 4).map(\.sequence) == [3, 2])
        #expect(report.description.hasPrefix("the ledger is whole: 8 entries, 2 decisions, head 8-"))
    }

    @Test(
        "R3: the store itself refuses to change, delete, replace or slip in an entry or a decision",
        arguments: [
            "UPDATE ledger SET actor = 'x' WHERE sequence = 2", "DELETE FROM ledger WHERE sequence = 8", "DELETE FROM ledger",
            "REPLACE INTO ledger SELECT sequence, time, 'x', action, patient, categories, detail, previous, hash FROM ledger LIMIT 1",
            "INSERT INTO ledger SELECT 10, time, actor, action, patient, categories, detail, hash, hash FROM ledger WHERE sequence = 8",
            "INSERT INTO ledger SELECT 9, time, actor, action, patient, categories, detail, previous, hash FROM ledger LIMIT 1",
            "UPDATE decision SET body = 'x'", "DELETE FROM decision",
            "REPLACE INTO decision SELECT id, agenda_item, version, 'x', signed_by, time, content_sha256, ledger FROM decision",
            "UPDATE signature SET text = 'x'", "DELETE FROM signature", "UPDATE signer SET public = zeroblob(32)", "DELETE FROM signer",
            "UPDATE signer SET name = 'Dr B'",
            "REPLACE INTO signature SELECT key, signer, decision, ledger, message, 'x', time FROM signature WHERE key = 1",
            "REPLACE INTO signer SELECT key, name, key_id, zeroblob(32), wrapped, created, retired FROM signer",
        ])
    func triggers(_ sql: String) throws {
        let store = try filled()
        let error = #expect(throws: RawSQLError.self) { try rawSQL(store.path, sql) }
        #expect(error?.text.contains("only a") == true)
        #expect(try store.verifyLedger().isWhole)
    }

    @Test(
        "an attack with the triggers taken away is found, and where",
        arguments: [
            ("edited", "UPDATE ledger SET actor = 'nobody' WHERE sequence = 3", LedgerProblem.Kind.altered, 3),
            ("edited", "UPDATE ledger SET time = time + 1 WHERE sequence = 3", .altered, 3),
            ("edited", "UPDATE ledger SET detail = replace(detail, 'case', 'desk') WHERE sequence = 3", .altered, 3),
            ("moved between fields", "UPDATE ledger SET actor = actor || 'r', action = 'ead' WHERE sequence = 3", .altered, 3),
            ("deleted", "DELETE FROM ledger WHERE sequence = 3", .missing, 4),
            (
                "deleted and closed up", "DELETE FROM ledger WHERE sequence = 3; UPDATE ledger SET sequence = 3 WHERE sequence = 4",
                .altered, 3
            ),
            ("cut off", "PRAGMA foreign_keys = OFF; DELETE FROM ledger WHERE sequence = 8", .head, 7),
            (
                "reordered",
                """
                UPDATE ledger SET sequence = 99 WHERE sequence = 3; UPDATE ledger SET sequence = 3 WHERE sequence = 4;
                UPDATE ledger SET sequence = 4 WHERE sequence = 99
                """,
                .unlinked, 3
            ),
            (
                "inserted at the end",
                "INSERT INTO ledger SELECT 9, time, actor, action, patient, categories, detail, hash, hash FROM ledger WHERE sequence = 8",
                .altered, 9
            ),
            ("hash put in", "UPDATE ledger SET hash = randomblob(32) WHERE sequence = 3", .unlinked, 4),
            ("head moved back", "UPDATE ledger_head SET sequence = 6", .head, 8),
            ("decision edited", "UPDATE decision SET body = 'x' WHERE id = 2", .decisionAltered, 8),
            (
                "decision edited with its hash",
                "UPDATE decision SET content_sha256 = (SELECT content_sha256 FROM decision WHERE id = 1) WHERE id = 2",
                .decisionAltered, 8
            ),
            ("decision deleted", "DELETE FROM decision WHERE id = 1", .decisionMissing, 7),
            (
                "decision inserted",
                "INSERT INTO decision SELECT 3, agenda_item, 3, body, signed_by, time, content_sha256, 2 FROM decision WHERE id = 2",
                .decisionMissing, 2
            ),
        ])
    func attacks(_ name: String, _ sql: String, _ kind: LedgerProblem.Kind, _ sequence: Int64) throws {
        let store = try filled()
        try rawSQL(store.path, Self.off + sql)
        let report = try store.verifyLedger()
        #expect(!report.isWhole)
        #expect(report.problems.contains { $0.kind == kind && $0.sequence == sequence }, "\(report)")
        #expect(report.description.contains("NOT whole"))
    }

    @Test("a chain cut off or made anew, head, signatures and all, is found by the head that was printed")
    func anchor() throws {
        let store = try filled()
        let kept = try #require(LedgerHead(try store.ledgerHead().short))
        #expect(try store.verifyLedger(anchor: kept).isWhole)
        #expect(try store.verifyLedger(anchor: try store.ledgerHead()).isWhole)
        _ = try store.access(actor: "later", patient: "CRC-0147", categories: .record, purpose: "case")
        #expect(try store.verifyLedger(anchor: kept).isWhole)
        try rawSQL(
            store.path,
            Self.off + """
                DELETE FROM decision WHERE id = 2; DELETE FROM signature WHERE decision = 2 OR ledger = 8;
                DELETE FROM ledger WHERE sequence >= 8;
                UPDATE ledger_head SET sequence = 7, hash = (SELECT hash FROM ledger WHERE sequence = 7);
                """)
        #expect(try store.verifyLedger().problems.map(\.kind) == [.anchor], "the file beside the store has the checkpoint of entry 8")
        try FileManager.default.removeItem(atPath: store.path + ".checkpoints")
        let alone = try store.verifyLedger()
        #expect(alone.isWhole && alone.remarks.contains { $0.contains("--head") }, "without the file only a head from outside can tell")
        let report = try store.verifyLedger(anchor: kept)
        #expect(report.problems.map(\.kind) == [.anchor])
        _ = try store.access(actor: "later", patient: "CRC-0147", categories: .record, purpose: "case")
        #expect(try store.verifyLedger(anchor: kept).problems.isEmpty == false)
        #expect(LedgerHead("7") == nil && LedgerHead("7-xyz") == nil && LedgerHead("-1-00000000") == nil && LedgerHead("7-12") == nil)
    }

    @Test("a clock that went back is noted")
    func clock() throws {
        let folder = try #require(folder)
        try Store.open(path: folder.store, clock: { day("2026-11-26") }).note(.print, actor: "a")
        let store = try Store.open(path: folder.store, clock: { day("2026-11-25") })
        try store.note(.export, actor: "a", categories: .all, detail: ["file": "x"])
        let report = try store.verifyLedger()
        #expect(report.isWhole && report.remarks == ["the clock went back at entry 2"])
        #expect(try store.log().map(\.time) == [day("2026-11-25"), day("2026-11-26")])
    }
}
