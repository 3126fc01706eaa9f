// A document as lines of text, for a terminal, a letter or a pipe.
import Surface

extension SheetDocument {
    /// Lines of at most `width` columns; below 40 columns it is written as for 40.
    public func lines(width: Int = 96) -> [String] {
        let page = TextPage(width: max(40, width))
        var lines = page.wrapped(heading) + page.wrapped(subtitle) + page.wrapped(notice)
        for section in sections {
            lines += ["", section.title, String(repeating: "-", count: TextWidth.of(section.title))]
            for (place, block) in section.blocks.enumerated() {
                // Tables and plots stand apart from what is above them.
                if place > 0, block.standsApart { lines.append("") }
                lines += page.lines(block)
            }
        }
        return lines + [""] + page.wrapped(marks.isEmpty ? notice : marks.joined(separator: " · ") + " · " + notice)
    }
}

extension SheetBlock {
    var standsApart: Bool {
        switch self {
        case .field, .list: false
        case .paragraph, .table, .plot, .verbatim: true
        }
    }
}

/// Lays blocks out in a width.
private struct TextPage {
    let width: Int

    func wrapped(_ text: String, indent: Int = 0) -> [String] {
        let pad = String(repeating: " ", count: indent)
        return TextWidth.wrap(text, width: max(20, width - indent)).map { $0.isEmpty ? "" : pad + $0 }
    }

    func lines(_ block: SheetBlock) -> [String] {
        switch block {
        case .field(let field): lines(field)
        case .paragraph(let text): wrapped(text.string)
        case .list(let items):
            items.flatMap { item in
                wrapped(item.string, indent: 2).enumerated().map { $0.offset == 0 ? "- " + $0.element.dropFirst(2) : $0.element }
            }
        case .table(let table): lines(table)
        case .plot(let plot): wrapped(plot.spoken) + [""] + lines(plot.table)
        case .verbatim(let caption, let text): wrapped(caption.string) + text.lines.map { "    " + $0 }
        }
    }

    private func lines(_ field: SheetField) -> [String] {
        let column = min(30, width / 3)
        let label = TextWidth.wrap(field.label, width: column - 2)
        let value = field.value.texts.flatMap { text -> [String] in
            let pieces = TextWidth.wrap(text, width: max(16, width - column))
            guard field.value.texts.count > 1 else { return pieces }
            return TextWidth.wrap(text, width: max(16, width - column - 2)).enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
        }
        return (0..<max(label.count, value.count)).map { row in
            let words = TextWidth.fit(label.indices.contains(row) ? label[row] : "", to: column)
            return value.indices.contains(row) ? words + value[row] : words
        }
    }

    /// The least that a column of a table takes; where not all of them have it, each row is told line by line.
    private static let leastColumn = 9

    private func stacked(_ table: SheetTable) -> [String] {
        wrapped(table.caption + ":")
            + table.rows.flatMap { row in
                zip(table.header, row).enumerated().flatMap { place, cell in
                    let text = cell.0.isEmpty ? cell.1 : "\(cell.0): \(cell.1)"
                    return place == 0 ? wrapped("- " + text) : wrapped(text, indent: 2)
                }
            }
    }

    private func lines(_ table: SheetTable) -> [String] {
        if table.header.count * Self.leastColumn + 2 * (table.header.count - 1) > width { return stacked(table) }
        let all = [table.header] + table.rows
        var widths = table.header.indices.map { column in
            all.map { row in row[column].split(separator: "\n").map { TextWidth.of(String($0)) }.max() ?? 0 }.max() ?? 0
        }
        // The widest column gives until the table fits.
        while widths.reduce(0, +) + 2 * (widths.count - 1) > width, let widest = widths.max(), widest > 6,
            let place = widths.firstIndex(of: widest)
        {
            widths[place] -= 1
        }
        func drawn(_ row: [String]) -> [String] {
            let cells = zip(row, widths).map { TextWidth.wrap($0, width: max(1, $1)) }
            return (0..<(cells.map(\.count).max() ?? 0)).map { line in
                let parts = cells.enumerated().map { column, cell in
                    TextWidth.fit(cell.indices.contains(line) ? cell[line] : "", to: widths[column])
                }
                return String(parts.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
            }
        }
        let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
        return wrapped(table.caption + ":") + drawn(table.header) + [rule] + table.rows.flatMap(drawn)
    }
}
