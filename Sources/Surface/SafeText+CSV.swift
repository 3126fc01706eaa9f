// A cell of a CSV file that a spreadsheet will read as text and not run as a formula.

extension SafeText {
    /// One CSV field: cleaned, with "'" before a text that a spreadsheet would take for a formula, and quoted where RFC 4180 asks for it.
    ///
    /// A field that is a plain number ("-3.5", "+2e-4") is left as it is: a minus sign before digits is data.
    public static func csvCell(_ outside: String, limit: Int = 32_767) -> String {
        var text = SafeText(outside, limit: limit).string
        // The full-width forms are read as formula starts too by some spreadsheets in Asian locales.
        let risky: Set<Unicode.Scalar> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
        let lead = text.unicodeScalars.first { $0 != " " && $0 != marker }
        if let lead, risky.contains(lead), !isNumber(text) { text = "'" + text }
        guard text.unicodeScalars.contains(where: { $0 == "," || $0 == ";" || $0 == "\"" }) || text.first == " " || text.last == " " else {
            return text
        }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// Digits with sign, point and exponent only; "-inf" and "0x1p3" are texts here.
    private static func isNumber(_ text: String) -> Bool {
        text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) } && Double(text) != nil
    }
}
