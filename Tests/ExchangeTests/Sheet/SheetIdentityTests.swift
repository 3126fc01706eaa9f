// A sheet with what was prepared of the case, and with or without the patient's identity.
import Foundation
import Meetings
import Records
import Testing
import Twins

@testable import Exchange

@Suite("A sheet says who the patient is only where it is asked for, and what was prepared of the case")
struct SheetIdentityTests {
    private static func identity() throws -> Identity {
        var identity = Identity(names: "Zoé Müller", numbers: [IdentityNumber(system: "urn:x", value: "77")])
        identity.nationalIdentifier = try NationalIdentifier("255081416802538", register: .test)
        identity.details.birthName = "Roux"
        identity.details.birthPlace = "2A004"
        identity.details.contacts = "1 rue de la Paix, 01 23 45 67 89"
        identity.details.trustedPerson = "Ilse Müller, sister"
        return identity
    }

    private static func prepared() throws -> DecisionSheet {
        var sheet = SheetFixture.sheet()
        var tumour = CasePreparation()
        for (field, text) in [
            ("diagnosed", "2026-03-30"), ("topography", "C18.7 sigmoid colon"), ("laterality", "left"),
            ("morphology", "8140/3 adenocarcinoma"), ("tnm", "pT3 N1b cM1a"), ("stage", "IVA"), ("phase", "relapse"),
            ("spread", "regional; distant"),
        ] { try tumour.set(field, to: text) }
        sheet.preparation.tumour = tumour.tumour
        sheet.preparation.synthesis = "Two lesions after colectomy"
        sheet.preparation.recoursePlan = "National sarcoma board"
        return sheet
    }

    @Test("What was prepared stands in every format", arguments: SheetFormat.allCases.filter { $0 != .pdf && $0 != .csv })
    func prepared(format: SheetFormat) throws {
        let text = String(decoding: try Self.prepared().data(format), as: UTF8.self).replacing("\\", with: "")
        for words in [
            "C18.7 sigmoid colon", "8140/3 adenocarcinoma", "pT3 N1b cM1a", "IVA", "relapse", "regional, distant", "2026-03-30", "left",
            "Two lesions after colectomy", "National sarcoma board",
        ] { #expect(text.contains(words), "\(format) lacks «\(words)»") }
    }

    @Test("Unless asked for the identity stays apart, and the sheet says that there is one")
    func apart() throws {
        var sheet = try Self.prepared()
        #expect(sheet.lines().contains { $0.hasPrefix("Trusted person") && $0.hasSuffix("not recorded") })
        sheet.preparation.identity = .keptApart
        let text = sheet.lines(width: 200)
        for label in ["National identifier (INS)", "Name and birth traits", "Contacts", "Trusted person"] {
            #expect(text.contains { $0.hasPrefix(label) && $0.contains("kept apart from the record") }, "\(label)")
        }
    }

    @Test("Asked for it stands in every format", arguments: SheetFormat.allCases.filter { $0 != .pdf && $0 != .csv })
    func printed(format: SheetFormat) throws {
        var sheet = try Self.prepared()
        sheet.preparation.identity = .printed(try Self.identity(), birth: CalendarDay("1955-08-02"), precision: .day)
        let text = String(decoding: try sheet.data(format), as: UTF8.self).replacing("\\", with: "")
        for words in ["2 55 08 14 168 025 38", "Zoé Müller", "born Roux", "1955-08-02", "2A004", "1 rue de la Paix", "Ilse Müller, sister"]
        {
            #expect(text.contains(words), "\(format) lacks «\(words)»")
        }
        let plan = CarePlan(sheet).document.lines(width: 200).joined(separator: "\n")
        #expect(plan.contains("For Zoé Müller") && plan.contains("trusted person: Ilse Müller, sister"))
        #expect(!plan.contains("2 55 08 14"))
    }

    @Test("A birth that is known by its month or year alone is printed so")
    func precision() throws {
        for (precision, text) in [(BirthPrecision.year, "1955"), (.month, "1955-08"), (.day, "1955-08-02")] {
            #expect(SheetIdentity.printed(try Self.identity(), birth: CalendarDay("1955-08-02"), precision: precision).birth == text)
        }
    }

    @Test("In FHIR the identifier stands under its register, and the tumour is a condition with site, morphology and stages")
    func fhir() throws {
        var sheet = try Self.prepared()
        sheet.preparation.identity = .printed(try Self.identity(), birth: CalendarDay("1955-08-02"), precision: .day)
        let bundle = try #require(try JSONSerialization.jsonObject(with: sheet.data(.fhir)) as? [String: Any])
        let resources = (bundle["entry"] as? [[String: Any]] ?? []).compactMap { $0["resource"] as? [String: Any] }
        let patient = try #require(resources.first { $0["resourceType"] as? String == "Patient" })
        let numbers = try #require(patient["identifier"] as? [[String: Any]])
        #expect(
            numbers.contains { $0["system"] as? String == "urn:oid:1.2.250.1.213.1.4.10" && $0["value"] as? String == "255081416802538" })
        #expect(patient["birthDate"] as? String == "1955-08-02" && (patient["contact"] as? [Any])?.count == 1)
        let tumour = try #require(
            resources.first { $0["resourceType"] as? String == "Condition" && $0["bodySite"] != nil })
        #expect((tumour["stage"] as? [Any])?.count == 3 && tumour["onsetDateTime"] as? String == "2026-03-30")
        #expect("\(tumour)".contains("C18.7") && "\(tumour)".contains("8140/3"))
    }

    @Test("Whether the decision follows the simulation is said by the scenario that was the best in most draws")
    func favoured() throws {
        var sheet = SheetFixture.sheet()
        var forecasts = SheetFixture.forecasts
        for place in forecasts[1].endpoints.indices {
            forecasts[1].endpoints[place].values = forecasts[1].endpoints[place].values.map { $0 * 0.5 }
        }
        sheet.forecasts = .shown(forecasts, observables: [SheetFixture.size], observed: [])
        #expect(
            sheet.followsSimulation
                == "follows it: the choice is «FOLFOX, resection», the best of Progression-free at 12 months in 100 % of the draws")
        var draft = SheetFixture.draft()
        draft.choice = .scenario("FOLFIRI alone")
        sheet.decisions = [SheetFixture.decision(1, draft)]
        #expect(
            sheet.followsSimulation.hasPrefix("a scenario that was simulated, not the one that the simulation favours: «FOLFOX, resection»")
        )
        draft.choice = .other("Wait")
        sheet.decisions = [SheetFixture.decision(1, draft)]
        #expect(sheet.followsSimulation.hasPrefix("not among the simulated scenarios; the simulation favours «FOLFOX, resection»"))
    }

    @Test("An amendment that was signed without a simulation says so, and which version rests on one")
    func amendedWithout() {
        var amended = SheetFixture.decision(2, SheetFixture.draft("Second thoughts"))
        amended.seen = nil
        let text = SheetFixture.sheet(decisions: [SheetFixture.decision(1, SheetFixture.draft()), amended]).lines(width: 400)
        #expect(text.contains("No simulation was on the screen when this version was signed."))
        #expect(text.contains { $0.hasPrefix("Version 1 rests on a simulation: liver-metastases 9, draws abab") && $0.contains("seed 7") })
    }

    @Test("The day of the decision is the meeting's, and a later signature says how much later")
    func days() {
        func lines(_ days: Double) -> String {
            var decision = SheetFixture.decision(1, SheetFixture.draft())
            decision.signedAt = SheetFixture.now.adding(days: days)
            return SheetFixture.sheet(decisions: [decision]).lines(width: 200).joined(separator: "\n")
        }
        #expect(lines(170).contains("Meeting of 2026-11-26; version 1 signed by Claire Moreau on 2027-05-"))
        #expect(lines(170).contains("days after the meeting"))
        #expect(lines(-3).contains("before the date of the meeting"))
        #expect(!lines(0.6).contains("after the meeting"))
    }

    @Test("What was changed after the signature is named, and a decision whose preparation was not signed says so")
    func changed() {
        var sheet = SheetFixture.sheet()
        sheet.preparation.changedSince = ["tnm", "gp"]
        #expect(
            sheet.lines(width: 200).contains { $0.contains("Changed in the preparation after the signature") && $0.contains("tnm, gp") })
        sheet.preparation.isSigned = false
        #expect(sheet.lines(width: 200).contains { $0.contains("stand here as they are now") })
    }

    @Test("A national identifier of a file is kept where it can be one, and left out and told where it cannot")
    func imported() throws {
        func file(_ value: String) throws -> ImportedFile {
            try readFHIR(
                #"{"resourceType":"Patient","id":"a","identifier":[{"system":"urn:oid:1.2.250.1.213.1.4.8","value":"\#(value)"}]}"#)
        }
        let right = try file("2 55 08 14 168 025 38")
        #expect(right.batch.patients[0].patient.identity?.nationalIdentifier?.value == "255081416802538")
        #expect(right.report.notes.isEmpty)
        let wrong = try file("255081416802539")
        #expect(wrong.batch.patients[0].patient.identity == nil)
        let note = try #require(wrong.report.notes.first)
        #expect("\(note)".contains("left out") && !"\(note)".contains("255081416802539"))
    }
}
