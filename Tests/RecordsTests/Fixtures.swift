// A store in a folder of its own, and the hands that reach into its file from outside.
import Foundation
import Records
import Testing
import Twins

/// A folder that goes with its last use.
final class TemporaryFolder: Sendable {
    let path: String
    init() throws {
        var template = Array((NSTemporaryDirectory() + "/records-XXXXXX").utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        path = String(cString: try #require(made)).replacingOccurrences(of: "//", with: "/")
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    var store: String { path + "/board.sqlite" }

    func open(_ mode: Store.Mode = .readWrite) throws -> Store { try Store.open(path: store, mode: mode) }

    /// The permission bits of a file; nil if it is not there.
    static func mode(_ path: String) -> UInt32? {
        var information = stat()
        return lstat(path, &information) == 0 ? UInt32(information.st_mode & 0o777) : nil
    }
}

let origin = ImportOrigin(name: "test.json", format: "fhir-r4", sha256: String(repeating: "0", count: 64))

func day(_ text: String) -> Instant { Instant(CalendarDay(text) ?? CalendarDay(number: 0)) }

/// What the store asks of a decision's body, and no more.
/// As it stands between the quotation marks of JSON.
private func escaped(_ text: String) -> String {
    (try? StoredJSON.text([text])).map { String($0.dropFirst(2).dropLast(2)) } ?? text
}

func decisionBody(_ choice: String, by name: String = "Dr A") -> String {
    """
    {"signedBy": "\(escaped(name))", "quorumReached": true, "draft": {"choice": {"scenario": {"_0": "\(choice)"}}, "reason": "r", "withoutQuorum": ""}}
    """
}

func ldl(_ value: Double, _ date: String, source: String? = nil) -> ImportObservation {
    ImportObservation(
        source: source,
        observation: Observation(
            code: Code(system: Code.loinc, code: "13457-7", display: "LDL-C"), time: day(date),
            value: .quantity(Quantity(value, Unit("mg/dL")))))
}

/// One patient with a name, two observations, a condition and a letter.
func someone(_ id: String = "CRC-0147", letter: String = "Résection complète, élévation de l'ACE.") -> ImportBatch.Entry {
    ImportBatch.Entry(
        patient: ImportPatient(
            source: "fhir:Patient/\(id)", id: id, sex: .female, birth: day("1965-03-02"), birthPrecision: .day,
            identity: Identity(names: "Zoé Müller", numbers: [IdentityNumber(system: "urn:ins", value: "265039912345678")])),
        observations: [ldl(130, "2026-01-10", source: "o1"), ldl(110.25, "2026-03-10", source: "o2")],
        facts: [
            ImportFact(
                source: "c1",
                fact: CodedFact(
                    kind: .condition, code: Code(system: Code.snomed, code: "363406005", display: "Colon cancer"), start: day("2025-11-01"),
                    end: nil, status: "active"))
        ],
        documents: [ImportDocument(source: "d1", title: "Compte rendu", category: "letter", time: day("2026-02-01"), text: letter)])
}

/// A meeting of one case with scenarios to edit.
func someCase(_ store: Store) throws -> AgendaItemRow {
    try store.importRecords(ImportBatch(patients: [someone()]), origin: origin, actor: "coordinator")
    try store.saveMeeting(
        MeetingRow(id: "liver", title: "Liver board", board: "liver", start: day("2026-11-26"), chair: "Dr A"), seats: [])
    return try store.addAgendaItem(
        AgendaItemRow(meeting: "liver", patient: "CRC-0147", model: "liver-metastases", question: "Resection first?"), scenarios: [])
}

func folfox(_ cycles: Double, name: String = "A") -> Scenario {
    Scenario(name: name, interventions: [Intervention("folfox", ["cycles": .number(cycles), "bevacizumab": .flag(true)])])
}
