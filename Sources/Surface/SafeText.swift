// The only door by which text from outside reaches a cell or standard output.

/// A text of printable scalars of known width.
///
/// Invariant 2: every scalar of `string` is a letter, a number, a punctuation mark, a symbol or the blank U+0020, has width 1 or 2, and is
/// assigned. What is not is replaced visibly, one U+FFFD for each run, so that nothing can hide in a name: control characters (C0, C1, ESC,
/// newline, tab, backspace), bidi controls, zero-width and soft hyphens, tags, private use, unassigned scalars and noncharacters, line
/// separators, and emoji (terminals disagree on their width). Other blanks (no-break, narrow, ideographic) become U+0020. Combining marks
/// are joined to a Latin base where Unicode has the joined letter, else dropped: a cell holds one scalar.
public struct SafeText: Hashable, Sendable, CustomStringConvertible {
    /// The cleaned text.
    public let string: String

    /// Marks the place of what was taken out.
    public static let marker: Unicode.Scalar = "\u{FFFD}"

    /// Text from outside, cleaned and cut to `limit` scalars (a cut one ends with "…"). Cost: O(length), one pass; plain ASCII is only
    /// checked.
    public init(_ outside: String, limit: Int = 4096) {
        let bytes = outside.utf8
        if bytes.count <= limit && bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            string = outside
        } else {
            string = SafeText.cleaned(outside, limit: max(0, limit))
        }
    }

    /// Words of our own, written in the source; cleaned all the same, for a literal can be mistyped too.
    public init(trusted: StaticString) {
        self.init(trusted.withUTF8Buffer { String(decoding: $0, as: UTF8.self) })
    }

    private init(joined: String) {
        string = joined
    }

    public var description: String { string }
    /// The columns that it takes.
    public var width: Int { TextWidth.of(string) }
    public var isEmpty: Bool { string.isEmpty }

    public static func + (left: SafeText, right: SafeText) -> SafeText {
        SafeText(joined: left.string + right.string)
    }

    /// Several texts with one between each two.
    public static func joined(_ parts: [SafeText], separator: SafeText) -> SafeText {
        SafeText(joined: parts.map(\.string).joined(separator: separator.string))
    }

    private static func cleaned(_ text: String, limit: Int) -> String {
        var kept = String.UnicodeScalarView()
        var count = 0
        var lastWasMarker = false
        for scalar in text.unicodeScalars {
            if scalar.value >= 0x300, isCombining(scalar) {
                if !lastWasMarker, let base = kept.last, let joined = Letters.joined(base, scalar) {
                    kept.removeLast()
                    kept.append(joined)
                }
                continue
            }
            let safe = allowed(scalar)
            if safe == nil && lastWasMarker { continue }
            if count == limit {
                if !kept.isEmpty { kept.removeLast() }
                kept.append("…")
                break
            }
            kept.append(safe ?? marker)
            lastWasMarker = safe == nil
            count += 1
        }
        return String(kept)
    }

    /// Whether a scalar may stand in a cell by itself (invariant 2).
    public static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        allowed(scalar) == scalar
    }

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: true
        default: false
        }
    }

    private static func allowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let value = scalar.value
        if value < 0x7F { return value >= 0x20 ? scalar : nil }
        if value >= 0x2500 && value <= 0x25FC { return scalar }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
            .otherNumber,
            .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            // Hangul fillers and the braille blank are "letters" and "symbols" that show nothing; conjoining jamo have no width of their
            // own.
            if properties.isDefaultIgnorableCodePoint || value == 0x2800 || properties.isEmojiPresentation { return nil }
            if properties.isEmojiModifier || properties.isNoncharacterCodePoint || (value >= 0x1F1E6 && value <= 0x1F1FF) { return nil }
            return TextWidth.of(scalar) > 0 ? scalar : nil
        case .spaceSeparator: return " "
        default: return nil
        }
    }
}
