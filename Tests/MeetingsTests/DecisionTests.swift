// What the software promises about decisions and quorum.
import Testing
import Twins

@testable import Meetings

private let surgeon = Seat(name: "Claire Martin", specialty: "hepatobiliary surgery", role: .chair)
private let oncologist = Seat(name: "Jonas Weber", specialty: "medical oncology")
private let radiologist = Seat(name: "Ines Roux", specialty: "radiology")
private let nurse = Seat(name: "Paul Petit", specialty: "nursing", role: .allied)

private func draft(_ change: (inout DecisionDraft) -> Void = { _ in }) -> DecisionDraft {
    var draft = DecisionDraft(
        present: [surgeon, oncologist, radiologist], question: "Resect now?", options: ["A", "B"], choice: .scenario("A"),
        reason: "Best tumour control with a sufficient remnant", followUp: CalendarDay(year: 2027, month: 2, day: 25))
    draft.plan.standing = .follows
    draft.plan.guideline = Guideline(name: "ESMO metastatic colorectal cancer", version: "2023")
    draft.plan.informant = "Claire Martin"
    change(&draft)
    return draft
}

@Suite("A decision is the board's")
struct DecisionTests {
    private func problems(_ change: (inout DecisionDraft) -> Void = { _ in }) -> [SigningProblem] {
        draft(change).problems(rule: .liver, options: ["A", "B"])
    }

    @Test("A complete draft can be signed") func complete() { #expect(problems().isEmpty) }

    @Test("Invariant 1: without a choice, a reason, a date or people there is no decision")
    func incomplete() {
        #expect(problems { $0.choice = nil } == [.noChoice])
        #expect(problems { $0.choice = .other("  ") } == [.noChoice])
        #expect(problems { $0.choice = .scenario("gone") } == [.unknownOption("gone")])
        #expect(problems { $0.reason = " \n" } == [.noReason])
        #expect(problems { $0.followUp = nil } == [.noFollowUp])
        #expect(problems { $0.present = [] } == [.nobodyPresent])
        #expect(problems { $0.reason = "\u{200B} – " } == [.noReason], "an invisible character says nothing")
        #expect(problems { $0.plan.informant = " " } == [.noInformant])
    }

    @Test("A decision says where it stands to a guideline; one that departs says why, and from which")
    func guideline() {
        #expect(problems { $0.plan.standing = nil } == [.noStanding])
        #expect(problems { $0.plan.guideline = nil } == [.noGuideline])
        #expect(problems { $0.plan.standing = .departs } == [.noDeviation])
        #expect(
            problems {
                $0.plan.standing = .departs
                $0.plan.deviation = "dialysis"
            }.isEmpty)
        #expect(
            problems {
                $0.plan.standing = GuidelineStanding.none
                $0.plan.guideline = nil
            }.isEmpty)
    }

    @Test("Alternatives are options that there are, each once, and not the first choice")
    func alternatives() {
        #expect(problems { $0.plan.alternatives = [.scenario("B"), .other("best supportive care")] }.isEmpty)
        #expect(problems { $0.plan.alternatives = [.scenario("A")] } == [.repeatedOption("A")])
        #expect(problems { $0.plan.alternatives = [.scenario("B"), .scenario("B")] } == [.repeatedOption("B")])
        #expect(problems { $0.plan.alternatives = [.scenario("gone")] } == [.unknownOption("gone")])
    }

    @Test("Without a quorum the reason for its absence is asked for, and enough")
    func quorum() {
        let missing = problems { $0.present = [surgeon, oncologist] }
        #expect(missing == [.noQuorum(missing: ["1 more physician", "3 different specialties", "radiology"])])
        #expect(
            problems {
                $0.present = [surgeon, oncologist]; $0.withoutQuorum = "radiologist ill, images seen before"
            }.isEmpty)
    }

    @Test("A specialty is matched by whole words: a neurosurgeon does not stand for surgery, nor a neuroradiologist for radiology")
    func wholeWords() {
        let neurosurgeon = Seat(name: "N", specialty: "Neurosurgery")
        let neuroradiologist = Seat(name: "R", specialty: "neuroradiology")
        let surgicalOncologist = Seat(name: "S", specialty: "surgical oncology")
        #expect(Quorum([neurosurgeon, oncologist, radiologist], rule: .liver).missing == ["surgery"])
        #expect(Quorum([surgeon, oncologist, neuroradiologist], rule: .liver).missing == ["radiology"])
        #expect(Quorum([surgicalOncologist, radiologist, neurosurgeon], rule: .liver).missing == ["oncology"])
    }

    @Test("French, capitals, accents and who practises instead of the field are understood, and count as one specialty")
    func words() {
        let french = ["Chirurgie hépato-biliaire", "ONCOLOGUE MÉDICAL", "Radiologie interventionnelle"].map {
            Seat(name: $0, specialty: $0)
        }
        #expect(Quorum(french, rule: .liver).isReached)
        let same = ["neurologie", "Neurology", " neurologue ", "Neurologist"].map { Seat(name: $0, specialty: $0) }
        #expect(Quorum(same, rule: .memory).specialties == 1)
        #expect(Quorum(same, rule: .memory).missing == ["2 different specialties"])
        #expect(
            Quorum([Seat(name: "A", specialty: ""), surgeon, oncologist], rule: .liver).missing == ["3 different specialties", "radiology"])
    }

    @Test("A nurse is heard, but is not a physician of the quorum")
    func allied() {
        let quorum = Quorum([surgeon, oncologist, nurse], rule: .liver)
        #expect(quorum.physicians == 2)
        #expect(!quorum.isReached)
    }

    @Test("Invariant 2: only the chair's own name signs", arguments: ["", "Claire", "Jonas Weber", "Claire  Martin x"])
    func wrongName(name: String) {
        #expect(throws: SigningProblem.self) {
            try draft().signed(
                item: 1, version: 1, rule: .liver, options: ["A", "B"], name: name, chair: "Claire Martin",
                at: Instant(milliseconds: 0), seen: nil)
        }
    }

    @Test("Case and spaces of the typed name do not matter") func rightName() throws {
        let decision = try draft().signed(
            item: 1, version: 1, rule: .liver, options: ["A", "B"], name: " claire  martin ", chair: "Claire Martin",
            at: Instant(milliseconds: 0), seen: nil)
        #expect(decision.signedBy == "Claire Martin")
        #expect(decision.quorumReached)
    }

    @Test("A meeting without a chair cannot sign") func noChair() {
        #expect(throws: SigningProblem.self) {
            try draft().signed(
                item: 1, version: 1, rule: .liver, options: ["A", "B"], name: "", chair: "", at: Instant(milliseconds: 0), seen: nil)
        }
    }
}
