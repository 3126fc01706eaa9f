// Text from outside: what reaches a cell, how wide it is, how it is cut.
import Surface
import Testing

@Suite("Text from outside")
struct TextTests {
    @Test(
        "Widths: ASCII, accents, CJK, marks and controls",
        arguments: [
            ("a", 1), ("é", 1), ("e\u{301}", 1), ("中", 2), ("한", 2), ("Ａ", 2), ("\u{200B}", 0), ("\u{7}", 0), ("●", 1), ("⣀", 1), ("☔", 2),
            ("ﾊ", 1),
        ])
    func widths(text: String, width: Int) {
        #expect(TextWidth.of(text) == width)
    }

    @Test(
        "Invariant 2: hostile text becomes visible and harmless",
        arguments: [
            ("a\u{1B}[2Jb", "a\u{FFFD}[2Jb"), ("x\u{202E}fdp.exe", "x\u{FFFD}fdp.exe"), ("a\nb\tc\u{8}d", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d"),
            ("a\u{200B}\u{200D}\u{FEFF}b", "a\u{FFFD}b"), ("\u{9B}31m", "\u{FFFD}31m"), ("tag\u{E0041}", "tag\u{FFFD}"),
            ("\u{E000}p", "\u{FFFD}p"),
            ("\u{FFFF}n", "\u{FFFD}n"), ("soft\u{AD}hyphen", "soft\u{FFFD}hyphen"), ("a\u{A0}b\u{202F}c\u{3000}d", "a b c d"),
            ("😀!", "\u{FFFD}!"),
            ("🇫🇷", "\u{FFFD}"), ("line\u{2028}sep", "line\u{FFFD}sep"), ("\u{115F}x\u{3164}y\u{2800}z", "\u{FFFD}x\u{FFFD}y\u{FFFD}z"),
            ("\u{E9}", "\u{E9}"), ("e\u{301}", "\u{E9}"), ("n\u{303}o\u{308}", "\u{F1}\u{F6}"), ("Z\u{335}\u{336}\u{337}algo", "Zalgo"),
            ("中文", "中文"),
            ("\u{301}x", "x"), ("\u{1B}\u{301}", "\u{FFFD}"), ("Łódź ≤ 3 µg", "Łódź ≤ 3 µg"),
        ])
    func hostile(outside: String, expected: String) {
        // Compared by scalars: strings compare equal by canonical equivalence.
        #expect(Array(SafeText(outside).string.unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test("Invariant 2 holds for every scalar there is: allowed ones have a width, cleaning twice changes nothing")
    func everyScalar() {
        var wrong: [UInt32] = []
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = SafeText(String(Character(scalar))).string
            let isFine = once.unicodeScalars.allSatisfy { SafeText.isAllowed($0) && (1...2).contains(TextWidth.of($0)) && $0.value >= 0x20 }
            if !isFine || SafeText(once).string != once || (once.isEmpty && TextWidth.of(scalar) > 1) { wrong.append(value) }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(10).map { String($0, radix: 16) })")
    }

    @Test("A text is bounded, and says that it was cut")
    func bounded() {
        let long = SafeText(String(repeating: "x", count: 1_000_000))
        #expect(long.string.unicodeScalars.count == 4096)
        #expect(long.string.hasSuffix("…"))
        #expect(SafeText("abc", limit: 3).string == "abc")
        #expect(SafeText("abcd", limit: 3).string == "ab…")
        #expect(SafeText("e" + String(repeating: "\u{301}", count: 100_000), limit: 10).string == "é")
        #expect(SafeText(trusted: "quorum 4/4 ✓").string == "quorum 4/4 ✓")
    }

    @Test(
        "A CSV cell is never a formula, and a negative number stays one",
        arguments: [
            ("=1+1", "'=1+1"), ("+33 6 12", "'+33 6 12"), ("-2.5", "-2.5"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"),
            ("+1e-4", "+1e-4"),
            ("-inf", "'-inf"), (" =x", "' =x"), ("\t=x", "'\u{FFFD}=x"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
            ("plain", "plain"), ("", ""),
            ("=a,b", "\"'=a,b\""), ("＝1", "'＝1"),
        ])
    func csv(outside: String, cell: String) {
        #expect(SafeText.csvCell(outside) == cell)
    }

    @Test("Fitting gives exactly the columns asked for")
    func fit() {
        #expect(TextWidth.fit("abc", to: 5) == "abc  ")
        #expect(TextWidth.fit("abc", to: 5, align: .trailing) == "  abc")
        #expect(TextWidth.fit("abcdef", to: 4) == "abc…")
        #expect(TextWidth.fit("中文字", to: 4) == "中… ")
        #expect(TextWidth.fit("abc", to: 0) == "")
        #expect(TextWidth.fit("abcd", to: 2, ellipsis: false) == "ab")
        for width in 0...12 { #expect(TextWidth.of(TextWidth.fit("a中b文c\u{1B}", to: width)) == width) }
    }

    @Test("Wrapping breaks between words, keeps line ends, cuts words that are too long")
    func wrap() {
        #expect(TextWidth.wrap("one two three", width: 7) == ["one two", "three"])
        #expect(TextWidth.wrap("a\nb\n\nc", width: 10) == ["a", "b", "", "c"])
        #expect(TextWidth.wrap("abcdefgh ij", width: 3) == ["abc", "def", "gh", "ij"])
        #expect(TextWidth.wrap("", width: 5) == [""])
        #expect(TextWidth.wrap("中文字", width: 1) == [""])
        #expect(TextWidth.wrap("中文字 x", width: 4) == ["中文", "字 x"])
        #expect(TextWidth.wrap("x", width: -3) == ["x"])
    }

    @Test("A terminal with ASCII alone still gets words")
    func ascii() {
        #expect(AsciiFold.text("3 ± 1 µg → décidé ≤ 5 °C") == "3 +- 1 ug -> decide <= 5 degC")
        #expect(AsciiFold.text("中") == "?")
        let look = Look(capability: .ascii)
        #expect(look.text("réunion") == "reunion")
        #expect(Look(capability: .full).text("réunion") == "réunion")
    }
}
