// A document as values: sections of fields, tables and plots. Every format is a walk over it, so that none can leave anything out.
import Surface

/// A decision sheet or a care plan, ready to be written in any format.
///
/// Invariant D1: every text in it is clean (``SafeText``): the values below let nothing else in, so a renderer has only its own syntax to
/// escape. Line ends are kept, as `\n`.
public struct SheetDocument: Hashable, Sendable {
    public var title: String
    /// Board, day and patient in one line; stands on every page.
    public let subtitle: String
    /// `DRAFT`, `SIGNED`, `AMENDED`.
    public let status: String
    /// `DEMO`, `TRAINING`: what keeps the document from being taken for a real one; on every page.
    public let marks: [String]
    /// What the document is not; on every page.
    public let notice: String
    public let sections: [SheetSection]

    public init(title: String, subtitle: String, status: String, marks: [String], notice: String, sections: [SheetSection]) {
        self.title = SheetText.clean(title)
        self.subtitle = SheetText.clean(subtitle)
        self.status = SheetText.clean(status)
        self.marks = marks.map(SheetText.clean)
        self.notice = SheetText.clean(notice)
        self.sections = sections
    }

    /// `DECISION SHEET · SIGNED · DEMO`.
    public var heading: String { ([title.uppercased(), status] + marks).filter { !$0.isEmpty }.joined(separator: " · ") }
}

/// A part of a document with its own heading.
public struct SheetSection: Hashable, Sendable {
    public let id: String
    public let title: String
    /// The section's LOINC code in the French decision sheet (CI-SIS FRCP 2022.01); nil where twinboard adds a section of its own.
    public let loinc: String?
    public var blocks: [SheetBlock]

    public init(id: String, title: String, loinc: String? = nil, blocks: [SheetBlock]) {
        self.id = id
        self.title = SheetText.clean(title)
        self.loinc = loinc
        self.blocks = blocks
    }
}

public enum SheetBlock: Hashable, Sendable {
    case field(SheetField)
    case paragraph(SheetText)
    case list([SheetText])
    case table(SheetTable)
    case plot(SheetPlot)
    /// To be copied to the letter, such as a signature: its caption and its lines.
    case verbatim(SheetText, SheetText)

    public static func paragraph(_ text: String) -> SheetBlock { .paragraph(SheetText(text)) }
    public static func list(_ items: [String]) -> SheetBlock { .list(items.map { SheetText($0) }) }
}

/// A text that was cleaned when it came in.
public struct SheetText: Hashable, Sendable, CustomStringConvertible {
    public let string: String
    public init(_ outside: String) { string = Self.clean(outside) }
    public var description: String { string }
    public var lines: [String] { string.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

    /// Longer texts end with `…`.
    static let longest = 16_000

    /// Clean line by line: a person's line ends in a reason are kept, everything else that is no printable sign is marked.
    static func clean(_ outside: String) -> String {
        outside.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { SafeText(String($0), limit: longest).string }
            .joined(separator: "\n")
    }
}

/// What stands beside a label.
public enum SheetValue: Hashable, Sendable {
    case text(SheetText)
    case several([SheetText])
    /// Nobody wrote it down: said, never left out.
    case notRecorded
    /// It means nothing for this board, such as a tumour's stage on a memory board.
    case notApplicable

    /// A text; nil and blank ones are `notRecorded`.
    public static func of(_ text: String?) -> SheetValue {
        guard let text, !text.allSatisfy(\.isWhitespace) else { return .notRecorded }
        return .text(SheetText(text))
    }

    /// Several texts, without blank ones; none at all is `notRecorded`.
    public static func of(_ texts: [String]) -> SheetValue {
        let given = texts.filter { !$0.allSatisfy(\.isWhitespace) }
        return given.isEmpty ? .notRecorded : given.count == 1 ? .of(given[0]) : .several(given.map { SheetText($0) })
    }

    /// `yes`, `no`, or `notRecorded`.
    public static func of(_ answer: Bool?) -> SheetValue { .of(answer.map { $0 ? "yes" : "no" }) }

    /// `recorded`, `not recorded`, `not applicable`: for programs.
    public var state: String {
        switch self {
        case .text, .several: "recorded"
        case .notRecorded: "not recorded"
        case .notApplicable: "not applicable"
        }
    }

    /// One text for each thing that is said.
    public var texts: [String] {
        switch self {
        case .text(let text): [text.string]
        case .several(let texts): texts.map(\.string)
        case .notRecorded, .notApplicable: [state]
        }
    }
}

/// A labelled value.
public struct SheetField: Hashable, Sendable {
    public let id: String
    public let label: String
    public let value: SheetValue
    public init(id: String, label: String, value: SheetValue) {
        self.id = id
        self.label = SheetText.clean(label)
        self.value = value
    }
}

/// Rows under a header; every row has as many cells.
public struct SheetTable: Hashable, Sendable {
    public let caption: String
    public let header: [String]
    public let rows: [[String]]
    public init(caption: String, header: [String], rows: [[String]]) {
        self.caption = SheetText.clean(caption)
        self.header = header.map(SheetText.clean)
        self.rows = rows.map { row in header.indices.map { row.indices.contains($0) ? SheetText.clean(row[$0]) : "" } }
    }
}
