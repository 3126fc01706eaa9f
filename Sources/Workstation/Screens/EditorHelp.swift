// Below the form: what the selected line means, its limits, its standard value and where that comes from.
import Plotting
import Surface
import Twins

enum EditorHelp {
    static func height(in rect: Rect) -> Int { rect.height >= 40 ? 12 : rect.height >= 28 ? 10 : rect.height >= 16 ? 7 : 0 }

    static func draw(_ scenario: Scenario, _ open: OpenCase, _ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard rect.height >= 3 else { return }
        let look = state.look
        let lines = EditorForm.lines(scenario, open.model)
        let line = lines[min(max(0, state.editorView.line), lines.count - 1)]
        let (title, words) = content(line, scenario, open, state)
        let inside = drawing.frame.box(rect, look, title: title).inset(columns: rect.width >= 44 ? 1 : 0, rows: 0)
        var row = 0
        if let (_, field, value) = EditorForm.field(line, scenario, open.model), state.editorView.adding == nil {
            row = slider(field, value, look, in: inside, &drawing)
        }
        let problem = Update.problem(scenario, open).map { [($0, Theme.Role.danger)] } ?? []
        for (text, role) in problem + words {
            for part in TextWidth.wrap(text, width: max(1, inside.width)) where row < inside.height {
                drawing.frame.put(part, in: inside, line: row, look[role])
                row += 1
            }
        }
    }

    /// The value's place between its limits, and the standard; returns the lines taken.
    private static func slider(_ field: Field, _ value: FieldValue, _ look: Look, in inside: Rect, _ drawing: inout Drawing) -> Int {
        guard case .number(let unit, let limits, let step) = field.kind, let number = value.number, limits.lowerBound < limits.upperBound
        else { return 0 }
        let low = FigureText.fieldNumber(limits.lowerBound, step: step)
        let high = FigureText.fieldNumber(limits.upperBound, step: step) + (unit.label.isEmpty ? "" : " " + unit.label)
        let width = min(40, inside.width - TextWidth.of(low) - TextWidth.of(high) - 2)
        guard width >= 8 else { return 0 }
        let mark = IntervalMark.text(
            number, limits.lowerBound, limits.upperBound, from: limits.lowerBound, to: limits.upperBound, width: width, look)
        drawing.frame.put([Span(low + " ", look[.quiet]), Span(mark, look[.accent]), Span(" " + high, look[.quiet])], in: inside, line: 0)
        return 1
    }

    private static func content(_ line: EditorLine, _ scenario: Scenario, _ open: OpenCase, _ state: State) -> (
        String, [(String, Theme.Role)]
    ) {
        if let adding = state.editorView.adding, open.model.interventionKinds.indices.contains(adding) {
            let kind = open.model.interventionKinds[adding]
            return (kind.label, [(kind.help, .text), ("Enter adds it with its standard values, Esc leaves the list.", .quiet)])
        }
        switch line {
        case .name: return ("Name", [("Stands on the plots, in the table and in the decision. Enter types it.", .text)])
        case .add: return ("Add", [("Enter lists what this model understands.", .text)])
        case .intervention(let index):
            let kind = EditorForm.kind(scenario.interventions[index], open.model)
            return (kind?.label ?? "Unknown", [(kind?.help ?? "This model does not know it.", .text), ("x removes it.", .quiet)])
        case .field:
            guard let (_, field, value) = EditorForm.field(line, scenario, open.model) else { return ("", []) }
            var words: [(String, Theme.Role)] = []
            if !field.help.isEmpty { words.append((field.help, .text)) }
            let standard = FigureText.field(field.standard, field)
            words.append(
                (
                    value == field.standard ? "Standard value." : "Changed; the standard is \(standard).",
                    value == field.standard ? .quiet : .accent
                ))
            if let label = EditorForm.label(of: field.source.trust) {
                words.append(("\(state.look.glyphs.warning) \(label): \(field.source.citation)", .warning))
            } else {
                words.append(("Source: \(field.source.citation)" + (field.source.trust == .excerpt ? " (read in an excerpt)" : ""), .quiet))
            }
            if case .choice(let choices) = field.kind { words.append((choices.map(\.label).joined(separator: " · "), .quiet)) }
            return (field.label, words)
        }
    }
}
