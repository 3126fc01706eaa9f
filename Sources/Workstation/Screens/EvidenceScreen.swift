// Evidence: what shows that the twin can be believed, for this use and for this patient.
import Surface
import Twins

enum EvidenceScreen {
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard let open = state.open else { return OpeningWords.draw(state, in: rect, &drawing) }
        let view = state.evidenceView
        if isWide(state) {
            let halves = rect.columns([.share(1), .share(1)], gap: 1)
            let here = column(state)
            column("This patient", patient(open) + checks(state), state, view.offsets[0], isFocused: here == 0, in: halves[0], &drawing)
            column(
                open.model.title, ModelPage.lines(open.model).map(styled), state, view.offsets[1], isFocused: here == 1, in: halves[1],
                &drawing)
        } else {
            column("Evidence · \(open.model.title)", lines(state, open), state, view.offsets[0], isFocused: true, in: rect, &drawing)
        }
    }

    private static func isWide(_ state: State) -> Bool { state.size.columns >= 110 }

    /// The column that scrolls: a narrow screen has but one.
    static func column(_ state: State) -> Int { isWide(state) ? min(max(0, state.evidenceView.column), 1) : 0 }

    /// Lines that are seen at once.
    static func room(_ state: State) -> Int { max(1, state.size.rows - 5) }

    /// What the scrolling column holds.
    private static func lines(_ state: State, _ open: OpenCase) -> [Line] {
        let model = ModelPage.lines(open.model).map(styled)
        if isWide(state) { return column(state) == 0 ? patient(open) + checks(state) : model }
        return patient(open) + checks(state) + [Line(text: "", role: .text)] + model
    }

    struct Line {
        var text: String
        var role: Theme.Role
    }

    /// Lines of the scrolling column at the width of the screen: for the keys that move in it.
    static func count(_ state: State) -> Int {
        guard let open = state.open else { return 0 }
        let width = max(10, (isWide(state) ? state.size.columns / 2 : state.size.columns) - 3)
        return lines(state, open).reduce(0) { $0 + TextWidth.wrap($1.text, width: width).count }
    }

    private static func styled(_ text: String) -> Line {
        if text.contains("ASSUMPTION") || text.contains("unverified") { return Line(text: text, role: .warning) }
        return Line(text: text, role: text.hasPrefix(" ") || text.contains(":") ? .text : .heading)
    }

    private static func patient(_ open: OpenCase) -> [Line] {
        var lines: [Line] = [Line(text: "How well it fitted", role: .heading)]
        switch open.calibration {
        case .notStarted, .running: lines.append(Line(text: "  being fitted", role: .accent))
        case .failed(let words): lines.append(Line(text: "  not fitted: " + words, role: .danger))
        case .ready(let twin): lines += fit(twin, open)
        }
        lines += [Line(text: "", role: .text), Line(text: "Is this patient in the model's domain?", role: .heading)]
        for finding in open.model.domain(of: open.subject) {
            let sign = finding.isInside ? "✓" : "⚠"
            lines.append(
                Line(
                    text: "  \(sign) \(finding.input): \(finding.found) (domain: \(finding.domain))",
                    role: finding.isInside ? .text : .warning))
        }
        lines += scores(open)
        let notes = open.shownForecasts.enumerated().flatMap { place, forecast in
            (forecast?.notes ?? []).map { "  ⚠ \(ComparePlots.letter(place)): \($0)" }
        }
        if !notes.isEmpty {
            lines +=
                [Line(text: "", role: .text), Line(text: "Assumptions in the scenarios", role: .heading)]
                + notes.map { Line(text: $0, role: .warning) }
        }
        return lines
    }

    private static func scores(_ open: OpenCase) -> [Line] {
        let scores = open.model.scores(of: open.subject)
        guard !scores.isEmpty else { return [] }
        return [Line(text: "", role: .text), Line(text: "Published scores, no part of the simulation", role: .heading)]
            + scores.flatMap { score in
                [
                    Line(text: "  \(score.name): \(score.value)", role: .text),
                    Line(text: "    ⚠ \(score.caveat)", role: .warning),
                ]
            }
    }

    private static func fit(_ twin: StoredTwin, _ open: OpenCase) -> [Line] {
        let calibration = twin.calibration
        var lines = [
            Line(text: "  \(calibration.measurementsUsed) measurements up to \(calibration.reference.day)", role: .text)
        ]
        for observable in open.model.observables {
            let points = calibration.fit.filter { $0.measurement.observable == observable.id }
            guard !points.isEmpty else { continue }
            let inside = points.filter(\.isInside).count
            // Of n points of a true 80 % band fewer than half inside would be seen by chance in less than one case in a hundred.
            let isPoor = points.count >= 4 && inside * 2 < points.count
            lines.append(
                Line(
                    text: "  \(isPoor ? "⚠" : " ") \(observable.label): \(inside) of \(points.count) inside the 80 % band",
                    role: isPoor ? .warning : .text))
        }
        lines.append(Line(text: "  posterior (mode ± sd, from the prior):", role: .quiet))
        for (place, name) in calibration.parameterNames.enumerated() where place < calibration.map.count && place < calibration.sd.count {
            let parameter = open.model.parameters.first { $0.name == name }
            lines.append(
                Line(
                    text:
                        "    \(parameter?.symbol ?? name) \(short(calibration.map[place])) ± \(short(calibration.sd[place])) \(parameter?.unit.label ?? ""), prior \(parameter.map { short($0.prior.centre) } ?? "")",
                    role: .text))
        }
        let share = calibration.effectiveSampleSize / Double(max(1, calibration.draws.count))
        lines.append(
            Line(
                text: "  effective sample size \(Int(calibration.effectiveSampleSize)) of \(calibration.draws.count)"
                    + (calibration.paretoShape.map { ", Pareto k \(short($0))" } ?? "")
                    + (calibration.splitR.map { ", R̂ \(short($0))" } ?? ""), role: share < 0.1 ? .warning : .text))
        lines.append(Line(text: "  draws sha256 \(twin.drawsSHA256.prefix(16)), seed \(calibration.seed)", role: .quiet))
        lines += calibration.warnings.map { Line(text: "  ⚠ " + $0, role: .warning) }
        return lines
    }

    private static func checks(_ state: State) -> [Line] {
        var lines = [Line(text: "", role: .text), Line(text: "Checks of the model", role: .heading)]
        if state.evidenceView.isRunning { return lines + [Line(text: "  running", role: .accent)] }
        guard let checks = state.evidenceView.checks else {
            return lines + [Line(text: "  not run in this session: r runs them", role: .quiet)]
        }
        let passed = checks.filter(\.passed).count
        lines.append(Line(text: "  \(passed) of \(checks.count) passed", role: passed == checks.count ? .good : .danger))
        // What failed is read first.
        for check in checks.filter({ !$0.passed }) + checks.filter(\.passed) {
            lines.append(
                Line(
                    text:
                        "  \(check.passed ? "✓" : "✗") \(check.name): \(short(check.obtained)), expected \(short(check.expected)) ± \(check.tolerance) · \(check.source)",
                    role: check.passed ? .text : .danger))
        }
        return lines
    }

    private static func short(_ value: Double) -> String {
        guard value.isFinite else { return "\(value)" }
        if value == 0 { return "0" }
        // Four significant digits are what a reader compares; `validate` prints all.
        var scale = 1.0
        while abs(value) * scale < 1000, scale < 1e15 { scale *= 10 }
        return "\((value * scale).rounded() / scale)"
    }

    private static func column(
        _ title: String, _ lines: [Line], _ state: State, _ offset: Int, isFocused: Bool, in rect: Rect, _ drawing: inout Drawing
    ) {
        let look = state.look
        let inside = drawing.frame.box(rect, look, title: title, focused: isFocused)
        guard inside.height > 0 else { return }
        let rows = lines.flatMap { line in
            TextWidth.wrap(line.text, width: max(1, inside.width)).map { Line(text: $0, role: line.role) }
        }
        let first = max(0, min(offset, rows.count - inside.height))
        for (row, line) in rows.dropFirst(first).prefix(inside.height).enumerated() {
            drawing.frame.put(line.text, in: inside, line: row, look[line.role])
        }
        if rows.count > inside.height { drawing.frame.scrollMark(inside, offset: first, count: rows.count, look) }
    }
}
