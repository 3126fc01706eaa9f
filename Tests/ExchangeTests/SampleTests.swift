// Files that others wrote: two Synthea patients, a typeless and a hostile bundle.
import Records
import TestSupport
import Testing
import Twins

@testable import Exchange

@Suite("Real input: files that we did not write")
struct SampleTests {
    private let mmse = Code(system: Code.loinc, code: "72106-8")
    private let ldl = Code(system: Code.loinc, code: "18262-6")

    private func observations(_ file: ImportedFile, _ code: Code) -> [Observation] {
        file.batch.patients[0].observations.map(\.observation).filter { $0.code == code }
    }

    @Test("Jonah Ruecker: MMSE ×4, LDL-C ×2, conditions, medications, procedures; claims and the like are left")
    func ruecker() throws {
        guard let path = SharedFiles.path("samples/fhir-r4-synthea/Jonah_Ruecker_54cf16f2-bd9b-422b-93e4-d135858c438b.json") else {
            return SharedFiles.leaveOut("Synthea bundle of Jonah Ruecker")
        }
        let file = try Importer.read(path: path)
        #expect(file.batch.patients.count == 1)
        let scores = observations(file, mmse)
        #expect(scores.count == 4)
        #expect(scores.allSatisfy { ($0.value.number(in: .score) ?? -1) >= 0 && ($0.value.number(in: .score) ?? 31) <= 30 })
        let lipids = observations(file, ldl)
        #expect(lipids.count == 2)
        #expect(lipids.allSatisfy { ($0.value.number(in: Unit("mg/dL")) ?? 0) > 40 })
        // 66 observations, 5 of them blood pressures of two parts without a value of their own.
        #expect(file.report.count(of: "observations") == 71)
        #expect(file.report.count(of: "conditions") == 5)
        #expect(file.report.count(of: "medications") == 5)
        #expect(file.report.count(of: "procedures") == 5)
        #expect(file.report.refusedCount == 0)
        let left = Dictionary(uniqueKeysWithValues: file.report.left.map { ($0.what, $0.count) })
        #expect(left["Claim"] == 20)
        #expect(left["ExplanationOfBenefit"] == 15)
        #expect(left["Encounter"] == 15)
        #expect(left.values.reduce(0, +) == 72)
        #expect(file.batch.patients[0].patient.identity?.names == "Jonah Ruecker")
        #expect(file.batch.patients[0].patient.birth?.day.description == "1957-05-29")
        #expect(file.report.notes.contains { $0.message.contains("died on 2008-01-08") })
    }

    @Test("Israel Sanford, gzipped: polyp of colon, LDL-C ×3")
    func sanford() throws {
        guard let path = SharedFiles.path("samples/fhir-r4-synthea/Israel_Sanford_7e55ea1c-fc0e-4374-bc24-1a6866b6c0cb.json.gz") else {
            return SharedFiles.leaveOut("Synthea bundle of Israel Sanford")
        }
        let file = try Importer.read(path: path)
        #expect(observations(file, ldl).count == 3)
        let polyp = file.batch.patients[0].facts.map(\.fact).filter { $0.code.code == "68496003" }
        #expect(polyp.count == 1)
        #expect(polyp.first?.code.display == "Polyp of colon")
        #expect(polyp.first?.status == "resolved")
        #expect(file.report.refusedCount == 0)
        #expect(file.origin.sha256.count == 64)
    }

    @Test("The typeless bundle is refused; the message names the type and the first entry")
    func typeless() throws {
        guard let path = SharedFiles.path("samples/fhir-negative/bundle-with-no-type.json") else {
            return SharedFiles.leaveOut("typeless bundle")
        }
        let error = #expect(throws: ImportError.self) { _ = try Importer.read(path: path) }
        #expect(error?.kind == .malformed)
        #expect(error?.place.path == "type")
        #expect(error?.description.contains("Bundle.type is missing") == true)
        #expect(error?.description.contains("entry[0]") == true)
    }

    @Test("The hostile bundle is defused: each of its four entries is refused with its place, and nothing is taken")
    func hostile() throws {
        guard let path = SharedFiles.path("samples/fhir-negative/hostile-bundle.json") else {
            return SharedFiles.leaveOut("hostile bundle")
        }
        let file = try Importer.read(path: path)
        #expect(file.report.isEmpty)
        #expect(file.batch.patients.isEmpty)
        #expect(
            file.report.refused.map(\.place.path) == [
                "entry[0].resource.birthDate", "entry[1].resource.id", "entry[2].resource.code.coding[0].code", "entry[3].resource.status",
            ])
        #expect(file.report.refused.map(\.place.line) == [2, 3, 4, 5])
        let reasons = file.report.refused.map(\.reason)
        #expect(reasons[0].contains("2019-02-30"))
        #expect(reasons[1].contains("etc/passwd"))
        #expect(reasons[2].contains("check digit"))
        #expect(reasons[3].contains("stands twice"))
        for line in file.report.lines() { #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E }) }
    }
}
