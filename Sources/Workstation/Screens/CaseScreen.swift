// The case: what is known of the patient, and how well the twin fits it.
import Meetings
import Plotting
import Surface
import Twins

enum CaseScreen {
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard let open = state.open else { return OpeningWords.draw(state, in: rect, &drawing) }
        let parts = layout(state, in: rect)
        for (name, place) in parts.panes { pane(name, state, open, in: place, &drawing) }
        fit(state, open, in: parts.fit, &drawing)
    }

    /// Where the panes lie: all four on a wide screen, else the focused one.
    private static func layout(_ state: State, in rect: Rect) -> (panes: [(CaseView.Pane, Rect)], fit: Rect) {
        guard rect.width >= 110 else {
            let halves = rect.columns([.share(1), .share(1)], gap: 1)
            return ([(state.caseView.pane, halves[0])], halves[1])
        }
        let halves = rect.columns([.share(2), .share(3)], gap: 1)
        let left = halves[0].rows([.share(3), .share(2)])
        let right = halves[1].rows([.share(3), .share(2)])
        let bottom = right[1].columns([.share(5), .share(3)], gap: 1)
        return ([(.facts, left[0]), (.timeline, left[1]), (.measures, bottom[0]), (.documents, bottom[1])], right[0])
    }

    /// How far the focused pane can be scrolled.
    static func lastOffset(_ state: State, _ open: OpenCase) -> Int {
        let body = Rect(column: 0, row: 2, width: state.size.columns, height: max(0, state.size.rows - 3))
        guard let rect = layout(state, in: body).panes.first(where: { $0.0 == state.caseView.pane })?.1.inset() else { return 0 }
        return switch state.caseView.pane {
        case .facts: max(0, factRows(open, width: rect.width).count - rect.height)
        case .timeline: max(0, CaseFacts.bars(open).count - max(1, rect.height - 1))
        case .measures: max(0, CaseFacts.measures(open).count - rect.height)
        case .documents: max(0, open.documents.count - 1)
        }
    }

    private static func title(_ pane: CaseView.Pane) -> String {
        switch pane {
        case .facts: "Facts"
        case .timeline: "Timeline"
        case .measures: "Measures"
        case .documents: "Letters"
        }
    }

    private static func pane(_ pane: CaseView.Pane, _ state: State, _ open: OpenCase, in rect: Rect, _ drawing: inout Drawing) {
        let isFocused = state.caseView.pane == pane
        let names = state.size.columns >= 110 ? title(pane) : "\(title(pane)) (Tab: more)"
        let inside = drawing.frame.box(rect, state.look, title: names, focused: isFocused)
        drawing.hits.append(Hit(rect, .pane(pane)))
        guard inside.height > 0, inside.width > 4 else { return }
        switch pane {
        case .facts: facts(state, open, in: inside, &drawing)
        case .timeline: TimelinePane.draw(state, open, in: inside, &drawing)
        case .measures: measures(state, open, in: inside, &drawing)
        case .documents: documents(state, open, in: inside, &drawing)
        }
    }

    private static func factRows(_ open: OpenCase, width: Int) -> [(label: String, text: String, role: Theme.Role)] {
        var rows: [(label: String, text: String, role: Theme.Role)] = []
        for line in CaseFacts.lines(open, age: open.subject.age(at: open.subject.reference)) {
            let label = rows.last?.label == line.label ? "" : line.label
            for (place, text) in TextWidth.wrap(line.text, width: max(8, width - 12)).enumerated() {
                rows.append((place == 0 ? label : "", text, line.role))
            }
        }
        return rows
    }

    private static func facts(_ state: State, _ open: OpenCase, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let rows = factRows(open, width: rect.width)
        let first = min(state.caseView.offset[.facts] ?? 0, max(0, rows.count - rect.height))
        for (row, line) in rows.dropFirst(first).prefix(rect.height).enumerated() {
            let sign = line.role == .warning && !line.text.isEmpty ? "\(look.glyphs.warning) " : ""
            drawing.frame.put(
                [Span(TextWidth.fit(line.label, to: 11) + " ", look[.quiet]), Span(sign + line.text, look[line.role])],
                at: rect.line(row).origin, width: rect.width)
        }
        if rows.count > rect.height { drawing.frame.scrollMark(rect, offset: first, count: rows.count, look) }
    }

    private static func measures(_ state: State, _ open: OpenCase, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let lines = CaseFacts.measures(open)
        if lines.isEmpty { drawing.frame.put("nothing measured up to now", in: rect, line: 0, look[.quiet]) }
        let first = min(state.caseView.offset[.measures] ?? 0, max(0, lines.count - rect.height))
        let spark = max(6, rect.width / 5)
        for (row, line) in lines.dropFirst(first).prefix(rect.height).enumerated() {
            let place = rect.line(row)
            let since = line.days.last.map { DateText.span($0.rounded(.up)) } ?? ""
            let label = max(8, rect.width - spark - 14 - 15)
            drawing.frame.put(TextWidth.fit(line.label, to: label), at: place.origin, look[line.isUsed ? .text : .quiet], width: label)
            drawing.frame.sparkline(
                line.values, at: Point(column: place.column + label + 1, row: place.row), width: spark - 1, look, look.line(0))
            let column = place.column + label + spark + 1
            drawing.frame.put(
                line.latest(width: 13), at: Point(column: column, row: place.row), look[.text].with(.bold), width: 13)
            drawing.frame.put(
                since, at: Point(column: column + 14, row: place.row), look[.quiet], width: max(0, place.maxColumn - column - 14))
        }
        if lines.count > rect.height { drawing.frame.scrollMark(rect, offset: first, count: lines.count, look) }
    }

    private static func documents(_ state: State, _ open: OpenCase, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        if open.documents.isEmpty { drawing.frame.put("no letters in the record", in: rect, line: 0, look[.quiet]) }
        let selected = state.caseView.selectedDocument
        let first = max(0, min(selected - rect.height / 2, open.documents.count - rect.height))
        for (row, document) in open.documents.dropFirst(first).prefix(rect.height).enumerated() {
            let line = rect.line(row)
            let day = document.day?.description ?? "no date"
            drawing.frame.put([Span(day + "  ", look[.quiet]), Span(document.title, look[.text])], at: line.origin, width: line.width)
            drawing.hits.append(Hit(line, .document(first + row)))
            if first + row == selected, state.caseView.pane == .documents { drawing.frame.select(line, look) }
        }
    }

    /// The twin's fit: what was measured over the posterior predictive band.
    private static func fit(_ state: State, _ open: OpenCase, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let observables = ComparePlots.observables(of: open.model)
        guard !observables.isEmpty else { return }
        let observable = observables[state.caseView.observable % observables.count]
        let inside = drawing.frame.box(rect, look, title: "Twin's fit · \(observable.label) (m: next measure)")
        guard inside.height > 2 else { return }
        switch open.calibration {
        case .notStarted, .running: drawing.frame.put("The twin is being fitted to the record", in: inside, line: 1, look[.accent])
        case .failed(let words): drawing.frame.paragraph("The twin could not be fitted: \(words)", in: inside, look[.warning])
        case .ready(let twin):
            let calibration = twin.calibration
            let points = calibration.fit.filter { $0.measurement.observable == observable.id }
            let words = fitWords(calibration, points, observable)
            let notes = words.flatMap { TextWidth.wrap($0, width: max(1, inside.width)) }.suffix(max(1, inside.height / 4))
            let plotRect = inside.dropBottom(notes.count)
            if points.isEmpty {
                drawing.frame.put("\(observable.label) was not measured up to now", in: plotRect, line: 1, look[.quiet])
            } else {
                plot(points, observable).draw(into: &drawing.frame, in: plotRect, look)
            }
            for (row, note) in notes.enumerated() {
                drawing.frame.put(note, in: inside.bottom(notes.count), line: row, look[note.contains("⚠") ? .warning : .quiet])
            }
        }
    }

    private static func fitWords(_ calibration: Calibration, _ points: [FitPoint], _ observable: Observable) -> [String] {
        let inside = points.filter(\.isInside).count
        var words = ["● observed, band: 80 % of what the twin expects. \(inside) of \(points.count) inside it."]
        words.append(
            "\(calibration.measurementsUsed) measurements, effective sample size "
                + "\(Int(clamping: calibration.effectiveSampleSize)) of \(calibration.draws.count)"
        )
        words += calibration.warnings.map { "⚠ " + $0 }
        return words
    }

    private static func plot(_ points: [FitPoint], _ observable: Observable) -> SeriesPlot {
        var visits: [FitPoint] = []
        for point in points where visits.last.map({ $0.measurement.day < point.measurement.day }) ?? true { visits.append(point) }
        let series = PlotSeries(
            letter: "", name: "fit", styleIndex: 0, x: visits.map(\.measurement.day), median: visits.map(\.median),
            lower: visits.map(\.lower),
            upper: visits.map(\.upper))
        // The whole band is to be seen: a fit is judged by what it leaves outside.
        let values = points.flatMap { [$0.lower, $0.upper, $0.measurement.value] }.filter(\.isFinite)
        let low = values.min() ?? 0
        let high = max(values.max() ?? 1, low + 1e-6)
        return SeriesPlot(
            title: "", unit: observable.unit.label, series: [series],
            observed: points.map { PlotPoint(x: $0.measurement.day, y: $0.measurement.value) },
            now: 0, yRange: low...high, horizontal: .time())
    }
}
