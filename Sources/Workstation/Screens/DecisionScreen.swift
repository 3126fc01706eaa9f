// The decision: who is present, the question, the options, what the board proposes and why, and the chair's signature.
import Meetings
import Surface
import Twins

enum DecisionScreen {
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard let open = state.open, let meeting = state.meeting else { return OpeningWords.draw(state, in: rect, &drawing) }
        let rule = QuorumRule.rule(for: meeting.board)
        if rect.width >= 110 {
            let parts = rect.columns([.share(3), .share(2)], gap: 1)
            form(state, open, meeting, rule, in: parts[0], &drawing)
            side(state, open, rule, in: parts[1], &drawing)
        } else {
            let rows = min(4, rect.height / 4)
            form(state, open, meeting, rule, in: rect.dropBottom(rows), &drawing)
            problems(state, open, rule, in: rect.bottom(rows).inset(columns: 1, rows: 0), &drawing)
        }
    }

    /// A printed row of the form: text with an optional line of the form behind it.
    private struct Row {
        var spans: [Span]
        var line: Int?
    }

    private static func form(
        _ state: State, _ open: OpenCase, _ meeting: Meeting, _ rule: QuorumRule, in rect: Rect, _ drawing: inout Drawing
    ) {
        let look = state.look
        let version = open.decisions.count
        let isAmending = open.decisions.last.map { $0.draft != open.decisionDraft } ?? false
        let title =
            version == 0
            ? "Decision · not signed"
            : isAmending
                ? "Amendment \(version + 1) · not signed, version \(version) stands"
                : "Decision · signed, version \(version)"
        let inside = drawing.frame.box(
            rect, look, title: title, footer: open.decisionIsUnsaved ? "draft, being saved" : "saved", focused: true)
        let rows = rows(state, open, meeting, rule, width: inside.width)
        let lines = DecisionForm.lines(open, roster: meeting.seats, rule: rule)
        let selectedLine = min(state.decisionView.line, lines.count - 1)
        let place = rows.firstIndex { $0.line == selectedLine } ?? 0
        let first = max(0, min(place - inside.height / 2, rows.count - inside.height))
        for (row, content) in rows.dropFirst(first).prefix(inside.height).enumerated() {
            let line = inside.line(row)
            drawing.frame.put(content.spans, at: line.origin, width: line.width)
            guard let index = content.line else { continue }
            drawing.hits.append(Hit(line, .decisionLine(index)))
            if index == selectedLine {
                if let input = state.decisionView.input, first + row == place {
                    input.draw(
                        into: &drawing.frame, at: Point(column: line.column + labelWidth + 1, row: line.row),
                        width: line.width - labelWidth - 1, look)
                } else {
                    drawing.frame.select(line, look)
                    if first + row == place { drawing.frame.cursor = line.origin }
                }
            }
        }
        if rows.count > inside.height { drawing.frame.scrollMark(inside, offset: first, count: rows.count, look) }
    }

    private static let labelWidth = 15

    private static func rows(_ state: State, _ open: OpenCase, _ meeting: Meeting, _ rule: QuorumRule, width: Int) -> [Row] {
        let look = state.look
        let draft = open.decisionDraft
        var rows: [Row] = []
        var index = 0
        func heading(_ text: String) { rows.append(Row(spans: [Span(" " + text, look[.quiet])], line: nil)) }
        func field(_ label: String, _ text: String, _ empty: String) {
            let lines = text.isEmpty ? [] : TextWidth.wrap(text, width: max(10, width - labelWidth - 2))
            let head = Span(" " + TextWidth.fit(label, to: labelWidth), look[.quiet])
            rows.append(Row(spans: [head, lines.first.map { Span($0, look[.text]) } ?? Span(empty, look[.faint])], line: index))
            for line in lines.dropFirst() {
                rows.append(Row(spans: [Span(String(repeating: " ", count: labelWidth + 1) + line, look[.text])], line: index))
            }
            index += 1
        }
        func mark(_ isOn: Bool, _ on: String, _ off: String) -> Span { Span(" " + (isOn ? on : off) + " ", look[isOn ? .good : .quiet]) }

        heading("Present (Enter marks who is there)")
        for seat in DecisionForm.seats(open, roster: meeting.seats) {
            let isThere = draft.present.contains { $0.name == seat.name }
            rows.append(
                Row(
                    spans: [
                        mark(isThere, "[x]", "[ ]"), Span(TextWidth.fit(seat.name, to: 22), look[.text]), Span(seat.specialty, look[.text]),
                        Span(seat.role == .member ? "" : " · \(seat.role.rawValue)", look[.quiet]),
                    ], line: index))
            index += 1
        }
        field("Somebody else", "", "Enter, then: name, specialty")
        field("Question", draft.question, "Enter to write the question")
        heading("The board proposes (nothing is chosen beforehand)")
        for (place, scenario) in open.scenarios.enumerated() {
            let name = open.shown(scenario).name
            let isChosen = draft.choice == .scenario(name)
            rows.append(
                Row(
                    spans: [
                        mark(isChosen, "(x)", "( )"), Span("\(look.series(place).letter)  ", look.line(place).with(.bold)),
                        Span(name, look[.text].with(isChosen ? .bold : [])),
                    ], line: index))
            index += 1
        }
        field("Something else", { if case .other(let words) = draft.choice { words } else { "" } }(), "Enter to write another proposal")
        field("Reason", draft.reason, "Enter to write why")
        field("Dissent", draft.dissent, "none recorded")
        field(
            "Follow-up", draft.followUp.map { "\($0)  (\(DateText.span(Double($0.number - meeting.day.number))))" } ?? "",
            "Enter a date, +12w, or use arrows")
        if !Quorum(draft.present, rule: rule).isReached {
            field("Without quorum", draft.withoutQuorum, "Enter to write why the board decides all the same")
        }
        let label = open.isDecided ? "Sign an amendment as chair, \(meeting.chair)" : "Sign as chair, \(meeting.chair)"
        rows.append(Row(spans: [Span(" " + label + " …", look[.accent].with(.bold))], line: index))
        return rows
    }

    private static func side(_ state: State, _ open: OpenCase, _ rule: QuorumRule, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let problemRows = min(10, rect.height / 3)
        let inside = drawing.frame.box(rect.dropBottom(problemRows), look, title: "What the board saw")
        var row = 0
        func put(_ text: String, _ style: Style) {
            for line in TextWidth.wrap(text, width: max(1, inside.width)) where row < inside.height {
                drawing.frame.put(line, in: inside, line: row, style)
                row += 1
            }
        }
        for decision in open.decisions.reversed() {
            put(
                "\(look.glyphs.tick) version \(decision.version) signed by \(decision.signedBy), \(decision.signedAt.day): \(decision.draft.choice?.text ?? "")",
                look[.good])
        }
        let warnings = CompareWarnings.all(open).flatMap { warning in
            let letters = warning.letters.isEmpty ? "" : warning.letters.joined(separator: " ") + ": "
            return TextWidth.wrap("\(look.glyphs.warning) " + letters + warning.text, width: max(1, inside.width))
        }
        if let comparison = open.comparison {
            let columns = open.columns
            // What must be known of the figures is seen too, however many figures there are.
            let room = inside.height - min(warnings.count, inside.height / 3)
            for endpoint in comparison.endpoints.prefix(8) where row + 1 + open.scenarios.count <= room {
                let isAssumed = endpoint.notes.contains { $0.hasPrefix("assumption") }
                put(endpoint.label + (isAssumed ? " \(look.glyphs.warning) assumption" : ""), look[.quiet])
                for (place, scenario) in open.scenarios.enumerated() where row < inside.height {
                    let words = columns[place].map { figure(endpoint, $0) } ?? "…"
                    drawing.frame.put(
                        [
                            Span("  \(look.series(place).letter) ", look.line(place).with(.bold)), Span(words, look[.text]),
                            Span("  " + open.shown(scenario).name, look[.faint]),
                        ], at: inside.line(row).origin, width: inside.width)
                    row += 1
                }
            }
        } else {
            put(
                state.isSimulationHidden
                    ? "The simulation opens once the opinions are in: 3 asks for yours."
                    : "No comparison yet: the twin's forecasts are not there.", look[.quiet])
        }
        for line in warnings { put(line, look[.warning]) }
        problems(state, open, rule, in: rect.bottom(problemRows), &drawing)
    }

    private static func problems(_ state: State, _ open: OpenCase, _ rule: QuorumRule, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let found = open.decisionDraft.problems(rule: rule, options: open.scenarios.map(\.scenario.name))
        var lines =
            found.isEmpty
            ? [("\(look.glyphs.tick) ready to sign", look[.good])]
            : found.map { ("\(look.glyphs.warning) " + $0.description, look[.warning]) }
        lines.append(("Quorum: " + rule.source, look[.faint]))
        var row = 0
        for (text, style) in lines {
            for line in TextWidth.wrap(text, width: max(1, rect.width)) where row < rect.height {
                drawing.frame.put(line, in: rect, line: row, style)
                row += 1
            }
        }
    }

    private static func figure(_ endpoint: ComparedEndpoint, _ place: Int) -> String {
        if endpoint.shares.indices.contains(place), !endpoint.shares[place].isEmpty { return FigureText.shares(endpoint.shares[place]) }
        return endpoint.estimates[place].map { FigureStyle(endpoint).full($0) } ?? FigureText.none
    }

    /// The decision as a few lines of text, for the clipboard.
    static func plainText(_ state: State) -> String {
        guard let open = state.open else { return "" }
        let draft = open.decisionDraft
        return """
            \(open.item.patient): \(draft.question)
            Proposed: \(draft.choice?.text ?? "nothing chosen yet")
            Reason: \(draft.reason)
            Dissent: \(draft.dissent.isEmpty ? "none recorded" : draft.dissent)
            Follow-up: \(draft.followUp?.description ?? "no date")
            twinboard: research and teaching, not a medical device
            """
    }
}
