// The account of an import as lines for a person, and as rows for a table.

import Surface

extension ImportReport {
    /// Lines for a terminal. The list of refusals is cut after `limit` with a line that says how many more there are.
    public func lines(limit: Int = 50) -> [String] {
        var lines = ["\(file): \(format)"]
        let counts = taken.filter { $0.count > 0 }.map { "\($0.count) \(Self.noun($0.kind, $0.count))" }
        lines.append("  taken    " + (counts.isEmpty ? "nothing" : counts.joined(separator: ", ")))
        if !patients.isEmpty {
            let shown = patients.prefix(8).joined(separator: ", ")
            lines.append("           " + shown + (patients.count > 8 ? " and \(patients.count - 8) more" : ""))
        }
        if !left.isEmpty {
            lines.append("  left")
            for item in left { lines.append("    \(item.count) \(item.what): \(item.reason)") }
        }
        if refusedCount > 0 {
            lines.append("  refused  \(refusedCount)")
            for item in refused.prefix(limit) {
                lines.append("    \(item.place)" + (item.what.isEmpty ? "" : ", \(item.what)"))
                lines.append("      \(item.reason)")
            }
            if refusedCount > min(limit, refused.count) { lines.append("    … and \(refusedCount - min(limit, refused.count)) more") }
        }
        if !notes.isEmpty {
            lines.append("  to know")
            for item in notes.prefix(limit) {
                lines.append("    \(item.place)" + (item.count > 1 ? " and \(item.count - 1) more" : ""))
                lines.append("      \(item.message)")
            }
            if notes.count > limit { lines.append("    … and \(notes.count - limit) more kinds") }
        }
        return lines
    }

    private static func noun(_ kind: String, _ count: Int) -> String {
        count == 1 && kind.hasSuffix("s") ? String(kind.dropLast()) : kind
    }

    /// The header of ``csvRows``.
    public static let csvHeader = ["file", "outcome", "what", "count", "line", "path", "reason"]

    /// One row for each kind taken, each sort left, each refusal and each note.
    ///
    /// The cells are still to be written with ``SafeText/csvCell(_:limit:)``.
    public var csvRows: [[String]] {
        taken.map { [file, "taken", $0.kind, String($0.count), "", "", ""] }
            + left.map { [file, "left", $0.what, String($0.count), "", "", $0.reason] }
            + refused.map { [file, "refused", $0.what, "1", $0.place.line.map(String.init) ?? "", $0.place.path, $0.reason] }
            + notes.map { [file, "note", "", String($0.count), $0.place.line.map(String.init) ?? "", $0.place.path, $0.message] }
    }
}
