// FHIR bundles of our own: what is taken, left and refused, resource by resource.
import Records
import Surface
import Testing
import Twins

@testable import Exchange

@Suite("A FHIR bundle is taken resource by resource")
struct FHIRImportTests {
    private func observations(_ resources: String...) throws -> ImportedFile {
        var text = bundle()
        text = text.replacingTail("\n]}", with: resources.map { ",\n{\"resource\":\($0)}" }.joined() + "\n]}")
        return try readFHIR(text)
    }

    private func reason(_ file: ImportedFile) -> String { file.report.refused.first?.reason ?? "" }

    @Test("Demographics: pseudonym, name and numbers apart, birth as precise as it is known")
    func patient() throws {
        let text = """
            {"resourceType":"Patient","id":"a","gender":"male","birthDate":"1950-05","deceasedBoolean":false,
             "identifier":[{"system":"urn:twinboard:pseudonym","value":"CRC-0001"},{"system":"urn:oid:1.2","value":"77"}],
             "name":[{"use":"nickname","text":"Zé"},{"use":"official","family":"Gonçalves","given":["José","Luís"]}]}
            """
        let file = try readFHIR(text)
        let entry = try #require(file.batch.patients.first)
        #expect(entry.patient.id == "CRC-0001")
        #expect(entry.patient.sex == .male)
        #expect(entry.patient.birthPrecision == .month)
        #expect(entry.patient.identity?.names == "José Luís Gonçalves")
        #expect(entry.patient.identity?.numbers == [IdentityNumber(system: "urn:oid:1.2", value: "77")])
        #expect(file.report.patients == ["CRC-0001"])
        #expect(file.report.count(of: "patients") == 1)
    }

    @Test("Two people with the same bare id are never one: the source tells them apart")
    func sources() throws {
        func source(_ name: String) throws -> String {
            try readFHIR("{\"resourceType\":\"Patient\",\"id\":\"1\",\"name\":[{\"family\":\"\(name)\"}]}").batch.patients[0].patient.source
        }
        #expect(try source("Ash") != source("Oak"))
        #expect(try source("Ash") == source("Ash"))
        let twice = try readFHIR(bundle(#"{"resourceType":"Patient","id":"p1","gender":"male"}"#))
        #expect(twice.batch.patients.count == 1)
        #expect(reason(twice).contains("twice"))
    }

    @Test("Conditions, medications and procedures with their periods")
    func facts() throws {
        let file = try readFHIR(
            bundle(
                """
                {"resourceType":"Condition","id":"c1","clinicalStatus":{"coding":[{"code":"resolved"}]},
                 "subject":{"reference":"Patient/p1"},
                 "code":{"coding":[{"system":"http://snomed.info/sct","code":"68496003","display":"Polyp of colon"}]},
                 "onsetDateTime":"2015-06-30T02:42:26+00:00","abatementDateTime":"2016-08-23"}
                """,
                """
                {"resourceType":"MedicationStatement","id":"m1","status":"completed","subject":{"reference":"Patient/p1"},
                 "medicationCodeableConcept":{"coding":[{"system":"http://x","code":"1"},
                 {"system":"http://www.whocc.no/atc","code":"L01XA03"}]},
                 "effectivePeriod":{"start":"2026-01-01","end":"2026-03-01"}}
                """,
                """
                {"resourceType":"MedicationRequest","id":"m2","status":"active","intent":"order","subject":{"reference":"Patient/p1"},
                 "medicationReference":{"reference":"Medication/x"},"authoredOn":"2026-04-01"}
                """,
                #"{"resourceType":"Medication","id":"x","code":{"text":"folinic acid"}}"#,
                """
                {"resourceType":"Procedure","id":"r1","status":"completed","code":{"text":"hepatectomy"},
                 "subject":{"reference":"Patient/p1"},
                 "performedPeriod":{"start":"2026-05-01T10:00:00Z","end":"2026-05-01T15:00:00Z"}}
                """))
        #expect(file.report.refused.isEmpty)
        let facts = file.batch.patients[0].facts.map(\.fact)
        #expect(facts.map(\.kind) == [.condition, .medication, .medication, .procedure])
        #expect(facts[0].code.display == "Polyp of colon")
        #expect(facts[0].status == "resolved")
        #expect(facts[0].end?.day.description == "2016-08-23")
        #expect(facts[1].code == Code(system: Code.atc, code: "L01XA03"))
        #expect(facts[1].end?.day.description == "2026-03-01")
        #expect(facts[2].code.code == "folinic acid")
        #expect(facts[2].start?.day.description == "2026-04-01")
        #expect(facts[3].code == Code(system: Code.textOnly, code: "hepatectomy"))
    }

    @Test("A blood pressure becomes two observations; coded answers, texts and yes/no are kept")
    func values() throws {
        let file = try observations(
            """
            {"resourceType":"Observation","id":"bp","status":"final","code":{"text":"BP"},"subject":{"reference":"Patient/p1"},
             "effectivePeriod":{"start":"2020-01-02"},"component":[
              {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},\(quantity("128", "mm[Hg]"))},
              {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},\(quantity("79.0", "mm[Hg]"))}]}
            """,
            observation(#""valueCodeableConcept":{"coding":[{"system":"urn:twinboard:local","code":"wild-type"}]}"#, id: "ras"),
            observation(#""valueString":"seen""#, id: "s"), observation(#""valueBoolean":true"#, id: "b"),
            observation(#""valueInteger":4"#, id: "i"),
            observation(#""valueQuantity":{"value":5,"comparator":"<","unit":"ng/mL"}"#, id: "lt"))
        let values = file.batch.patients[0].observations.map(\.observation)
        #expect(values.map(\.code.code).prefix(2) == ["8480-6", "8462-4"])
        #expect(values[0].value == .quantity(Quantity(128, Unit("mm[Hg]"))))
        #expect(values[2].value == .coded(Code(system: Code.local, code: "wild-type")))
        #expect(values[3].value == .text("seen"))
        #expect(values[4].value == .text("yes"))
        #expect(values[5].value == .quantity(Quantity(4, .one)))
        #expect(values[6].value == .text("< 5 ng/mL"))
        #expect(file.report.refused.isEmpty)
        #expect(Set(file.batch.patients[0].observations.map(\.source)).count == 7)
    }

    @Test(
        "A wrong resource is refused with its place, and the others are taken",
        arguments: [
            (observation(quantity("1e308", "mg/dL")), "valueQuantity.value", "impossible"),
            (observation(quantity("1e999", "mg/dL")), "valueQuantity.value", "out of range"),
            (observation(quantity("-5", "mg/dL")), "valueQuantity.value", "negative"),
            (observation(quantity("\"5\"", "mg/dL")), "valueQuantity.value", "number"),
            (
                observation(quantity("5", "mg/dL"), code: #"{"coding":[{"system":"http://loinc.org","code":"2160-1"}]}"#),
                "code.coding[0].code", "check digit"
            ),
            (observation(quantity("5", "mg/dL"), code: "{}"), "code", "neither"),
            (observation(quantity("5", "mg/dL"), time: "2019-02-30"), "effectiveDateTime", "no such date"),
            (observation(quantity("5", "mg/dL"), id: "../../etc/passwd"), "id", "not a FHIR id"),
            (#"{"resourceType":"Observation","id":"x","code":{"text":"a"},"valueString":"b"}"#, "status", "missing"),
            (#"{"resourceType":"Condition","id":"x","code":{"text":"a"}}"#, "subject", "which patient"),
            (
                #"{"resourceType":"Condition","id":"x","subject":{"reference":"Patient/nope"},"code":{"text":"a"}}"#, "subject",
                "Patient/nope"
            ),
            (#"{"id":"x"}"#, "", "resourceType"),
            (#"{"resourceType":"Patient","id":"q","gender":"f"}"#, "gender", "not one of"),
        ])
    func refused(resource: String, path: String, reason: String) throws {
        let good = observation(quantity("80", "umol/L"), id: "good")
        let file = try observations(resource, good)
        #expect(file.report.refusedCount == 1)
        let refused = try #require(file.report.refused.first)
        #expect(refused.place.path == "entry[1].resource" + (path.isEmpty ? "" : "." + path))
        #expect(refused.place.line ?? 0 >= 3)
        #expect(refused.reason.contains(reason))
        #expect(file.report.count(of: "observations") == 1)
    }

    @Test("What is no fact of the patient is left, with the reason")
    func left() throws {
        let file = try observations(
            observation(quantity("1", "mm")).replacingFirst("\"final\"", with: "\"entered-in-error\""),
            #"{"resourceType":"Claim","id":"k"}"#, #"{"resourceType":"Claim","id":"l"}"#,
            #"{"resourceType":"MedicationRequest","id":"m","status":"active","intent":"proposal","subject":{"reference":"Patient/p1"}}"#,
            observation(#""dataAbsentReason":{"text":"?"}"#, id: "none"))
        #expect(file.report.refused.isEmpty)
        #expect(file.report.left.contains { $0.what == "Claim" && $0.count == 2 })
        #expect(file.report.left.contains { $0.what == "Observation" && $0.reason.contains("in error") })
        #expect(file.report.left.contains { $0.what == "MedicationRequest" && $0.reason.contains("proposal") })
        #expect(file.report.left.contains { $0.what == "Observation" && $0.reason.contains("no value") })
        #expect(file.report.count(of: "observations") == 0)
    }

    @Test("An unknown unit is kept and flagged")
    func unknownUnit() throws {
        let file = try observations(observation(quantity("3", "furlong")))
        #expect(file.batch.patients[0].observations[0].observation.value == .quantity(Quantity(3, Unit("furlong"))))
        #expect(file.report.notes.contains { $0.message.contains("furlong") })
    }

    @Test("Letters: plain text is taken, other kinds and links are left")
    func letters() throws {
        func letter(_ attachment: String, _ id: String) -> String {
            """
            {"resourceType":"DocumentReference","id":"\(id)","status":"current","subject":{"reference":"Patient/p1"},
             "date":"2026-11-20T10:00:00Z",
             "type":{"text":"Letter"},"content":[{"attachment":{\(attachment)}}]}
            """
        }
        let file = try observations(
            letter(#""contentType":"text/plain; charset=utf-8","title":"Opinion","data":"w4kgbGEgcmVtaXNlLg==""#, "d1"),
            letter(#""contentType":"application/pdf","data":"AAAA""#, "d2"),
            letter(#""contentType":"text/plain","url":"http://x/y""#, "d3"),
            letter(#""contentType":"text/plain","data":"%%%""#, "d4"))
        let letters = file.batch.patients[0].documents
        #expect(letters.map(\.text) == ["É la remise."])
        #expect(letters.first?.title == "Opinion")
        #expect(letters.first?.time?.day.description == "2026-11-20")
        #expect(file.report.left.filter { $0.what == "DocumentReference" }.map(\.count) == [1, 1])
        #expect(reason(file).contains("base64"))
    }

    @Test("References by urn:uuid, by address, with a version, or by identifier find their patient, wherever it stands in the file")
    func references() throws {
        func condition(_ id: String, _ subject: String) -> String {
            "{\"fullUrl\":\"urn:uuid:\(id)\",\"resource\":{\"resourceType\":\"Condition\","
                + "\"code\":{\"text\":\"\(id)\"},\"subject\":{\(subject)}}}"
        }
        let text = """
            {"resourceType":"Bundle","entry":[\(condition("a", #""reference":"urn:uuid:9""#)),
            \(condition("b", #""reference":"Patient/z/_history/3""#)),
            \(condition("c", #""identifier":{"system":"urn:oid:1","value":"5"}"#)),
            \(condition("d", #""reference":"Patient?identifier=urn:oid:1|5""#)),
            {"fullUrl":"urn:uuid:9","resource":{"resourceType":"Patient","id":"z","identifier":[{"system":"urn:oid:1","value":"5"}]}}],
            "type":"transaction"}
            """
        let file = try readFHIR(text)
        #expect(file.report.refused.isEmpty)
        #expect(file.batch.patients.first?.facts.map(\.fact.code.code) == ["a", "b", "c", "d"])
    }

    @Test("NDJSON: a resource or a bundle a line")
    func lines() throws {
        let text = """
            {"resourceType":"Patient","id":"p1"}
            {"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p1"},"code":{"text":"a"}}
            {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p2"}}]}
            {"resourceType":"Condition","id":"d","subject":{"reference":"Patient/p9"},"code":{"text":"a"}}
            """
        let file = try readFHIR(text, isLines: true)
        #expect(file.report.count(of: "patients") == 2)
        #expect(file.report.count(of: "conditions") == 1)
        #expect(file.report.refused.map(\.place.path) == ["document[3].subject"])
        #expect(file.report.refused.first?.place.line == 4)
        #expect(refusal(text)?.message.contains("follows the end") == true)
        let broken = refusal(text + "\n{\"resourceType\":", isLines: true)
        #expect(broken?.place.line == 5)
        #expect(broken?.place.path.hasPrefix("document[4]") == true)
    }

    @Test("A bundle's own faults refuse the whole file")
    func bundles() {
        #expect(refusal(#"{"resourceType":"Bundle","type":"history","entry":[]}"#)?.message.contains("server's answers") == true)
        #expect(refusal(#"{"resourceType":"Bundle","type":"heap"}"#)?.message.contains("not a type") == true)
        #expect(refusal(#"{"resourceType":"Bundle","type":"batch","type":"batch"}"#)?.message.contains("twice") == true)
        #expect(refusal(#"{"resourceType":"Bundle","type":"batch","entry":[],"entry":[]}"#)?.message.contains("twice") == true)
        #expect(refusal(#"{"resourceType":5}"#)?.place.path == "resourceType")
    }

    @Test("Hostile texts come out of the report cleaned (invariant 5)")
    func hostileText() throws {
        let file = try observations(
            observation(quantity("1", "\u{202E}mm\u{200B}")), #"{"resourceType":"Cl\u001b[2Jaim","id":"x"}"#,
            #"{"resourceType":"Condition","id":"q","subject":{"reference":"\u202e\u0007\nPatient"},"code":{"text":"a"}}"#)
        let lines = file.report.lines() + file.report.csvRows.flatMap { $0 }
        for line in lines {
            #expect(line.unicodeScalars.allSatisfy { SafeText.isAllowed($0) || $0 == SafeText.marker }, "\(line.debugDescription)")
        }
        #expect(file.report.refusedCount == 1)
    }
}

extension String {
    func replacingTail(_ tail: String, with other: String) -> String { hasSuffix(tail) ? dropLast(tail.count) + other : self }

    func replacingFirst(_ part: String, with other: String) -> String {
        guard let start = range(ofText: part) else { return self }
        return String(self[..<start]) + other + String(self[index(start, offsetBy: part.count)...])
    }
}
