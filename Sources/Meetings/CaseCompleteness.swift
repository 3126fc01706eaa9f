// What is there and what is missing of a case on the day of its meeting: by the board's rule, by the model, by what was prepared.
import Twins

extension CompletenessRule {
    /// The patient's information has a place of its own in the preparation.
    var asksForInformation: Bool { codes.isEmpty && label.lowercased().contains("patient informed") }

    /// Whether a record meets the rule on a day; what is later than the case's «now» does not count. What no code says is there once a
    /// person has confirmed it by its label.
    public func finding(in subject: Subject, on day: CalendarDay, confirmed: [String] = []) -> CompletenessItem {
        if codes.isEmpty { return CompletenessItem(label, confirmed.contains(label)) }
        func fits(_ code: Code) -> Bool { code.system == system && codes.contains(code.code) }
        let times =
            subject.observations.filter { $0.time <= subject.reference && fits($0.code) }.map(\.time)
            + subject.facts.filter { fits($0.code) && ($0.start ?? subject.reference) <= subject.reference }.map {
                $0.start ?? subject.reference
            }
        guard let last = times.max() else { return CompletenessItem(label, false) }
        guard let limit = maxAgeDays else { return CompletenessItem(label, true) }
        let age = day.number - last.day.number
        if Double(age) <= limit { return CompletenessItem(label, true) }
        return CompletenessItem("\(label) (\(age) days old, at most \(Int(clamping: limit)))", false)
    }
}

/// What is there and what is missing of one case: the record by the board's rule and by the model, and what was prepared.
public struct CaseCompleteness: Hashable, Sendable {
    public var items: [CompletenessItem]
    public var missing: [String] { items.filter { !$0.isPresent }.map(\.label) }

    /// Everything that the board, the model and the decision sheet want of a case, on the day of its meeting.
    ///
    /// A case that is put off is complete here: it is looked at in the meeting that it was put off to. `hasIdentifier`: a national
    /// identifier is kept of the patient.
    ///
    /// Source of what the decision sheet wants: ANS CI-SIS, volet FRCP 2022.01, the sections that its Schematron requires.
    public init(
        item: AgendaItem, subject: Subject, model: any TwinModel, rule: BoardRule, preparation: CasePreparation, hasIdentifier: Bool,
        day: CalendarDay
    ) {
        guard item.state != .postponed else {
            items = []
            return
        }
        var items = model.completeness(of: subject)
        for rule in rule.completeness where !rule.asksForInformation && !items.contains(where: { $0.label == rule.label }) {
            items.append(rule.finding(in: subject, on: day, confirmed: preparation.confirmed))
        }
        items.append(CompletenessItem("question", item.question.contains { !$0.isWhitespace }))
        items.append(CompletenessItem("presenter", !preparation.presenter.isEmpty || preparation.registered != nil))
        items.append(
            CompletenessItem("guideline with version", preparation.guideline.map { !$0.name.isEmpty && !$0.version.isEmpty } ?? false))
        items.append(CompletenessItem("national identifier (INS)", hasIdentifier))
        items.append(CompletenessItem("general practitioner", !preparation.generalPractitioner.isEmpty))
        if rule.isOncology { items += Self.tumour(preparation, subject) }
        let information =
            preparation.blockReason.map { "patient informed (blocked: \($0))" } ?? "patient informed, or blocked with the reason"
        // A blocked case is accounted for, and still is not ready.
        items.append(CompletenessItem(information, { if case .informed = preparation.information { true } else { false } }()))
        self.items = items
    }

    /// What the sheet wants of a tumour: where it is, how far it goes, in which phase it is and how it was found.
    private static func tumour(_ preparation: CasePreparation, _ subject: Subject) -> [CompletenessItem] {
        let tumour = preparation.tumour
        let isMeasured = TumourDescription.tnmCodes.allSatisfy { subject.latestAnswer([Code(system: Code.loinc, code: $0)]) != nil }
        return [
            CompletenessItem("topography of the tumour", !tumour.topography.isEmpty),
            CompletenessItem("TNM or stage", !tumour.tnm.isEmpty || !tumour.stage.isEmpty || isMeasured),
            CompletenessItem("phase of the disease", !tumour.phase.isEmpty),
            CompletenessItem("how the disease was found", !preparation.discovery.isEmpty),
        ]
    }
}
