// Follow-up: what was forecast against what happened, for the selected decision and over the board's history.
import Foundation
import Meetings
import Plotting
import Surface
import Twins

enum FollowUpScreen {
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        guard let cases = state.followUpView.cases else {
            let words =
                state.followUpView.isLoading ? "Reading the decided cases and computing their forecasts anew" : "8 reads the decided cases"
            drawing.frame.paragraph(words, in: rect.inset(), look[.accent])
            return
        }
        guard !cases.isEmpty else {
            drawing.frame.paragraph("No decision is signed yet: there is nothing to follow up.", in: rect.inset(), look[.quiet])
            return
        }
        if state.followUpView.showsSurvival { return SurvivalPane.draw(state, in: rect, &drawing) }
        let history = historyLines(state)
        let isWide = rect.width >= 110
        let rows = isWide ? min(cases.count + 3, rect.height / 3) : min(cases.count + 3, max(4, rect.height / 4))
        list(state, cases, in: rect.top(rows), &drawing)
        let rest = rect.dropTop(rows)
        let parts = rest.columns([.share(isWide ? 3 : 1), .share(isWide ? 2 : 1)], gap: 1)
        detail(state, in: parts[0], &drawing)
        let inside = drawing.frame.box(parts[1], look, title: "The board's history")
        put(history, in: inside, look, &drawing)
    }

    private static func put(_ lines: [(String, Theme.Role)], in rect: Rect, _ look: Look, _ drawing: inout Drawing) {
        var row = 0
        for (text, role) in lines {
            for line in TextWidth.wrap(text, width: max(1, rect.width)) where row < rect.height {
                drawing.frame.put(line, in: rect, line: row, look[role])
                row += 1
            }
        }
    }

    private static func list(_ state: State, _ cases: [FollowUpCase], in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let due = cases.count { $0.isDue(on: state.now.day) }
        let inside = drawing.frame.box(rect, look, title: "Decisions · \(due) due for review", focused: true)
        let room = max(1, inside.height)
        let first = max(0, min(state.followUpView.selected - room / 2, cases.count - room))
        for (row, entry) in cases.dropFirst(first).prefix(room).enumerated() {
            let line = inside.line(row)
            let isDue = entry.isDue(on: state.now.day)
            let mark = isDue ? "due \(entry.due?.description ?? "")" : entry.due?.description ?? ""
            let inBand = entry.points.isEmpty ? "" : "\(entry.inside)/\(entry.points.count) in band"
            let text = [
                TextWidth.fit(entry.item.patient, to: 10), TextWidth.fit(mark, to: 15),
                TextWidth.fit("carried out: \(entry.last?.carriedOut.rawValue ?? "?")", to: 20), TextWidth.fit(inBand, to: 14),
                entry.decision.draft.choice?.text ?? "",
            ].joined(separator: " ")
            drawing.frame.put(text, at: line.origin, look[isDue ? .warning : .text], width: line.width)
            if first + row == state.followUpView.selected {
                drawing.frame.select(line, look)
                drawing.frame.cursor = line.origin
            }
        }
        if cases.count > room { drawing.frame.scrollMark(inside, offset: first, count: cases.count, look) }
    }

    private static func detail(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard let entry = state.followUpView.current else { return }
        let look = state.look
        let measured: [String] = Set(entry.points.map(\.observable)).sorted()
        let id: String? = measured.isEmpty ? nil : measured[state.followUpView.observable % measured.count]
        let label = entry.points.first { $0.observable == id }?.label ?? "nothing was measured since"
        let inside = drawing.frame.box(rect, look, title: "\(entry.item.patient) · \(label)" + (measured.count > 1 ? " (m: next)" : ""))
        let notes = words(entry, id)
        let lines = notes.flatMap { TextWidth.wrap($0, width: max(1, inside.width)) }.prefix(max(4, inside.height / 3))
        if let id, let plot = plot(entry, id) {
            plot.draw(into: &drawing.frame, in: inside.dropBottom(lines.count), look)
        } else if let failure = entry.failure {
            drawing.frame.paragraph("No forecast: \(failure)", in: inside.dropBottom(lines.count), look[.warning])
        }
        for (row, line) in lines.enumerated() { drawing.frame.put(line, in: inside.bottom(lines.count), line: row, look[.quiet]) }
    }

    /// What matters most first: on a small screen the rest is cut.
    private static func words(_ entry: FollowUpCase, _ observable: String?) -> [String] {
        var lines: [String] = []
        let mine = entry.points.filter { $0.observable == observable }
        if !mine.isEmpty {
            lines.append("\(mine.count(where: \.isInside)) of \(mine.count) inside the 80 % band of a measurement (● measured since).")
        }
        if let look = entry.last {
            let reason = look.reason.isEmpty ? "" : ", because: \(look.reason)"
            let instead = look.givenInstead.isEmpty ? "" : "; given instead: \(look.givenInstead)"
            lines.append("Carried out: \(look.carriedOut.rawValue)" + reason + instead + (look.note.isEmpty ? "" : ". \(look.note)"))
        } else {
            lines.append("Nobody has noted whether it was carried out (i).")
        }
        let choice = entry.decision.draft.choice?.text ?? ""
        lines.append(
            "Decided \(entry.meeting.day)\(Self.signature(entry)) on the record up to \(entry.item.reference.day): \(choice); \(entry.standing.rawValue)."
        )
        if let seen = entry.decision.seen {
            lines.append("draws \(seen.drawsSHA256.prefix(8)), seed \(seen.seed), \(seen.model) \(seen.modelVersion)")
        }
        return lines
    }

    /// Empty where it was signed on the meeting's day.
    private static func signature(_ entry: FollowUpCase) -> String {
        entry.decision.signedAt.day == entry.meeting.day ? "" : " (signed \(entry.decision.signedAt.day))"
    }

    private static func plot(_ entry: FollowUpCase, _ id: String) -> SeriesPlot? {
        guard let band = entry.bands[id], !band.days.isEmpty else { return nil }
        let points = entry.points.filter { $0.observable == id }
        let series = PlotSeries(
            letter: "", name: "forecast", styleIndex: 0, x: band.days, median: band.median, lower: band.lower, upper: band.upper)
        let values = points.map(\.value) + band.lower + band.upper
        let low = values.min() ?? 0
        let high = max(values.max() ?? 1, low + 1e-6)
        return SeriesPlot(
            title: "", unit: points.first?.unit.label ?? "", series: [series], observed: points.map { PlotPoint(x: $0.day, y: $0.value) },
            now: 0, yRange: low...high, horizontal: .time())
    }

    static func percent(_ value: Double) -> String { "\(Int((value * 100).rounded())) %" }

    static func share(_ share: BinomialShare) -> String {
        guard let value = share.share, let interval = share.interval else { return "none" }
        return "\(share.count)/\(share.total) = \(percent(value)) [\(percent(interval.lower)) to \(percent(interval.upper))]"
    }

    private static func historyLines(_ state: State) -> [(String, Theme.Role)] {
        guard let report = state.followUpView.report else { return [] }
        var lines: [(String, Theme.Role)] = [
            (
                "\(report.cases) decisions, \(report.measurements) measurements after them"
                    + (report.leftOut > 0 ? "; \(report.leftOut) more left out: not carried out, or nobody has said" : ""), .text
            )
        ]
        for (level, share) in report.coverage {
            let isFar = share.interval.map { level < $0.lower || level > $0.upper } ?? false
            lines.append(
                (
                    "In the \(percent(level)) band: \(Self.share(share))" + (isFar ? " \(state.look.glyphs.warning)" : ""),
                    isFar ? .warning : .text
                ))
        }
        if report.measurements > 0 {
            lines.append(("PIT by fifths: " + report.pitBins.map(String.init).joined(separator: " ") + " (even if calibrated)", .text))
        }
        for bin in report.reliability {
            lines.append(("Predicted \(percent(bin.meanPredicted)): happened \(Self.share(bin.happened))", .text))
        }
        if let brier = report.brier { lines.append(("Brier score " + String(format: "%.3f", brier), .text)) }
        for departure in report.departures {
            lines.append(
                (
                    "\(departure.decisions) chose \(departure.standing.rawValue)"
                        + departure.outcome.map { ": " + $0 }.joined(), .text
                ))
        }
        for look in report.notCarriedOut {
            let instead = look.givenInstead.isEmpty ? "" : "; given instead: \(look.givenInstead)"
            lines.append(("\(look.patient) \(look.carriedOut == .no ? "not" : "partly") carried out: \(look.reason)\(instead)", .warning))
        }
        lines.append((CalibrationReport.note, .quiet))
        return lines
    }
}
