// A document as one HTML file: no script, nothing fetched, well-formed as XML, with its plots inside.

extension SheetDocument {
    /// A whole page, the same bytes for the same document.
    public var html: String {
        """
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="generator" content="twinboard"/>
        <title>\(HTML.escaped(heading)) – \(HTML.escaped(subtitle))</title>
        <style>
        \(SheetStyle.css)
        </style>
        </head>
        <body\(marks.isEmpty ? "" : " class=\"marked\"")>
        <p class="running">\(HTML.escaped(heading)) · \(HTML.escaped(subtitle))</p>
        <header>
        <h1>\(HTML.escaped(title))\(status.isEmpty ? "" : " <span class=\"status\">\(HTML.escaped(status))</span>")\(marks.map { " <span class=\"mark\">\(HTML.escaped($0))</span>" }.joined())</h1>
        <p class="subtitle">\(HTML.escaped(subtitle))</p>
        <p class="notice"><strong>\(HTML.escaped(notice))</strong></p>
        </header>
        <main>
        \(sections.map { HTML.section($0) }.joined(separator: "\n"))
        </main>
        <footer><p class="notice">\(HTML.escaped((marks + [notice]).joined(separator: " · ")))</p></footer>
        </body>
        </html>

        """
    }
}

enum HTML {
    /// Text for element content and for attributes in double quotes.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(separator: "<br/>")
    }

    static func section(_ section: SheetSection) -> String {
        "<section id=\"\(escaped(section.id))\">\n<h2>\(escaped(section.title))</h2>\n"
            + blocks(section.blocks, drawsPlots: true, namespace: section.id) + "</section>"
    }

    /// The blocks of a section; fields that follow each other stand in one table.
    ///
    /// - Parameter drawsPlots: false: the figures alone, for a FHIR narrative, which may hold no drawing.
    static func blocks(_ blocks: [SheetBlock], drawsPlots: Bool, namespace: String = "s") -> String {
        var result = ""
        var fields: [SheetField] = []
        func flush() {
            guard !fields.isEmpty else { return }
            let rows = fields.map { field in
                let isGap = field.value.state != "recorded"
                return "<tr><th scope=\"row\">\(escaped(field.label))</th>"
                    + "<td\(isGap && drawsPlots ? " class=\"gap\"" : "")>\(value(field.value))</td></tr>"
            }
            result += "<table class=\"fields\"><tbody>\n" + rows.joined(separator: "\n") + "\n</tbody></table>\n"
            fields = []
        }
        for (place, block) in blocks.enumerated() {
            if case .field(let field) = block {
                fields.append(field)
                continue
            }
            flush()
            switch block {
            case .field: break
            case .paragraph(let text): result += "<p>\(lines(text.string))</p>\n"
            case .list(let items): result += list(items.map(\.string)) + "\n"
            case .table(let table): result += self.table(table)
            case .plot(let plot):
                if drawsPlots {
                    result += "<figure>\n<figcaption>\(escaped(plot.title + (plot.unit.isEmpty ? "" : " (\(plot.unit))")))</figcaption>\n"
                    result += plot.svg(id: "\(namespace)-\(place)") + "\n" + self.table(plot.table) + "</figure>\n"
                } else {
                    result += "<p>\(lines(plot.spoken))</p>\n" + self.table(plot.table)
                }
            case .verbatim(let caption, let text):
                result += "<p>\(lines(caption.string))</p>\n<pre>\(escaped(text.string))</pre>\n"
            }
        }
        flush()
        return result
    }

    private static func value(_ value: SheetValue) -> String {
        value.texts.count == 1 ? lines(value.texts[0]) : list(value.texts)
    }

    private static func list(_ items: [String]) -> String {
        items.isEmpty ? "" : "<ul>" + items.map { "<li>\(lines($0))</li>" }.joined() + "</ul>"
    }

    /// A day, a number, a word: never broken, so that narrow columns do not cut it.
    private static func isShort(_ cell: String) -> Bool { !cell.isEmpty && cell.count <= 12 && !cell.contains { $0.isWhitespace } }

    private static func table(_ table: SheetTable) -> String {
        let header = table.header.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
        let rows = table.rows.map { "<tr>" + $0.map { "<td\(isShort($0) ? " class=\"short\"" : "")>\(lines($0))</td>" }.joined() + "</tr>" }
            .joined(separator: "\n")
        return "<table class=\"data\"><caption>\(escaped(table.caption))</caption>\n<thead><tr>\(header)</tr></thead>\n<tbody>\n\(rows)"
            + (rows.isEmpty ? "<tr><td colspan=\"\(table.header.count)\">none</td></tr>" : "") + "\n</tbody></table>\n"
    }
}
