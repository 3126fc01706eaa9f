// What a type of board asks for beside its quorum, and the book in which all boards have their rule: plain data, read from `rules/` by Exchange.
import Synchronization

/// A specialty that must be there, with those that stand for it.
public struct MandatorySpecialty: Hashable, Codable, Sendable {
    /// As people say it: `surgery`. It covers narrower ones: `hepatobiliary surgery`.
    public var specialty: String
    /// Any of these will do in its place: `hepatology` for `gastroenterology`.
    public var alternatives: [String]
    /// Somebody who is no physician will do, such as a neuropsychologist.
    public var allowsAllied: Bool
    /// Where the line is from; `assumption` where no source gives it.
    public var source: String
    public init(_ specialty: String, or alternatives: [String] = [], allowsAllied: Bool = false, source: String) {
        self.specialty = specialty
        self.alternatives = alternatives
        self.allowsAllied = allowsAllied
        self.source = source
    }

    /// As a person reads it: `gastroenterology or hepatology`.
    public var words: String { ([specialty] + alternatives).joined(separator: " or ") }
}

/// Something that a record must hold before a board of this type discusses it.
public struct CompletenessRule: Hashable, Codable, Sendable {
    public var label: String
    /// The codes' system as a URI; empty where there are no codes and only a person can say.
    public var system: String
    /// Any of them will do.
    public var codes: [String]
    /// Days that the newest may lie before the meeting; nil: any age.
    public var maxAgeDays: Double?
    /// Where the line is from; `assumption` where no source gives it.
    public var source: String
    public init(label: String, system: String = "", codes: [String] = [], maxAgeDays: Double? = nil, source: String) {
        self.label = label
        self.system = system
        self.codes = codes
        self.maxAgeDays = maxAgeDays
        self.source = source
    }
}

/// All that is known of a type of board.
public struct BoardRule: Hashable, Codable, Sendable {
    public var title: String
    public var quorum: QuorumRule
    /// Names of the guidelines that the board usually decides against, offered when a decision is written; may be empty.
    public var guidelines: [String]
    public var completeness: [CompletenessRule]
    /// The fields of a tumour apply to its cases.
    public var isOncology: Bool
    public init(
        title: String, quorum: QuorumRule, guidelines: [String] = [], completeness: [CompletenessRule] = [], isOncology: Bool = false
    ) {
        self.title = title
        self.isOncology = isOncology
        self.quorum = quorum
        self.guidelines = guidelines
        self.completeness = completeness
    }
}

/// The rules of all boards by the board's name.
public struct RuleBook: Hashable, Sendable {
    public private(set) var rules: [String: BoardRule]
    public init(_ rules: [BoardRule]) {
        self.rules = Dictionary(rules.map { ($0.quorum.board, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// A board without a rule of its own has the general one.
    public func rule(for board: String) -> BoardRule {
        rules[board] ?? rules[QuorumRule.general.board] ?? BoardRule(title: "Board", quorum: .general)
    }

    /// What the program falls back on where no folder of rules is at hand, as in tests of single modules; a test holds it against the files.
    public static let builtIn = RuleBook([
        BoardRule(
            title: "Liver tumour board", quorum: .liver,
            guidelines: ["ESMO metastatic colorectal cancer", "TNCD métastases hépatiques"], isOncology: true),
        BoardRule(title: "Memory board", quorum: .memory),
        BoardRule(title: "Urology board", quorum: .urology, guidelines: ["EAU prostate cancer"], isOncology: true),
        BoardRule(title: "Board", quorum: .general),
    ])

    private static let installed = Mutex<RuleBook?>(nil)

    /// The rules of this process: those that were installed at its start, else the built-in ones.
    public static var standing: RuleBook { installed.withLock { $0 } ?? builtIn }

    /// Makes a book the one of this process. Invariant 4: only once, before the first case is seen, so that a rule never changes between
    /// what a screen shows and what a signature is held against. False, and nothing changes, if another book stands already.
    @discardableResult
    public static func install(_ book: RuleBook) -> Bool {
        installed.withLock { standing in
            if standing == nil { standing = book }
            return standing == book
        }
    }
}
