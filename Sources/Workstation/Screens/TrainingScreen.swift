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
        let parts = layout(rect)
        // Where there is no room for it here, the header alone names the training.
        let title = isWide ? "TRAINING · \(session.title) · run \(session.run)" : "TRAINING · run \(session.run)"
        let inside = drawing.frame.box(parts.words, look, title: title, focused: true)
        let lines = words(session, look, width: inside.width)
        let first = max(0, min(state.trainingView.offset, lines.count - inside.height))
        for (row, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
            drawing.frame.put(line.text, in: inside, line: row, look[line.role])
        }
        if lines.count > inside.height { drawing.frame.scrollMark(inside, offset: first, count: lines.count, look) }
        let shown = observable(state, session)
        let plotBox = drawing.frame.box(
            parts.plot, look, title: "\(shown.label) up to \(session.subject.reference.day)" + (isWide ? " (m: next measure)" : " (m)"))
        plot(session, shown)?.draw(into: &drawing.frame, in: plotBox, look)
        recordPane(state, session, in: parts.record, &drawing)
    }

    private static func layout(_ rect: Rect) -> (words: Rect, plot: Rect, record: Rect) {
        let columns = rect.columns(rect.width >= 110 ? [.share(2), .share(3)] : [.share(1), .share(1)], gap: 1)
        let rows = rect.height / 3
        return (columns[0], columns[1].dropBottom(rows), columns[1].bottom(rows))
    }

    /// How far what is asked, or was revealed, can be scrolled.
    static func lastOffset(_ state: State) -> Int {
        guard let session = state.trainingView.session else { return 0 }
        let body = Rect(column: 0, row: 2, width: state.size.columns, height: max(0, state.size.rows - 3))
        let inside = layout(body).words.inset()
        return max(0, words(session, state.look, width: inside.width).count - inside.height)
    }

    private static func words(_ session: TrainingSession, _ look: Look, width: Int) -> [(text: String, role: Theme.Role)] {
        (session.revealed == nil ? blind(session) : revealed(session, look)).flatMap { text, role in
            TextWidth.wrap(text, width: max(1, width)).map { ($0, role) }
        }
    }

    /// A line of the cut record: something known of the patient, or a letter that can be read.
    struct Line {
        var text: String
        /// The letter's key in the store; nil: it is none.
        var letter: Int64?
    }

    /// What was known at the cut, the latest first.
    static func record(_ session: TrainingSession) -> [Line] {
        let facts = session.subject.facts.map { fact in
            let name = fact.code.display.isEmpty ? fact.code.code : fact.code.display
            let day = fact.start.map(\.day)
            let words = "\(day?.description ?? "") \(name), \(fact.kind.rawValue)" + (fact.end.map { ", until \($0.day)" } ?? "")
            return (day: day, line: Line(text: words))
        }
        let letters = session.letters.map { letter in
            (day: Optional(letter.day), line: Line(text: "\(letter.day) letter: \(letter.title)", letter: letter.key))
        }
        return (letters + facts).sorted { ($0.day?.number ?? .min) > ($1.day?.number ?? .min) }.map(\.line)
    }

    private static func recordPane(_ state: State, _ session: TrainingSession, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let lines = record(session)
        let inside = drawing.frame.box(
            rect, look, title: "The record until then", footer: session.letters.isEmpty ? nil : "Enter reads a letter")
        let rows = lines.enumerated().flatMap { place, line in
            TextWidth.wrap(line.text, width: max(8, inside.width - 3)).enumerated().map { (place, ($0 == 0 ? " " : "   ") + $1) }
        }
        let selected = min(state.trainingView.line, max(0, lines.count - 1))
        let at = rows.firstIndex { $0.0 == selected } ?? 0
        let first = max(0, min(at - inside.height / 2, rows.count - inside.height))
        for (row, (place, text)) in rows.dropFirst(first).prefix(inside.height).enumerated() {
            let line = inside.line(row)
            drawing.frame.put(text, in: inside, line: row, look[lines[place].letter == nil ? .quiet : .text])
            drawing.hits.append(Hit(line, .document(place)))
            if place == selected { drawing.frame.select(line, look) }
            if first + row == at { drawing.frame.cursor = line.origin }
        }
        if rows.count > inside.height { drawing.frame.scrollMark(inside, offset: first, count: rows.count, look) }
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

    private static func blind(_ session: TrainingSession) -> [(String, Theme.Role)] {
        var lines: [(String, Theme.Role)] = [(session.question, .heading), ("", .text)]
        lines += session.scenarios.enumerated().map { ("\(ComparePlots.letter($0))  \($1)", .text) }
        lines += [
            ("", .text),
            ("Which would you choose, and what will \(session.observable.label) be on \(session.target)? v votes.", .accent),
            ("Voted: " + (session.voters.isEmpty ? "nobody yet" : session.voters.joined(separator: ", ")), .text),
            (
                "Votes, forecast and outcome are sealed until "
                    + (session.isTrainer ? "you reveal them (r)." : "the trainer reveals them."), .quiet
            ),
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
                    "\(score.isInside ? look.glyphs.tick : look.glyphs.cross) \(number(score.intervalScore))  \(score.name): \(score.vote.choice), \(number(score.vote.lower)) to \(number(score.vote.upper))\(experts)",
                    score.isInside ? .good : .text
                ))
        }
        return lines
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
