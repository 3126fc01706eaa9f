// The same text for a terminal that has ASCII alone.

/// Replacements of the signs that the screens use; what is not known becomes "?".
public enum AsciiFold {
    private static let singles: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        let groups: [(Unicode.Scalar, String)] = [
            ("-", "─━╌┄┈–—−‐‑‒╶╴╸╺"), ("|", "│┃┆┊╎▏▌▐╷╵╻╹"), ("+", "┌┐└┘├┤┬┴┼╭╮╰╯╋┣┫┳┻✓✔"), ("*", "●•∙◆◉★"), ("o", "○◦◇☆"), ("^", "▲△↑"),
            ("v", "▼▽↓▾"), (">", "→▶▸›»⟩≻"), ("<", "←◀◂‹«⟨"), ("#", "█▇▆▓■"), ("=", "▅▄≡≈≃‖"), ("_", "▁▂▃"), (":", "░▒∶"), (".", "·․…"),
            ("x", "×✗✘⨯"), ("!", "⚠¡"), ("'", "‘’ʼ′´"), ("\"", "“”„″"), ("/", "÷⁄∕"), ("~", "∼±"), ("A", "ÆΑ"), ("a", "æα"), ("O", "Œ"),
            ("o", "œ°"), ("s", "ßσ"), ("D", "Δ"), ("b", "β"), ("0", "⁰₀"), ("1", "¹₁"), ("2", "²₂"), ("3", "³₃"), ("4", "⁴₄"),
            ("5", "⁵₅"), ("6", "⁶₆"), ("7", "⁷₇"), ("8", "⁸₈"), ("9", "⁹₉"), ("?", "\u{FFFD}"), ("E", "€"), ("(", "⌈⌊"), (")", "⌉⌋"),
        ]
        for (plain, signs) in groups {
            for sign in signs.unicodeScalars { table[sign] = plain }
        }
        return table
    }()

    private static let longer: [Unicode.Scalar: String] = [
        "→": "->", "←": "<-", "±": "+-", "≤": "<=", "≥": ">=", "°": "deg", "…": "...", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe",
        "ß": "ss",
        "α": "alpha", "β": "beta", "γ": "gamma", "σ": "sigma", "τ": "tau", "Δ": "Delta", "µ": "u", "μ": "u", "≠": "!=", "∞": "inf",
        "€": "EUR",
    ]

    /// One ASCII scalar in place of one scalar, so that a frame keeps its columns.
    public static func scalar(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.value < 0x80 { return scalar }
        // A braille cell is a piece of a curve.
        if scalar.value >= 0x2800 && scalar.value <= 0x28FF { return scalar.value == 0x2800 ? " " : "*" }
        return singles[scalar] ?? Letters.base(of: scalar) ?? "?"
    }

    /// A text in ASCII, where a sign may take more than one column ("→" as "->").
    public static func text(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var folded = ""
        for scalar in text.unicodeScalars {
            if let long = longer[scalar] {
                folded += long
            } else {
                folded.unicodeScalars.append(self.scalar(scalar))
            }
        }
        return folded
    }
}
