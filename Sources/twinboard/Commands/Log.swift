// `log`: who saw and did what, and the proof that the log is whole.
import ArgumentParser
import Records
import Surface
import Twins

struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show who saw and did what; --verify proves that no entry was changed, taken out, put in or moved, and who signed.",
        discussion: """
            With --verify the exit status is 1 if the log is not whole. --head holds it against the head that a decision sheet shows:
            a log that was rewritten or cut off since then does not hold that entry. The signed checkpoints in the store and in the file
            STORE.checkpoints beside it are held against it as well. --export-checkpoint writes the newest one to FILE, FILE.minisig and
            FILE.pub: minisign -V -p FILE.pub -m FILE checks it.
            """
    )
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Flag(help: "Recompute the chain of hashes over the whole log.") var verify = false
    @Option(help: ArgumentHelp("With --verify: a head that was kept outside, as a sheet shows it.", valueName: "number-hash"))
    var head: String?
    @Option(help: ArgumentHelp("Write the newest signed checkpoint, for a place outside.", valueName: "file")) var exportCheckpoint: String?
    @Option(help: "Only this patient's entries.") var patient: String?
    @Option(help: "The newest so many.") var limit = 100

    func validate() throws {
        guard let head else { return }
        guard verify else { throw ValidationError("--head goes with --verify") }
        guard LedgerHead(head) != nil else {
            throw ValidationError("--head takes NUMBER-HASH as a sheet shows it, such as 1234-9f3a2b7c")
        }
    }

    func run() throws {
        try reporting {
            let store = try source.open()
            if let exportCheckpoint { return try export(store, to: exportCheckpoint) }
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
            case .json: Output.json(.array(zip(entries, rows).map { Self.json($0, header, $1) }))
            }
        }
    }

    /// The number as a number; what an entry does not have is null.
    private static func json(_ entry: LedgerEntry, _ header: [String], _ row: [String]) -> JSONText {
        let others = zip(header, row).dropFirst().map { ($0, $1.isEmpty ? JSONText.null : .string($1)) }
        return .object([("sequence", .integer(entry.sequence))] + others)
    }

    private func export(_ store: Store, to file: String) throws {
        guard let checkpoint = try store.lastCheckpoint() else {
            throw CommandFailure.noSuch("the log has no signed checkpoint yet: the first signed decision makes one")
        }
        try NewFile.write(checkpoint.message, to: file)
        try NewFile.write(checkpoint.text, to: file + ".minisig")
        try NewFile.write(checkpoint.key.text, to: file + ".pub")
        if case .checkpoint(let head) = checkpoint.subject { Output.line("\(head)  signed by \(checkpoint.signer)") }
    }

    private func check(_ store: Store) throws {
        let report = try store.verifyLedger(anchor: head.flatMap { LedgerHead($0) })
        switch output.format {
        case .json:
            Output.json(
                .object([
                    ("whole", .bool(report.isWhole)), ("entries", .integer(report.entries)),
                    ("decisions", .integer(Int64(report.decisions))), ("signed", .integer(Int64(report.signed))),
                    ("checkpoints", .integer(Int64(report.checkpoints))), ("keys", .integer(Int64(report.keys))),
                    ("head", .string(report.head.description)), ("problems", .strings(report.problems.map(\.description))),
                    ("remarks", .strings(report.remarks)),
                ]))
        case .csv:
            let verdict = [report.isWhole ? "true" : "false", "\(report.entries)", "\(report.decisions)", report.head.description]
            let findings = report.problems.map { ["problem", $0.description] } + report.remarks.map { ["remark", $0] }
            Output.csv(
                ["whole", "entries", "decisions", "head", "finding", "what"],
                (findings.isEmpty ? [["", ""]] : findings).map { verdict + $0 })
        case .text: Output.text(report.description)
        }
        if !report.isWhole { throw CommandFailure(message: "the log is not whole: \(report.problems.count) problem(s)", status: 1) }
    }

    static func moment(_ instant: Instant) -> String {
        let seconds = (instant.milliseconds - Instant(instant.day).milliseconds) / 1000
        func two(_ value: Int64) -> String { (value < 10 ? "0" : "") + "\(value)" }
        return "\(instant.day) \(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}
