// Making a text exactly as wide as its place: cutting, padding and wrapping by columns.

/// Where a text stands within a wider place.
public enum Alignment: Hashable, Sendable {
    case leading, centre, trailing
}

extension TextWidth {
    /// The text cut or padded with blanks to exactly `columns`; cleaned of what may not reach a cell.
    ///
    /// A cut text ends with "…" unless `ellipsis` is false; a wide scalar that would be halved becomes a blank.
    public static func fit(_ text: String, to columns: Int, align: Alignment = .leading, ellipsis: Bool = true) -> String {
        guard columns > 0 else { return "" }
        let safe = SafeText(text)
        let width = safe.width
        if width > columns {
            let kept = prefix(of: safe.string, columns: ellipsis ? columns - 1 : columns)
            let blanks = String(repeating: " ", count: max(0, columns - of(kept) - (ellipsis ? 1 : 0)))
            return kept + (ellipsis ? "…" : "") + blanks
        }
        let spare = columns - width
        let before = align == .leading ? 0 : align == .trailing ? spare : spare / 2
        return String(repeating: " ", count: before) + safe.string + String(repeating: " ", count: spare - before)
    }

    /// The longest beginning of a text that takes at most `columns`.
    static func prefix(of text: String, columns: Int) -> String {
        var kept = String.UnicodeScalarView()
        var used = 0
        for scalar in text.unicodeScalars {
            let width = of(scalar)
            if used + width > columns { break }
            used += width
            kept.append(scalar)
        }
        return String(kept)
    }

    /// The text in lines of at most `width` columns, broken between words where it can be; its own line ends are kept.
    ///
    /// An empty text is one empty line. Words longer than a line are cut. Each line is safe to put into cells.
    public static func wrap(_ text: String, width: Int) -> [String] {
        let width = max(1, width)
        var lines: [String] = []
        for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            var line = ""
            var used = 0
            for word in SafeText(String(paragraph)).string.split(separator: " ", omittingEmptySubsequences: true) {
                var rest = String(word)
                var restWidth = of(rest)
                if used > 0 && used + 1 + restWidth > width {
                    lines.append(line)
                    line = ""
                    used = 0
                }
                while restWidth > width {
                    let piece = prefix(of: rest, columns: width)
                    // A wide scalar in a single column can never fit; dropping it keeps the loop finite.
                    guard !piece.isEmpty else { rest = ""; break }
                    lines.append(piece)
                    rest = String(rest.unicodeScalars.dropFirst(piece.unicodeScalars.count))
                    restWidth = of(rest)
                }
                guard !rest.isEmpty else { continue }
                line += used > 0 ? " " + rest : rest
                used = of(line)
            }
            lines.append(line)
        }
        return lines
    }
}
