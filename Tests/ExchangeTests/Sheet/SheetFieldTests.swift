// Every field that a decision sheet must have stands in every format of it, filled or said to be missing.
import Foundation
import Meetings
import Testing
import Twins

@testable import Exchange

@Suite("A decision sheet has every required field, in every format")
struct SheetFieldTests {
    /// What the French sheet and this project ask for, in words: (field, what the full fixture has there).
    static let required: [(label: String, words: String)] = [
        ("Version", "1"), ("Document set", "m-1/1"), ("Board", "Liver tumour board"), ("Date", "2026-11-26 14:00"),
        ("Identifiers of the meeting", "m-1"), ("Establishment", "Hôpital fictif"), ("Address", "not recorded"),
        ("Author", "Claire Moreau"), ("Legally responsible", "Claire Moreau, chair"), ("Coordinator", "not recorded"),
        ("Requester", "Dr Le Goff"), ("Presenter", "Anne Roux"), ("General practitioner", "Dr Durand, Rennes"),
        ("Present, in the quorum", "Paul Girard (medical oncology)"), ("Present, outside the quorum", "Léa Petit (nursing, allied)"),
        ("Correspondents", "Dr Durand, Rennes"), ("Pseudonym", "CRC-0001"), ("Sex, age", "female, 61 years"),
        ("National identifier (INS)", "not recorded"), ("Name and birth traits", "not recorded"), ("Contacts", "not recorded"),
        ("Trusted person", "not recorded"), ("Patient informed", "on 2026-11-13"), ("Type of board", "not recorded"),
        ("Recourse board", "not recorded"), ("Paediatric", "no"), ("Purpose", "treatment proposal"), ("Case", "discussed"),
        ("How it was found", "not recorded"), ("Date of diagnosis", "2026-05-10"), ("Topography", "not recorded"),
        ("Laterality", "not recorded"), ("Morphology", "not recorded"), ("cTNM", "cT3"), ("Stage", "not recorded"),
        ("Past history", "Appendicitis"), ("Conditions", "Malignant tumor of colon, since 2026-05-10"), ("WHO performance status", "1"),
        ("Geriatric screen", "not recorded"), ("Pain", "not recorded"), ("Latest results", "Carcinoembryonic antigen: 5.10 ng/mL"),
        ("Initial or relapse", "not recorded"), ("Local, regional, distant", "not recorded"),
        ("Treatments", "oxaliplatin, 2026-08-18 to 2026-11-06"), ("Operations and reports", "Colectomy, 2026-06-29"),
        ("Pathology", "not recorded"), ("Molecular findings", "not recorded"), ("Synthesis", "not recorded"),
        ("Question", "Resect now or after six cycles?"), ("File complete", "not recorded"), ("Quorum", "reached (3 physicians"),
        ("Rule", "INCa"), ("Reason without quorum", "none needed"), ("The board proposes", "FOLFOX, resection"),
        ("Reason", "Response on imaging"), ("Sequence", "FOLFOX, 6 cycles (chemotherapy) from 2026-12-03"),
        ("Alternatives", "Best supportive care"), ("Further tests", "MRI of the liver by 2026-12-13"),
        ("Recourse asked for", "not recorded"),
        ("Surveillance", "not recorded"), ("Patient's preference", "Wants to be home for Christmas"),
        ("Comorbidity", "Diabetes, well controlled"), ("Who tells the patient", "Paul Girard"), ("Follow-up", "2027-03-03"),
        ("Follows a guideline", "no, the board departs from it"), ("Guideline and version", "TNCD colon metastases, version 2026.1"),
        ("Date of the guideline", "2026-02-16"), ("Reason of a deviation", "The patient declines a port"),
        ("Clinical trial", "LIVER-7, proposed"), ("Simulation", "a scenario that was simulated"),
        ("Dissent", "Anne Roux (radiology): Segment 4 is not clear"), ("Document status", "approved (signed)"),
        ("Signed by", "Claire Moreau, 2026-11-26"), ("Ledger head", "42-0123456789abcdef"),
        ("Distribution", "Dr Durand on 2026-11-26 by secure mail"),
    ]

    @Test("Scores stand on the sheet with their caveat, and inputs outside the model's domain before the figures, in every format")
    func scoresAndDomain() throws {
        var sheet = SheetFixture.sheet()
        sheet.scores = [PublishedScore(name: "Fong", value: "3 of 5 (high)", caveat: "too little discrimination")]
        sheet.findings = [
            DomainFinding(input: "age", found: "61 years", domain: "adults", isInside: true),
            DomainFinding(input: "liver", found: "cirrhosis", domain: "no cirrhosis", isInside: false),
        ]
        for format in [SheetFormat.text, .markdown, .html, .fhir] {
            let text = try flat(format, sheet)
            for words in ["3 of 5 (high)", "too little discrimination", "domain in 1 of 2 inputs", "cirrhosis"] {
                #expect(text.contains(words), "\(words) in \(format)")
            }
        }
        let object = try #require(try JSONSerialization.jsonObject(with: Data(try sheet.data(.json))) as? [String: Any])
        #expect((object["scores"] as? [[String: String]])?.first?["caveat"] == "too little discrimination")
        #expect((object["outside_domain"] as? [[String: String]])?.map { $0["input"] } == ["liver"])
    }

    @Test("Assumptions are told with the letters of the scenarios that they belong to")
    func lettered() throws {
        #expect(try flat(.text, SheetFixture.sheet()).contains("A B: assumption: a fixture"))
    }

    /// The shown texts of a format, as one string without its line breaks and escapes.
    private func flat(_ format: SheetFormat, _ sheet: DecisionSheet) throws -> String {
        let text = String(decoding: try sheet.data(format), as: UTF8.self)
        let plain: String =
            switch format {
            case .markdown: text.replacingOccurrences(of: "\\", with: "")
            case .html: try XMLText(text).text
            case .fhir: try FHIRNarratives(text).text
            default: text
            }
        return plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test("D2: the list of fields is the one that is asked for, each once")
    func list() {
        #expect(SheetItem.allCases.map(\.label) == Self.required.map(\.label))
        let fields = SheetFixture.sheet().document.sections.flatMap(\.blocks).compactMap { block in
            if case .field(let field) = block { field.id } else { nil }
        }
        for item in SheetItem.allCases { #expect(fields.count { $0 == item.rawValue } == 1, "\(item)") }
    }

    @Test("D2: each field stands beside its value", arguments: required)
    func value(label: String, words: String) throws {
        let fields = SheetFixture.sheet().document.sections.flatMap(\.blocks).compactMap { block -> SheetField? in
            if case .field(let field) = block { field } else { nil }
        }
        let field = try #require(fields.first { $0.label == label })
        #expect(field.value.texts.joined(separator: "\n").contains(words), "\(label): \(field.value.texts)")
    }

    @Test(
        "Every field and its value is in every format for people and in the FHIR narrative",
        arguments: [SheetFormat.text, .markdown, .html, .fhir])
    func formats(format: SheetFormat) throws {
        let text = try flat(format, SheetFixture.sheet())
        for (label, words) in Self.required {
            #expect(text.contains(label), "\(format) lacks «\(label)»")
            // A cell of the text may break a long value over lines that stand beside a label.
            if format != .text { #expect(text.contains(words), "\(format) lacks «\(words)» of «\(label)»") }
        }
        for words in [DecisionSheet.notice, "DEMO", "FOLFIRI alone", "60 % [52 to 68]", "> 24 months", "liver-metastases 9"] {
            #expect(text.contains(words), "\(format) lacks «\(words)»")
        }
        #expect(text.contains(String(repeating: "ab", count: 32)) && text.contains("E7620F1842B4E81F"))
    }

    @Test("The sheet says in which arithmetic its figures were computed", arguments: [SheetFormat.text, .markdown, .html, .fhir, .json])
    func arithmetic(format: SheetFormat) throws {
        let text = try flat(format, SheetFixture.sheet())
        let label = try #require(text.range(of: format == .json ? "\"arithmetic\"" : "Arithmetic"))
        #expect(text[label.upperBound...].prefix(60).contains("baseline"), "\(text[label.upperBound...].prefix(60))")
    }

    @Test("The JSON has every field with its state")
    func json() throws {
        let text = String(decoding: try SheetFixture.sheet().data(.json), as: UTF8.self)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let sections = try #require(object["sections"] as? [[String: Any]])
        let fields = sections.flatMap { $0["fields"] as? [[String: Any]] ?? [] }
        for item in SheetItem.allCases {
            let field = try #require(fields.first { $0["id"] as? String == item.rawValue })
            let values = try #require(field["value"] as? [String])
            #expect(values.isEmpty == (field["state"] as? String != "recorded"))
        }
        #expect(
            Set(sections.compactMap { $0["loinc"] as? String }).isSuperset(of: ["42349-1", "72135-7", "18776-5", "35510-7", "33557-0"]))
    }

    @Test("On a memory board the fields of oncology read «not applicable», the others stay")
    func memory() {
        var sheet = SheetFixture.sheet(board: "memory")
        sheet.preparation.tumour.stage = "IV"
        for block in sheet.document.sections.flatMap(\.blocks) {
            guard case .field(let field) = block, let item = SheetItem(rawValue: field.id) else { continue }
            #expect((field.value == .notApplicable) == item.isOncology, "\(item)")
        }
        #expect(sheet.lines().contains { $0.hasPrefix("cTNM") && $0.hasSuffix("not applicable") })
        sheet.preparation.isOncology = true
        #expect(sheet.lines().contains { $0.hasPrefix("Stage") && $0.hasSuffix("IV") })
    }

    @Test(
        "An amended sheet shows both versions and what was changed, in every format",
        arguments: [SheetFormat.text, .markdown, .html, .fhir, .json])
    func amended(format: SheetFormat) throws {
        var second = SheetFixture.draft("Response confirmed by MRI")
        second.choice = .other("Ablation")
        second.plan.trial = ""
        let sheet = SheetFixture.sheet(decisions: [SheetFixture.decision(1, SheetFixture.draft()), SheetFixture.decision(2, second)])
        let text = try flat(format, sheet)
        for words in ["Response on imaging", "Response confirmed by MRI", "Ablation", "FOLFOX, resection"] {
            #expect(text.contains(words), "\(format) lacks «\(words)»")
        }
        guard format != .json else { return }
        for words in ["AMENDED", "What version 2 changed", "Clinical trial", "LIVER-7, proposed"] {
            #expect(text.contains(words), "\(words)")
        }
    }

    @Test("A draft says that it is not signed, and a training session what it is, at the top and at the bottom")
    func marks() {
        let draft = SheetFixture.sheet(decisions: [], isTraining: true)
        let lines = draft.lines()
        #expect(lines.first == "DECISION SHEET · DRAFT · DEMO · TRAINING")
        #expect(lines.suffix(3).joined(separator: " ").contains("DEMO · TRAINING · Decision support for research"))
        #expect(lines.contains { $0.hasPrefix("Signed by") && $0.hasSuffix("not signed") })
        #expect(lines.joined(separator: " ").contains("not of what a board has signed"))
        #expect(draft.document.html.contains("TRAINING</span>"))
    }

    @Test(
        "Held cycles are drawn with a sign and a legend of their own, apart from operations, and told in words; without any there is neither"
    )
    func holds() throws {
        var sheet = SheetFixture.sheet()
        #expect(!sheet.document.html.contains("cycle held") && !sheet.document.html.contains("cycles held"))
        var forecasts = SheetFixture.forecasts
        forecasts[0].marks += [
            ForecastMark(day: 21, kind: .held, label: "cycle 2 <held>"), ForecastMark(day: 49, kind: .held, label: "cycle 4 held"),
        ]
        sheet.forecasts = .shown(forecasts, observables: [SheetFixture.size], observed: [])
        let html = sheet.document.html
        let read = try XMLText(html)
        // Two in the plot of A, one in the legend; operations keep their dashed line.
        #expect(read.attributes.count { $0.0 == "g" && $0.1 == "stroke" && $0.2 == "#6b3fa0" } == 3)
        #expect(read.attributes.count { $0.1 == "stroke-dasharray" } == 3)
        #expect(html.contains(">cycle held</text>") && html.contains("<title>cycle 2 &lt;held&gt;</title>"))
        #expect(html.contains("cycles held on day 21, 49"))
    }

    @Test("Without forecasts the sheet says why there is no plot")
    func noPlot() {
        var sheet = SheetFixture.sheet()
        sheet.forecasts = .missing("the draws that the board saw are not in this store")
        #expect(sheet.lines().joined(separator: " ").contains("No plot: the draws that the board saw are not in this store."))
        #expect(sheet.document.html.contains("No plot: the draws") && !sheet.document.html.contains("<svg"))
    }

    @Test("No line of the text is wider than asked", arguments: [40, 80, 96, 132])
    func width(columns: Int) {
        // A signature is to be copied to the letter: it alone is never broken.
        for line in SheetFixture.sheet().lines(width: columns) where !line.hasPrefix("    ") {
            #expect(line.count <= columns, "\(line)")
        }
    }
}
