// What strangers and typing errors can put into a sheet, and what a format must never do with it.
import Foundation
import Meetings
import TestSupport
import Testing
import Twins

@testable import Exchange

@Suite("Hostile text is shown on a sheet and never obeyed")
struct SheetHostilityTests {
    static let hostile = [
        "</td></tr></table><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt; & &#x3c;i&#62;", "\"' onload='x",
        "]]><!-- --><![CDATA[ x", "[click](javascript:alert(1))", "![x](http://evil.example/p.png)", "# heading\n- list\n1. one\n> quote",
        "**bold** _it_ `code` ~~gone~~", "| a | b |\n|---|---|", "\u{1B}[31mred\u{1B}[0m\u{7}", "a\u{202E}dcb\u{200B}\u{2066}x",
        "line one\r\nline two\u{2028}three", "=1+2", "@SUM(A1)", "\u{0}nul\u{8}back", "\\\\server\\share", "https://evil.example/x",
        "a\u{FFFE}b\u{FFFF}",
        "</style><style>@import url(http://evil.example)</style>", "</div></narrative>", "{{7*7}} ${HOME} $(id)",
    ]

    /// The text in every place that a person or a file can fill.
    static func sheet(_ text: String) -> DecisionSheet {
        var draft = SheetFixture.draft(text)
        draft.present = [SheetFixture.chair, Seat(name: text, specialty: text)]
        draft.question = text
        draft.options = [text]
        draft.choice = .other(text)
        draft.dissent = text
        draft.plan.alternatives = [.other(text)]
        draft.plan.steps = [PlannedStep(kind: .other, what: text)]
        draft.plan.tests = [FurtherTest(what: text)]
        draft.plan.guideline = Guideline(name: text, version: text)
        draft.plan.correspondents = [text]
        draft.plan.preference = text
        var decision = SheetFixture.decision(1, draft)
        decision.opinions = [Opinion(seat: text, specialty: text, choice: .other(text), reason: text, time: SheetFixture.now)]
        decision.votes = [Vote(seat: text, specialty: text, kind: .dissents, words: text)]
        let forecast = SheetFixture.forecast(text, shift: 0)
        decision.seen?.model = text
        decision.seen?.scenarios = [Scenario(name: text, interventions: [Intervention(text, [text: .choice(text)])])]
        decision.seen?.figures = [
            SeenFigure(scenario: text, endpoint: text, unit: .one, value: nil, lower: nil, upper: nil, words: text, notes: [text])
        ]
        var sheet = SheetFixture.sheet(decisions: [decision])
        sheet.meeting.title = text
        sheet.item.patient = text
        sheet.conditions = [text]
        sheet.subject?.facts = [
            CodedFact(kind: .condition, code: Code(system: text, code: text, display: text), start: nil, end: nil, status: text)
        ]
        sheet.subject?.observations = [
            Observation(code: Code(system: "", code: text, display: text), time: SheetFixture.now, value: .text(text)),
            Observation(
                code: Code(system: Code.local, code: "q", display: text), time: SheetFixture.now,
                value: .quantity(Quantity(1, Twins.Unit(text), written: "1.0"))),
        ]
        sheet.forecasts = .shown([forecast, forecast], observables: [SheetFixture.size], observed: [])
        sheet.preparation.establishment = text
        sheet.preparation.generalPractitioner = text
        sheet.signatures = [SheetSignature(signer: text, keyID: text, version: 1, text: text)]
        return sheet
    }

    /// Nothing that a terminal would obey or that would hide.
    private func isClean(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n"
                || (scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar.properties.generalCategory != .format
                    && scalar.value != 0x2028 && scalar.value != 0x2029)
        }
    }

    @Test("D1: no control or hidden sign is in any format", arguments: hostile)
    func clean(text: String) throws {
        let sheet = Self.sheet(text)
        for format in SheetFormat.allCases where format != .pdf {
            #expect(isClean(String(decoding: try sheet.data(format), as: UTF8.self)), "\(format)")
        }
        for format in [SheetFormat.text, .markdown, .html] {
            #expect(
                isClean(String(decoding: try CarePlan(sheet).document.data(format) ?? Data(), as: UTF8.self)), "care plan, \(format)")
        }
    }

    @Test("HTML is well-formed XML without script, handler, or anything fetched", arguments: hostile)
    func html(text: String) throws {
        for page in [Self.sheet(text).document.html, CarePlan(Self.sheet(text)).document.html] {
            let read = try XMLText(page)
            let allowed: Set<String> = [
                "html", "head", "meta", "title", "style", "body", "p", "header", "h1", "span", "strong", "main", "section", "h2", "table",
                "tbody", "thead", "caption", "tr", "th", "td", "ul", "li", "br", "pre", "figure", "figcaption", "svg", "desc", "g",
                "circle",
                "text", "line", "rect", "polygon", "polyline", "footer",
            ]
            #expect(Set(read.elements).isSubset(of: allowed))
            #expect(read.elements.count { $0 == "style" } == 1)
            for (element, name, value) in read.attributes {
                let known: Set<String> = ["xmlns", "lang", "charset", "http-equiv", "content", "name", "class", "id", "scope", "colspan"]
                #expect(
                    known.contains(name) || ["svg", "g", "circle", "text", "line", "rect", "polygon", "polyline"].contains(element),
                    "\(name)")
                #expect(!name.hasPrefix("on") && name != "href" && name != "src" && !value.contains("url("))
            }
        }
    }

    /// The Markdown's own markup, with every escaped sign taken out.
    private func unescaped(_ markdown: String) -> String {
        var result = ""
        var isEscaped = false
        for letter in markdown {
            if isEscaped { isEscaped = false } else if letter == "\\" { isEscaped = true } else { result.append(letter) }
        }
        return result
    }

    @Test("Markdown's markup is the sheet's own: headings, tables, line breaks, and no other", arguments: hostile)
    func markdown(text: String) {
        let plain = Self.sheet("harmless").document.markdown
        let page = Self.sheet(text).document.markdown
        // Indented lines are code, in which nothing is markup.
        let shown = page.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("    ") }.joined(separator: "\n")
        let own = unescaped(shown).replacingOccurrences(of: "<br>", with: "")
        let lines = own.split(separator: "\n").map(String.init)
        #expect(!own.replacingOccurrences(of: "> **", with: "").contains("<"))
        #expect(!own.contains("]("), "a link")
        #expect(!own.contains("://"), "an address")
        #expect(!own.contains("`"), "code")
        func headings(_ text: String) -> [Substring] { text.split(separator: "\n").filter { $0.hasPrefix("#") } }
        #expect(headings(own).count == headings(plain).count)
        // Every row of a table has as many cells as its header.
        var cells = 0
        for line in lines {
            guard line.hasPrefix("|") else { cells = 0; continue }
            let count = line.count { $0 == "|" }
            if cells == 0 { cells = count }
            #expect(count == cells, "\(line)")
        }
    }

    @Test("A spreadsheet runs no cell of the CSV", arguments: ["=1+2", "+A1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
    func csv(text: String) {
        for line in Self.sheet(text).csv.split(separator: "\n").dropFirst() {
            #expect(!["=", "+", "-", "@"].contains { line.hasPrefix($0) } && !line.contains(",=") && !line.contains(",@"))
        }
    }

    @Test("The same sheet gives the same bytes in every format")
    func same() throws {
        for format in SheetFormat.allCases where format != .pdf {
            #expect(try SheetFixture.sheet().data(format) == SheetFixture.sheet().data(format))
        }
        #expect(CarePlan(SheetFixture.sheet()).document.html == CarePlan(SheetFixture.sheet()).document.html)
    }

    @Test("Forecasts with gaps, one point, or nothing in them draw no nonsense")
    func oddForecasts() throws {
        var holes = SheetFixture.forecast("holes", shift: 0)
        for level in holes.series[0].quantiles.indices { holes.series[0].quantiles[level][3] = .nan }
        var flat = SheetFixture.forecast("flat", shift: 0)
        flat.series[0].quantiles = flat.series[0].quantiles.map { $0.map { _ in 0 } }
        var wild = SheetFixture.forecast("wild", shift: 0)
        wild.series[0].quantiles[5][7] = .infinity
        var short = SheetFixture.forecast("short", shift: 0)
        short.days = [0]
        for forecasts in [[holes], [flat], [wild], [short], [], [holes, flat, wild, short]] {
            var sheet = SheetFixture.sheet()
            sheet.forecasts = .shown(forecasts, observables: [SheetFixture.size], observed: [])
            let page = sheet.document.html
            for (element, name, value) in try XMLText(page).attributes
            where ["points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy"].contains(name) {
                #expect(!value.contains("nan") && !value.contains("inf"), "\(element) \(name): \(value)")
            }
        }
    }
}
