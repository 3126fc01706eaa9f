// Below the table: what the selected endpoint rests on, and every warning that belongs to the comparison.
import Surface
import Twins

enum CompareNotes {
    struct Line {
        var spans: [Span]
    }

    /// The lines at a width: what casts doubt on everything, the selected endpoint's notes, then the rest.
    static func lines(_ scene: CompareScene, _ state: State, width: Int) -> [Line] {
        let look = state.look
        var lines = warnings(CompareWarnings.doubts(scene.open), state, width: width)
        if let row = selected(scene, state) {
            // Where the table is too narrow for intervals, the selected row's stand here.
            if !CompareTableLayout(scene.rows, count: scene.count, focused: scene.focused, width: width + 2).hasIntervals {
                let figures = row.cells.enumerated().map { "\(ComparePlots.letter($0)) \($1.value) \($1.interval)" }.joined(separator: "  ")
                add([Span(row.fullLabel + ": ", look[.text])], figures, look[.text], width, &lines)
            }
            // A cell has room for the commonest categories only.
            let shares = row.cells.enumerated().filter { !$1.shares.isEmpty }
            if !shares.isEmpty {
                let figures = shares.map { "\(ComparePlots.letter($0)) \(FigureText.shares($1.shares))" }.joined(separator: "   ")
                add([Span(row.fullLabel + ": ", look[.text])], figures, look[.text], width, &lines)
            }
            for note in row.notes {
                let isAssumption = note.hasPrefix("assumption")
                add(
                    [
                        Span("\(isAssumption ? look.glyphs.warning : look.glyphs.bullet) ", look[isAssumption ? .warning : .quiet]),
                        Span(row.label + ": ", look[.text]),
                    ],
                    note, look[.quiet], width, &lines)
            }
        }
        return lines + warnings(CompareWarnings.details(scene.open), state, width: width)
    }

    /// Each warning with the letters of its scenarios.
    static func warnings(_ warnings: [CompareWarning], _ state: State, width: Int) -> [Line] {
        let look = state.look
        var lines: [Line] = []
        for warning in warnings {
            var lead = [Span("\(look.glyphs.warning) ", look[.warning])]
            for letter in warning.letters {
                lead.append(Span(letter, look.line(Int(letter.unicodeScalars.first?.value ?? 65) - 65, .bold)))
                lead.append(Span(letter == warning.letters.last ? ": " : " ", look[.quiet]))
            }
            add(lead, warning.text, look[.text], width, &lines)
        }
        return lines
    }

    static func selected(_ scene: CompareScene, _ state: State) -> FigureRow? {
        scene.rows.isEmpty ? nil : scene.rows[min(max(0, state.compareView.endpoint), scene.rows.count - 1)]
    }

    /// A lead and a text, wrapped under the lead's first word.
    private static func add(_ lead: [Span], _ text: String, _ style: Style, _ width: Int, _ lines: inout [Line]) {
        let taken = min(lead.reduce(0) { $0 + $1.text.width }, max(0, width - 10))
        let hanging = 2
        // The first line is shorter by the lead, so the text is wrapped with a place holder of its length.
        let wrapped = TextWidth.wrap(String(repeating: "x", count: taken) + text, width: max(8, width - hanging))
        for (index, line) in wrapped.enumerated() {
            if index == 0 {
                lines.append(Line(spans: lead + [Span(String(line.dropFirst(taken)), style)]))
            } else {
                lines.append(Line(spans: [Span(String(repeating: " ", count: hanging) + line, style)]))
            }
        }
    }

    /// As many lines as there is room for; what is left out is counted.
    static func draw(_ lines: [Line], _ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard rect.height > 0 else { return }
        let look = state.look
        let shown = lines.count > rect.height ? rect.height - 1 : lines.count
        for (row, line) in lines.prefix(shown).enumerated() {
            drawing.frame.put(line.spans, at: Point(column: rect.column + 1, row: rect.row + row), width: rect.width - 1)
        }
        guard lines.count > rect.height else { return }
        let rest = lines.count - shown
        let words = state.route == .compare && !state.compareView.isTable ? ": t shows them" : ""
        drawing.frame.put(
            "\(look.glyphs.warning) \(rest) more line\(rest == 1 ? "" : "s") of assumptions and warnings\(words)",
            at: Point(column: rect.column + 1, row: rect.maxRow - 1),
            look[.warning], width: rect.width - 1)
    }
}
