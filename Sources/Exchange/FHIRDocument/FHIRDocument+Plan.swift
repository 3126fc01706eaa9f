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
            Entry(id: id("careplan"), resource: carePlan(choice, plan)), Entry(id: id("options"), resource: options(choice, plan)),
        ] + tests
    }

    static func period(_ earliest: CalendarDay?, _ latest: CalendarDay?) -> JSONText? {
        earliest == nil && latest == nil
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

    /// The first choice and its alternatives, of which one at most is carried out. Without author: FHIR lets no organisation write one.
    private func options(_ choice: Choice, _ plan: DecisionPlan) -> JSONText {
        let first = Self.object([
            ("prefix", .string("1st line")), ("title", Self.text(choice.text)), ("resource", reference("careplan")),
        ])
        let others = plan.alternatives.enumerated().map { place, other in
            Self.object([("prefix", .string("alternative \(place + 1)")), ("title", Self.text(other.text))])
        }
        let compared = sheet.current.options.filter { name in name != choice.text && !plan.alternatives.contains { $0.text == name } }
        let rest = compared.map { Self.object([("prefix", .string("compared, not proposed")), ("title", Self.text($0))]) }
        return Self.resource(
            "RequestGroup", id("options"),
            [
                ("status", status), ("intent", .string("proposal")), ("subject", reference("patient")),
                (
                    "action",
                    .array([
                        Self.object([
                            ("title", .string("Options in the order of the board's preference")),
                            ("selectionBehavior", .string("at-most-one")),
                            ("action", .array([first] + others + rest)),
                        ])
                    ])
                ),
            ])
    }
}
