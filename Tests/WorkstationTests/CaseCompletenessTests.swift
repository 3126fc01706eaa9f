// What the decision sheet wants of a case beside its board's rule and its model.
import Meetings
import Testing
import TwinLibrary
import Twins

@Suite("A case is complete when the decision sheet would be")
struct CaseCompletenessTests {
    private static let tumour: Set = ["topography of the tumour", "TNM or stage", "phase of the disease", "how the disease was found"]
    private static let everywhere: Set = ["national identifier (INS)", "general practitioner"]

    private func missing(
        _ rule: BoardRule, _ prepared: CasePreparation, hasIdentifier: Bool, observations: [Observation] = []
    ) throws -> Set<String> {
        let day = CalendarDay(number: 20_783)
        let model = try #require(TwinLibrary.models.first { $0.id == "liver-metastases" })
        let item = AgendaItem(
            id: 1, meeting: "m", position: 1, patient: "CRC-0001", model: model.id, question: "?", reference: Instant(endOf: day),
            state: .waiting)
        let subject = Subject(
            sex: .female, birth: nil, observations: observations, facts: [], reference: item.reference)
        return Set(
            CaseCompleteness(
                item: item, subject: subject, model: model, rule: rule, preparation: prepared, hasIdentifier: hasIdentifier, day: day
            ).missing)
    }

    @Test("The tumour on a board of oncology alone; the identifier and the general practitioner everywhere")
    func boards() throws {
        let (liver, memory) = (RuleBook.builtIn.rule(for: "liver"), RuleBook.builtIn.rule(for: "memory"))
        let empty = CasePreparation()
        #expect(try missing(liver, empty, hasIdentifier: false).isSuperset(of: Self.tumour.union(Self.everywhere)))
        #expect(try missing(memory, empty, hasIdentifier: false).isSuperset(of: Self.everywhere))
        #expect(try missing(memory, empty, hasIdentifier: false).isDisjoint(with: Self.tumour))
        #expect(try !missing(memory, empty, hasIdentifier: true).contains("national identifier (INS)"))
    }

    @Test("Each is there once it was noted; TNM also from the record")
    func filled() throws {
        let rule = RuleBook.builtIn.rule(for: "liver")
        var prepared = CasePreparation()
        for (field, text) in [("topography", "C18.7"), ("phase", "initial"), ("discovery", "screening"), ("gp", "none")] {
            try prepared.set(field, to: text)
        }
        #expect(try missing(rule, prepared, hasIdentifier: true).intersection(Self.tumour.union(Self.everywhere)) == ["TNM or stage"])
        let staged = TumourDescription.tnmCodes.map {
            Observation(code: Code(system: Code.loinc, code: $0), time: Instant(milliseconds: 0), value: .text("1"))
        }
        #expect(try !missing(rule, prepared, hasIdentifier: true, observations: staged).contains("TNM or stage"))
        #expect(try missing(rule, prepared, hasIdentifier: true, observations: Array(staged.dropLast())).contains("TNM or stage"))
        try prepared.set("stage", to: "IVA")
        #expect(try missing(rule, prepared, hasIdentifier: true).isDisjoint(with: Self.tumour.union(Self.everywhere)))
    }
}
