// What the board proposes: the first choice as a care plan, all options as a request group, further tests as service requests.
import Meetings
import Twins

extension FHIRDocument {
    private var status: JSONText { .string(sheet.decisions.isEmpty ? "draft" : "active") }

    var plan: [Entry] {
        guard let choice = sheet.current.choice else { return [] }
        let plan = sheet.current.plan
        let tests = plan.tests.enumerated().map { place, test in
            Entry(
                id: id("test-\(place)"),
                resource: Self.resource(
                    "ServiceRequest", id("test-\(place)"),
                    [
                        ("status", status), ("intent", .string("proposal")), ("code", Self.concept(text: test.what)),
                        ("subject", reference("patient")), ("occurrencePeriod", Self.period(test.earliest, test.latest)),
                        ("requester", reference("board")),
                    ]))
        }
        return [
            Entry(id: id("careplan"), resource: carePlan(choice, plan)), Entry(id: id("options"), resource: options),
        ] + otherOptions.enumerated().map { Entry(id: id("option-\($0.offset)"), resource: option($0.offset, $0.element.title)) } + tests
    }

    /// FHIR per-1: a period does not end before it starts, whatever was typed.
    static func period(_ first: CalendarDay?, _ last: CalendarDay?) -> JSONText? {
        let isTurned = if let first, let last { first > last } else { false }
        let (earliest, latest) = isTurned ? (last, first) : (first, last)
        return earliest == nil && latest == nil
            ? nil : object([("start", earliest.map { .string("\($0)") }), ("end", latest.map { .string("\($0)") })])
    }

    private func carePlan(_ choice: Choice, _ plan: DecisionPlan) -> JSONText {
        let steps = plan.steps.map { step in
            JSONText.object([
                (
                    "detail",
                    Self.object([
                        ("code", Self.concept(text: DecisionSheet.words(step.kind))), ("status", .string("not-started")),
                        ("scheduledPeriod", Self.period(step.earliest, step.latest)), ("description", Self.text(step.what)),
                    ])
                )
            ])
        }
        let notes = [
            ("Reason", sheet.current.reason), ("Deviation", plan.deviation), ("Clinical trial", plan.trial),
            ("Patient's preference", plan.preference), ("Comorbidity", plan.comorbidity), ("Who tells the patient", plan.informant),
            ("Dissent", sheet.current.dissent),
        ].filter { !$0.1.isEmpty }.map { JSONText.object([("text", Self.text("\($0.0): \($0.1)"))]) }
        let addressed = facts(.condition).filter { !isOver($0.fact) }.map { reference($0.name) }
        return Self.resource(
            "CarePlan", id("careplan"),
            [
                ("status", status), ("intent", .string("proposal")), ("title", Self.text(choice.text)),
                ("description", Self.text(sheet.current.question)), ("subject", reference("patient")),
                (
                    "period",
                    sheet.current.followUp.map {
                        Self.object([("start", .string("\(sheet.meeting.day)")), ("end", .string("\(max($0, sheet.meeting.day))"))])
                    }
                ),
                ("author", reference("board")), ("addresses", .array(addressed)), ("activity", .array(steps)), ("note", .array(notes)),
            ])
    }

    /// What was weighed beside the first choice: the board's alternatives in their order, then what it compared and does not propose.
    var otherOptions: [(prefix: String, title: String)] {
        guard let choice = sheet.current.choice else { return [] }
        let alternatives = sheet.current.plan.alternatives.map(\.text)
        let compared = sheet.current.options.filter { $0 != choice.text && !alternatives.contains($0) }
        return alternatives.enumerated().map { ("alternative \($0.offset + 1)", $0.element) }
            + compared.map { ("compared, not proposed", $0) }
    }

    /// An option that is not the first choice, as a care plan that nobody has asked for.
    private func option(_ place: Int, _ title: String) -> JSONText {
        Self.resource(
            "CarePlan", id("option-\(place)"),
            [
                ("status", .string("draft")), ("intent", .string("option")), ("title", Self.text(title.isEmpty ? "not recorded" : title)),
                ("subject", reference("patient")), ("author", reference("board")),
            ])
    }

    /// The first choice and the other options, of which one at most is carried out. Without author: FHIR lets no organisation write one.
    private var options: JSONText {
        let first = Self.object([("prefix", .string("1st line")), ("resource", reference("careplan"))])
        let others = otherOptions.enumerated().map { place, other in
            Self.object([("prefix", .string(other.prefix)), ("title", Self.text(other.title)), ("resource", reference("option-\(place)"))])
        }
        return Self.resource(
            "RequestGroup", id("options"),
            [
                ("status", status), ("intent", .string("proposal")), ("subject", reference("patient")),
                (
                    "action",
                    .array([
                        Self.object([
                            ("title", .string("Options in the order of the board's preference")),
                            ("selectionBehavior", .string("at-most-one")), ("action", .array([first] + others)),
                        ])
                    ])
                ),
            ])
    }
}
