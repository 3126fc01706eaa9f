// What a type of board wants to find in a record before it meets, and what is missing of it for a case.
import Twins

/// One thing that a board of a type wants in the record, by the codes under which a record holds it.
public struct CompletenessRule: Hashable, Sendable {
    public var label: String
    /// Any of them will do.
    public var codes: [Code]
    /// The latest may be at most so many days old on the day of the meeting; nil: of any age.
    public var maximumAgeDays: Int?
    public var source: String

    public init(_ label: String, codes: [Code], maximumAgeDays: Int? = nil, source: String) {
        self.label = label
        self.codes = codes
        self.maximumAgeDays = maximumAgeDays
        self.source = source
    }

    /// Whether a record meets the rule on a day; what is later than the case's «now» does not count.
    public func finding(in subject: Subject, on day: CalendarDay) -> CompletenessItem {
        let times =
            subject.observations.filter { $0.time <= subject.reference && codes.contains($0.code) }.map(\.time)
            + subject.facts.filter { codes.contains($0.code) && ($0.start ?? subject.reference) <= subject.reference }.map {
                $0.start ?? subject.reference
            }
        guard let last = times.max() else { return CompletenessItem(label, false) }
        guard let limit = maximumAgeDays else { return CompletenessItem(label, true) }
        let age = day.number - last.day.number
        return age <= limit ? CompletenessItem(label, true) : CompletenessItem("\(label) (\(age) days old, at most \(limit))", false)
    }

    private static func local(_ code: String) -> Code { Code(system: Code.local, code: code) }
    private static func loinc(_ code: String) -> Code { Code(system: Code.loinc, code: code) }

    /// The lists that ship with the program. No source at hand names one with ages: all of it is an assumption.
    public static func standard(for board: String) -> [CompletenessRule] {
        let source = "assumption: what the demo boards ask for; no source at hand names ages"
        return switch board {
        case "liver":
            [
                CompletenessRule("imaging, sum of diameters", codes: [local("sum-of-diameters")], maximumAgeDays: 42, source: source),
                CompletenessRule("blood count", codes: [loinc("751-8"), loinc("26499-4")], maximumAgeDays: 28, source: source),
                CompletenessRule("performance status in the record", codes: [loinc("89247-1")], maximumAgeDays: 60, source: source),
            ]
        case "memory":
            [CompletenessRule("MMSE or MoCA", codes: [loinc("72106-8"), loinc("72172-0")], maximumAgeDays: 365, source: source)]
        case "urology": [CompletenessRule("PSA", codes: [loinc("2857-1")], maximumAgeDays: 42, source: source)]
        default: []
        }
    }
}

/// What is there and what is missing of one case: the record by the board's rule and by the model, and what was prepared.
public struct CaseCompleteness: Hashable, Sendable {
    public var items: [CompletenessItem]
    public var missing: [String] { items.filter { !$0.isPresent }.map(\.label) }

    /// Everything that the board, the model and the decision sheet want of a case, on the day of its meeting.
    ///
    /// A case that is put off is complete here: it is looked at in the meeting that it was put off to.
    public init(
        item: AgendaItem, subject: Subject, model: any TwinModel, rules: [CompletenessRule], preparation: CasePreparation,
        day: CalendarDay
    ) {
        guard item.state != .postponed else {
            items = []
            return
        }
        var items = model.completeness(of: subject)
        for rule in rules where !items.contains(where: { $0.label == rule.label }) { items.append(rule.finding(in: subject, on: day)) }
        items.append(CompletenessItem("question", item.question.contains { !$0.isWhitespace }))
        items.append(CompletenessItem("presenter", !preparation.presenter.isEmpty || preparation.registered != nil))
        items.append(
            CompletenessItem("guideline with version", preparation.guideline.map { !$0.name.isEmpty && !$0.version.isEmpty } ?? false))
        let information =
            preparation.blockReason.map { "patient informed (blocked: \($0))" } ?? "patient informed, or blocked with the reason"
        // A blocked case is accounted for, and still is not ready.
        items.append(CompletenessItem(information, { if case .informed = preparation.information { true } else { false } }()))
        self.items = items
    }
}
