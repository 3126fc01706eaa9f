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
            let rows = min(3, rect.height / 4)
            form(state, open, meeting, rule, in: rect.dropBottom(rows), &drawing)
            problems(state, open, rule, in: rect.bottom(rows).inset(columns: 1, rows: 0), &drawing)
        }
        if let pick = state.decisionView.pick { DecisionPick.draw(state, pick, in: rect, &drawing) }
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
        let lines = DecisionForm.lines(open, roster: meeting.seats, rule: rule)
        let rows = DecisionRows(state, open, meeting, rule, width: inside.width).rows(lines)
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
                        into: &drawing.frame, at: Point(column: line.column + DecisionRows.labelWidth + 1, row: line.row),
                        width: line.width - DecisionRows.labelWidth - 1, look)
                } else {
                    drawing.frame.select(line, look)
                    if first + row == place { drawing.frame.cursor = line.origin }
                }
            }
        }
        if rows.count > inside.height { drawing.frame.scrollMark(inside, offset: first, count: rows.count, look) }
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
                "\(look.glyphs.tick) version \(decision.version) \(decision.signatureWords(meeting: state.meeting?.day ?? decision.signedAt.day)): \(decision.draft.choice?.text ?? "")",
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
            for endpoint in comparison.applicable.prefix(8) where row + 1 + open.scenarios.count <= room {
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
        let standing: (String, Style) =
            if open.isSigned {
                ("\(look.glyphs.tick) signed, version \(open.decisions.count)", look[.good])
            } else {
                open.unsettled.map { ("not yet: " + $0, look[.quiet]) } ?? ("\(look.glyphs.tick) ready to sign", look[.good])
            }
        let lines: [(String, Style)] =
            found.isEmpty
            ? [standing]
            : found.count > rect.height - 1
                ? [(missing(found, look), look[.warning])] : found.map { ("\(look.glyphs.warning) " + $0.description, look[.warning]) }
        var row = 0
        for (text, style) in lines {
            for line in TextWidth.wrap(text, width: max(1, rect.width)) where row < rect.height {
                drawing.frame.put(line, in: rect, line: row, style)
                row += 1
            }
        }
        // The mark comes first: on a small screen the sources are cut, and the key is named that shows them whole.
        let mark = rule.source.contains("assumption") ? "Quorum (in part assumption): " : "Quorum: "
        let sources = TextWidth.wrap(mark + rule.source, width: max(1, rect.width))
        let room = rect.height - row
        for (place, line) in sources.prefix(max(0, room)).enumerated() {
            let isCut = place == room - 1 && sources.count > room
            let shown = isCut ? TextWidth.fit(line + "…", to: max(1, rect.width - 8)) + " B: all" : line
            drawing.frame.put(shown, in: rect, line: row + place, look[.faint])
        }
    }

    /// All that is missing by its fields' names, where there is no room for sentences.
    private static func missing(_ found: [SigningProblem], _ look: Look) -> String {
        "\(look.glyphs.warning) missing: " + found.compactMap { $0.field?.label.lowercased() }.joined(separator: ", ")
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
            Guideline: \(Update.standingWords(draft))
            Alternatives: \(draft.text(.alternatives))
            Sequence: \(draft.text(.steps))
            Tells the patient: \(draft.plan.informant)
            Dissent: \(draft.dissent.isEmpty ? "none recorded" : draft.dissent)
            Follow-up: \(draft.followUp?.description ?? "no date")
            twinboard: research and teaching, not a medical device
            """
    }
}
