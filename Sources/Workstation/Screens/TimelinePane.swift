// The record in time: a bar for each condition, medication and procedure, on one axis that ends «now».
import Surface
import Twins

enum TimelinePane {
    static func draw(_ state: State, _ open: OpenCase, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        // The latest on top; scrolling goes back in time.
        let all = Array(CaseFacts.bars(open).reversed())
        guard !all.isEmpty else {
            drawing.frame.put("no dated facts in the record", in: rect, line: 0, look[.quiet])
            return
        }
        let room = max(1, rect.height - 1)
        let offset = min(state.caseView.offset[.timeline] ?? 0, max(0, all.count - room))
        let shown = all.dropFirst(offset).prefix(room)
        let label = min(28, rect.width / 2)
        let width = max(4, rect.width - label - 1)
        let from = shown.map(\.start).min() ?? -1
        let span = max(1, -from)
        func column(_ day: Double) -> Int { min(width - 1, max(0, Int((day - from) / span * Double(width - 1)))) }
        for (row, bar) in shown.enumerated() {
            let line = rect.line(row)
            drawing.frame.put(bar.label, at: line.origin, look[bar.end == nil ? .text : .quiet], width: label)
            let first = column(bar.start)
            let last = max(first, column(min(0, bar.end ?? 0)))
            let sign: Unicode.Scalar = look.capability.unicode ? (bar.kind == .condition ? "─" : "━") : (bar.kind == .condition ? "-" : "=")
            let style = bar.kind == .medication ? look.line(0) : (bar.kind == .procedure ? look.line(3) : look[.text])
            if bar.kind == .procedure || first == last {
                drawing.frame[rect.column + label + 1 + first, line.row] = Cell(
                    bar.kind == .procedure ? look.glyphs.operation : look.glyphs.bullet, style)
            } else {
                for place in first...last { drawing.frame[rect.column + label + 1 + place, line.row] = Cell(sign, style) }
                // An open end runs on to «now».
                if bar.end == nil { drawing.frame[rect.column + label + 1 + last, line.row] = Cell(look.glyphs.arrowRight, style) }
            }
        }
        let axis = rect.line(min(shown.count, rect.height - 1))
        let start = open.subject.reference.adding(days: from).day
        drawing.frame.put(DateText.month(start), at: Point(column: rect.column + label + 1, row: axis.row), look[.axis], width: width)
        drawing.frame.put("now", at: Point(column: rect.maxColumn - 3, row: axis.row), look[.axis], width: 3)
        if all.count > room { drawing.frame.scrollMark(rect, offset: offset, count: all.count, look) }
    }
}
