// The endpoint table as words: rows and cells that the screen, the clipboard and the command `compare` write alike.
import Surface
import Twins

/// One scenario's figure in a row.
public struct FigureCell: Hashable, Sendable {
    /// `62 %`, or `—`.
    public var value: String
    /// `[51–72]`, or nothing.
    public var interval: String
    /// Of a category; then `value` and `interval` are empty.
    public var shares: [Endpoint.Share]
}

/// One endpoint.
public struct FigureRow: Hashable, Sendable {
    public var id: String
    public var label: String
    /// A unit too long for the cells: `months`.
    public var unitNote: String
    public var cells: [FigureCell]
    /// Against the first scenario: value and interval; nil for the first and where either is missing.
    public var differences: [FigureCell?]
    /// Nil for a scenario that takes no part.
    public var best: [Double?]?
    public var notes: [String]

    /// Categories instead of figures, in at least one scenario, and nothing to compare.
    var isShared: Bool {
        best == nil && differences.allSatisfy { $0 == nil } && cells.contains { !$0.shares.isEmpty }
    }
    /// `time to progression, months`.
    public var fullLabel: String { unitNote.isEmpty ? label : label + ", " + unitNote }
}

extension Comparison {
    /// The endpoints that at least one of the scenarios has: a row of dashes tells nothing.
    var applicable: [ComparedEndpoint] {
        endpoints.filter { endpoint in endpoint.estimates.contains { $0 != nil } || endpoint.shares.contains { !$0.isEmpty } }
    }
}

public enum CompareFigures {
    /// Rows in the comparison's order, of the endpoints that apply.
    ///
    /// - Parameter columns: for each column shown, which forecast of the comparison stands there; nil: not compared yet.
    public static func rows(_ comparison: Comparison, columns: [Int?]? = nil) -> [FigureRow] {
        let columns = columns ?? comparison.forecasts.indices.map { $0 }
        // A difference is against the comparison's first forecast, so it may stand only where that is the first column.
        let hasReference = columns.first == 0
        return comparison.applicable.map { endpoint in
            let style = FigureStyle(endpoint)
            let cells = columns.map { column in column.map { cell(endpoint, $0, style) } ?? FigureCell(value: "…", interval: "", shares: [])
            }
            let differences = columns.map { column -> FigureCell? in
                guard hasReference, let column, endpoint.differences.indices.contains(column), let difference = endpoint.differences[column]
                else { return nil }
                return FigureCell(value: style.difference(difference), interval: style.differenceInterval(difference), shares: [])
            }
            let best = endpoint.best.flatMap { best -> [Double?]? in
                columns.contains(nil) || columns.count != best.count ? nil : columns.compactMap { $0.map { best[$0] } }
            }
            return FigureRow(
                id: endpoint.id, label: endpoint.label, unitNote: style.standsInCells ? "" : style.unit, cells: cells,
                differences: differences, best: best, notes: endpoint.notes)
        }
    }

    private static func cell(_ endpoint: ComparedEndpoint, _ column: Int, _ style: FigureStyle) -> FigureCell {
        if endpoint.shares.indices.contains(column), !endpoint.shares[column].isEmpty {
            return FigureCell(value: "", interval: "", shares: endpoint.shares[column])
        }
        guard endpoint.estimates.indices.contains(column), let estimate = endpoint.estimates[column] else {
            return FigureCell(value: FigureText.none, interval: "", shares: [])
        }
        return FigureCell(
            value: style.value(estimate, withUnit: style.standsInCells), interval: style.interval(estimate), shares: [])
    }

    /// The table as lines of plain text, for a shell or the clipboard: every figure with its interval, every note below.
    public static func lines(_ comparison: Comparison) -> [String] {
        let letters = comparison.forecasts.indices.map { ComparePlots.letter($0) }
        let rows = rows(comparison)
        var lines = zip(letters, comparison.forecasts).map { "\($0)  \(SafeText($1.scenario.name).string)" }
        lines.append("")
        var table = [["Endpoint"] + letters + letters.dropFirst().map { "\($0) − A" } + ["P(best)"]]
        for row in rows {
            let cells = row.cells.map { cell in
                cell.shares.isEmpty ? cell.value + (cell.interval.isEmpty ? "" : " " + cell.interval) : FigureText.shares(cell.shares)
            }
            let differences = row.differences.dropFirst().map { cell in
                cell.map { $0.value + ($0.interval.isEmpty ? "" : " " + $0.interval) } ?? ""
            }
            let best = zip(letters, row.best ?? []).compactMap { letter, part in
                part.map { "\(letter) \(FigureText.probability($0))" }
            }.joined(separator: " ")
            table.append([row.fullLabel] + cells + differences + [best])
        }
        let columns = table.first?.count ?? 0
        let widths = (0..<columns).map { column in table.map { TextWidth.of(SafeText($0[column]).string) }.max() ?? 0 }
        for row in table {
            let line = zip(row, widths).map { TextWidth.fit($0, to: $1) }.joined(separator: "  ")
            lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
        }
        lines += notes(comparison)
        return lines
    }

    /// Every note of endpoints and forecasts, once, with the letters it belongs to.
    public static func notes(_ comparison: Comparison) -> [String] {
        var lines: [String] = []
        for row in comparison.applicable {
            for note in row.notes { lines.append("\(SafeText(row.label).string): \(SafeText(note).string)") }
        }
        return lines
            + CompareWarnings.grouped(comparison.forecasts.map(\.notes)).map {
                "! " + $0.letters.joined(separator: " ") + ": " + SafeText($0.text).string
            }
    }
}
