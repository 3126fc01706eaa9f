// Tumours as people write them: one spelling of what can be, nothing of what cannot.
import Foundation
import Records
import Testing
import Twins

@testable import Meetings

@Suite("Topography, morphology, TNM and stage are read by their grammars")
struct TumourNotationTests {
    @Test(
        "TNM in one spelling",
        arguments: [
            ("cT3 N1 M1a", "cT3 N1 M1a"), ("ct3n1m1a", "cT3 N1 M1a"), ("T2 cN0 cM0", "T2 cN0 cM0"), ("T2cN0M0", "T2c N0 M0"),
            ("ypT0 N0 cM0", "ypT0 N0 cM0"), ("pTis N0(sn) M0", "pTis N0(sn) M0"), ("pT1a2 N1mi(i+) M0(i+)", "pT1a2 N1mi(i+) M0(i+)"),
            ("TX NX M1(hep,pul)", "TX NX M1(HEP,PUL)"), ("pT3(m) N2b M1c L1 V0 Pn1 R0", "pT3(m) N2b M1c L1 V0 Pn1 R0"),
            ("  cT4b   N0  M0 g3 ", "cT4b N0 M0 G3"), ("rpT1 N0 M0", "rpT1 N0 M0"), ("pT1 pN1b cM1", "pT1 pN1b cM1"),
        ])
    func tnm(written: String, read: String) {
        #expect(TumourNotation.tnm(written) == read)
        #expect(TumourNotation.tnm(read) == read)
    }

    @Test(
        "What is no TNM",
        arguments: [
            "", "T3", "T3 N1", "T5 N0 M0", "T2 N4 M0", "T2 N0 M2", "M0 N0 T1", "cT3, N1, M0", "T3 N1 M0 and more", "IVA", "T2N0M0R3",
        ])
    func noTNM(text: String) { #expect(TumourNotation.tnm(text) == nil) }

    @Test("ICD-O-3: topography to C80.9, morphology from 8000 to 9993 with a behaviour")
    func icdo() {
        #expect(TumourNotation.topography("c18.7  sigmoid  colon") == "C18.7 sigmoid colon")
        #expect(TumourNotation.topography("C80.9") == "C80.9")
        for text in ["C18", "C81.0", "C187", "D18.7", "C18.77", "colon", "C18.7sigmoid"] { #expect(TumourNotation.topography(text) == nil) }
        #expect(TumourNotation.morphology("M-8140/3 adenocarcinoma") == "8140/3 adenocarcinoma")
        #expect(TumourNotation.morphology("9993/3") == "9993/3")
        for text in ["8140", "8140/4", "7999/3", "9994/3", "adenocarcinoma"] { #expect(TumourNotation.morphology(text) == nil) }
    }

    @Test("Stages from 0 to IV")
    func stages() {
        for (text, read) in [("iva", "IVA"), ("Stage IIIC2", "IIIC2"), ("0", "0"), ("0is", "0is"), ("II", "II")] {
            #expect(TumourNotation.stage(text) == read)
        }
        for text in ["V", "IIII", "4", "IVE", "III D4", "early"] { #expect(TumourNotation.stage(text) == nil) }
    }

    @Test("A field that cannot be read says what it should be, and nothing is changed")
    func errors() {
        var value = CasePreparation()
        for (field, text, words) in [
            ("tnm", "big", "cT3 N1 M1a"), ("topography", "colon", "C18.7"), ("morphology", "8140", "8140/3"), ("stage", "4", "IIA"),
            ("phase", "late", "initial, relapse"), ("spread", "local; far", "local, regional, distant"),
            ("diagnosed", "spring", "YYYY-MM-DD"),
            ("laterality", "port", "left, right"),
        ] {
            let error = #expect(throws: PreparationError.self) { try value.set(field, to: text) }
            #expect(
                error?.description.contains(words) == true && error?.description.hasPrefix(field) == true, "\(error?.description ?? "")")
        }
        #expect(value == CasePreparation())
    }

    @Test("Every field of a case comes back from its own text, and from the store's JSON")
    func roundTrip() throws {
        var value = CasePreparation()
        let samples = [
            "diagnosed": "2026-03-30", "topography": "C20.9 rectum", "laterality": "midline", "morphology": "8140/3 adenocarcinoma",
            "tnm": "cT3 N1 M1a", "stage": "IVA", "phase": "relapse", "spread": "local; distant", "kind": "diagnostic-opinion",
            "recourse": "yes", "paediatric": "no", "performance": "2", "guideline-day": "2023-12-01",
        ]
        for field in CasePreparation.fields { try value.set(field, to: samples[field] ?? "words of \(field)") }
        value.deliveries = [SheetDelivery(to: "Dr Durand", day: CalendarDay("2026-12-01"), by: "mail")]
        var again = CasePreparation()
        for (field, text) in value.values where CasePreparation.fields.contains(field) {
            #expect(!text.isEmpty, "\(field)")
            try again.set(field, to: text)
        }
        again.deliveries = value.deliveries
        #expect(again == value)
        let stored: CasePreparation = try StoredJSON.value(try StoredJSON.text(value))
        #expect(stored == value)
        var meeting = MeetingPreparation()
        for field in MeetingPreparation.fields { try meeting.set(field, to: field == "board-type" ? "transversal" : "words of \(field)") }
        let kept: MeetingPreparation = try StoredJSON.value(try StoredJSON.text(meeting))
        #expect(kept == meeting && meeting.values.allSatisfy { !$0.value.isEmpty })
    }

    @Test("Preparations of an earlier version read, with what they did not know left empty")
    func older() throws {
        let text = """
            {"comorbidity":"","confirmed":[],"correspondents":["Dr A"],"discovery":"screening","generalPractitioner":"Dr B","geriatricScreen":"",\
            "information":{"blocked":{"reason":"away"}},"isPaediatric":false,"isRecourse":true,"pain":"","performanceStatus":1,"presenter":"Dr C",\
            "requester":""}
            """
        let read: CasePreparation = try StoredJSON.value(text)
        #expect(read.generalPractitioner == "Dr B" && read.isRecourse && read.performanceStatus == 1 && read.blockReason == "away")
        #expect(read.tumour == TumourDescription() && read.deliveries.isEmpty && read.synthesis.isEmpty)
        let meeting: MeetingPreparation = try StoredJSON.value(
            #"{"coordinator":"Ms D","establishment":"H","link":"","place":"Room 2","requiredSpecialties":["genetics"]}"#)
        #expect(meeting.coordinator == "Ms D" && meeting.requiredSpecialties == ["genetics"] && meeting.address.isEmpty)
    }
}
