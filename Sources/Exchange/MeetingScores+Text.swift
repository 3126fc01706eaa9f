// The scores of a meeting as one page, plain or in Markdown.
import Foundation
import Meetings
import Surface

extension MeetingScores {
    public static let header = ["position", "patient", "state", "minutes", "quorum", "decision", "guideline", "reason"]

    /// One row a case, for a table.
    public var rows: [[String]] {
        cases.map { entry in
            [
                "\(entry.item.position)", entry.item.patient, entry.item.state.rawValue, entry.minutes.map(Self.minutes) ?? "",
                entry.quorumReached.map { $0 ? "reached" : "not reached" } ?? "", entry.decision ?? "", entry.standing?.rawValue ?? "",
                entry.reason,
            ]
        }
    }

    /// The page. What came from outside is cleaned; in Markdown its signs are escaped.
    public func lines(markdown: Bool) -> [String] {
        func clean(_ text: String) -> String {
            let safe = SafeText(text, limit: 2000).string
            guard markdown else { return safe }
            return safe.map { "\\`*_[]<>|#".contains($0) ? "\\\($0)" : String($0) }.joined()
        }
        func table(_ header: [String], _ rows: [[String]]) -> [String] {
            let cells = ([header] + rows).map { $0.map(clean) }
            if markdown {
                let marks = "| " + header.map { _ in "---" }.joined(separator: " | ") + " |"
                let lines = cells.map { "| " + $0.joined(separator: " | ") + " |" }
                return Array(lines.prefix(1)) + [marks] + lines.dropFirst()
            }
            let widths = header.indices.map { column in cells.map { TextWidth.of($0[column]) }.max() ?? 0 }
            return cells.map { row in
                row.enumerated().map { $0 == row.count - 1 ? $1 : TextWidth.fit($1, to: widths[$0]) }.joined(separator: "  ")
            }
        }
        var lines = [
            (markdown ? "# " : "") + clean("\(meeting.title) · \(meeting.day) \(meeting.time)") + (meeting.isDemo ? " · DEMO" : ""),
            DecisionSheet.notice, "",
            "Cases \(cases.count): decided \(count(.decided)), registered \(count(.registered)), postponed \(count(.postponed)), "
                + "not reached \(count(.waiting) + count(.open))",
            "Minutes a case: "
                + (minutesPerCase.map { "\(Self.minutes($0)) (over the \(cases.count { $0.minutes != nil }) that were timed)" }
                    ?? "no case was timed"),
            "Attendance: \(present) there, \(expected) expected",
            "Decided without quorum: \(withoutQuorum)", "Departures from a guideline: \(departures.count)", "",
        ]
        if markdown { lines = lines.flatMap { $0.isEmpty ? [""] : [$0, ""] }.reduced }
        lines += table(["", "case", "state", "minutes", "quorum", "decision", "guideline", "reason"], rows)
        lines.append("")
        lines += table(
            ["name", "specialty", "expected", "there"],
            attendance.map { [$0.name, $0.specialty, $0.wasExpected ? "yes" : "no", $0.wasThere ? "yes" : "no"] })
        return lines
    }

    private static func minutes(_ value: Double) -> String { String(format: "%.1f", value) }
}

extension [String] {
    /// Without doubled empty lines.
    fileprivate var reduced: [String] {
        reduce(into: []) { lines, line in if !(line.isEmpty && lines.last?.isEmpty == true) { lines.append(line) } }
    }
}
