// `growth`: growth and regression rates of each patient's series of sizes or marker values.
import ArgumentParser
import Exchange
import Plotting
import TwinLibrary

struct Growth: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Growth and regression rates (g, d, φ) of each patient's tumour sizes or marker values.",
        discussion: """
            One row a measurement, in any order. Four courses are fitted to each patient's values relative to the first: regression and
            growth (gd), regression (dx), growth (gx), two fractions (gdphi); of those whose rates all differ from zero the one with
            the lowest AIC is chosen. Nothing is stored.
            """)
    @OptionGroup var output: FormatOption
    @Argument(help: "A CSV file with a header; may be gzipped.") var file: String
    @Option(help: ArgumentHelp("The column that names the patient.", valueName: "column")) var patient: String
    @Option(help: ArgumentHelp("The column of days, from whenever.", valueName: "column")) var day: String
    @Option(help: ArgumentHelp("The column of sizes or marker values, in any unit, not negative.", valueName: "column")) var value: String
    @Option(help: "The largest p value of a rate that is kept.") var significance = 0.10

    func validate() throws {
        guard significance > 0, significance <= 1 else { throw ValidationError("--significance must lie above 0, up to 1") }
    }

    func run() throws {
        try reporting {
            let table = try NamedTable.read(path: file)
            let (patients, leftOut) = try series(table)
            if leftOut > 0 { Output.note("left out: \(leftOut) of \(table.rowCount) rows lack a value that is needed") }
            guard !patients.isEmpty else { throw CommandFailure.data("\(table.file): no row has patient, day and value") }
            let results = patients.map { ($0.name, GrowthRegression.fit($0.points, significance: significance)) }
            switch output.format {
            case .text: text(results)
            case .json: Output.json(.array(results.map(json)))
            case .csv:
                Output.csv(
                    ["patient", "measurements", "model", "g_per_day", "d_per_day", "phi", "doubling_time_day", "excluded"],
                    results.map { name, result in
                        [name, "\(result.measurementCount)", result.chosen?.model.rawValue ?? ""]
                            + [result.growth, result.regression, result.fraction, result.doublingTime].map { $0.map { "\($0)" } ?? "" }
                            + [result.exclusion?.rawValue ?? ""]
                    })
            }
        }
    }

    /// Every patient's points in the order of first appearance, and how many rows lack something.
    private func series(_ table: NamedTable) throws(ImportError) -> ([(name: String, points: [(day: Double, size: Double)])], Int) {
        let (names, days, values) = (try table.texts(patient), try table.numbers(day), try table.numbers(value))
        var (places, leftOut): ([String: Int], Int) = ([:], 0)
        var patients: [(name: String, points: [(day: Double, size: Double)])] = []
        for row in 0..<table.rowCount {
            guard let name = names[row], let day = days[row], let size = values[row] else {
                leftOut += 1
                continue
            }
            guard size >= 0 else { throw table.fault(row, value, "a size or marker value cannot be negative") }
            if places[name] == nil {
                places[name] = patients.count
                patients.append((name, []))
            }
            patients[places[name] ?? 0].points.append((day, size))
        }
        return (patients, leftOut)
    }

    private func text(_ results: [(String, GrowthRegression.Result)]) {
        func short(_ value: Double?) -> String { value.map { NumberText.format($0, digits: 4) } ?? "–" }
        Output.table(
            ["patient", "n", "course", "g /d", "d /d", "φ", "doubles in d", ""],
            results.map { name, result in
                [
                    name, "\(result.measurementCount)", result.chosen?.model.rawValue ?? "–", short(result.growth),
                    short(result.regression), short(result.fraction), short(result.doublingTime), result.exclusion?.rawValue ?? "",
                ]
            })
        Output.line()
        let fitted = results.count { $0.1.chosen != nil }
        func median(_ values: [Double]) -> String {
            let sorted = values.sorted()
            guard !sorted.isEmpty else { return "–" }
            return short((sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2)
        }
        Output.line(
            "\(fitted) of \(results.count) patients fitted · median g \(median(results.compactMap(\.1.growth))) /d, d \(median(results.compactMap(\.1.regression))) /d, φ \(median(results.compactMap(\.1.fraction)))"
        )
    }

    private func json(_ name: String, _ result: GrowthRegression.Result) -> JSONText {
        .object([
            ("patient", .string(name)), ("measurements", .integer(Int64(result.measurementCount))),
            ("model", .optional(result.chosen?.model.rawValue)), ("g_per_day", .optional(result.growth)),
            ("d_per_day", .optional(result.regression)), ("phi", .optional(result.fraction)),
            ("doubling_time_day", .optional(result.doublingTime)), ("p", .numbers(result.chosen?.pValues ?? [])),
            ("akaike", .optional(result.chosen?.akaike)), ("excluded", .optional(result.exclusion?.rawValue)),
        ])
    }
}
