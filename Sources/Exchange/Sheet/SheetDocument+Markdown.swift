// A document as Markdown (CommonMark with GitHub's tables): for a wiki, a mail, a converter.

extension SheetDocument {
    /// Markdown in which nothing that a person wrote is markup: what could be read as such is escaped.
    public var markdown: String {
        var parts = ["# \(Markdown.escaped(heading))", Markdown.escaped(subtitle), "> **\(Markdown.escaped(notice))**"]
        for section in sections {
            parts.append("## \(Markdown.escaped(section.title))")
            var fields: [SheetField] = []
            func flush() {
                if !fields.isEmpty {
                    parts.append(Markdown.table(["Field", "Value"], fields.map { [$0.label, $0.value.texts.joined(separator: "\n")] }))
                }
                fields = []
            }
            for block in section.blocks {
                if case .field(let field) = block {
                    fields.append(field)
                } else {
                    flush()
                    parts.append(Markdown.block(block))
                }
            }
            flush()
        }
        parts.append("---")
        parts.append("*\(Markdown.escaped((marks + [notice]).joined(separator: " · ")))*")
        return parts.joined(separator: "\n\n") + "\n"
    }
}

private enum Markdown {
    /// CommonMark lets a backslash stand before any ASCII punctuation; these are the ones that can begin markup, a link or HTML.
    private static let risky = Set("\\`*_{}[]<>#|~$&!@=")

    static func escaped(_ text: String) -> String {
        let letters = Array(text)
        var result = ""
        /// So far the line holds nothing but digits: a dot or a bracket would make it the first item of a list.
        var isNumber = true
        for (place, letter) in letters.enumerated() {
            let isFirst = place == 0 || letters[place - 1] == "\n"
            if isFirst { isNumber = true }
            let next = place + 1 < letters.count ? letters[place + 1] : " "
            let isAddress =
                letter == ":" && next == "/" || letter == "." && String(letters[max(0, place - 3)..<place]).lowercased() == "www"
            let isList = isFirst && (letter == "-" || letter == "+") || isNumber && !isFirst && (letter == "." || letter == ")")
            if risky.contains(letter) || isAddress || isList { result.append("\\") }
            result.append(letter)
            isNumber = isNumber && letter.isNumber
        }
        return result
    }

    private static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(separator: "<br>")
    }

    static func block(_ block: SheetBlock) -> String {
        switch block {
        case .field(let field): "**\(escaped(field.label)):** " + field.value.texts.map(lines).joined(separator: "; ")
        case .paragraph(let text): lines(text.string)
        case .list(let items): items.map { "- " + lines($0.string) }.joined(separator: "\n")
        case .table(let value): "**\(escaped(value.caption))**\n\n" + table(value.header, value.rows)
        case .plot(let plot):
            "**\(escaped(plot.title))**\n\n" + lines(plot.spoken) + "\n\n" + table(plot.table.header, plot.table.rows)
        // Indented code: a fence could be closed from within.
        case .verbatim(let caption, let text): lines(caption.string) + "\n\n" + text.lines.map { "    " + $0 }.joined(separator: "\n")
        }
    }

    static func table(_ header: [String], _ rows: [[String]]) -> String {
        func row(_ cells: [String]) -> String { "| " + cells.map(lines).joined(separator: " | ") + " |" }
        return ([row(header), "|" + String(repeating: " --- |", count: header.count)] + rows.map(row)).joined(separator: "\n")
    }
}
