// What was imported is read back as it was, and every reading stands in the log.
import Foundation
import Records
import Testing
import Twins

@Suite("A record is read")
struct RecordTests {
    let folder = try? TemporaryFolder()

    private func filled() throws -> Store {
        let store = try #require(folder).open()
        try store.importRecords(ImportBatch(patients: [someone(), someone("CRC-0148")]), origin: origin, actor: "coordinator")
        return store
    }

    @Test("a model sees the facts and what was measured, and no name")
    func subject() throws {
        let store = try filled()
        let token = try store.access(actor: "chair", patient: "CRC-0147", categories: .record, purpose: "case")
        let subject = try store.subject(token)
        #expect(subject.sex == .female && subject.birth == day("1965-03-02") && subject.reference == day("2026-03-10"))
        #expect(subject.observations.map(\.value) == [130, 110.25].map { .quantity(Quantity($0, Unit("mg/dL"))) })
        #expect(subject.facts.map(\.code.code) == ["363406005"])
        #expect(try store.subject(token, reference: day("2026-01-15")).reference == day("2026-01-15"))
        let code = try #require(subject.observations.first?.code)
        #expect(code.display == "LDL-C")
        #expect(try store.observations(token, codes: [code], from: day("2026-02-01")).map(\.source) == ["o2"])
        #expect(try store.observations(token, codes: [Code(system: Code.loinc, code: "1")]).isEmpty)
        #expect(try store.observations(token, through: day("2026-02-01"), limit: 5).map(\.source) == ["o1"])
        let heading = try #require(try store.documents(token).first)
        let letter = "Résection complète, élévation de l'ACE."
        #expect(heading.characters == letter.count)
        #expect(try store.document(token, key: heading.key).text == letter)
        #expect(try store.facts(token, kind: .medication).isEmpty)
    }

    @Test("a NUL, which would cut a text off, stands as the replacement character, also for the ledger")
    func nul() throws {
        let store = try #require(folder).open()
        try store.importRecords(
            ImportBatch(patients: [someone("A\u{0}B", letter: "before\u{0}after")]), origin: origin, actor: "a\u{0}b")
        let token = try store.access(actor: "a\u{0}b", patient: "A\u{0}B", categories: .record, purpose: "x\u{0}y")
        #expect(try store.patient(token).id == "A\u{FFFD}B")
        #expect(try store.document(token, key: 1).text == "before\u{FFFD}after")
        #expect(try store.log(patient: "A\u{FFFD}B").map(\.actor) == ["a\u{FFFD}b", "a\u{FFFD}b"])
        #expect(try store.verifyLedger().isWhole)
    }

    @Test("texts, codes and numbers of every kind come back as they were")
    func values() throws {
        let store = try #require(folder).open()
        let hostile = "Robert'); DROP TABLE patient;-- \u{202E}\u{1B}[2J\r\n\"'%_\\"
        let smoker = Code(system: Code.snomed, code: "77176002", display: hostile)
        let values: [ObservedValue] = [
            .coded(smoker), .text(hostile), .text(""), .quantity(Quantity(0.1 + 0.2, Unit(hostile))),
            .quantity(Quantity(Double.leastNonzeroMagnitude, .one)),
        ]
        let observations = values.enumerated().map { index, value in
            ImportObservation(
                source: "\(hostile)\(index)",
                observation: Observation(
                    code: Code(system: hostile, code: "c\(index)", display: hostile), time: Instant(milliseconds: Int64(index)),
                    value: value))
        }
        try store.importRecords(
            ImportBatch(patients: [
                .init(
                    patient: ImportPatient(
                        source: hostile, id: hostile, sex: .other, birth: nil, note: hostile, identity: Identity(names: hostile)),
                    observations: observations)
            ]), origin: ImportOrigin(name: hostile, format: hostile, sha256: hostile), actor: hostile)
        let token = try store.access(actor: hostile, patient: hostile, categories: .all, purpose: hostile)
        let read = try store.observations(token)
        #expect(read.map(\.observation.value) == values)
        #expect(read.map(\.source) == observations.compactMap(\.source))
        #expect(read.first?.observation.code.display == hostile)
        #expect(try store.identity(token)?.names == hostile)
        #expect(try store.patient(token).note == hostile)
        let list = try store.accessList(actor: "a", categories: [.list, .identity], purpose: hostile)
        for words in [hostile, "%", "_", "'", "\\"] { #expect(try store.patients(list, matching: words).map(\.id) == [hostile]) }
        #expect(try store.patients(list, matching: "xyz%").isEmpty)
        #expect(try store.verifyLedger().isWhole)
    }

    @Test("R4: each access is one entry: who, whose, what, why")
    func oneEntry() throws {
        let store = try filled()
        let before = try store.ledgerHead().sequence
        let token = try store.access(actor: "chair", patient: "CRC-0147", categories: .record, purpose: "case")
        _ = try store.subject(token)
        _ = try store.observations(token)
        _ = try store.documents(token)
        #expect(try store.ledgerHead().sequence == before + 1)
        let entry = try #require(try store.log(limit: 1).first)
        #expect(entry.actor == "chair" && entry.action == "read" && entry.patient == "CRC-0147")
        #expect(entry.categories == ["documents", "facts", "observations", "twins"] && entry.detail == ["purpose": "case"])
        #expect(entry.sequence == token.ledgerSequence)
        let both = try store.access(actor: "chair", patients: ["CRC-0147", "CRC-0148"], categories: [.facts], purpose: "agenda")
        #expect(both.map(\.patient) == ["CRC-0147", "CRC-0148"])
        #expect(try store.ledgerHead().sequence == before + 3)
        #expect(try store.log(patient: "CRC-0148").map(\.action) == ["read", "import"])
    }

    @Test("R4: nothing is read beyond what was asked for, nor of somebody who is not there")
    func beyond() throws {
        let store = try filled()
        let before = try store.ledgerHead()
        #expect(throws: StoreError.noSuch(kind: "patient", id: "CRC-9999")) {
            try store.access(actor: "a", patient: "CRC-9999", categories: .record, purpose: "case")
        }
        #expect(throws: StoreError.noSuch(kind: "patient", id: "CRC-9999")) {
            try store.access(actor: "a", patients: ["CRC-0147", "CRC-9999"], categories: .record, purpose: "case")
        }
        #expect(try store.ledgerHead() == before)
        let facts = try store.access(actor: "a", patient: "CRC-0147", categories: [.facts], purpose: "case")
        #expect(throws: StoreError.self) { try store.observations(facts) }
        #expect(throws: StoreError.self) { try store.subject(facts) }
        #expect(throws: StoreError.self) { try store.identity(facts) }
        #expect(throws: StoreError.self) { try store.documents(facts) }
        #expect(throws: StoreError.self) { try store.search("résection", facts) }
        #expect(throws: StoreError.self) { try store.calibration(facts, model: "liver-metastases") }
        #expect(throws: StoreError.self) { try store.patients(facts) }
        let list = try store.accessList(actor: "a", purpose: "list")
        #expect(throws: StoreError.self) { try store.observations(list) }
        #expect(throws: StoreError.self) { try store.search("résection", list) }
        let other = try store.access(actor: "a", patient: "CRC-0148", categories: .record, purpose: "case")
        let letter = try #require(try store.documents(other).first)
        let token = try store.access(actor: "a", patient: "CRC-0147", categories: .record, purpose: "case")
        #expect(throws: StoreError.noSuch(kind: "letter", id: "\(letter.key)")) { try store.document(token, key: letter.key) }
    }

    @Test("names are found only by those who asked for identities, without accents and case")
    func names() throws {
        let store = try filled()
        let named = try store.accessList(actor: "a", categories: [.list, .identity], purpose: "desk")
        #expect(try store.patients(named, matching: "muller").count == 2)
        #expect(try store.patients(named, matching: "ZOE").count == 2)
        let plain = try store.accessList(actor: "a", purpose: "desk")
        #expect(try store.patients(plain, matching: "muller").isEmpty)
        #expect(try store.patients(plain, matching: "0148").map(\.id) == ["CRC-0148"])
        #expect(try store.patients(plain, limit: 1, offset: 1).map(\.id) == ["CRC-0148"])
    }
}

@Suite("Letters are searched")
struct SearchTests {
    let folder = try? TemporaryFolder()

    @Test("whatever the accents and the case, with the words set off in the snippet")
    func accents() throws {
        let store = try #require(folder).open()
        try store.importRecords(
            ImportBatch(patients: [someone(), someone("CRC-0148", letter: "Elevation du CA 19-9. Œdème modéré.")]), origin: origin,
            actor: "a")
        let token = try store.accessList(actor: "a", categories: [.search], purpose: "search")
        #expect(Set(try store.search("élévation", token).map(\.patient)) == ["CRC-0147", "CRC-0148"])
        #expect(try store.search("RESECTION complete", token).map(\.patient) == ["CRC-0147"])
        #expect(try store.search("modere", token).map(\.patient) == ["CRC-0148"])
        #expect(try store.search("elev", token).count == 2, "the last word may be a beginning")
        #expect(try store.search("elev resection", token).isEmpty, "every other word is whole")
        #expect(try store.search("résection CA", token).isEmpty, "all words in one letter")
        let hit = try #require(try store.search("resection", token).first)
        #expect(hit.snippet.filter(\.isMatch).map(\.text) == ["Résection"])
        #expect(hit.snippet.map(\.text).joined().contains("complète"))
        let one = try store.access(actor: "a", patient: "CRC-0148", categories: [.documents], purpose: "case")
        #expect(try store.search("elevation", one).map(\.patient) == ["CRC-0148"])
        #expect(try store.search("elevation", token, limit: 1, offset: 1).count == 1)
    }

    @Test(
        "what is typed is words, never a command",
        arguments: [
            "\"", "*", "(", "a OR b", "NEAR(a b)", "title:compte", "-resection", "^compte", "'; DROP TABLE document; --", "\0", "{}",
            "a\"b", "compte + rendu", "AND", "🙂", "",
        ])
    func words(_ typed: String) throws {
        let store = try #require(folder).open()
        try store.importRecords(ImportBatch(patients: [someone()]), origin: origin, actor: "a")
        let token = try store.accessList(actor: "a", categories: [.search], purpose: "search")
        _ = try store.search(typed, token)
        #expect(try store.search("resection", token).count == 1)
    }
}
