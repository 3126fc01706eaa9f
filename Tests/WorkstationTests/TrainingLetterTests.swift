// Which letters a training shows, and without whose name.
import Foundation
import Records
import Testing
import Twins

@testable import Meetings
@testable import Workstation

@Suite("The letters of a training")
struct TrainingLetterTests {
    @Test("A letter of before the cut is read without the pseudonym; a later one, or another patient's, is not there at all")
    func letters() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "training-letters-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try Store.open(path: folder.appending(path: "board.sqlite").path)
        func entry(_ id: String, _ letters: [(day: Double, title: String, text: String)]) -> ImportBatch.Entry {
            ImportBatch.Entry(
                patient: ImportPatient(
                    source: "test:\(id)", id: id, sex: .female, birth: nil, birthPrecision: .day, note: "", identity: nil),
                observations: Fixture.subject.observations.enumerated().map { ImportObservation(source: "\(id)o\($0)", observation: $1) },
                facts: [],
                documents: letters.map {
                    ImportDocument(
                        source: "\(id)\($0.title)", title: $0.title, category: "letter", time: Fixture.reference.adding(days: $0.day),
                        text: $0.text)
                })
        }
        var batch = ImportBatch(patients: [])
        batch.patients = [
            entry("CRC-0147", [(-40, "CRC-0147, first visit", "CRC-0147 has four lesions."), (-5, "Second visit", "131 mm.")]),
            entry("CRC-0152", [(-50, "Other", "of somebody else")]),
        ]
        _ = try store.importRecords(batch, origin: ImportOrigin(name: "test", format: "test", sha256: ""), actor: "test")
        let room = TrainingRoom(board: Board(store), models: [Fixture.model], actor: "Ann") { patient throws(StoreError) in
            try store.access(actor: "Ann", patient: patient, categories: .record, purpose: "training")
        }
        _ = try room.make(
            "t1",
            TrainingCase(
                title: "Liver", question: "Which?", patient: "CRC-0147", model: Fixture.model.id,
                cut: Fixture.reference.adding(days: -20).day, scenarios: Array(Fixture.scenarios.prefix(3)), given: nil,
                observable: "sum-of-diameters", target: Fixture.reference.day, trainer: "trainer"))
        let session = try room.session("t1")
        #expect(!session.isTrainer && session.trainer == "trainer")
        #expect(session.letters.map(\.title) == ["the patient, first visit"])
        let key = try #require(session.letters.first?.key)
        #expect(try room.letter("t1", key: key).text == "the patient has four lesions.")
        for other in (key - 3)...(key + 3) where other != key {
            #expect(throws: StoreError.self) { try room.letter("t1", key: other) }
        }
    }
}
