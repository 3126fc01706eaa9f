// The form of a seat's own opinion, and what stands in the simulation's place until it is given.
import Meetings
import Surface
import Twins

enum OpinionPane {
    /// In the place of Compare, Scenario or Evidence.
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard let open = state.open, let sitting = state.sitting, let voices = state.voices else {
            return OpeningWords.draw(state, in: rect, &drawing)
        }
        if state.isAskedForOpinion { return form(state, open, in: rect, &drawing) }
        let look = state.look
        let inside = drawing.frame.box(rect, look, title: "Waiting for the opinions", focused: true).inset(columns: 1, rows: 0)
        var lines = ["\(voices.given) of \(voices.asked.count) who are here have given theirs."]
        if !voices.awaited.isEmpty { lines.append("Awaited: " + voices.awaited.joined(separator: ", ")) }
        if sitting.seat.hasVoice {
            lines += ["", "Yours is in. The others follow your screen, and the room may see it: the simulation opens here with the last."]
        } else {
            lines += ["", "Your role gives no opinion. The simulation opens here once all are in, as on the shared screen."]
        }
        if sitting.seat.role == .chair { lines += ["", "As chair you can unseal them before, with the reason: 7, then u."] }
        var row = 0
        for line in lines.flatMap({ $0.isEmpty ? [""] : TextWidth.wrap($0, width: max(1, inside.width)) }) {
            drawing.frame.put(line, in: inside, line: row, look[.text])
            row += 1
        }
    }

    /// The form itself, here and on Seats.
    static func form(_ state: State, _ open: OpenCase, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let draft = state.opinionDraft
        let title = state.isRevision ? "Revise your opinion" : "Your own opinion first"
        let inside = drawing.frame.box(rect, look, title: title, footer: footer(state), focused: true)
        guard inside.height > 0, inside.width > 20 else { return }
        let words =
            state.isTakenUpAgain
            ? "What you had begun is still here; nobody else has seen it. The last line gives it."
            : state.isRevision
                ? "Every version is kept. Say why you change it."
                : "The simulation opens when it is given. Nobody sees it before all are in. A letter and Enter are enough."
        var row = 0
        for line in [open.item.question, words].flatMap({ TextWidth.wrap($0, width: inside.width - 2) })
        where row < max(0, inside.height - 9) {
            drawing.frame.put(" " + line, in: inside, line: row, look[row == 0 ? .heading : .quiet])
            row += 1
        }
        let lines = OpinionForm.lines(open)
        let selected = min(max(0, state.seatsView.line), lines.count - 1)
        let room = max(1, inside.height - row)
        let first = max(0, min(selected - room / 2, lines.count - room))
        for (offset, line) in lines.dropFirst(first).prefix(room).enumerated() {
            let place = inside.line(row + offset)
            let index = first + offset
            drawing.hits.append(Hit(place, .opinionLine(index)))
            let field = put(line, draft, open, state, at: place, &drawing)
            guard index == selected else { continue }
            if let input = state.seatsView.input, let field {
                input.draw(into: &drawing.frame, at: Point(column: field, row: place.row), width: place.maxColumn - field, look)
            } else {
                drawing.frame.select(place, look)
                drawing.frame.cursor = place.origin
            }
        }
    }

    /// Draws a line; the column at which its text begins, where it has one.
    private static func put(
        _ line: OpinionLine, _ draft: OpinionDraft, _ open: OpenCase, _ state: State, at place: Rect, _ drawing: inout Drawing
    ) -> Int? {
        let look = state.look
        func mark(_ isOn: Bool) -> Span { Span(isOn ? " (x) " : " ( ) ", look[isOn ? .good : .quiet]) }
        func field(_ label: String, _ text: String, _ empty: String) -> Int {
            let head = " " + TextWidth.fit(label, to: 20)
            drawing.frame.put(
                [Span(head, look[.quiet]), Span(text.isEmpty ? empty : text, look[text.isEmpty ? .faint : .text])], at: place.origin,
                width: place.width)
            return place.column + TextWidth.of(head)
        }
        switch line {
        case .option(let index):
            let series = look.series(index)
            let name = open.shown(open.scenarios[index]).name
            drawing.frame.put(
                [
                    mark(draft.choice == .scenario(name)), Span("\(series.letter)  ", look.line(index).with(.bold)),
                    Span(name, look[.text]),
                ], at: place.origin, width: place.width)
        case .none:
            drawing.frame.put([mark(draft.isNone), Span("No opinion, with the reason", look[.text])], at: place.origin, width: place.width)
        case .other:
            return field("Something else", OpinionForm.text(.other, draft) ?? "", "Enter to write another proposal")
        case .reason:
            return field("Reason", draft.reason, draft.isNone || state.isRevision ? "Enter to write why (asked for)" : "Enter to write why")
        case .comorbidity: return field("Other diseases", draft.comorbidity, "what of them weighs here")
        case .preference: return field("The patient wants", draft.preference, "as you know it")
        case .give:
            let words = draft.isNone ? "Declare no opinion" : state.isRevision ? "Revise it" : "Give it"
            drawing.frame.put(" " + words + " (Enter)", at: place.origin, look[.accent].with(.bold), width: place.width)
        }
        return nil
    }

    private static func footer(_ state: State) -> String {
        guard let voices = state.voices else { return "" }
        return "\(voices.given) of \(voices.asked.count) given, " + (voices.isUnsealed ? "unsealed" : "sealed")
    }
}
