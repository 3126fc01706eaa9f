// A signer's key: made on first use, opened by its passphrase alone, and what it signs is checked by minisign too.
import Crypto
import Foundation
import StoreSupport
import TestSupport
import Testing

@testable import Records

@Suite("A signer's key and what it signs")
struct SigningTests {
    let folder = try? TemporaryFolder()

    private static func hex(_ text: String) -> [UInt8] {
        let digits = Array(text.filter { !$0.isWhitespace })
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    }

    @Test(
        "scrypt gives the test vectors of RFC 7914, section 12",
        arguments: [
            (
                "", "", 4, 1, 1,
                """
                77 d6 57 62 38 65 7b 20 3b 19 ca 42 c1 8a 04 97 f1 6b 48 44 e3 07 4a e8 df df fa 3f ed e2 14 42
                fc d0 06 9d ed 09 48 f8 32 6a 75 3a 0f c8 1f 17 e8 d3 e0 fb 2e 0d 36 28 cf 35 e2 0c 38 d1 89 06
                """
            ),
            (
                "password", "NaCl", 10, 8, 16,
                """
                fd ba be 1c 9d 34 72 00 78 56 e7 19 0d 01 e9 fe 7c 6a d7 cb c8 23 78 30 e7 73 76 63 4b 37 31 62
                2e af 30 d9 2e 22 a3 88 6f f1 09 27 9d 98 30 da c7 27 af b9 4a 83 ee 6d 83 60 cb df a2 cc 06 40
                """
            ),
            (
                "pleaseletmein", "SodiumChloride", 14, 8, 1,
                """
                70 23 bd cb 3a fd 73 48 46 1c 06 cd 81 fd 38 eb fd a8 fb ba 90 4f 8e 3e a9 b5 43 f6 54 5d a1 f2
                d5 43 29 55 61 3f 0f cf 62 d4 97 05 24 2a 9a f9 e6 1e 85 dc 0d 65 1e 40 df cf 01 7b 45 57 58 87
                """
            ),
        ])
    func scrypt(_ passphrase: String, _ salt: String, _ logRounds: Int, _ blockSize: Int, _ parallelism: Int, _ expected: String) throws {
        let cost = ScryptCost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        let key = try cost.key(Array(passphrase.utf8), salt: Array(salt.utf8), count: 64)
        #expect(key.withUnsafeBytes { Array($0) } == Self.hex(expected))
    }

    @Test("a key opens with its passphrase and with no other; its public half is in the log; the standard cost is N = 2^17")
    func unlock() throws {
        let store = try #require(folder).open()
        let passphrase = try Passphrase(new: "correct horse battery")
        let made = try store.makeSigner("Dr A", passphrase: passphrase, actor: "chair")
        #expect(try store.unlock("Dr A", passphrase: passphrase).key == made.key)
        #expect(throws: StoreError.wrongPassphrase("Dr A")) { try store.unlock("Dr A", passphrase: Passphrase("correct horse batterz")) }
        #expect(throws: StoreError.noSuch(kind: "key of", id: "Dr B")) { try store.unlock("Dr B", passphrase: passphrase) }
        #expect(throws: StoreError.exists(kind: "key of", id: "Dr A")) {
            try store.makeSigner("Dr A", passphrase: passphrase, actor: "chair", cost: .forTests)
        }
        let entry = try #require(try store.log().first)
        #expect(entry.action == "key" && entry.detail["event"] == "made" && entry.detail["public"] == made.key.line)
        #expect(try rawValue(store.path, "SELECT hex(substr(wrapped, 1, 7)) FROM signer") == "54424B31110801", "TBK1, 17, 8, 1")
        // The same words typed on a keyboard that writes accents apart.
        let accents = try store.makeSigner("Dr É", passphrase: Passphrase(new: "pass\u{e9} compos\u{e9}"), actor: "a", cost: .forTests)
        #expect(try store.unlock("Dr É", passphrase: Passphrase("passe\u{301} compose\u{301}")).key == accents.key)
    }

    @Test("S1: a passphrase is in no print and no dump; an empty or short one is refused")
    func secrecy() throws {
        let passphrase = try Passphrase(new: "correct horse battery")
        var dumped = ""
        dump([passphrase], to: &dumped)
        #expect(!"\(passphrase) \(String(reflecting: passphrase)) \(dumped)".contains("horse"))
        for short in ["", "1234567", "          ", "éééé"] { #expect(throws: StoreError.self) { try Passphrase(new: short) } }
        #expect(throws: StoreError.self) { try Passphrase("") }
        let signer = try #require(folder).open().testSigner("Dr A")
        dumped = ""
        dump(signer, to: &dumped)
        #expect(!dumped.contains("secret") && dumped.contains(signer.key.name))
    }

    @Test("S2: a wrapped key that was moved to another person's row, or changed, does not open")
    func moved() throws {
        let store = try #require(folder).open()
        _ = try store.testSigner("Dr A")
        _ = try store.testSigner("Dr B")
        let passphrase = try Passphrase(Store.testPassphrase)
        try rawSQL(
            store.path,
            "DROP TRIGGER signer_unchanged; UPDATE signer SET wrapped = (SELECT wrapped FROM signer WHERE key = 1) WHERE key = 2")
        #expect(throws: StoreError.wrongPassphrase("Dr B")) { try store.unlock("Dr B", passphrase: passphrase) }
        // A row that asks for more memory than the machine has is refused before any is taken.
        try rawSQL(store.path, "UPDATE signer SET wrapped = CAST(x'54424B313FFFFF' || substr(wrapped, 8) AS BLOB) WHERE key = 1")
        #expect(throws: StoreError.wrongPassphrase("Dr A")) { try store.unlock("Dr A", passphrase: passphrase) }
    }

    @Test("the passphrase changes and the key stays; a lost one means a new key, and what the old one signed still holds")
    func change() throws {
        let store = try #require(folder).open()
        let item = try someCase(store).id
        let old = try store.testSigner("Dr A")
        try store.sign(item, expectedVersion: 1, signer: old, actor: "chair") { _ in decisionBody("A", by: old.name) }
        let first = try Passphrase(Store.testPassphrase)
        let second = try Passphrase(new: "another passphrase")
        #expect(throws: StoreError.wrongPassphrase("Dr A")) {
            try store.changePassphrase("Dr A", from: second, to: second, actor: "a", cost: .forTests)
        }
        try store.changePassphrase("Dr A", from: first, to: second, actor: "a", cost: .forTests)
        #expect(throws: StoreError.wrongPassphrase("Dr A")) { try store.unlock("Dr A", passphrase: first) }
        #expect(try store.unlock("Dr A", passphrase: second).key == old.key)
        #expect(throws: StoreError.self, "a reason is asked for") { try store.retireSigner("Dr A", reason: " ", actor: "a") }
        // Straight after a checkpoint and with nothing between: both hold, before and after.
        try store.checkpoint(old)
        try store.retireSigner("Dr A", reason: "passphrase lost", actor: "a")
        #expect(try store.signer(named: "Dr A") == nil)
        #expect(throws: StoreError.self, "S5: a retired key signs nothing more") {
            try store.sign(item, expectedVersion: 2, signer: old, actor: "chair") { _ in decisionBody("A", by: old.name) }
        }
        #expect(throws: StoreError.self) { try store.checkpoint(old) }
        let new = try store.testSigner("Dr A")
        #expect(new.key != old.key)
        try store.sign(item, expectedVersion: 2, signer: new, actor: "chair") { _ in decisionBody("B", by: new.name) }
        #expect(try store.signers().map(\.key) == [old.key, new.key])
        #expect(
            try store.log().filter { $0.action == "key" }.compactMap { $0.detail["event"] } == ["made", "retired", "passphrase", "made"])
        let report = try store.verifyLedger()
        #expect(report.isWhole && report.signed == 2 && report.checkpoints == 3 && report.keys == 2, "\(report)")
    }

    @Test("S3: decision, signature and checkpoint are one commit; the checkpoint is in the file beside the store, for its owner alone")
    func together() throws {
        let store = try #require(folder).open()
        let item = try someCase(store).id
        let chair = try store.testSigner("Dr A")
        #expect(throws: StoreError.self) {
            try store.sign(item, expectedVersion: 1, signer: chair, actor: "chair") { _ in throw CancellationError() }
        }
        #expect(try store.lastCheckpoint() == nil)
        let decision = try store.sign(item, expectedVersion: 1, signer: chair, actor: "chair") { _ in decisionBody("A", by: chair.name) }
        let signature = try #require(try store.signatures(decision: decision.id).first)
        #expect(signature.signer == "Dr A" && signature.key == chair.key && signature.subject == .decision(id: decision.id))
        for line in [
            "twinboard decision 1", "patient: CRC-0147", "meeting: liver", "demonstration: no", "content_sha256: \(decision.contentSHA256)",
            "signed_by: Dr A", "key: \(chair.key.name)", "ledger_before: \(decision.ledgerSequence - 1)-",
        ] { #expect(signature.message.contains(line), "\(signature.message)") }
        #expect(try store.lastCheckpoint()?.subject == .checkpoint(store.ledgerHead()))
        let file = store.path + ".checkpoints"
        #expect(TemporaryFolder.mode(file) == 0o600)
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("\(store.ledgerHead()) "))
        #expect(try store.checkpoint(chair) == nil, "nothing was added since")
        try store.note(.print, actor: "a")
        #expect(try store.checkpoint(chair) == store.ledgerHead())
        #expect(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count == 2)
        // A file that could not be written is caught up by the next signature.
        try FileManager.default.removeItem(atPath: file)
        try store.note(.print, actor: "a")
        try store.checkpoint(chair)
        #expect(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count == 3)
        #expect(try store.verifyLedger().isWhole)
    }

    @Test("a decision from before there were keys stays valid and is called unsigned")
    func older() throws {
        let store = try #require(folder).open()
        let item = try someCase(store).id
        let chair = try store.testSigner("Dr A")
        let decision = try store.sign(item, expectedVersion: 1, signer: chair, actor: "chair") { _ in decisionBody("A", by: chair.name) }
        // As version 1 wrote it: no key in the entry, no signature, no key at all.
        try FileManager.default.removeItem(atPath: store.path + ".checkpoints")
        try Forger(store.path).rewrite(from: 1) { entry in
            if entry.action == "key" { entry.action = "print" }
            entry.detail = entry.detail.replacingOccurrences(of: ",\"key\":\"\(chair.key.name)\"", with: "")
        }
        try rawSQL(store.path, LedgerTests.off + "DELETE FROM signature; DELETE FROM signer;")
        let report = try store.verifyLedger()
        #expect(report.isWhole && report.signed == 0, "\(report)")
        #expect(report.remarks.contains("1 decision unsigned (before signing existed)"), "\(report)")
        #expect(try store.signatures(decision: decision.id).isEmpty)
    }

    /// Runs minisign; its exit status.
    private func minisign(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/minisign")
        process.arguments = ["-V", "-q"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test("Debian's minisign verifies decisions and checkpoints, and refuses them when a byte is changed")
    func oracle() throws {
        let folder = try #require(folder)
        let store = try folder.open()
        let item = try someCase(store).id
        let chair = try store.testSigner("Dr Ä\nΩ \\ B")
        let decision = try store.sign(item, expectedVersion: 1, signer: chair, actor: "chair") { _ in decisionBody("A", by: chair.name) }
        let signatures = [
            try #require(try store.signatures(decision: decision.id).first), try #require(try store.lastCheckpoint()),
        ]
        for signature in signatures {
            let parsed = try #require(MinisignSignature(signature.text))
            let key = try #require(MinisignKey(signature.key.text))
            #expect(key == chair.key && key.verifies(parsed, of: Data(signature.message.utf8)))
            #expect(!key.verifies(parsed, of: Data(signature.message.utf8) + [10]))
            var other = parsed
            other.trustedComment += "."
            #expect(!key.verifies(other, of: Data(signature.message.utf8)))
        }
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/minisign") else {
            print("left out: minisign is not installed, so its verdict on our signatures was not asked for")
            return
        }
        for (place, signature) in signatures.enumerated() {
            let base = folder.path + "/message\(place)"
            func write(_ message: String, _ text: String) throws {
                try Data(message.utf8).write(to: URL(fileURLWithPath: base))
                try Data(text.utf8).write(to: URL(fileURLWithPath: base + ".minisig"))
                try Data(signature.key.text.utf8).write(to: URL(fileURLWithPath: base + ".pub"))
            }
            try write(signature.message, signature.text)
            #expect(try minisign(["-p", base + ".pub", "-m", base]) == 0)
            #expect(try minisign(["-P", signature.key.line, "-m", base]) == 0)
            try write(signature.message.replacingOccurrences(of: "1", with: "2"), signature.text)
            #expect(try minisign(["-p", base + ".pub", "-m", base]) == 1)
            try write(signature.message, signature.text.replacingOccurrences(of: "timestamp:", with: "timestamp:9"))
            #expect(try minisign(["-p", base + ".pub", "-m", base]) == 1)
            try write(signature.message, signatures[1 - place].text)
            #expect(try minisign(["-p", base + ".pub", "-m", base]) == 1)
        }
    }
}
