// Follow-ups as a shell shows them.
import Meetings
import Twins

enum FollowUpText {
    static let header = [
        "patient", "meeting", "decided", "signed", "review", "choice", "standing", "carried_out", "observable", "unit", "date", "time_day",
        "value",
        "lower", "median", "upper", "inside", "pit",
    ]

    static func rows(_ entry: FollowUpCase) -> [[String]] {
        let head = [
            entry.item.patient, entry.meeting.id, entry.meeting.day.description, entry.decision.signedAt.day.description,
            entry.due?.description ?? "",
            entry.decision.draft.choice?.text ?? "", entry.standing.rawValue, entry.last?.carriedOut.rawValue ?? "",
        ]
        if entry.points.isEmpty { return [head + Array(repeating: "", count: header.count - head.count)] }
        return entry.points.map { point in
            head + [
                point.observable, point.unit.ucum, entry.item.reference.adding(days: point.day).day.description, "\(point.day)",
                "\(point.value)", "\(point.lower)", "\(point.median)", "\(point.upper)", point.isInside ? "yes" : "no", "\(point.pit)",
            ]
        }
    }

    static func write(_ cases: [FollowUpCase], _ report: CalibrationReport, today: CalendarDay, isDetailed: Bool) {
        if cases.isEmpty { Output.line("no decision is due for review on \(today)") }
        let sorted = cases.sorted {
            ($0.isDue(on: today) ? 0 : 1, $0.due?.number ?? .max) < ($1.isDue(on: today) ? 0 : 1, $1.due?.number ?? .max)
        }
        Output.table(
            ["patient", "meeting", "review", "", "carried out", "in band", "choice"],
            sorted.map { entry in
                [
                    entry.item.patient, entry.meeting.id, entry.due?.description ?? "", entry.isDue(on: today) ? "due" : "",
                    entry.last?.carriedOut.rawValue ?? "?", entry.points.isEmpty ? "" : "\(entry.inside)/\(entry.points.count)",
                    entry.decision.draft.choice?.text ?? "",
                ]
            })
        for entry in sorted where isDetailed { detail(entry) }
        Output.line()
        for line in lines(report) { Output.line(line) }
    }

    private static func detail(_ entry: FollowUpCase) {
        Output.line()
        Output.line(
            "\(entry.item.patient) · \(entry.meeting.title) · \(entry.decision.draft.choice?.text ?? "") · \(entry.standing.rawValue)")
        Output.line("decided on \(entry.meeting.day), signed on \(entry.decision.signedAt.day)")
        if let seen = entry.decision.seen {
            Output.line("\(seen.model) \(seen.modelVersion) · draws sha256 \(seen.drawsSHA256) · seed \(seen.seed)")
        }
        if let failure = entry.failure { Output.line("no forecast: \(failure)") }
        for look in entry.looks {
            Output.line(
                "\(look.time.day) \(look.actor): carried out: \(look.value.carriedOut.rawValue)"
                    + (look.value.reason.isEmpty ? "" : ", because: \(look.value.reason)")
                    + (look.value.givenInstead.isEmpty ? "" : "; given instead: \(look.value.givenInstead)")
                    + (look.value.note.isEmpty ? "" : ". \(look.value.note)"))
        }
        Output.table(
            ["date", "measure", "measured", "80 % band forecast", "in band"],
            entry.points.map { point in
                [
                    entry.item.reference.adding(days: point.day).day.description, point.label, "\(short(point.value)) \(point.unit.label)",
                    "\(short(point.lower)) to \(short(point.upper))", point.isInside ? "yes" : "NO",
                ]
            })
    }

    private static func lines(_ report: CalibrationReport) -> [String] {
        var lines = [
            "History: \(report.cases) decisions, \(report.measurements) measurements after them"
                + (report.leftOut > 0 ? " (\(report.leftOut) more left out: not carried out, or nobody has said)" : "")
        ]
        for (level, share) in report.coverage { lines.append("In the \(percent(level)) band: \(text(share))") }
        if report.measurements > 0 { lines.append("PIT by fifths: \(report.pitBins.map(String.init).joined(separator: " "))") }
        for bin in report.reliability { lines.append("Predicted \(percent(bin.meanPredicted)): happened \(text(bin.happened))") }
        if let brier = report.brier { lines.append("Brier score: \(short(brier))") }
        for departure in report.departures {
            let done = FollowUp.CarriedOut.allCases.compactMap { word in
                departure.carriedOut[word].map { "carried out \(word.rawValue) \($0)" }
            }
            lines.append(
                "\(departure.decisions) chose \(departure.standing.rawValue): " + (done + departure.outcome).joined(separator: "; "))
        }
        for look in report.notCarriedOut {
            lines.append(
                "\(look.patient) \(look.carriedOut == .no ? "not" : "partly") carried out: \(look.reason)"
                    + (look.givenInstead.isEmpty ? "" : "; given instead: \(look.givenInstead)"))
        }
        return lines + [CalibrationReport.note]
    }

    private static func percent(_ value: Double) -> String { "\(Int((value * 100).rounded())) %" }
    private static func short(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
    private static func text(_ share: BinomialShare) -> String {
        guard let value = share.share, let interval = share.interval else { return "none" }
        return "\(share.count)/\(share.total) = \(percent(value)), 95 % interval \(percent(interval.lower)) to \(percent(interval.upper))"
    }

    static func json(_ cases: [FollowUpCase], _ report: CalibrationReport, _ curves: FollowUpSurvival, today: CalendarDay) -> JSONText {
        func share(_ share: BinomialShare) -> [(String, JSONText)] {
            [
                ("count", .integer(Int64(share.count))), ("total", .integer(Int64(share.total))), ("share", .optional(share.share)),
                ("lower", .optional(share.interval?.lower)), ("upper", .optional(share.interval?.upper)),
            ]
        }
        return .object([
            ("cases", .array(cases.map { json($0, today) })),
            (
                "report",
                .object([
                    ("cases", .integer(Int64(report.cases))), ("measurements", .integer(Int64(report.measurements))),
                    ("left_out", .integer(Int64(report.leftOut))),
                    ("coverage", .array(report.coverage.map { level, value in .object([("level", .number(level))] + share(value)) })),
                    ("pit_fifths", .numbers(report.pitBins.map(Double.init))), ("brier", .optional(report.brier)),
                    (
                        "reliability",
                        .array(report.reliability.map { .object([("predicted", .number($0.meanPredicted))] + share($0.happened)) })
                    ),
                    (
                        "departures",
                        .array(
                            report.departures.map { departure in
                                .object(
                                    [
                                        ("standing", .string(departure.standing.rawValue)),
                                        ("decisions", .integer(Int64(departure.decisions))),
                                    ]
                                        + departure.carriedOut.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                                            ("carried_out_\($0.key.rawValue)", .integer(Int64($0.value)))
                                        }
                                        + departure.courses.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                                            ($0.key.rawValue.split(separator: " ").joined(separator: "_"), .integer(Int64($0.value)))
                                        })
                            })
                    ),
                ])
            ),
            ("survival", curves.json),
        ])
    }

    private static func json(_ entry: FollowUpCase, _ today: CalendarDay) -> JSONText {
        .object([
            ("patient", .string(entry.item.patient)), ("meeting", .string(entry.meeting.id)),
            ("decided", .string(entry.meeting.day.description)), ("signed", .string(entry.decision.signedAt.day.description)),
            ("review", .optional(entry.due?.description)),
            ("is_due", .bool(entry.isDue(on: today))), ("choice", .optional(entry.decision.draft.choice?.text)),
            ("standing", .string(entry.standing.rawValue)), ("carried_out", .optional(entry.last?.carriedOut.rawValue)),
            ("reason", .optional(entry.last?.reason)), ("given_instead", .optional(entry.last?.givenInstead)),
            ("draws_sha256", .optional(entry.decision.seen?.drawsSHA256)),
            ("seed", entry.decision.seen.map { .integer(Int64(clamping: $0.seed)) } ?? .null), ("failure", .optional(entry.failure)),
            (
                "points",
                .array(
                    entry.points.map { point in
                        .object([
                            ("observable", .string(point.observable)), ("unit", .string(point.unit.ucum)), ("time_day", .number(point.day)),
                            ("value", .number(point.value)), ("lower", .number(point.lower)), ("median", .number(point.median)),
                            ("upper", .number(point.upper)), ("is_inside", .bool(point.isInside)), ("pit", .number(point.pit)),
                        ])
                    })
            ),
        ])
    }
}
