// The form of a scenario: its name, each intervention with its fields, values, units, dates and marks.
import Plotting
import Surface
import Twins

enum EditorFormView {
    static func draw(_ scenario: Scenario, _ index: Int, _ open: OpenCase, _ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let isDraft = open.draft?.id == open.scenarios[index].id
        let title = [Span(ComparePlots.letter(index) + "  " + scenario.name, look.line(index, .bold))]
        let inside = drawing.frame.box(
            rect, look, title: title, footer: legend(look, rect.width), focused: true, style: look.line(index, .bold))
        if isDraft { ComparePanels.mark("draft", look, in: rect, &drawing) }
        if let adding = state.editorView.adding { return kinds(adding, open, state, in: inside, &drawing) }

        let lines = EditorForm.lines(scenario, open.model)
        let selected = min(max(0, state.editorView.line), lines.count - 1)
        let first = max(0, min(selected - inside.height / 2, lines.count - inside.height))
        for (row, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
            let place = inside.line(row)
            let isSelected = first + row == selected
            self.line(line, scenario, open, state, in: place, isSelected: isSelected, &drawing)
            drawing.hits.append(Hit(place, .editorLine(first + row)))
        }
        drawing.frame.scrollMark(inside, offset: first, count: lines.count, look)
    }

    private static func legend(_ look: Look, _ width: Int) -> [Span] {
        let changed = [Span("\(look.glyphs.bullet)", look[.accent]), Span(" changed", look[.quiet])]
        let assumption = [Span("  \(look.glyphs.warning)", look[.warning]), Span(" assumption", look[.quiet])]
        return width >= 34 ? changed + assumption : changed
    }

    private static func line(
        _ line: EditorLine, _ scenario: Scenario, _ open: OpenCase, _ state: State, in place: Rect, isSelected: Bool,
        _ drawing: inout Drawing
    ) {
        let look = state.look
        let start = place.origin
        switch line {
        case .name:
            drawing.frame.put(" Name", at: start, look[.quiet])
            let column = start.column + 7
            if !(isSelected && state.editorView.input != nil) {
                drawing.frame.put(scenario.name, at: Point(column: column, row: start.row), look[.heading], width: place.maxColumn - column)
            }
        case .intervention(let index):
            let kind = EditorForm.kind(scenario.interventions[index], open.model)
            drawing.frame.put(
                [
                    Span(" \(index + 1) ", look[.quiet]),
                    Span(kind?.label ?? "unknown: " + scenario.interventions[index].kind, look[.heading]),
                ], at: start,
                width: place.width)
        case .field: field(line, scenario, open, state, in: place, isSelected: isSelected, &drawing)
        case .add: drawing.frame.put(" + add an intervention", at: start, look[.accent], width: place.width)
        }
        guard isSelected else { return }
        drawing.frame.select(place, look)
        drawing.frame.cursor = start
        if line == .name, let input = state.editorView.input {
            input.draw(into: &drawing.frame, at: Point(column: start.column + 7, row: start.row), width: max(2, place.width - 8), look)
        } else if case .field = line, let input = state.editorView.input {
            typing(input, line, scenario, open, state, in: place, &drawing)
        }
    }

    /// Where the values of a form begin, from its left edge.
    private static func valueColumn(_ width: Int) -> Int { width >= 56 ? 28 : width >= 44 ? 24 : 18 }

    private static func field(
        _ line: EditorLine, _ scenario: Scenario, _ open: OpenCase, _ state: State, in place: Rect, isSelected: Bool,
        _ drawing: inout Drawing
    ) {
        guard let (_, field, value) = EditorForm.field(line, scenario, open.model) else { return }
        let look = state.look
        let column = place.column + valueColumn(place.width)
        drawing.frame.put("   " + field.label, at: place.origin, look[.text], width: column - place.column - 2)
        if value != field.standard {
            drawing.frame.put("\(look.glyphs.bullet)", at: Point(column: column - 2, row: place.row), look[.accent])
        }
        var at = drawing.frame.put(
            FigureText.field(value, field), at: Point(column: column, row: place.row), look[.heading],
            width: min(TextWidth.of(SafeText(FigureText.field(value, field)).string), place.maxColumn - column))
        if EditorForm.isDate(field), let days = value.number {
            let date = "  " + FigureText.date(days, from: open.subject.reference)
            at = drawing.frame.put(
                date, at: Point(column: at, row: place.row), look[.quiet], width: min(TextWidth.of(date), max(0, place.maxColumn - at)))
        }
        guard let label = EditorForm.label(of: field.source.trust) else { return }
        // The word where there is room beside the value, else the sign alone.
        let words = "\(look.glyphs.warning) \(label)"
        let text = place.maxColumn - at >= TextWidth.of(words) + 2 && place.width >= 44 ? words : "\(look.glyphs.warning)"
        let width = TextWidth.of(text)
        guard place.maxColumn - width - 1 > at else { return }
        drawing.frame.put(text, at: Point(column: place.maxColumn - width - 1, row: place.row), look[.warning])
    }

    private static func typing(
        _ input: TextInput, _ line: EditorLine, _ scenario: Scenario, _ open: OpenCase, _ state: State, in place: Rect,
        _ drawing: inout Drawing
    ) {
        guard let (_, field, _) = EditorForm.field(line, scenario, open.model), case .number(let unit, _, _) = field.kind else { return }
        let column = place.column + valueColumn(place.width)
        let room = place.maxColumn - column
        let width = max(4, min(12, room - TextWidth.of(unit.label) - 2))
        let rest = Rect(column: column, row: place.row, width: room, height: 1)
        drawing.frame.fill(rest, state.look[.background])
        drawing.frame.put(
            " " + unit.label, at: Point(column: column + width, row: place.row), state.look[.quiet], width: max(0, room - width))
        input.draw(into: &drawing.frame, at: Point(column: column, row: place.row), width: width, state.look)
    }

    private static func kinds(_ adding: Int, _ open: OpenCase, _ state: State, in inside: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let kinds = open.model.interventionKinds
        drawing.frame.put(" Which intervention?", in: inside, line: 0, look[.accent])
        let list = inside.dropTop(1)
        let selected = min(max(0, adding), max(0, kinds.count - 1))
        let first = max(0, min(selected - list.height / 2, kinds.count - list.height))
        for (row, kind) in kinds.dropFirst(first).prefix(list.height).enumerated() {
            let place = list.line(row)
            drawing.frame.put(
                [Span("  " + kind.label, look[.text]), Span("  " + kind.help, look[.quiet])], at: place.origin, width: place.width)
            if first + row == selected {
                drawing.frame.select(place, look)
                drawing.frame.cursor = place.origin
            }
            drawing.hits.append(Hit(place, .editorLine(first + row)))
        }
        drawing.frame.scrollMark(list, offset: first, count: kinds.count, look)
    }
}
