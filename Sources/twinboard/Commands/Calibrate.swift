// `calibrate`, `simulate`: the posterior of a patient's twin; one trajectory of a model.
import ArgumentParser
import Exchange
import Foundation
import Records
import Twins
import Workstation

struct Calibrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fit a twin to a patient's record and keep it in the store: MAP, sd, quantiles, diagnostics.",
        discussion: """
            The posterior is the mode (MAP), the Laplace approximation at it, and draws by importance resampling. A low effective
            sample size or a Pareto k above 0.7 means that the draws do not represent the posterior; it is said, never hidden.
            With --all every patient is tried; exit status 65 if any could not be calibrated.
            """)
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "Pseudonyms of patients.") var patients: [String] = []
    @Flag(help: "Every patient of the store; those whose record the model cannot use are named at the end.") var all = false
    @Option(help: "The model; default: the case's own, else the one that fits the record.") var model: String?
    @Option(help: "How many draws of the posterior to keep, 100 to 10000.") var draws = 1000
    @Option(help: "The seed of the random numbers: the same seed gives the same draws.") var seed: UInt64 = 1

    func validate() throws {
        guard (100...10_000).contains(draws) else { throw ValidationError("--draws takes 100 to 10000") }
        guard all != !patients.isEmpty else { throw ValidationError("name patients, or say --all") }
    }

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let ids =
                all
                ? try desk.store.patients(try desk.store.accessList(actor: desk.actor, purpose: "calibrate"), limit: 1_000_000).map(\.id)
                : patients
            var results: [StoredCalibration] = []
            var failures: [String] = []
            for id in ids {
                do {
                    let open = try desk.openCase(id, model: model, purpose: "calibrate")
                    results.append(try desk.twin(open, settings: CalibrationSettings(draws: draws, seed: seed), anew: true))
                    for line in open.leftOut { Output.note("\(id): left out: \(line)") }
                } catch  where all {
                    failures.append("\(id): \(CommandFailure(error).message)")
                }
            }
            write(results)
            if !failures.isEmpty { throw Self.summary(failures, of: ids.count) }
        }
    }

    /// How many of all could not be calibrated, and the first reasons; ten are enough to see what is wrong.
    private static func summary(_ failures: [String], of count: Int) -> CommandFailure {
        for failure in failures.prefix(10) { Output.note(failure) }
        if failures.count > 10 { Output.note("… and \(failures.count - 10) more") }
        return .data("\(failures.count) of \(count) patients could not be calibrated; the others are stored")
    }

    private func write(_ results: [StoredCalibration]) {
        switch output.format {
        case .text:
            for result in results {
                let calibration = result.calibration
                Output.line(
                    "\(result.patient) · \(calibration.model) \(calibration.modelVersion) · \(calibration.measurementsUsed) measurements up to \(calibration.reference.day)"
                )
                Output.table(["parameter", "MAP", "sd", "5 %", "50 %", "95 %"], Self.rows(calibration))
                Output.line(
                    "objective \(calibration.objective) nats · effective sample size "
                        + "\(Int(clamping: calibration.effectiveSampleSize)) of \(calibration.draws.count)"
                        + (calibration.paretoShape.map { " · Pareto k \(($0 * 100).rounded() / 100)" } ?? "")
                        + (calibration.splitR.map { " · R̂ \(($0 * 1000).rounded() / 1000)" } ?? "")
                        + " · seed \(calibration.seed)")
                Output.line("draws sha256 \(result.drawsSHA256)")
                for warning in calibration.warnings { Output.line("⚠ " + warning) }
                Output.line()
            }
        case .csv:
            Output.csv(
                [
                    "patient", "model", "parameter", "map", "sd", "q05", "q50", "q95", "objective_nat", "effective_sample_size", "seed",
                    "draws_sha256",
                ],
                results.flatMap { result in
                    Self.rows(result.calibration).map { row in
                        [result.patient, result.calibration.model] + row
                            + [
                                "\(result.calibration.objective)", "\(result.calibration.effectiveSampleSize)",
                                "\(result.calibration.seed)", result.drawsSHA256,
                            ]
                    }
                })
        case .json:
            let values = results.map(Self.json)
            Output.json(values.count == 1 && !all ? values[0] : .array(values))
        }
    }

    private static func rows(_ calibration: Calibration) -> [[String]] {
        calibration.parameterNames.enumerated().map { place, name in
            let column = calibration.draws.column(name).sorted()
            func quantile(_ level: Double) -> String {
                column.isEmpty ? "" : "\(column[Int((level * Double(column.count - 1)).rounded())])"
            }
            return [name, "\(calibration.map[place])", "\(calibration.sd[place])", quantile(0.05), quantile(0.5), quantile(0.95)]
        }
    }

    private static func json(_ result: StoredCalibration) -> JSONText {
        let calibration = result.calibration
        func named(_ values: [Double]) -> JSONText { .object(zip(calibration.parameterNames, values).map { ($0, .number($1)) }) }
        return .object([
            ("patient", .string(result.patient)), ("model", .string(calibration.model)),
            ("model_version", .string(calibration.modelVersion)),
            ("reference", .string(calibration.reference.day.description)), ("measurements", .integer(Int64(calibration.measurementsUsed))),
            ("map", named(calibration.map)), ("sd", named(calibration.sd)),
            (
                "quantiles",
                .object(
                    rows(calibration).map { row in
                        (
                            row[0],
                            .object([
                                ("q05", Double(row[3]).map { .number($0) } ?? .null), ("q50", Double(row[4]).map { .number($0) } ?? .null),
                                ("q95", Double(row[5]).map { .number($0) } ?? .null),
                            ])
                        )
                    })
            ),
            ("objective", .number(calibration.objective)), ("effective_sample_size", .number(calibration.effectiveSampleSize)),
            ("pareto_k", .optional(calibration.paretoShape)), ("split_r", .optional(calibration.splitR)),
            ("draws", .integer(Int64(calibration.draws.count))),
            ("seed", .integer(Int64(clamping: calibration.seed))), ("draws_sha256", .string(result.drawsSHA256)),
            ("warnings", .strings(calibration.warnings)),
        ])
    }
}

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One trajectory of a model at given parameters: time, states, observables.",
        discussion: """
            Example: twinboard simulate alzheimer-course --set tau=75 --set xi=0.2 --times 65:90:5
            Times are in the model's own unit, which the output names. «twinboard models MODEL» lists the parameters.
            """)
    @OptionGroup var output: FormatOption
    @Argument(help: "A model's name.") var model: String
    @Option(name: .customLong("set"), help: ArgumentHelp("A parameter or covariate.", valueName: "NAME=VALUE")) var values: [String] = []
    @Option(help: ArgumentHelp("A scenario in TOML: name and [[intervention]] tables with kind and values.", valueName: "file"))
    var scenario: String?
    @Option(help: ArgumentHelp("First, last, step.", valueName: "FROM:TO:STEP")) var times: String
    @Option(help: "Relative tolerance of the integrator, 1e-12 to 1e-2.") var rtol = 1e-8

    func run() throws {
        try reporting {
            let model = try Desk.model(model)
            let request = SimulationRequest(
                values: try parsedValues(),
                scenario: try scenario.map { try ScenarioFile.read($0) } ?? Scenario(name: "none", interventions: []),
                times: try parsedTimes(), relativeTolerance: rtol)
            guard (1e-12...1e-2).contains(rtol) else { throw CommandFailure.usage("--rtol takes 1e-12 to 1e-2") }
            let result = try waiting { try await model.simulate(request) }
            write(result)
        }
    }

    private func parsedValues() throws -> [String: Double] {
        var result: [String: Double] = [:]
        for text in values {
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let number = Double(parts[1]), number.isFinite else {
                throw CommandFailure.usage("--set \(text): write NAME=VALUE with a number")
            }
            result[String(parts[0])] = number
        }
        return result
    }

    private func parsedTimes() throws -> [Double] {
        let parts = times.split(separator: ":").compactMap { Double($0) }
        guard parts.count == 3, parts[2] > 0, parts[1] >= parts[0], parts.allSatisfy(\.isFinite) else {
            throw CommandFailure.usage("--times \(times): write FROM:TO:STEP with FROM ≤ TO and STEP > 0")
        }
        let count = ((parts[1] - parts[0]) / parts[2] + 1e-9).rounded(.down)
        guard count <= 1_000_000 else { throw CommandFailure.usage("--times \(times): more than a million times") }
        return (0...Int(count)).map { parts[0] + parts[2] * Double($0) }
    }

    private func write(_ result: Simulation) {
        let time =
            "time_" + (["d": "day", "wk": "week", "a": "year", "mo": "month", "h": "hour"][result.timeUnit.ucum] ?? result.timeUnit.ucum)
        switch output.format {
        case .json:
            Output.json(
                .object([
                    ("model", .string(model)), (time, .numbers(result.times)),
                    (
                        "series",
                        .array(
                            result.series.map {
                                .object([
                                    ("name", .string($0.name)), ("unit", .string($0.unit.ucum)), ("source", .string($0.source)),
                                    ("values", .numbers($0.values)),
                                ])
                            })
                    ),
                ]))
        case .csv, .text:
            let header = [time] + result.series.map { "\($0.name) [\($0.unit.ucum)]" }
            let rows = result.times.indices.map { row in (["\(result.times[row])"] + result.series.map { "\($0.values[row])" }) }
            if output.format == .csv { Output.csv(header, rows) } else { Output.table(header, rows) }
        }
    }
}
