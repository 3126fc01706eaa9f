// `compare`: the comparison of a patient's scenarios, as plots and table, or as numbers.
import ArgumentParser
import Plotting
import Surface
import Twins
import Workstation

struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare a patient's scenarios: plots and endpoint table as text, quantiles and endpoints as json or csv.",
        discussion: """
            Takes the scenarios of the patient's case; without a case, those that the model suggests. A patient without a
            stored twin is calibrated first. Differences are against the first scenario, paired draw by draw.
            """)
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The patient's pseudonym.") var patient: String
    @Option(help: "Only these scenarios, by name; repeat for several.") var scenario: [String] = []
    @Option(help: "The model; default: the case's own, else the one that fits the record.") var model: String?

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            try ComparisonText.write(desk, desk.openCase(patient, model: model, purpose: "compare"), named: scenario, format: output.format)
        }
    }
}

/// Prints a comparison.
enum ComparisonText {
    static func write(_ desk: Desk, _ open: Desk.Case, named: [String], format: Format) throws {
        let chosen =
            try named.isEmpty
            ? open.scenarios
            : named.map { name in
                guard let scenario = open.scenarios.first(where: { $0.name == name }) else {
                    throw CommandFailure.noSuch("no scenario «\(name)»; there are: \(open.scenarios.map(\.name).joined(separator: "; "))")
                }
                return scenario
            }
        guard (1...State.mostScenarios).contains(chosen.count) else { throw CommandFailure.usage("compare takes one to four scenarios") }
        let twin = try desk.twin(open)
        let days = Update.days(horizon: open.model.horizon)
        let forecasts = try desk.forecasts(open, twin, scenarios: chosen, days: days)
        let comparison = Comparison(forecasts)
        switch format {
        case .text: text(open, twin.calibration, comparison)
        case .json: Output.json(json(open, twin.drawsSHA256, comparison))
        case .csv: csv(comparison)
        }
    }

    private static func text(_ open: Desk.Case, _ calibration: Calibration, _ comparison: Comparison) {
        let width = Environment.value("COLUMNS").flatMap { Int($0) } ?? 100
        for line in ComparisonReport.lines(
            patient: open.patient, model: open.model, subject: open.subject, calibration: calibration, comparison: comparison,
            width: min(max(width, 60), 200), unicode: Locale.isUTF8)
        {
            Output.line(line)
        }
    }

    private static func json(_ open: Desk.Case, _ draws: String, _ comparison: Comparison) -> JSONText {
        let forecasts = comparison.forecasts
        func estimate(_ estimate: Estimate?) -> JSONText {
            estimate.map { .object([("value", .number($0.value)), ("lower", .number($0.lower)), ("upper", .number($0.upper))]) } ?? .null
        }
        return .object([
            ("patient", .string(open.patient)), ("model", .string(open.model.id)), ("model_version", .string(open.model.version)),
            ("reference", .string(open.subject.reference.day.description)), ("draws_sha256", .string(draws)),
            ("arithmetic", .optional(forecasts.first?.arithmetic?.rawValue)), ("interval", .number(0.8)),
            (
                "scenarios",
                .array(
                    forecasts.map { forecast in
                        .object([
                            ("name", .string(forecast.scenario.name)), ("seed", .integer(Int64(clamping: forecast.seed))),
                            ("draws", .integer(Int64(forecast.drawCount))), ("time_day", .numbers(forecast.days)),
                            ("notes", .strings(forecast.notes)),
                            (
                                "series",
                                .array(
                                    forecast.series.map { series in
                                        .object([
                                            ("observable", .string(series.observable)), ("label", .string(series.label)),
                                            ("unit", .string(series.unit.ucum)),
                                            ("source", .string(series.source.citation)), ("levels", .numbers(ForecastSeries.levels)),
                                            ("quantiles", .array(series.quantiles.map { .numbers($0) })),
                                        ])
                                    })
                            ),
                        ])
                    })
            ),
            (
                "endpoints",
                .array(
                    comparison.endpoints.map { endpoint in
                        .object([
                            ("id", .string(endpoint.id)), ("label", .string(endpoint.label)), ("unit", .string(endpoint.unit.ucum)),
                            ("better", .optional(endpoint.better?.rawValue)), ("estimates", .array(endpoint.estimates.map(estimate))),
                            ("differences", .array(endpoint.differences.map(estimate))),
                            ("probability_best", endpoint.best.map { .array($0.map { .optional($0) }) } ?? .null),
                            ("shares", .array(endpoint.shares.map { .object($0.map { ($0.category, .number($0.share)) }) })),
                            ("not_within_horizon_above", .optional(endpoint.ceiling)), ("notes", .strings(endpoint.notes)),
                        ])
                    })
            ),
        ])
    }

    /// The quantiles, a row for each time; after them the endpoints, a row for each scenario. Cells that a kind of row lacks are empty.
    private static func csv(_ comparison: Comparison) {
        let levels = ForecastSeries.levels.map { "q\(Int($0 * 100))" }
        let header =
            ["row", "scenario", "name", "unit", "time_day"] + levels
            + ["value", "lower", "upper", "difference", "difference_lower", "difference_upper", "probability_best", "shares", "notes"]
        var rows: [[String]] = []
        func add(_ cells: [String]) { rows.append(cells + Array(repeating: "", count: header.count - cells.count)) }
        for forecast in comparison.forecasts {
            for series in forecast.series {
                for (place, day) in forecast.days.enumerated() {
                    add(
                        ["series", forecast.scenario.name, series.observable, series.unit.ucum, "\(day)"]
                            + series.quantiles.map { "\($0[place])" })
                }
            }
        }
        func cells(_ estimate: Estimate?) -> [String] {
            estimate.map { ["\($0.value)", "\($0.lower)", "\($0.upper)"] } ?? ["", "", ""]
        }
        let noLevels = Array(repeating: "", count: levels.count + 1)
        for endpoint in comparison.endpoints {
            for (place, forecast) in comparison.forecasts.enumerated() {
                add(
                    ["endpoint", forecast.scenario.name, endpoint.id, endpoint.unit.ucum] + noLevels + cells(endpoint.estimates[place])
                        + cells(endpoint.differences[place]) + [
                            endpoint.best?[place].map { "\($0)" } ?? "",
                            endpoint.shares[place].map { "\($0.category) \($0.share)" }.joined(separator: "; "),
                            endpoint.notes.joined(separator: "; "),
                        ])
            }
        }
        Output.csv(header, rows)
    }
}
