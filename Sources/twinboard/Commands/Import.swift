// `import`: patients from FHIR bundles and tables, meetings from TOML files, with an account of everything.
import ArgumentParser
import Exchange
import Records

struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take patients from FHIR R4 bundles (.json, .json.gz, .ndjson) or tables (.csv with --map), and meetings (.toml).",
        discussion: """
            Prints what was taken, what was left (by kind, with the reason) and what was refused (with place and reason). A file is
            taken in one step: if it cannot be read to its end, nothing of it is in the store. Exit status 65 if nothing of a file was taken.
            """)
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Option(help: ArgumentHelp("For tables: a TOML file that says which column is what.", valueName: "file")) var map: String?
    @Argument(help: "Files to import.") var files: [String]

    func run() throws {
        try reporting {
            let store = try source.open(creating: true)
            var reports: [ImportReport] = []
            var refused: [String] = []
            var status: Int32 = 0
            for file in files {
                do {
                    if file.lowercased().hasSuffix(".toml") {
                        let count = try Loading.meeting(file, into: store, isDemo: false)
                        Output.note("\(file): meeting with \(count) cases")
                    } else {
                        let report = try Loading.records(file, map: map, into: store)
                        reports.append(report)
                        if output.format == .text { for line in report.lines() { Output.line(line) } }
                        if report.taken.allSatisfy({ $0.count == 0 }), report.refusedCount > 0 {
                            refused.append(file)
                            status = max(status, 65)
                        }
                    }
                } catch {
                    let failure = CommandFailure(error)
                    Output.complain(failure.message)
                    refused.append(file)
                    status = max(status, failure.status)
                }
            }
            switch output.format {
            case .text: break
            case .csv: Output.csv(ImportReport.csvHeader, reports.flatMap(\.csvRows))
            case .json: Output.json(.array(reports.map(Self.json)))
            }
            if !refused.isEmpty {
                throw CommandFailure(message: "\(refused.joined(separator: ", ")): refused; nothing of it was taken", status: status)
            }
        }
    }

    private static func json(_ report: ImportReport) -> JSONText {
        .object([
            ("file", .string(report.file)), ("format", .string(report.format)), ("patients", .strings(report.patients)),
            ("taken", .object(report.taken.map { ($0.kind, .integer(Int64($0.count))) })),
            (
                "left",
                .array(
                    report.left.map {
                        .object([("what", .string($0.what)), ("reason", .string($0.reason)), ("count", .integer(Int64($0.count)))])
                    })
            ),
            (
                "refused",
                .array(
                    report.refused.map {
                        .object([("place", .string("\($0.place)")), ("what", .string($0.what)), ("reason", .string($0.reason))])
                    })
            ),
            (
                "notes",
                .array(
                    report.notes.map {
                        .object([("place", .string("\($0.place)")), ("message", .string($0.message)), ("count", .integer(Int64($0.count)))])
                    })
            ),
        ])
    }
}
