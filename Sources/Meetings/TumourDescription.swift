// What is noted of a tumour before its board meets, in the notations that pathologists and registers use.
import Twins

/// A tumour as the decision sheet has it; every field empty until a person fills it.
///
/// Source of the fields: ANS CI-SIS, volet FRCP 2022.01, sections 72135-7 (tumour) and 18733-6 (phase).
public struct TumourDescription: Hashable, Codable, Sendable {
    /// Nil: the record's first malignant condition says it.
    public var diagnosed: CalendarDay?
    /// ICD-O-3, with words after it: `C18.7 sigmoid colon`.
    public var topography = ""
    public var laterality = ""
    /// ICD-O-3, with words after it: `8140/3 adenocarcinoma`.
    public var morphology = ""
    /// `cT3 N1 M1a`.
    public var tnm = ""
    /// `IVA`.
    public var stage = ""
    /// `initial`, `relapse`.
    public var phase = ""
    /// `local`, `regional`, `distant`: any of them.
    public var spread: [String] = []
    public init() {}

    /// LOINC: clinical T, N and M of a record.
    public static let tnmCodes = ["21905-5", "21906-3", "21907-1"]
    static let fields = ["diagnosed", "topography", "laterality", "morphology", "tnm", "stage", "phase", "spread"]
    static let lateralities = ["left", "right", "bilateral", "midline", "not paired"]
    static let phases = ["initial", "relapse"]
    static let spreads = ["local", "regional", "distant"]

    mutating func set(_ field: String, to value: String) throws(PreparationError) {
        func read(_ notation: (String) -> String?, _ expected: String) throws(PreparationError) -> String {
            if value.allSatisfy(\.isWhitespace) { return "" }
            guard let read = notation(value) else { throw .badValue(field: field, value: value, expected: expected) }
            return read
        }
        switch field {
        case "diagnosed": diagnosed = try FieldText.day(field, value)
        case "topography":
            topography = try read(TumourNotation.topography, "a topography of ICD-O-3 from C00.0 to C80.9, such as C18.7 sigmoid colon")
        case "laterality": laterality = try FieldText.choice(field, value, Self.lateralities) ?? ""
        case "morphology":
            morphology = try read(TumourNotation.morphology, "a morphology of ICD-O-3 with its behaviour, such as 8140/3 adenocarcinoma")
        case "tnm": tnm = try read(TumourNotation.tnm, "T, N and M with their categories, such as cT3 N1 M1a or ypT2 N0 cM0")
        case "stage": stage = try read(TumourNotation.stage, "a stage from 0 to IV, such as IIA or IVB")
        case "phase": phase = try FieldText.choice(field, value, Self.phases) ?? ""
        case "spread":
            var chosen: [String] = []
            for word in FieldText.list(value) { chosen.append(try FieldText.choice(field, word, Self.spreads) ?? "") }
            spread = Self.spreads.filter(chosen.contains)
        default: throw .unknownField(field, known: Self.fields)
        }
    }

    /// In the order of ``fields``.
    var texts: [String] {
        [diagnosed?.description ?? "", topography, laterality, morphology, tnm, stage, phase, spread.joined(separator: "; ")]
    }

    /// The code before the words, such as `C18.7`; nil if there is none.
    public var topographyCode: String? { topography.split(separator: " ").first.map(String.init) }
    public var morphologyCode: String? { morphology.split(separator: " ").first.map(String.init) }
}

/// Reads what people write of a tumour into one spelling; nil for what cannot be.
///
/// Only the form is checked: whether a category exists for the organ, or fits the stage, is for the board.
public enum TumourNotation {
    /// `c18.7 sigmoid` as `C18.7 sigmoid`. Source: WHO, ICD-O-3.2, topography: C00.0 to C80.9.
    public static func topography(_ text: String) -> String? {
        guard let match = plain(text).wholeMatch(of: #/[Cc]([0-9]{2}\.[0-9])( .+)?/#), match.1.prefix(2) <= "80" else { return nil }
        return "C\(match.1)\(match.2 ?? "")"
    }

    /// `M-8140/3` as `8140/3`. Source: WHO, ICD-O-3.2, morphology: 8000 to 9993, behaviour 0, 1, 2, 3, 6 or 9.
    public static func morphology(_ text: String) -> String? {
        guard let match = plain(text).wholeMatch(of: #/(?:[Mm]-?)?([0-9]{4})/([012369])( .+)?/#), ("8000"..."9993").contains(match.1)
        else { return nil }
        return "\(match.1)/\(match.2)\(match.3 ?? "")"
    }

    /// `ct3n1m1a` as `cT3 N1 M1a`. Without a blank between, a letter belongs to the category before it: `T2cN0` is T2c N0, `T2 cN0` is not.
    ///
    /// Source: UICC, TNM Classification of Malignant Tumours, 8th edition: prefixes y, r, a, c, p, u; mi, is; suffixes (m), (sn), (i+);
    /// sites of M1; L, V, Pn, R, G and S after them.
    public static func tnm(_ text: String) -> String? {
        let grammar =
            #/
            (?<tPrefix> y?[ra]?[cpu]? ) T (?<t> X | 0 | is | a | [1-4] (?: mi | [a-d][1-3]? )? ) (?<many> \( (?: m | [1-9][0-9]? ) \) )? \s*
            (?<nPrefix> y?r?[cpu]? ) N (?<n> X | [0-3] (?: mi | [a-c] )? ) (?<nodes> (?: \( (?: sn | i[+\-] | mol[+\-] ) \) )* ) \s*
            (?<mPrefix> y?r?[cpu]? ) M (?<m> X | 0 (?: \(i\+\) )? | 1[a-d]? ) (?<sites> \( [a-z]{3} (?: , [a-z]{3} )* \) )?
            (?<rest> (?: \s* (?: Pn[01X] | L[01X] | V[012X] | R[012X] | G[1-4X] | S[0-3X] ) )* )
            /#.ignoresCase()
        guard let match = plain(text).wholeMatch(of: grammar) else { return nil }
        func category(_ prefix: Substring, _ letter: String, _ value: Substring) -> String {
            prefix.lowercased() + letter + (value.lowercased() == "x" ? "X" : value.lowercased())
        }
        var words = [
            category(match.tPrefix, "T", match.t) + (match.many?.lowercased() ?? ""),
            category(match.nPrefix, "N", match.n) + match.nodes.lowercased(),
            category(match.mPrefix, "M", match.m) + (match.sites?.uppercased() ?? ""),
        ]
        for found in match.rest.matches(of: #/(Pn|[LVRGS])([0-4X])/#.ignoresCase()) {
            words.append((found.1.count == 2 ? "Pn" : found.1.uppercased()) + found.2.uppercased())
        }
        return words.joined(separator: " ")
    }

    /// `stage iva` as `IVA`. Source: UICC 8th edition, and the stages of AJCC and FIGO of the same form.
    public static func stage(_ text: String) -> String? {
        let form = #/(?:stage )?(0(?:a|is)?|(?:I{1,3}|IV)(?:[A-D][1-3]?)?)/#.ignoresCase()
        guard let match = plain(text).wholeMatch(of: form) else { return nil }
        return match.1.first == "0" ? match.1.lowercased() : match.1.uppercased()
    }

    /// Single blanks, none at the ends.
    private static func plain(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
