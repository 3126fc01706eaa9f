// Keeps from the TOML library what would abort the program: it asserts, rather than reports, that a table's name starts well.

/// A check of the text before the library sees it.
public enum TOMLGuard {
    /// The first line whose `[` or `[[` is not followed by a name (`[[[`, `[=`, `[é`); nil if there is none.
    ///
    /// toml++ 3, which TOMLKit 0.6.0 wraps, reaches `TOML_ASSERT_ASSUME(is_bare_key_character(*cp) || is_string_delimiter(*cp))` there: an
    /// abort in a debug build and undefined behaviour in an optimised one. A line of a value may start with `[` too; the few that are
    /// refused here and would be TOML (`[{`, `[[[`) have no place in our files. May go when TOMLKit wraps a toml++ that reports it.
    public static func unnamedTable(_ text: String) -> (line: Int, column: Int)? {
        for (number, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            var rest = line.drop(while: isBlank)
            guard rest.first == 0x5B else { continue }
            rest = rest.dropFirst()
            if rest.first == 0x5B { rest = rest.dropFirst() }
            rest = rest.drop(while: isBlank)
            if let next = rest.first, !startsName(next) { return (number + 1, line.count - rest.count + 1) }
        }
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Letters, digits, - and _, a quotation mark; the library itself reports a closing bracket or the end of the file.
    private static func startsName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F, 0x22, 0x27, 0x5D: true
        default: false
        }
    }
}
