// A decision sheet as a FHIR R4 document: a bundle whose first entry is the composition, and all that it refers to.
import Crypto
import Foundation
import Meetings
import Twins

/// Builds the bundle of a decision sheet.
///
/// Invariant F1: every reference is the `fullUrl` of an entry of the same bundle. Invariant F2: identifiers are made from the content, so
/// the same sheet gives the same bytes.
///
/// Source: HL7 FHIR R4 (4.0.1), documents; LOINC 34794-8 and the section codes of ANS CI-SIS FRCP 2022.01.
public struct FHIRDocument: Sendable {
    public let sheet: DecisionSheet
    let document: SheetDocument
    /// Of everything that the sheet says: what the identifiers are made from.
    private let content: String

    public init(_ sheet: DecisionSheet) {
        self.sheet = sheet
        document = sheet.document
        content = document.lines().joined(separator: "\n")
    }

    /// The bundle as JSON, a line feed at its end.
    public var json: String { bundle.rendered() + "\n" }

    struct Entry {
        var id: String
        var resource: JSONText
        var fullURL: String { "urn:uuid:\(id)" }
    }

    /// Members of an object, without those that are nil: FHIR knows no null and no empty list.
    static func object(_ members: [(String, JSONText?)]) -> JSONText {
        .object(
            members.compactMap { name, value in
                switch value {
                case nil, .null?: nil
                case .array(let values)? where values.isEmpty: nil
                case .string(let text)? where text.isEmpty: nil
                case let value?: (name, value)
                }
            })
    }

    static func resource(_ type: String, _ id: String, _ members: [(String, JSONText?)]) -> JSONText {
        object([("resourceType", .string(type)), ("id", .string(id))] + members)
    }

    /// A version 8 UUID (RFC 9562: of the maker's own making) from the content and a name within it.
    func id(_ name: String) -> String {
        var bytes = Array(SHA256.hash(data: Data((content + "\u{0}" + name).utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        var (text, rest) = ("", Substring(hex))
        for length in [8, 4, 4, 4, 12] {
            text += (text.isEmpty ? "" : "-") + rest.prefix(length)
            rest = rest.dropFirst(length)
        }
        return text
    }

    func reference(_ name: String) -> JSONText { .object([("reference", .string("urn:uuid:\(id(name))"))]) }
    /// Cleaned text for an element.
    static func text(_ outside: String) -> JSONText { .string(SheetText.clean(outside)) }
    static func concept(text outside: String) -> JSONText { .object([("text", text(outside.isEmpty ? "not recorded" : outside))]) }
    /// A code of LOINC with our own words; its display is LOINC's to give.
    static func loinc(_ code: String, _ words: String) -> JSONText {
        .object([
            ("coding", .array([.object([("system", .string(Code.loinc)), ("code", .string(code))])])), ("text", .string(words)),
        ])
    }

    /// `2026-11-26T14:05:00.250Z`.
    static func instant(_ time: Instant) -> JSONText {
        let within = time.milliseconds - Instant(time.day).milliseconds
        let (seconds, milliseconds) = (within / 1000, within % 1000)
        return .string(
            "\(time.day)T" + String(format: "%02d:%02d:%02d.%03dZ", seconds / 3600, seconds / 60 % 60, seconds % 60, milliseconds))
    }

    /// The signature's moment; before it the day of the meeting.
    private var time: Instant { sheet.decisions.last?.signedAt ?? Instant(sheet.meeting.day) }

    private var bundle: JSONText {
        let parts = [people, record, plan, simulation, provenance].flatMap(\.self)
        let entries = [Entry(id: id("composition"), resource: composition(parts))] + parts
        return Self.object([
            ("resourceType", .string("Bundle")), ("id", .string(id("bundle"))), ("meta", meta),
            ("identifier", .object([("system", .string("urn:ietf:rfc:3986")), ("value", .string("urn:uuid:\(id("document"))"))])),
            ("type", .string("document")), ("timestamp", Self.instant(time)),
            (
                "entry",
                .array(entries.map { .object([("fullUrl", .string($0.fullURL)), ("resource", $0.resource)]) })
            ),
        ])
    }

    /// A demo or a training session is labelled as test data.
    private var meta: JSONText? {
        guard !sheet.marks.isEmpty else { return nil }
        let label = JSONText.object([
            ("system", .string("http://terminology.hl7.org/CodeSystem/v3-ActReason")), ("code", .string("HTEST")),
            ("display", .string("test health data")),
        ])
        return .object([
            ("security", .array([label])),
            ("tag", .array(sheet.marks.map { .object([("system", .string("urn:twinboard:mark")), ("code", .string($0))]) })),
        ])
    }

    private func composition(_ parts: [Entry]) -> JSONText {
        let status = sheet.decisions.isEmpty ? "preliminary" : sheet.decisions.count == 1 ? "final" : "amended"
        let attester: JSONText? = sheet.decisions.last.map { decision in
            .array([
                Self.object([
                    ("mode", .string("legal")), ("time", Self.instant(decision.signedAt)), ("party", signer.map(reference)),
                ])
            ])
        }
        return Self.resource(
            "Composition", id("composition"),
            [
                ("meta", meta), ("language", .string("en")), ("text", narrative(heading)),
                (
                    "identifier",
                    .object([
                        ("system", .string("urn:twinboard:sheet")),
                        ("value", Self.text("\(sheet.meeting.id)/\(sheet.item.id)/\(sheet.decisions.count)")),
                    ])
                ),
                ("status", .string(status)),
                ("type", Self.loinc("34794-8", "Decision sheet of a multidisciplinary board (fiche RCP)")),
                ("subject", reference("patient")),
                ("date", Self.instant(time)), ("author", .array([reference("board")])), ("title", Self.text(document.heading)),
                ("attester", attester), ("custodian", reference("board")),
                ("section", .array(document.sections.map { section($0, parts) })),
            ])
    }

    private var heading: [SheetBlock] {
        [.paragraph(document.heading), .paragraph(document.subtitle), .paragraph(document.notice)]
    }

    /// A section with its narrative, its LOINC code where the French sheet has one, and what belongs to it in this bundle.
    private func section(_ section: SheetSection, _ parts: [Entry]) -> JSONText {
        let names = members(section.id)
        let known = Set(parts.map(\.id))
        let references = names.filter { known.contains(id($0)) }.map(reference)
        return Self.object([
            ("title", .string(section.title)),
            ("code", section.loinc.map { Self.loinc($0, section.title) } ?? Self.concept(text: section.title)),
            ("text", narrative(section.blocks)), ("entry", .array(references)),
        ])
    }

    func narrative(_ blocks: [SheetBlock]) -> JSONText {
        let words = blocks.isEmpty ? "<p>Nothing recorded.</p>" : HTML.blocks(blocks, drawsPlots: false)
        return .object([
            ("status", .string("generated")), ("div", .string("<div xmlns=\"http://www.w3.org/1999/xhtml\">\(words)</div>")),
        ])
    }

    /// The names of the entries that a section refers to.
    private func members(_ section: String) -> [String] {
        switch SheetPart(rawValue: section) {
        case .meeting: ["board"] + (sheet.preparation.establishment == nil ? [] : ["establishment"]) + seats.indices.map { "role-\($0)" }
        case .tumour: ["tumour"]
        case .problems, .history: facts(.condition).filter { isOver($0.fact) == (section == "history") }.map(\.name)
        case .treatments: (facts(.medication) + facts(.procedure)).map(\.name)
        case .results: observations.indices.map { "observation-\($0)" }
        case .plan:
            ["careplan", "options"] + otherOptions.indices.map { "option-\($0)" } + sheet.current.plan.tests.indices.map { "test-\($0)" }
        case .simulation: ["device"] + (sheet.seen?.scenarios.indices.map { "risk-\($0)" } ?? [])
        default: []
        }
    }
}
