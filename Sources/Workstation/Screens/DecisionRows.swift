// The Decision form as printed rows: headings, and for each line its label, what it holds, or what can be done there.
import Meetings
import Surface
import Twins

/// A printed row of the form: text with an optional line of the form behind it.
struct DecisionRow {
    var spans: [Span]
    var line: Int?
}

struct DecisionRows {
    static let labelWidth = 18

    private let state: State
    private let open: OpenCase
    private let meeting: Meeting
    private let width: Int
    private let needed: Set<DecisionField>
    private var look: Look { state.look }
    private var draft: DecisionDraft { open.decisionDraft }

    init(_ state: State, _ open: OpenCase, _ meeting: Meeting, _ rule: QuorumRule, width: Int) {
        self.state = state
        self.open = open
        self.meeting = meeting
        self.width = width
        needed = Set(
            open.decisionDraft.problems(rule: rule, options: open.scenarios.map(\.scenario.name)).compactMap(\.field))
    }

    func rows(_ lines: [DecisionLine]) -> [DecisionRow] {
        var rows: [DecisionRow] = []
        for (index, line) in lines.enumerated() {
            if let heading = heading(line) { rows.append(DecisionRow(spans: [Span(" " + heading, look[.quiet])], line: nil)) }
            rows += spans(line).map { DecisionRow(spans: $0, line: index) }
        }
        return rows
    }

    private func heading(_ line: DecisionLine) -> String? {
        switch line {
        case .seat(0): "Present (Enter marks who is there)"
        case .option(0): "The board proposes (nothing is chosen beforehand)"
        case .alternative(0): "More, where it applies"
        case .addAlternative where draft.plan.alternatives.isEmpty: "More, where it applies"
        default: nil
        }
    }

    private func spans(_ line: DecisionLine) -> [[Span]] {
        switch line {
        case .seat(let place): return [seat(DecisionForm.seats(open, roster: meeting.seats)[place])]
        case .addSeat: return field("Somebody else", "", "Enter, then: name, specialty")
        case .option(let place): return [option(place)]
        case .other:
            return field("Something else", DecisionForm.text(.other, draft), "Enter to write another proposal", needs: nil)
        case .alternative(let place): return field("Alternative \(place + 1)", draft.plan.alternatives[place].text, "")
        case .addAlternative: return field("Alternatives", "", "Enter adds one, the most preferred first")
        case .step(let place):
            let step = draft.plan.steps[place]
            return field("Step \(place + 1)", "\(step.kind.title): \(step.entry)", "")
        case .addStep: return field("Sequence", "", "Enter adds a step: its kind, what and when")
        case .test(let place): return field("Test \(place + 1)", draft.plan.tests[place].entry, "")
        case .addTest: return field("Further tests", "", "Enter adds one: what, +4w to +8w")
        case .followUp:
            let day = draft.followUp.map { "\($0)  (\(DateText.span(Double($0.number - meeting.day.number))))" }
            return field("Follow-up", day ?? "", "arrows, or Enter and a date or +12w", needs: .followUp)
        case .standing: return field("Guideline", standing, "Enter: follows, departs, or none", needs: .standing)
        case .sign:
            let label = open.isDecided ? "Sign an amendment as chair, \(meeting.chair)" : "Sign as chair, \(meeting.chair)"
            return [[Span(" " + label + " …", look[.accent].with(.bold))]]
        default:
            guard let name = DecisionForm.field(line) else { return [] }
            return field(name.label, draft.text(name), hint(name), needs: name)
        }
    }

    private var standing: String {
        switch draft.plan.standing {
        case nil: ""
        case .follows?: "follows it"
        case .departs?: "departs from it"
        case GuidelineStanding.none?: "none for the question"
        }
    }

    private func hint(_ field: DecisionField) -> String {
        switch field {
        case .question: "Enter to write the question"
        case .reason: "Enter to write why"
        case .guideline: "Enter: its name; version; day of the version"
        case .deviation: "Enter: from the guideline, or from the simulation"
        case .informant: "Enter: one of those present, or another"
        case .withoutQuorum: "Enter to write why the board decides all the same"
        case .trial: "none; Enter to name one"
        case .comorbidity: "Enter: what else weighs"
        case .preference: "Enter: what the patient wants"
        case .correspondents: "Enter: names, with ; between them"
        default: "none recorded"
        }
    }

    private func seat(_ seat: Seat) -> [Span] {
        let isThere = draft.present.contains { $0.name == seat.name }
        return [
            mark(isThere, "[x]", "[ ]"), Span(TextWidth.fit(seat.name, to: 22), look[.text]), Span(seat.specialty, look[.text]),
            Span(seat.role == .member ? "" : " · \(seat.role.rawValue)", look[.quiet]),
        ]
    }

    private func option(_ place: Int) -> [Span] {
        let name = open.shown(open.scenarios[place]).name
        let isChosen = draft.choice == .scenario(name)
        return [
            mark(isChosen, "(x)", "( )"), Span("\(look.series(place).letter)  ", look.line(place).with(.bold)),
            Span(name, look[.text].with(isChosen ? .bold : [])),
        ]
    }

    private func mark(_ isOn: Bool, _ on: String, _ off: String) -> Span {
        Span(" " + (isOn ? on : off) + " ", look[isOn ? .good : .quiet])
    }

    /// A label with its text in as many rows as it needs. What a signature waits for carries a sign, not a colour alone.
    private func field(_ label: String, _ text: String, _ empty: String, needs: DecisionField? = nil) -> [[Span]] {
        let isNeeded = needs.map(needed.contains) ?? false
        let lines = text.isEmpty ? [] : TextWidth.wrap(text, width: max(10, width - Self.labelWidth - 2))
        let head = Span((isNeeded ? "*" : " ") + TextWidth.fit(label, to: Self.labelWidth), look[isNeeded ? .warning : .quiet])
        return [[head, lines.first.map { Span($0, look[.text]) } ?? Span(empty, look[.faint])]]
            + lines.dropFirst().map { [Span(String(repeating: " ", count: Self.labelWidth + 1) + $0, look[.text])] }
    }
}

/// The list to choose from, over the form.
enum DecisionPick {
    static func draw(_ state: State, _ pick: PickList, in body: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let shown = pick.shown
        let inside = Overlays.panel(state, pick.title, width: 66, height: pick.items.count + 3, in: body, &drawing)
        let words = pick.filter.isEmpty ? "a digit picks; type a part of it, or use arrows and Enter" : pick.filter
        drawing.frame.put(words, in: inside, line: 0, look[pick.filter.isEmpty ? .quiet : .inputFocused])
        let room = max(1, inside.height - 1)
        let first = max(0, min((pick.selected ?? 0) - room / 2, shown.count - room))
        if shown.isEmpty { drawing.frame.put("nothing of that name; Backspace", in: inside, line: 1, look[.quiet]) }
        for (row, item) in shown.dropFirst(first).prefix(room).enumerated() {
            let place = first + row
            let line = inside.line(row + 1)
            let digit = pick.filter.isEmpty && place < 9 ? "\(place + 1)  " : "   "
            drawing.frame.put([Span(digit, look[.accent]), Span(item.title, look[.text])], at: line.origin, width: line.width)
            drawing.hits.append(Hit(line, .pickRow(place)))
            if pick.selected == place {
                drawing.frame.select(line, look)
                drawing.frame.cursor = line.origin
            }
        }
    }
}
