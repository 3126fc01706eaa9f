// An import comes whole or not at all, and a second one changes only what changed.
import Foundation
import Records
import StoreSupport
import Testing
import Twins

@Suite("Records are imported")
struct ImportTests {
    let folder = try? TemporaryFolder()

    struct Broken: Error, Equatable { let line: Int }

    @Test("an error midway leaves nothing, and comes out as it was")
    func atomic() throws {
        let store = try #require(folder).open()
        let before = try store.ledgerHead()
        #expect(throws: Broken(line: 12)) {
            try store.importRecords(origin: origin, actor: "coordinator") { writer in
                for index in 0..<20 {
                    let patient = try writer.add(ImportPatient(source: "s\(index)", sex: .male, birth: nil))
                    try writer.add(ldl(100, "2026-01-01"), to: patient)
                    try writer.add(ImportDocument(title: "letter", time: nil, text: "glioblastome"), to: patient)
                    if index == 12 { throw Broken(line: 12) }
                }
            }
        }
        #expect(try store.counts().patients == 0)
        #expect(try store.ledgerHead() == before)
        for table in ["patient", "identity", "observation", "document", "import", "code"] {
            #expect(try rawValue(store.path, "SELECT count(*) FROM \(table)") == "0")
        }
        let token = try store.accessList(actor: "a", categories: [.search], purpose: "test")
        #expect(try store.search("glioblastome", token).isEmpty)
    }

    @Test("a pseudonym that is another's, and a value that is no number, are refused whole")
    func refused() throws {
        let store = try #require(folder).open()
        try store.importRecords(ImportBatch(patients: [someone()]), origin: origin, actor: "a")
        var thief = someone()
        thief.patient.source = "csv:other"
        #expect(throws: StoreError.exists(kind: "patient", id: "CRC-0147")) {
            try store.importRecords(ImportBatch(patients: [thief]), origin: origin, actor: "a")
        }
        var odd = someone("CRC-0148")
        odd.observations.append(ldl(.nan, "2026-04-01"))
        #expect(throws: StoreError.self) { try store.importRecords(ImportBatch(patients: [odd]), origin: origin, actor: "a") }
        #expect(try store.counts().patients == 1)
    }

    @Test("R7: the same file again changes nothing; a changed one only what changed, and the words are found as they now are")
    func idempotent() throws {
        let store = try #require(folder).open()
        let first = try store.importRecords(ImportBatch(patients: [someone()]), origin: origin, actor: "a")
        #expect(first.observations.added == 2 && first.facts.added == 1 && first.documents.added == 1 && first.patients.added == 1)
        let again = try store.importRecords(ImportBatch(patients: [someone()]), origin: origin, actor: "a")
        #expect(again.patients.unchanged == 1 && again.observations.unchanged == 2 && again.observations.added == 0)
        #expect(again.facts.unchanged == 1 && again.documents.unchanged == 1 && again.patientIDs == ["CRC-0147"])
        var changed = someone(letter: "Récidive hépatique.")
        changed.observations[1] = ldl(99, "2026-03-10", source: "o2")
        changed.observations.append(ldl(90, "2026-05-10"))
        changed.observations.append(ldl(91, "2026-05-10"))
        changed.patient.sex = .other
        let third = try store.importRecords(ImportBatch(patients: [changed]), origin: origin, actor: "a")
        #expect(third.observations.updated == 2 && third.observations.added == 1 && third.observations.unchanged == 1)
        #expect(third.documents.updated == 1 && third.patients.updated == 1 && third.facts.unchanged == 1)
        let token = try store.access(actor: "a", patient: "CRC-0147", categories: .record, purpose: "test")
        let values = try store.observations(token).map(\.observation.value)
        #expect(values == [130, 99, 91].map { .quantity(Quantity($0, Unit("mg/dL"))) })
        #expect(try store.search("résection", token).isEmpty)
        #expect(try store.search("recidive", token).count == 1)
        // Invariant R7: SQLite's own comparison of the index with the letters.
        try rawSQL(store.path, "INSERT INTO document_text (document_text, rank) VALUES ('integrity-check', 1)")
    }

    @Test("how a number is written comes back; a second import that writes it otherwise counts as a change, the same one does not")
    func written() throws {
        let store = try #require(folder).open()
        func load(_ written: String?) throws -> ImportSummary.Tally {
            var entry = someone()
            entry.observations = [ldl(5.1, "2026-01-10", source: "o1")]
            entry.observations[0].observation.value = .quantity(Quantity(5.1, Unit("mg/dL"), written: written))
            return try store.importRecords(ImportBatch(patients: [entry]), origin: origin, actor: "a").observations
        }
        for (text, changed) in [("5.1", false), ("5.1", false), ("5.10", true), (nil, true), (nil, false), ("51e-1", true)] {
            let tally = try load(text)
            #expect(tally.updated == (changed ? 1 : 0), "\(text ?? "nobody wrote it")")
            let token = try store.access(actor: "a", patient: "CRC-0147", categories: .record, purpose: "test")
            let value = try #require(try store.observations(token).first).observation.value
            guard case .quantity(let quantity) = value else { return #expect(Bool(false), "\(value)") }
            #expect(quantity.written == text && quantity.value == 5.1)
        }
    }

    @Test("R5: the list says what the record holds")
    func counts() throws {
        let store = try #require(folder).open()
        try store.importRecords(ImportBatch(patients: [someone(), someone("A-1")]), origin: origin, actor: "a")
        let list = try store.patients(try store.accessList(actor: "a", purpose: "test"))
        #expect(list.map(\.id) == ["A-1", "CRC-0147"])
        let row = try #require(list.last)
        #expect(row.observationCount == 2 && row.factCount == 1 && row.documentCount == 1)
        #expect(row.lastSeen == day("2026-03-10") && row.birthYear == 1965 && row.sex == .female && row.twins.isEmpty)
    }

    @Test("the store allots pseudonyms, and gives a patient the same one at the next import")
    func pseudonyms() throws {
        let store = try #require(folder).open()
        func load() throws -> [String] {
            try store.importRecords(
                ImportBatch(patients: ["a", "b"].map { .init(patient: ImportPatient(source: $0, sex: .unknown, birth: nil)) }),
                origin: origin, actor: "a"
            ).patientIDs
        }
        #expect(try load() == ["P-000001", "P-000002"])
        #expect(try load() == ["P-000001", "P-000002"])
    }

    @Test("a writer kept beyond its import does nothing")
    func late() throws {
        let store = try #require(folder).open()
        var kept: ImportWriter?
        try store.importRecords(origin: origin, actor: "a") { kept = $0 }
        #expect(throws: StoreError.self) { try kept?.add(ImportPatient(source: "late", sex: .male, birth: nil)) }
    }
}
