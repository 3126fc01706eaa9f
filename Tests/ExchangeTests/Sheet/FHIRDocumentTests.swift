// The FHIR document of a sheet: its structure by our own eyes, and by a stranger's validator where it is there.
import Foundation
import Meetings
import TestSupport
import Testing
import Twins

@testable import Exchange

@Suite("A decision sheet as FHIR R4 document")
struct FHIRDocumentTests {
    private typealias Object = [String: Any]

    private func bundle(_ sheet: DecisionSheet) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: try sheet.data(.fhir)) as? [String: Any])
    }

    private func resources(_ bundle: Object) -> [Object] {
        (bundle["entry"] as? [Object] ?? []).compactMap { $0["resource"] as? Object }
    }

    /// Every value of a member, anywhere below.
    private func all(_ name: String, in value: Any) -> [Any] {
        switch value {
        case let object as Object: object.flatMap { key, value in (key == name ? [value] : []) + all(name, in: value) }
        case let list as [Any]: list.flatMap { all(name, in: $0) }
        default: []
        }
    }

    private static var sheets: [(String, DecisionSheet)] {
        let amended = [SheetFixture.decision(1, SheetFixture.draft()), SheetFixture.decision(2, SheetFixture.draft("Second thoughts"))]
        var bare = SheetFixture.sheet(board: "memory", decisions: [])
        bare.subject = nil
        bare.shownNow = nil
        bare.draft = DecisionDraft(present: [], question: "", options: [])
        bare.preparation = SheetCase()
        bare.signatures = []
        bare.forecasts = .missing("none")
        return [
            ("signed", SheetFixture.sheet()), ("amended", SheetFixture.sheet(decisions: amended)),
            ("draft", SheetFixture.sheet(decisions: [])), ("bare", bare),
        ] + SheetHostilityTests.hostile.enumerated().map { ("hostile \($0.offset)", SheetHostilityTests.sheet($0.element)) }
    }

    @Test("F1: every reference leads to an entry, every entry has an address and an identifier of its own", arguments: sheets)
    func references(name: String, sheet: DecisionSheet) throws {
        let bundle = try bundle(sheet)
        let entries = try #require(bundle["entry"] as? [Object])
        let addresses = entries.compactMap { $0["fullUrl"] as? String }
        #expect(addresses.count == entries.count && Set(addresses).count == addresses.count)
        let pattern = try Regex("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
        for address in addresses { #expect(address.wholeMatch(of: pattern) != nil, "\(address)") }
        for entry in entries {
            let id = try #require((entry["resource"] as? Object)?["id"] as? String)
            #expect(entry["fullUrl"] as? String == "urn:uuid:" + id)
        }
        for reference in all("reference", in: bundle) { #expect(addresses.contains(reference as? String ?? ""), "\(reference)") }
        #expect(bundle["type"] as? String == "document")
        #expect(resources(bundle).first?["resourceType"] as? String == "Composition")
    }

    @Test("No empty value, no control sign, dates as FHIR writes them, narratives well-formed", arguments: sheets)
    func values(name: String, sheet: DecisionSheet) throws {
        let bundle = try bundle(sheet)
        func look(_ value: Any, _ path: String) {
            switch value {
            case let object as Object:
                #expect(!object.isEmpty, "\(path)")
                for (key, value) in object { look(value, path + "." + key) }
            case let list as [Any]:
                #expect(!list.isEmpty, "\(path)")
                for value in list { look(value, path) }
            case let text as String:
                #expect(!text.isEmpty, "\(path)")
                #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 }, "\(path)")
            case is NSNull: Issue.record("null at \(path)")
            default: break
            }
        }
        look(bundle, "Bundle")
        let date = try Regex("[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z)?)?)?")
        for member in [
            "date", "timestamp", "recorded", "when", "start", "end", "onsetDateTime", "effectiveDateTime", "birthDate",
            "occurrenceDateTime",
        ] {
            for value in all(member, in: bundle) { #expect((value as? String)?.wholeMatch(of: date) != nil, "\(member): \(value)") }
        }
        for div in all("div", in: bundle) {
            let text = try #require(div as? String)
            let read = try XMLText(text)
            #expect(read.elements.first == "div" && !read.elements.contains("script") && !read.elements.contains("svg"))
        }
    }

    @Test("It holds what the sheet holds: people, record, options, plan, predictions with intervals, signature")
    func contents() throws {
        let resources = resources(try bundle(SheetFixture.sheet()))
        func all(_ type: String) -> [Object] { resources.filter { $0["resourceType"] as? String == type } }
        let composition = try #require(all("Composition").first)
        #expect(composition["status"] as? String == "final")
        let codes = self.all("code", in: composition).compactMap { $0 as? String }
        for code in [
            "34794-8", "42349-1", "42545-4", "72135-7", "11348-0", "11450-4", "30954-2", "18733-6", "29554-3", "10164-2", "21874-3",
            "18776-5",
            "35510-7", "33557-0",
        ] {
            #expect(codes.contains(code), "\(code)")
            #expect(LOINC.isValid(code), "\(code)")
        }
        #expect(all("Condition").count == 2 && all("MedicationStatement").count == 1 && all("Procedure").count == 1)
        #expect(all("Observation").count == 3 && all("PractitionerRole").count == 4 && all("Organization").count == 2)
        #expect(all("CarePlan").count == 3 && all("CarePlan").first?["title"] as? String == "FOLFOX, resection")
        // FHIR rqg-1: an action has a resource or actions, not both and not neither.
        for action in self.all("action", in: all("RequestGroup")).compactMap({ $0 as? [Object] }).flatMap(\.self) {
            #expect((action["resource"] != nil) != (action["action"] != nil))
        }
        let options = self.all("title", in: all("RequestGroup")).compactMap { $0 as? String }
        #expect(options.contains("FOLFIRI alone") && options.contains("Best supportive care"))
        #expect(all("ServiceRequest").count == 1 && all("Device").count == 1 && all("RiskAssessment").count == 2)
        let assessment = try #require(all("RiskAssessment").first)
        let predictions = try #require(assessment["prediction"] as? [Object])
        #expect(predictions.count == 2)
        let range = try #require(predictions[0]["probabilityRange"] as? Object)
        #expect(((range["low"] as? Object)?["value"] as? Double).map { abs($0 - 52) < 1e-9 } == true)
        #expect(predictions[1]["rationale"] as? String == "> 24 months [14 to > 24]")
        let signature = try #require((all("Provenance").first?["signature"] as? [Object])?.first)
        let encoded = try #require(signature["data"] as? String)
        let data = try #require(Data(base64Encoded: encoded))
        #expect(String(decoding: data, as: UTF8.self).hasPrefix("untrusted comment: signature from twinboard"))
        let text = String(decoding: try SheetFixture.sheet().data(.fhir), as: UTF8.self)
        #expect(text.contains("\"value\": 5.10"), "a number is written as its source wrote it")
        #expect(text.contains("HTEST"), "a demo is labelled as test data")
    }

    @Test("F2: the same sheet has the same identifiers, another one others")
    func identifiers() throws {
        let first = try SheetFixture.sheet().data(.fhir)
        #expect(try SheetFixture.sheet().data(.fhir) == first)
        var other = SheetFixture.sheet()
        other.ledgerHead = "43-00000000"
        let addresses = try [first, other.data(.fhir)].map { data in
            Set(all("fullUrl", in: try JSONSerialization.jsonObject(with: data)).compactMap { $0 as? String })
        }
        #expect(addresses[0].isDisjoint(with: addresses[1]))
    }

    @Test("A validator that is not ours accepts every one of them")
    func validator() throws {
        guard let tool = SharedFiles.path("tools/validate-fhir") else {
            return SharedFiles.leaveOut("FHIR documents through fhir.resources: tools/validate-fhir is not there")
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "twinboard-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var files: [String] = []
        for (place, sheet) in Self.sheets.map(\.1).enumerated() {
            let file = folder.appending(path: "sheet-\(place).json")
            try sheet.data(.fhir).write(to: file)
            files.append(file.path)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = files
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        // Its Python package is fetched on its first run, which needs a network.
        guard words.contains("valid  ") || words.contains("INVALID") else {
            return SharedFiles.leaveOut("FHIR documents through fhir.resources: \(words.prefix(200))")
        }
        #expect(process.terminationStatus == 0, "\(words)")
        #expect(words.split(separator: "\n").count { $0.hasPrefix("valid  ") } == files.count, "\(words)")
    }
}
