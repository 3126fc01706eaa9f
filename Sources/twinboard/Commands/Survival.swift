// `survival`: curves, medians, log-rank and Cox regression of a table of times to an event.
import ArgumentParser
import Exchange
import Twins

struct Survival: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Survival in a table: Kaplan and Meier's curves, medians, log-rank test, Cox regression.",
        discussion: """
            One row a patient. The status is 1 where the event was seen and 0 where the patient was last seen without it. Rows that
            lack a value that is needed are left out, and counted on standard error. Nothing is stored.
            """)
    enum Ties: String, ExpressibleByArgument, CaseIterable { case efron, breslow }

    @OptionGroup var output: FormatOption
    @Argument(help: "A CSV file with a header; may be gzipped.") var file: String
    @Option(help: ArgumentHelp("The column of times, not negative.", valueName: "column")) var time: String
    @Option(help: ArgumentHelp("The column that says whether the event was seen: 1 or 0.", valueName: "column")) var status: String
    @Option(help: ArgumentHelp("Compare the groups that this column names.", valueName: "column")) var group: String?
    @Option(
        help: ArgumentHelp(
            "Columns for Cox's regression, separated by commas; words become indicators beside the alphabetically first.",
            valueName: "columns"))
    var covariates: String?
    @Option(help: "How events at one time are treated in Cox's regression.") var ties: Ties = .efron

    func run() throws {
        try reporting {
            let table = try NamedTable.read(path: file)
            let subjects = try SurvivalSubjects(
                table, time: time, status: status, group: group,
                covariates: covariates.map { $0.split(separator: ",").map { $0.trimmingPrefix(while: \.isWhitespace) }.map(String.init) }
                    ?? [])
            if subjects.leftOut > 0 {
                Output.note("left out: \(subjects.leftOut) of \(table.rowCount) rows lack a value that is needed")
            }
            let analysis: SurvivalAnalysis
            do {
                analysis = try SurvivalAnalysis(
                    times: subjects.times, isEvent: subjects.isEvent, groups: subjects.groups, covariates: subjects.covariates,
                    breslowTies: ties == .breslow)
            } catch { throw CommandFailure.data("\(table.file): \(error)") }
            switch output.format {
            case .text: SurvivalText.write(analysis, file: table.file, time: time)
            case .json: Output.json(SurvivalText.json(analysis, leftOut: subjects.leftOut))
            case .csv: SurvivalText.csv(analysis)
            }
        }
    }
}

/// The rows of a table that have all that is needed.
struct SurvivalSubjects {
    private(set) var times: [Double] = []
    private(set) var isEvent: [Bool] = []
    private(set) var groups: [String]?
    private(set) var covariates: [SurvivalAnalysis.Covariate] = []
    private(set) var leftOut = 0

    init(_ table: NamedTable, time: String, status: String, group: String?, covariates names: [String]) throws(ImportError) {
        let (allTimes, flags) = (try table.numbers(time), try table.flags(status))
        if let bad = allTimes.firstIndex(where: { $0.map { $0 < 0 } ?? false }) {
            throw table.fault(bad, time, "a time cannot be negative")
        }
        var groupNames: [String?]?
        if let group { groupNames = try table.texts(group) }
        var columns: [(name: String, numbers: [Double?]?, words: [String?])] = []
        for name in names {
            let words = try table.texts(name)
            columns.append((name, try table.isNumeric(name) ? try table.numbers(name) : nil, words))
        }
        let whole = (0..<table.rowCount).filter { row in
            allTimes[row] != nil && flags[row] != nil && groupNames.map { $0[row] != nil } ?? true
                && columns.allSatisfy { $0.words[row] != nil }
        }
        leftOut = table.rowCount - whole.count
        times = whole.compactMap { allTimes[$0] }
        isEvent = whole.compactMap { flags[$0] }
        groups = groupNames.map { names in whole.compactMap { names[$0] } }
        covariates = columns.map { column in
            if let numbers = column.numbers { return .numbers(name: column.name, whole.compactMap { numbers[$0] }) }
            return .words(name: column.name, whole.compactMap { column.words[$0] })
        }
    }
}
