// A draft of the patient's care plan: what the sheet says, in plain words and short sentences, for the team to finish and hand over.
import Meetings
import Twins

/// The care plan of a case.
///
/// Source of its parts: Institut national du cancer, programme personnalisé de soins (programme, support care, contacts, the board's sheet,
/// notice on personal data); TRUST.md §2.
///
/// Invariant D4: it is a draft whatever the sheet is, and says so on every page: it is never signed, and names no figure of the simulation.
public struct CarePlan: Sendable {
    public let sheet: DecisionSheet
    public init(_ sheet: DecisionSheet) { self.sheet = sheet }

    static let placeholder = "To be filled in by the team."
    static let notice =
        "A draft for your care team to complete. Not signed. Made with a research and teaching tool that is not a medical device."

    public var document: SheetDocument {
        SheetDocument(
            title: "Your care plan", subtitle: "For \(patient) · after the meeting of \(Self.inWords(sheet.meeting.day))",
            status: "DRAFT", marks: sheet.marks, notice: Self.notice,
            sections: [why, proposal, next, tests, words, who, support, contacts, reference, data].filter { !$0.blocks.isEmpty })
    }

    /// The name where the identity is printed, else the pseudonym.
    private var patient: String {
        guard let name = sheet.preparation.identity.identity?.names, !name.isEmpty else { return sheet.item.patient }
        return name
    }

    private func section(_ id: String, _ title: String, _ blocks: [SheetBlock]) -> SheetSection {
        SheetSection(id: id, title: title, blocks: blocks)
    }

    private var why: SheetSection {
        let known =
            sheet.conditions.isEmpty
            ? [] : [SheetBlock.paragraph("What we know of your illness:"), .list(sheet.conditions.map(CarePlanWords.plain))]
        return section(
            "why", "Why you receive this plan",
            [
                .paragraph(
                    "On \(Self.inWords(sheet.meeting.day)), several specialists met to talk about your health. "
                        + "Such a meeting is called a multidisciplinary board meeting. The board was: \(sheet.meeting.title)."),
                .paragraph("The question was: \(sheet.current.question.isEmpty ? Self.placeholder : sheet.current.question)"),
            ] + known)
    }

    private var proposal: SheetSection {
        guard let choice = sheet.current.choice, !sheet.decisions.isEmpty else {
            return section(
                "proposal", "What the specialists propose",
                [.paragraph("The specialists have not signed a proposal yet. This part is filled in when they have.")])
        }
        var blocks: [SheetBlock] = [
            .paragraph("The specialists propose: \(choice.text)."),
            .paragraph("Why: \(sheet.current.reason)"),
        ]
        let others = sheet.current.plan.alternatives.map(\.text)
        if !others.isEmpty { blocks += [.paragraph("If this does not suit you, there are other ways:"), .list(others)] }
        let wish = sheet.current.plan.preference
        blocks.append(.paragraph(wish.isEmpty ? "What matters to you: \(Self.placeholder)" : "What you told us matters to you: \(wish)"))
        blocks.append(
            .paragraph("This is a proposal. You decide together with your doctor. You may ask questions, ask for time, or say no."))
        return section("proposal", "What the specialists propose", blocks)
    }

    private var next: SheetSection {
        let steps = sheet.decisions.isEmpty ? [] : sheet.current.plan.steps
        let list: SheetBlock =
            steps.isEmpty
            ? .paragraph("The steps and their dates: \(Self.placeholder)")
            : .list(steps.map { "\(Self.kind($0.kind)): \($0.what). \(Self.when($0.earliest, $0.latest))" })
        let review =
            sheet.decisions.isEmpty
            ? nil : sheet.current.followUp.map { "The specialists look at your case again on \(Self.inWords($0))." }
        return section("next", "What happens next", [list, .paragraph(review ?? "When your case is looked at again: \(Self.placeholder)")])
    }

    private var tests: SheetSection {
        let tests = sheet.decisions.isEmpty ? [] : sheet.current.plan.tests
        return section(
            "tests", "Examinations before or during treatment",
            [
                tests.isEmpty
                    ? .paragraph("The board has asked for no further examination in writing.")
                    : .list(tests.map { "\($0.what). \(Self.when($0.earliest, $0.latest))" })
            ])
    }

    /// Abbreviations in what people wrote: the common ones explained, the others for the team to explain.
    private var words: SheetSection {
        let current = sheet.current
        let isSigned = !sheet.decisions.isEmpty
        let signed =
            [current.choice?.text ?? "", current.reason] + current.plan.alternatives.map(\.text) + current.plan.steps.map(\.what)
            + current.plan.tests.map(\.what)
        let texts = [current.question] + sheet.conditions + (isSigned ? signed : [])
        let found = CarePlanWords.abbreviations(texts).map { "\($0): \(CarePlanWords.known[$0] ?? Self.placeholder)" }
        let terms = CarePlanWords.terms(in: texts).map { "\($0.word): \($0.meaning)" }
        return section("words", "Words that may be new to you", found.isEmpty && terms.isEmpty ? [] : [.list(found + terms)])
    }

    private var who: SheetSection {
        let informant = sheet.current.plan.informant
        let trusted = sheet.preparation.identity.identity?.details.trustedPerson ?? ""
        return section(
            "who", "Who talks with you about it",
            [
                .paragraph(
                    informant.isEmpty
                        ? "Who explains the proposal to you: \(Self.placeholder)"
                        : "\(informant) explains the proposal to you and answers your questions."),
                .paragraph(
                    "You may bring a person you trust to every talk."
                        + (trusted.isEmpty ? "" : " You have named as your trusted person: \(trusted).")),
            ])
    }

    private var support: SheetSection {
        section(
            "support", "Help beside the treatment",
            [
                .paragraph("You can ask for help with pain, food, movement, mood, work and money, and for your family."),
                .paragraph("What was agreed: \(Self.placeholder)"),
            ])
    }

    private var contacts: SheetSection {
        section(
            "contacts", "Whom to call",
            [
                .field(SheetField(id: "day", label: "By day", value: .of(Self.placeholder))),
                .field(SheetField(id: "night", label: "At night and at weekends", value: .of(Self.placeholder))),
                .field(SheetField(id: "emergency", label: "When to call at once", value: .of(Self.placeholder))),
                .field(
                    SheetField(
                        id: "practitioner", label: "Your general practitioner",
                        value: .of(sheet.preparation.generalPractitioner ?? Self.placeholder))),
            ])
    }

    private var reference: SheetSection {
        section(
            "reference", "The board's own document",
            [
                .paragraph(
                    "This plan goes with the decision sheet \(sheet.meeting.id)/\(sheet.item.id), "
                        + (sheet.decisions.isEmpty
                            ? "which is not signed yet."
                            : "version \(sheet.decisions.count), signed by \(sheet.decisions.last?.signedBy ?? "") on "
                                + "\(Self.inWords(sheet.decisions.last?.signedAt.day ?? sheet.meeting.day)).")
                        + " You may ask for a copy of it."),
                .paragraph(
                    "The specialists may have looked at computed forecasts. They are uncertain and are not a promise. "
                        + "People decide, not the computer."),
            ])
    }

    private var data: SheetSection {
        section(
            "data", "Your data",
            [
                .paragraph(
                    "Facts about your health are kept and processed to prepare this meeting and your care. Who looked at them is written down."
                ),
                .paragraph(
                    "You may see them, have mistakes corrected, limit their use, object to their use for research, and ask who has looked at them. "
                        + "To do so, or to complain, write to the data protection officer: \(Self.placeholder)"),
            ])
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    private static let weekdays = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]

    /// `Thursday 26 November 2026`.
    static func inWords(_ day: CalendarDay) -> String {
        let (year, month, date) = day.components
        // 1 January 1970 was a Thursday.
        return "\(weekdays[((day.number % 7) + 7) % 7]) \(date) \(months[month - 1]) \(year)"
    }

    private static func when(_ earliest: CalendarDay?, _ latest: CalendarDay?) -> String {
        switch (earliest, latest) {
        case (let from?, let to?) where from == to: "On \(inWords(from))."
        case (let from?, let to?): "Between \(inWords(from)) and \(inWords(to))."
        case (let from?, nil): "Not before \(inWords(from))."
        case (nil, let to?): "By \(inWords(to))."
        case (nil, nil): "The date will be given to you."
        }
    }

    /// The kind of a step as one would say it to a patient.
    private static func kind(_ kind: TreatmentKind) -> String {
        switch kind {
        case .surgery: "Operation"
        case .radiotherapy: "Radiotherapy (treatment with rays)"
        case .brachytherapy: "Brachytherapy (rays from a source placed in the body)"
        case .therapeuticWindow: "A planned pause in treatment"
        case .activeSurveillance: "Close check-ups, with treatment only if the illness moves"
        case .chemotherapy: "Chemotherapy (drugs that stop cells from growing)"
        case .immunotherapy: "Immunotherapy (drugs that help your own defences)"
        case .targetedTherapy: "Targeted drugs (drugs made for one feature of the illness)"
        case .hormoneTherapy: "Hormone treatment"
        case .interventionalRadiology: "Treatment through the skin, guided by images"
        case .endoscopy: "Treatment through a tube with a camera (endoscopy)"
        case .transplantation: "Transplantation"
        case .cellTherapy: "Treatment with cells"
        case .radionuclide: "Treatment with a radioactive drug"
        case .device: "A device that is put in or worn"
        case .otherDrug: "Medicine"
        case .supportiveCare: "Care that eases the burden of illness and treatment"
        case .palliativeCare: "Care that eases discomfort"
        case .rehabilitation: "Training to regain strength and skills (rehabilitation)"
        case .surveillance: "Regular check-ups"
        case .other: "Treatment"
        }
    }
}
