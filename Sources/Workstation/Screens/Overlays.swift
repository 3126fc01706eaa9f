// What lies over a screen: help, palette, search, a letter, a question that needs an answer.
import Surface
import Twins

enum Overlays {
    static func draw(_ state: State, in body: Rect, _ drawing: inout Drawing) {
        switch state.overlay {
        case .help(let scroll): help(state, scroll, in: body, &drawing)
        case .palette(let palette): self.palette(state, palette, in: body, &drawing)
        case .search(let search): self.search(state, search, in: body, &drawing)
        case .confirm(let confirmation): confirm(state, confirmation, in: body, &drawing)
        case .document(let title, let text, let scroll): document(state, title, text, scroll, in: body, &drawing)
        case .passphrase(let dialog): PassphrasePanel.draw(state, dialog, in: body, &drawing)
        case nil: break
        }
    }

    /// A box over the body with everything beneath it gone; returns its inside.
    static func panel(_ state: State, _ title: String, width: Int, height: Int, in body: Rect, _ drawing: inout Drawing) -> Rect {
        let rect = body.centred(width: min(width, body.width), height: min(height, body.height))
        drawing.frame.fill(rect, state.look[.background])
        // Nothing beneath an overlay answers to the mouse.
        drawing.hits.removeAll { $0.rect.row >= body.row && $0.rect.row < body.maxRow }
        return drawing.frame.box(rect, state.look, title: title, focused: true)
    }

    /// Width and height inside of a letter's panel.
    private static func letterSize(_ state: State) -> Size {
        Size(columns: max(1, min(90, state.size.columns) - 4), rows: max(1, state.size.rows - 5))
    }

    /// How far what lies over the screen can be scrolled.
    static func lastScroll(_ state: State) -> Int {
        switch state.overlay {
        case .help:
            let actions = state.offered.count
            return max(0, actions - max(1, min(actions + 5, state.size.rows - 3) - 4))
        case .document(_, let text, _):
            let size = letterSize(state)
            return max(0, TextWidth.wrap(text, width: size.columns).count - size.rows)
        default: return 0
        }
    }

    private static func help(_ state: State, _ scroll: Int, in body: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let actions = state.offered
        let inside = panel(state, "Keys on \(state.route.title)", width: 84, height: actions.count + 5, in: body, &drawing)
        let room = max(1, inside.height - 2)
        let first = max(0, min(scroll, actions.count - room))
        for (row, info) in actions.dropFirst(first).prefix(room).enumerated() {
            let reason = state.whyNot(info.action)
            let words = info.title + (reason.map { " (" + $0 + ")" } ?? "")
            drawing.frame.put(
                [
                    Span(TextWidth.fit(info.keyText, to: 8), look[.footerKey].on(look[.background].background)),
                    Span(words, look[reason == nil ? .text : .faint]),
                ],
                at: inside.line(row).origin, width: inside.width)
        }
        if actions.count > room { drawing.frame.scrollMark(inside, offset: first, count: actions.count, look) }
        drawing.frame.put(
            "Colours: band = 80 % of the draws, line = median, \(look.glyphs.bullet) = observed", in: inside, line: inside.height - 1,
            look[.quiet])
    }

    private static func palette(_ state: State, _ palette: PaletteState, in body: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let found = Palette.matches(palette.input.text, in: state.offered)
        let inside = panel(state, "What to do", width: 72, height: 18, in: body, &drawing)
        drawing.frame.put(":", in: inside, line: 0, look[.accent])
        palette.input.draw(into: &drawing.frame, at: Point(column: inside.column + 1, row: inside.row), width: inside.width - 1, look)
        let room = max(1, inside.height - 1)
        let first = max(0, min(palette.selected - room / 2, found.count - room))
        if found.isEmpty { drawing.frame.put("nothing of that name on this screen", in: inside, line: 1, look[.quiet]) }
        for (row, info) in found.dropFirst(first).prefix(room).enumerated() {
            let line = inside.line(row + 1)
            let isPossible = state.whyNot(info.action) == nil
            drawing.frame.put(
                TextWidth.fit(info.title, to: max(1, line.width - 8)) + " " + info.keyText, at: line.origin,
                look[isPossible ? .text : .faint], width: line.width)
            if first + row == palette.selected { drawing.frame.select(line, look) }
            drawing.hits.append(Hit(line, .paletteRow(first + row)))
        }
    }

    private static func search(_ state: State, _ search: SearchState, in body: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let inside = panel(state, "Search cases and letters", width: 96, height: 20, in: body, &drawing)
        drawing.frame.put("/", in: inside, line: 0, look[.accent])
        search.input.draw(into: &drawing.frame, at: Point(column: inside.column + 1, row: inside.row), width: inside.width - 1, look)
        let room = max(1, (inside.height - 1) / 2)
        let first = max(0, min(search.selected - room / 2, search.hits.count - room))
        if search.hits.isEmpty {
            let words =
                search.input.text.isEmpty
                ? "type words of a case, a question or a letter"
                : (search.answered == search.input.text ? "nothing found for these words" : "searching")
            drawing.frame.put(words, in: inside, line: 1, look[.quiet])
        }
        for (row, hit) in search.hits.dropFirst(first).prefix(room).enumerated() {
            let lines = Rect(column: inside.column, row: inside.row + 1 + row * 2, width: inside.width, height: 2)
            drawing.frame.put(hit.title, in: lines, line: 0, look[.text])
            drawing.frame.put("  " + hit.detail, in: lines, line: 1, look[.quiet])
            if first + row == search.selected { drawing.frame.select(lines, look) }
            drawing.hits.append(Hit(lines, .searchRow(first + row)))
        }
    }

    private static func confirm(_ state: State, _ confirmation: Confirmation, in body: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let width = min(76, body.width)
        // Long texts are cut, so that the last line, which says what to type, is always seen.
        let lines = confirmation.lines.flatMap { text -> [String] in
            let wrapped = TextWidth.wrap(text, width: max(1, width - 4))
            return wrapped.count <= 3 ? wrapped : wrapped.prefix(2) + [TextWidth.fit(wrapped[2], to: max(1, width - 6)) + " …"]
        }.suffix(max(1, body.height - 5))
        let inside = panel(state, confirmation.title, width: width, height: lines.count + 5, in: body, &drawing).inset(columns: 1, rows: 0)
        for (row, line) in lines.enumerated() { drawing.frame.put(line, in: inside, line: row, look[.text]) }
        if let input = confirmation.input {
            input.draw(
                into: &drawing.frame, at: Point(column: inside.column, row: inside.row + min(lines.count + 1, inside.height - 1)),
                width: inside.width, look)
        } else {
            drawing.frame.put("y yes    n no", in: inside, line: min(lines.count + 1, inside.height - 1), look[.accent])
        }
    }

    private static func document(_ state: State, _ title: String, _ text: String, _ scroll: Int, in body: Rect, _ drawing: inout Drawing) {
        let inside = panel(state, title, width: 90, height: body.height, in: body, &drawing).inset(columns: 1, rows: 0)
        let lines = TextWidth.wrap(text, width: max(1, inside.width))
        let first = max(0, min(scroll, lines.count - inside.height))
        drawing.frame.paragraph(text, in: inside, state.look[.text], from: first)
        if lines.count > inside.height { drawing.frame.scrollMark(inside, offset: first, count: lines.count, state.look) }
    }
}
