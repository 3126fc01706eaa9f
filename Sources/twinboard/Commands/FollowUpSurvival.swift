// The curves over a board's decided patients as a shell shows them: words and a plot, JSON, CSV.
import Meetings
import Plotting
import Surface
import Twins
import Workstation

struct FollowUpSurvival {
    private let curves: [BoardSurvival]
    /// Decided cases of twins that know no progression.
    private let others: Int

    init(_ cases: [FollowUpCase], by grouping: BoardCohort.Grouping) {
        curves = BoardCohort.all(of: cases).map { BoardSurvival($0, by: grouping) }
        others = BoardCohort.without(cases)
    }

    func write(_ format: Format) {
        switch format {
        case .text: writePlots()
        case .json: Output.json(.object([("survival", json)]))
        case .csv: writeTable()
        }
    }

    private var width: Int { min(max(Environment.value("COLUMNS").flatMap { Int($0) } ?? 100, 60), 200) }

    /// The figures without the plot, below the list of decisions.
    func writeWords() {
        for survival in curves {
            Output.line()
            writeWords(survival)
        }
    }

    private func writeWords(_ survival: BoardSurvival) {
        Output.line("Without progression · \(survival.cohort.rule.criterion) · by \(survival.grouping.title)")
        for line in SurvivalWords.lines(survival, others: others, width: width) { Output.line(line.text) }
    }

    private func writePlots() {
        if curves.isEmpty {
            Output.line("no decided patient of a twin that knows progression: there is no curve")
        }
        let unicode = Locale.isUTF8
        let look = Look(theme: .dark, capability: unicode ? Capability(colours: .mono) : .ascii)
        for (place, survival) in curves.enumerated() {
            if place > 0 { Output.line() }
            writeWords(survival)
            Output.line()
            for line in TextPlot.lines([SurvivalPlot.plot(survival)], width: width, height: 18, look) { Output.line(line) }
        }
    }

    var json: JSONText { .array(curves.map(json)) }

    private func json(_ survival: BoardSurvival) -> JSONText {
        let cohort = survival.cohort
        let labels = cohort.groups(survival.grouping)
        let forecast = survival.forecast
        return .object([
            ("criterion", .string(cohort.rule.criterion)), ("rule", .string(cohort.rule.words)),
            ("by", .string(survival.grouping.rawValue)), ("patients", .integer(Int64(cohort.members.count))),
            ("events", .integer(Int64(cohort.events))), ("nothing_measured", .integer(Int64(cohort.nothingMeasured))),
            ("later_decisions", .integer(Int64(cohort.laterDecisions))), ("has_few_events", .bool(survival.hasFewEvents)),
            (
                "members",
                .array(
                    zip(cohort.members, labels).map { member, label in
                        .object([
                            ("patient", .string(member.patient)), ("decided", .string(member.outcome.time.start.description)),
                            ("group", .string(label)), ("treatment", .string(member.outcome.treatment)),
                            ("free_day", .integer(Int64(member.outcome.time.days))), ("has_progressed", .bool(member.outcome.time.isEvent)),
                            ("end", .string(member.outcome.time.end.rawValue)),
                            ("seen_free_day", .integer(Int64(member.outcome.time.seenFreeUntil))),
                            ("has_forecast", .bool(member.outcome.forecast != nil)),
                        ])
                    })
            ),
            ("groups", .array(survival.groups.map(json))),
            (
                "log_rank",
                survival.test.value.map {
                    .object([
                        ("chi_square", .number($0.chiSquare)), ("degrees_of_freedom", .integer(Int64($0.degreesOfFreedom))),
                        ("p", .number($0.pValue)), ("expected", .numbers($0.expected)),
                    ])
                } ?? .null
            ),
            ("no_log_rank", .optional(survival.test.reason)),
            (
                "hazard_ratio",
                survival.hazardRatio.value.map {
                    .object([
                        ("group", .string($0.group)), ("beside", .string($0.beside)), ("value", .number($0.ratio)),
                        ("lower", .number($0.low)),
                        ("upper", .number($0.high)), ("p", .number($0.pValue)), ("ties", .string("efron")),
                    ])
                } ?? .null
            ),
            ("no_hazard_ratio", .optional(survival.hazardRatio.reason)),
            (
                "forecast",
                .object([
                    ("patients", .integer(Int64(cohort.forecasts.count))), ("time_day", .numbers(forecast.days)),
                    ("survival", .numbers(forecast.free)),
                ])
            ),
        ])
    }

    private func json(_ group: SurvivalAnalysis.Group) -> JSONText {
        .object([
            ("name", .string(group.name)), ("patients", .integer(Int64(group.count))), ("events", .integer(Int64(group.events))),
            ("median_day", .optional(group.median)), ("median_lower_day", .optional(group.medianLow)),
            ("median_upper_day", .optional(group.medianHigh)), ("time_day", .numbers(group.points.map(\.time))),
            ("at_risk", .numbers(group.points.map { Double($0.atRisk) })),
            ("event_count", .numbers(group.points.map { Double($0.events) })),
            ("censored_count", .numbers(group.points.map { Double($0.censored) })), ("survival", .numbers(group.points.map(\.survival))),
            ("survival_lower", .array(group.points.map { .optional($0.low) })),
            ("survival_upper", .array(group.points.map { .optional($0.high) })),
        ])
    }

    /// A row for each time of each curve, then the forecast, medians, test and ratio, as the command `survival` writes them; before them
    /// a row for each patient. Cells that a kind of row lacks are empty.
    private func writeTable() {
        func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
        var rows: [[String]] = []
        for survival in curves {
            let cohort = survival.cohort
            func add(_ row: String, _ name: String, _ cells: [String]) { rows.append([row, cohort.rule.criterion, name] + cells) }
            for member in cohort.members {
                let time = member.outcome.time
                add("patient", member.patient, ["\(time.days)", "", time.isEvent ? "1" : "0", time.isEvent ? "0" : "1", "", "", "", ""])
            }
            for group in survival.groups {
                for point in group.points {
                    add(
                        "survival", group.name,
                        ["\(point.time)", "\(point.atRisk)", "\(point.events)", "\(point.censored)", "\(point.survival)"]
                            + [text(point.low), text(point.high), ""])
                }
            }
            for (day, free) in zip(survival.forecast.days, survival.forecast.free) {
                add("forecast", "all", ["\(day)", "", "", "", "\(free)", "", "", ""])
            }
            for group in survival.groups {
                add(
                    "median", group.name,
                    ["", "\(group.count)", "\(group.events)", "", text(group.median), text(group.medianLow), text(group.medianHigh), ""])
            }
            if let test = survival.test.value { add("log_rank", "", ["", "", "", "", "\(test.chiSquare)", "", "", "\(test.pValue)"]) }
            if let hazard = survival.hazardRatio.value {
                add(
                    "hazard_ratio", hazard.group,
                    ["", "", "", "", "\(hazard.ratio)", "\(hazard.low)", "\(hazard.high)", "\(hazard.pValue)"])
            }
        }
        Output.csv(["row", "criterion", "name", "time_day", "at_risk", "events", "censored", "value", "lower", "upper", "p"], rows)
    }
}
