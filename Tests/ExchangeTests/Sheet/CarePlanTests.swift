// The draft of the patient's care plan: plain, dated in words, and never signed.
import Foundation
import Meetings
import Testing
import Twins

@testable import Exchange

@Suite("The draft of a care plan is for the patient")
struct CarePlanTests {
    private func text(_ sheet: DecisionSheet) -> String { CarePlan(sheet).document.lines(width: 200).joined(separator: "\n") }

    @Test("It says what is proposed, when, who explains it, whom to call, and what happens with the data")
    func contents() {
        let plan = text(SheetFixture.sheet())
        for words in [
            "On Thursday 26 November 2026, several specialists met", "The specialists propose: FOLFOX, resection.",
            "Chemotherapy (drugs that stop cells from growing): FOLFOX, 6 cycles. Not before Thursday 3 December 2026.",
            "Operation: Resection of segments 6 and 7. Between Wednesday 3 March 2027 and Tuesday 23 March 2027.",
            "MRI of the liver. By Sunday 13 December 2026.", "Paul Girard explains the proposal to you", "Wants to be home for Christmas",
            "Whom to call", "To be filled in by the team.", "Your data", "data protection officer", "decision sheet m-1/1, version 1",
            "look at your case again", "You decide together with your doctor",
        ] {
            #expect(plan.contains(words), "\(words)")
        }
    }

    @Test("D4: it is a draft, marked on top and at the end, and holds neither signature nor figure of the simulation")
    func draft() {
        let sheet = SheetFixture.sheet()
        let plan = text(sheet)
        #expect(plan.hasPrefix("YOUR CARE PLAN · DRAFT · DEMO"))
        #expect(plan.contains("Not signed."))
        #expect(!plan.contains("E7620F1842B4E81F") && !plan.contains("minisign") && !plan.contains("60 %") && !plan.contains("SIGNED"))
        #expect(CarePlan(sheet).document.html.contains(CarePlan.notice))
    }

    @Test("Before the board has signed, it names no proposal")
    func unsigned() {
        let plan = text(SheetFixture.sheet(decisions: []))
        #expect(plan.contains("have not signed a proposal yet"))
        #expect(!plan.contains("FOLFOX, 6 cycles") && !plan.contains("The specialists propose:"))
    }

    @Test("Its own sentences are short, and dates are in words")
    func plain() {
        var sheet = SheetFixture.sheet()
        sheet.draft.question = "?"
        let own = text(sheet)
        #expect(!own.contains("2026-11-26") && !own.contains("2027-03-03"))
        for sentence in own.split(whereSeparator: { ".!?:\n".contains($0) }) {
            #expect(sentence.split(separator: " ").count <= 25, "\(sentence)")
        }
    }

    @Test("No abbreviation is left unexplained: the common ones in plain words, the others for the team")
    func abbreviations() {
        let plan = text(SheetFixture.sheet())
        #expect(plan.contains("MRI: pictures of the inside of the body, made with a strong magnet"))
        #expect(plan.contains("FOLFOX: a mixture of drugs against cancer"))
        #expect(CarePlanWords.abbreviations(["RAS wild type, segment IVb and VIII, RAS, pT3 R0"]) == ["RAS"])
        var sheet = SheetFixture.sheet()
        sheet.conditions = ["HLHS"]
        #expect(text(sheet).contains("HLHS: To be filled in by the team."))
    }

    @Test("Every day of the week has its name")
    func weekdays() {
        let names = (0..<7).map { CarePlan.inWords(CalendarDay(number: 20_783 + $0)) }
        #expect(names[0] == "Thursday 26 November 2026" && names[4] == "Monday 30 November 2026" && names[6] == "Wednesday 2 December 2026")
        #expect(CarePlan.inWords(CalendarDay(number: -1)) == "Wednesday 31 December 1969")
    }
}
