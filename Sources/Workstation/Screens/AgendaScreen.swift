// The agenda: the meeting's cases in their order, and a preview of the selected one.
import Meetings
import Surface
import Twins

enum AgendaScreen {
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard !state.agenda.isEmpty else { return empty(state, in: rect, &drawing) }
        let isWide = rect.width >= 110
        if isWide {
            let parts = rect.columns([.share(5), .share(3)], gap: 1)
            list(state, in: parts[0], &drawing)
            preview(state, in: parts[1], &drawing)
        } else {
            let rows = min(state.agenda.count + 4, max(6, rect.height / 2))
            list(state, in: rect.top(rows), &drawing)
            preview(state, in: rect.dropTop(rows), &drawing)
        }
    }

    private static func empty(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let lines = [
            "No case is on the agenda.", "",
            "twinboard demo          opens the demo board",
            "twinboard import FILE   takes patients, and a meeting from a .toml file",
        ]
        let area = rect.centred(width: min(rect.width - 4, 70), height: lines.count)
        for (row, line) in lines.enumerated() { drawing.frame.put(line, in: area, line: row, look[row == 0 ? .heading : .quiet]) }
    }

    private static func list(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let inside = drawing.frame.box(rect, look, title: "Agenda", focused: true)
        let columns = Columns(width: inside.width)
        drawing.frame.put(columns.line("", "case", "question", "twin", "complete", "state"), in: inside, line: 0, look[.quiet])
        let room = max(1, inside.height - 1)
        let first = max(0, min(state.selected - room / 2, state.agenda.count - room))
        for (row, entry) in state.agenda.dropFirst(first).prefix(room).enumerated() {
            let index = first + row
            let line = inside.line(row + 1)
            let present = entry.completeness.filter(\.isPresent).count
            let person = DateText.person(entry)
            let text = columns.line(
                "\(entry.item.position)", "\(entry.item.patient) \(person)", entry.item.question, entry.twinTitle,
                "\(present)/\(entry.completeness.count)", stateWord(entry, look))
            drawing.frame.put(text, at: line.origin, look[.text], width: line.width)
            if present < entry.completeness.count {
                drawing.frame.restyle(columns.completeness(in: line)) { Style(look[.warning].foreground, on: $0.background, $0.attributes) }
            }
            if entry.item.state == .decided {
                drawing.frame.restyle(columns.state(in: line)) { Style(look[.good].foreground, on: $0.background, $0.attributes) }
            }
            if entry.preparation.blockReason != nil, entry.item.state != .decided {
                drawing.frame.restyle(columns.state(in: line)) { Style(look[.danger].foreground, on: $0.background, $0.attributes) }
            }
            if index == state.selected {
                drawing.frame.select(line, look)
                drawing.frame.cursor = line.origin
            }
            drawing.hits.append(Hit(line, .agendaRow(index)))
        }
        if state.agenda.count > room { drawing.frame.scrollMark(inside, offset: first, count: state.agenda.count, look) }
    }

    private static func stateWord(_ entry: AgendaEntry, _ look: Look) -> String {
        if entry.item.state != .decided, entry.item.state != .postponed, entry.preparation.blockReason != nil { return "blocked!" }
        return switch entry.item.state {
        case .waiting: "waiting"
        case .open: "open"
        case .decided: "decided \(look.glyphs.tick)"
        case .postponed: "postponed"
        case .registered: "registered"
        }
    }

    /// Widths of the list's columns: the question takes what is left.
    private struct Columns {
        let twin: Int
        let question: Int
        static let number = 3
        static let name = 14
        static let complete = 9
        static let stateWidth = 10

        init(width: Int) {
            twin = width >= 90 ? 20 : 0
            question = max(8, width - Self.number - Self.name - (twin > 0 ? twin + 1 : 0) - Self.complete - Self.stateWidth - 4)
        }

        func line(_ number: String, _ name: String, _ question: String, _ twinTitle: String, _ complete: String, _ state: String) -> String
        {
            var parts = [
                TextWidth.fit(number, to: Self.number), TextWidth.fit(name, to: Self.name), TextWidth.fit(question, to: self.question),
            ]
            if twin > 0 { parts.append(TextWidth.fit(twinTitle, to: twin)) }
            parts.append(TextWidth.fit(complete, to: Self.complete))
            parts.append(TextWidth.fit(state, to: Self.stateWidth))
            return parts.joined(separator: " ")
        }

        private var completeStart: Int { Self.number + Self.name + question + 3 + (twin > 0 ? twin + 1 : 0) }
        func completeness(in line: Rect) -> Rect {
            Rect(column: line.column + completeStart, row: line.row, width: Self.complete, height: 1)
        }
        func state(in line: Rect) -> Rect {
            Rect(column: line.column + completeStart + Self.complete + 1, row: line.row, width: Self.stateWidth, height: 1)
        }
    }

    private static func preview(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard let entry = state.selectedEntry, rect.height >= 3 else { return }
        let look = state.look
        let inside = drawing.frame.box(rect, look, title: "\(entry.item.patient) · \(DateText.person(entry))")
        var row = 0
        func put(_ text: String, _ role: Theme.Role = .text, _ drawing: inout Drawing) {
            for line in TextWidth.wrap(text, width: max(1, inside.width)) where row < inside.height {
                drawing.frame.put(line, in: inside, line: row, look[role])
                row += 1
            }
        }
        if !entry.summary.isEmpty { put(entry.summary, .quiet, &drawing) }
        put("Question  " + entry.item.question, .heading, &drawing)
        let prepared = entry.preparation
        if let reason = prepared.blockReason { put("Blocked   \(look.glyphs.warning) " + reason, .danger, &drawing) }
        if let postponed = prepared.postponed { put("Postponed to \(postponed.meeting): \(postponed.reason)", .warning, &drawing) }
        if let reason = prepared.registered { put("Registered without discussion: " + reason, .text, &drawing) }
        if case .informed = prepared.information { put("Patient   " + prepared.informationText, .text, &drawing) }
        // Before what the case screen shows too: on a small screen the end is cut.
        let missing = entry.completeness.filter { !$0.isPresent }.map(\.label)
        if missing.isEmpty, !entry.completeness.isEmpty {
            put("Complete  \(look.glyphs.tick) all \(entry.completeness.count) items are there", .good, &drawing)
        } else if !missing.isEmpty {
            put("Missing   \(look.glyphs.warning) " + missing.joined(separator: ", "), .warning, &drawing)
        }
        put("Twin      " + entry.twinTitle + (entry.isCalibrated ? " · calibrated" : " · not calibrated yet"), .text, &drawing)
        if !entry.scenarioNames.isEmpty { put("Scenarios", .quiet, &drawing) }
        for (index, name) in entry.scenarioNames.enumerated() where row < inside.height {
            let series = look.series(index)
            drawing.frame.put(
                [Span("  \(series.letter)  ", look.line(index).with(.bold)), Span(name, look[.text])], at: inside.line(row).origin,
                width: inside.width)
            row += 1
        }
        if let decision = entry.decision { put("Decided   " + decision, .good, &drawing) }
    }
}
