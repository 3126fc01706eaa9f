// How `survival` writes what it found: a plot and tables for people, JSON and CSV for programs.
import Plotting
import Surface
import Twins

enum SurvivalText {
    /// More curves than these on one pair of axes cannot be told apart.
    private static let mostCurves = 8

    static func write(_ analysis: SurvivalAnalysis, file: String, time: String) {
        Output.line("\(file) · \(analysis.count) patients, \(analysis.events) events · \(time)")
        Output.line()
        let width = min(max(Environment.value("COLUMNS").flatMap { Int($0) } ?? 100, 60), 200)
        for line in plot(analysis, time: time, width: width) { Output.line(line) }
        Output.line()
        let expected = analysis.test?.expected
        Output.table(
            ["", "group", "patients", "events"] + (expected == nil ? [] : ["expected"]) + ["median [95 %]"],
            analysis.groups.enumerated().map { place, group in
                [letter(place), group.name, "\(group.count)", "\(group.events)"] + (expected.map { [short($0[place])] } ?? []) + [
                    "\(median(group.median)) [\(median(group.medianLow)), \(median(group.medianHigh))]"
                ]
            })
        Output.line()
        let times = columns(analysis)
        Output.table(
            ["at risk at"] + times.map(short),
            analysis.groups.map { group in [group.name] + times.map { "\(group.atRisk(at: $0))" } })
        if let test = analysis.test {
            Output.line()
            Output.line(
                "log-rank: χ² \(short(test.chiSquare)) on \(test.degreesOfFreedom) degree\(test.degreesOfFreedom == 1 ? "" : "s") of freedom, p \(probability(test.pValue))"
            )
        }
        if let regression = analysis.regression { write(regression) }
    }

    private static func write(_ regression: SurvivalAnalysis.Regression) {
        Output.line()
        Output.table(
            ["Cox (\(regression.ties))", "hazard ratio [95 %]", "ln ratio", "SE", "p"],
            regression.rows.map { row in
                [
                    row.name, "\(short(row.ratio)) [\(short(row.low)), \(short(row.high))]", short(row.coefficient),
                    short(row.standardError), probability(row.pValue),
                ]
            })
        if !regression.references.isEmpty { Output.line("compared with \(regression.references.joined(separator: "; "))") }
        Output.line(
            "log-likelihood \(short(regression.nullLogLikelihood)) → \(short(regression.logLikelihood)), p \(probability(regression.likelihoodRatioP)); concordance \(short(regression.concordance))"
        )
    }

    private static func plot(_ analysis: SurvivalAnalysis, time: String, width: Int) -> [String] {
        let series = analysis.groups.prefix(mostCurves).enumerated().map { place, group in
            // A curve of steps: every time twice, before and after.
            var (x, y) = ([0.0], [1.0])
            for point in group.points {
                x += [point.time, point.time]
                y += [y[y.count - 1], point.survival]
            }
            return PlotSeries(letter: letter(place), name: group.name, styleIndex: place, x: x, median: y)
        }
        let unicode = Locale.isUTF8
        let look = Look(theme: .dark, capability: unicode ? Capability(colours: .mono) : .ascii)
        var plot = SeriesPlot(title: "share without the event", series: series, yRange: 0...1, horizontal: .plain(time))
        plot.curveName = "Kaplan–Meier"
        return TextPlot.lines([plot], width: width, height: 18, look)
    }

    private static func letter(_ place: Int) -> String {
        place < 26 ? String(UnicodeScalar(UInt8(65 + place))) : ""
    }

    /// Round times from the start to the last, for the table of those at risk.
    private static func columns(_ analysis: SurvivalAnalysis) -> [Double] {
        let last = analysis.groups.compactMap { $0.points.last?.time }.max() ?? 0
        let ticks = HorizontalAxis.plain("").ticks(from: 0, to: last, columns: 40).map(\.value).filter { $0 >= 0 && $0 <= last }
        return ticks.isEmpty ? [0] : ticks
    }

    private static func median(_ value: Double?) -> String { value.map(short) ?? "not reached" }

    private static func short(_ value: Double) -> String { NumberText.format(value, digits: 4) }

    private static func probability(_ value: Double) -> String { value < 1e-4 ? "< 0.0001" : NumberText.format(value, digits: 2) }

    static func json(_ analysis: SurvivalAnalysis, leftOut: Int) -> JSONText {
        .object([
            ("patients", .integer(Int64(analysis.count))), ("events", .integer(Int64(analysis.events))),
            ("left_out", .integer(Int64(leftOut))),
            (
                "groups",
                .array(
                    analysis.groups.map { group in
                        .object([
                            ("name", .string(group.name)), ("patients", .integer(Int64(group.count))),
                            ("events", .integer(Int64(group.events))), ("median", .optional(group.median)),
                            ("median_lower", .optional(group.medianLow)), ("median_upper", .optional(group.medianHigh)),
                            ("time", .numbers(group.points.map(\.time))), ("at_risk", .numbers(group.points.map { Double($0.atRisk) })),
                            ("event_count", .numbers(group.points.map { Double($0.events) })),
                            ("censored_count", .numbers(group.points.map { Double($0.censored) })),
                            ("survival", .numbers(group.points.map(\.survival))),
                            ("survival_lower", .array(group.points.map { .optional($0.low) })),
                            ("survival_upper", .array(group.points.map { .optional($0.high) })),
                        ])
                    })
            ),
            (
                "log_rank",
                analysis.test.map {
                    .object([
                        ("chi_square", .number($0.chiSquare)), ("degrees_of_freedom", .integer(Int64($0.degreesOfFreedom))),
                        ("p", .number($0.pValue)), ("expected", .numbers($0.expected)),
                    ])
                } ?? .null
            ),
            ("cox", analysis.regression.map(json) ?? .null),
        ])
    }

    private static func json(_ regression: SurvivalAnalysis.Regression) -> JSONText {
        .object([
            ("ties", .string(regression.ties)), ("log_likelihood_null", .number(regression.nullLogLikelihood)),
            ("log_likelihood", .number(regression.logLikelihood)), ("p", .number(regression.likelihoodRatioP)),
            ("concordance", .number(regression.concordance)), ("references", .strings(regression.references)),
            (
                "coefficients",
                .array(
                    regression.rows.map { row in
                        .object([
                            ("name", .string(row.name)), ("coefficient", .number(row.coefficient)),
                            ("standard_error", .number(row.standardError)), ("hazard_ratio", .number(row.ratio)),
                            ("lower", .number(row.low)), ("upper", .number(row.high)), ("p", .number(row.pValue)),
                        ])
                    })
            ),
        ])
    }

    /// A row for each time of each curve; after them medians, the test and the coefficients. Cells that a kind of row lacks are empty.
    static func csv(_ analysis: SurvivalAnalysis) {
        func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
        var rows: [[String]] = []
        for group in analysis.groups {
            for point in group.points {
                rows.append(
                    [
                        "survival", group.name, "\(point.time)", "\(point.atRisk)", "\(point.events)", "\(point.censored)",
                        "\(point.survival)",
                    ] + [text(point.low), text(point.high), ""])
            }
        }
        for group in analysis.groups {
            rows.append(
                ["median", group.name, "", "\(group.count)", "\(group.events)", ""] + [
                    text(group.median), text(group.medianLow), text(group.medianHigh), "",
                ])
        }
        if let test = analysis.test { rows.append(["log_rank", "", "", "", "", "", "\(test.chiSquare)", "", "", "\(test.pValue)"]) }
        for row in analysis.regression?.rows ?? [] {
            rows.append(["hazard_ratio", row.name, "", "", "", "", "\(row.ratio)", "\(row.low)", "\(row.high)", "\(row.pValue)"])
        }
        Output.csv(["row", "name", "time", "at_risk", "events", "censored", "value", "lower", "upper", "p"], rows)
    }
}
