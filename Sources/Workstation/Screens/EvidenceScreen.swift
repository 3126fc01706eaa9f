// Evidence: what shows that the twin can be believed, for this use and for this patient.
import Surface
import Twins

enum EvidenceScreen {
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard let open = state.open else {
            drawing.frame.put("Opening the case", at: Point(column: rect.column + 2, row: rect.row + 1), state.look[.quiet])
            return
        }
        if rect.width >= 110 {
            let halves = rect.columns([.share(1), .share(1)], gap: 1)
            column("This patient", patient(open) + checks(state), state, 0, in: halves[0], &drawing)
            column(open.model.title, ModelPage.lines(open.model).map(styled), state, state.evidenceView.offset, in: halves[1], &drawing)
        } else {
            let lines = patient(open) + checks(state) + [Line(text: "", role: .text)] + ModelPage.lines(open.model).map(styled)
            column("Evidence · \(open.model.title)", lines, state, state.evidenceView.offset, in: rect, &drawing)
        }
    }

    struct Line {
        var text: String
        var role: Theme.Role
    }

    /// Lines of everything that scrolls, at the width of the screen: for the keys that move in it.
    static func count(_ state: State) -> Int {
        guard let open = state.open else { return 0 }
        let isWide = state.size.columns >= 110
        let width = max(10, (isWide ? state.size.columns / 2 : state.size.columns) - 4)
        let lines = (isWide ? [] : patient(open) + checks(state)) + ModelPage.lines(open.model).map(styled)
        return lines.reduce(0) { $0 + TextWidth.wrap($1.text, width: width).count }
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
                    + (calibration.paretoShape.map { ", Pareto k \(short($0))" } ?? ""), role: share < 0.1 ? .warning : .text))
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
        for check in checks {
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

    private static func column(_ title: String, _ lines: [Line], _ state: State, _ offset: Int, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let inside = drawing.frame.box(rect, look, title: title, focused: true)
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
