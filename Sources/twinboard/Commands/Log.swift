// `log`: who saw and did what, and the proof that the log is whole.
import ArgumentParser
import Records
import Surface
import Twins

struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show who saw and did what; --verify proves that no entry was changed, taken out, put in or moved.",
        discussion: "With --verify the exit status is 1 if the log is not whole. Compare the printed head with the one on a decision sheet."
    )
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Flag(help: "Recompute the chain of hashes over the whole log.") var verify = false
    @Option(help: "Only this patient's entries.") var patient: String?
    @Option(help: "The newest so many.") var limit = 100

    func run() throws {
        try reporting {
            let store = try source.open()
            if verify { return try check(store) }
            let entries = try store.log(patient: patient, limit: max(1, limit))
            let rows = entries.map { entry in
                [
                    "\(entry.sequence)", Self.moment(entry.time), entry.actor, entry.action, entry.patient ?? "",
                    entry.categories.joined(separator: " "),
                    entry.detail.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "),
                ]
            }
            let header = ["sequence", "time_utc", "actor", "action", "patient", "categories", "detail"]
            switch output.format {
            case .text: Output.table(header, rows)
            case .csv: Output.csv(header, rows)
            case .json: Output.json(.array(rows.map { .object(Array(zip(header, $0.map { .string($0) }))) }))
            }
        }
    }

    private func check(_ store: Store) throws {
        let report = try store.verifyLedger()
        switch output.format {
        case .json:
            Output.json(
                .object([
                    ("whole", .bool(report.isWhole)), ("entries", .integer(Int64(report.entries))), ("head", .string(report.head.hash)),
                    ("problems", .strings(report.problems.map { "\($0)" })),
                ]))
        case .text, .csv: Output.line(report.description)
        }
        if !report.isWhole { throw CommandFailure(message: "the log is not whole: \(report.problems.count) problem(s)", status: 1) }
    }

    static func moment(_ instant: Instant) -> String {
        let seconds = (instant.milliseconds - Instant(instant.day).milliseconds) / 1000
        func two(_ value: Int64) -> String { (value < 10 ? "0" : "") + "\(value)" }
        return "\(instant.day) \(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}
