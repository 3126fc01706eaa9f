// Training: a case run blind. Before the reveal only what was known at the cut is drawn, and never the patient's pseudonym.
import Foundation
import Meetings
import Plotting
import Surface
import Twins

enum TrainingScreen {
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        guard let session = state.trainingView.session else { return list(state, in: rect, &drawing) }
        let isWide = rect.width >= 110
        let parts = isWide ? rect.columns([.share(2), .share(3)], gap: 1) : rect.columns([.share(1), .share(1)], gap: 1)
        let inside = drawing.frame.box(parts[0], look, title: "TRAINING · \(session.title) · run \(session.run)", focused: true)
        paragraph(session.revealed == nil ? blind(session) : revealed(session, look), in: inside, look, &drawing)
        let shown = observable(state, session)
        let plotBox = drawing.frame.box(
            parts[1], look, title: "\(shown.label) up to \(session.subject.reference.day) (m: next measure)")
        let notes = facts(session)
        let noteRows = min(notes.count, plotBox.height / 2)
        if let plot = plot(session, shown) { plot.draw(into: &drawing.frame, in: plotBox.dropBottom(noteRows), look) }
        for (row, note) in notes.prefix(noteRows).enumerated() {
            drawing.frame.put(note, in: plotBox.bottom(noteRows), line: row, look[.quiet])
        }
    }

    private static func list(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let inside = drawing.frame.box(rect, look, title: "TRAINING · cases to be run blind", focused: true)
        guard let list = state.trainingView.list, !list.isEmpty else {
            drawing.frame.paragraph(
                state.trainingView.list == nil
                    ? "Reading" : "No training is set up: «twinboard training new ID --patient P --cut DAY …» makes one.",
                in: inside, look[.quiet])
            return
        }
        let first = max(0, min(state.trainingView.selected - inside.height / 2, list.count - inside.height))
        for (row, entry) in list.dropFirst(first).prefix(inside.height).enumerated() {
            let line = inside.line(row)
            drawing.frame.put("\(entry.id)  \(entry.title)", at: line.origin, look[.text], width: line.width)
            if first + row == state.trainingView.selected {
                drawing.frame.select(line, look)
                drawing.frame.cursor = line.origin
            }
        }
    }

    private static func paragraph(_ lines: [(String, Theme.Role)], in rect: Rect, _ look: Look, _ drawing: inout Drawing) {
        var row = 0
        for (text, role) in lines {
            for line in TextWidth.wrap(text, width: max(1, rect.width)) where row < rect.height {
                drawing.frame.put(line, in: rect, line: row, look[role])
                row += 1
            }
        }
    }

    private static func blind(_ session: TrainingSession) -> [(String, Theme.Role)] {
        var lines: [(String, Theme.Role)] = [(session.question, .heading), ("", .text)]
        lines += session.scenarios.enumerated().map { ("\(ComparePlots.letter($0))  \($1)", .text) }
        lines += [
            ("", .text),
            ("Which would you choose, and what will \(session.observable.label) be on \(session.target)? v votes.", .accent),
            ("Voted: " + (session.voters.isEmpty ? "nobody yet" : session.voters.joined(separator: ", ")), .text),
            ("Votes, forecast and outcome are sealed until the trainer reveals them (r).", .quiet),
        ]
        if !session.history.isEmpty {
            lines.append(
                ("Earlier runs: " + session.history.map { "run \($0.run) with \($0.votes) votes" }.joined(separator: ", "), .quiet))
        }
        return lines
    }

    private static func number(_ value: Double) -> String { String(format: abs(value) >= 100 ? "%.0f" : "%.1f", value) }

    private static func revealed(_ session: TrainingSession, _ look: Look) -> [(String, Theme.Role)] {
        guard let revealed = session.revealed else { return [] }
        let unit = session.observable.unit.label
        var lines: [(String, Theme.Role)] = [
            ("What happened · \(revealed.patient)", .heading),
            ("\(session.observable.label) on \(session.target): \(number(revealed.result.value)) \(unit)", .accent),
            ("Given: \(revealed.result.given ?? "none of the scenarios, or not known")", .text), ("", .text),
            ("The twin, from the cut record", .heading),
        ]
        for forecast in revealed.result.forecasts {
            lines.append(
                ("\(forecast.scenario): \(number(forecast.median)) [\(number(forecast.lower)) to \(number(forecast.upper))]", .text))
        }
        lines += [("", .text), ("Interval score: width, and 10 times what it missed by; smaller is better", .heading)]
        for score in revealed.scores {
            let experts = score.withExperts.map { ", with \(Int(($0 * 100).rounded())) % of the experts" } ?? ""
            lines.append(
                (
                    "\(score.isInside ? look.glyphs.tick : " ") \(number(score.intervalScore))  \(score.name): \(score.vote.choice), \(number(score.vote.lower)) to \(number(score.vote.upper))\(experts)",
                    score.isInside ? .good : .text
                ))
        }
        return lines
    }

    private static func facts(_ session: TrainingSession) -> [String] {
        session.subject.facts.sorted { ($0.start?.milliseconds ?? 0) > ($1.start?.milliseconds ?? 0) }.map { fact in
            let name = fact.code.display.isEmpty ? fact.code.code : fact.code.display
            return "\(fact.kind.rawValue): \(name)" + (fact.start.map { " · \($0.day)" } ?? "") + (fact.end.map { " to \($0.day)" } ?? "")
        } + session.letters.map { "letter: \($0.day) \($0.title)" }
    }

    /// The measure to predict, then the others of the cut record.
    private static func observable(_ state: State, _ session: TrainingSession) -> Observable {
        let others = session.model.observables.filter {
            $0.id != session.observable.id && !session.subject.measurements(of: [$0]).used.isEmpty
        }
        return ([session.observable] + others)[state.trainingView.measure % (others.count + 1)]
    }

    private static func plot(_ session: TrainingSession, _ observable: Observable) -> SeriesPlot? {
        let points = session.subject.measurements(of: [observable]).used
        guard !points.isEmpty else { return nil }
        var observed = points.map { PlotPoint(x: $0.day, y: $0.value) }
        if let revealed = session.revealed, observable.id == session.observable.id {
            observed.append(PlotPoint(x: Instant(session.target).days(since: session.subject.reference), y: revealed.result.value))
        }
        let values = observed.map(\.y)
        let low = values.min() ?? 0
        let high = max(values.max() ?? 1, low + 1e-6)
        let span = max(1e-6, high - low)
        let line = PlotSeries(
            letter: "", name: "measured", styleIndex: 0, x: observed.map(\.x), median: observed.map(\.y), lower: observed.map(\.y),
            upper: observed.map(\.y))
        return SeriesPlot(
            title: "", unit: observable.unit.label, series: [line], observed: observed, now: 0,
            yRange: low - span / 10...high + span / 10, horizontal: .time())
    }
}
