// Latin letters with their marks: joined for cells, bared for terminals that have ASCII alone.

/// The accented Latin letters of the languages of Europe, by base letter.
enum Letters {
    private static let marked: [(base: Unicode.Scalar, letters: String)] = [
        ("A", "ÀÁÂÃÄÅĀĂĄǍ"), ("C", "ÇĆĈĊČ"), ("D", "ĎĐ"), ("E", "ÈÉÊËĒĔĖĘĚẼ"), ("G", "ĜĞĠĢǦ"), ("H", "ĤĦ"), ("I", "ÌÍÎÏĨĪĬĮİǏ"),
        ("J", "Ĵ"), ("K", "Ķ"), ("L", "ĹĻĽĿŁ"), ("N", "ÑŃŅŇ"), ("O", "ÒÓÔÕÖØŌŎŐǑ"), ("R", "ŔŖŘ"), ("S", "ŚŜŞŠȘ"), ("T", "ŢŤŦȚ"),
        ("U", "ÙÚÛÜŨŪŬŮŰŲǓ"), ("W", "ŴẀẂẄ"), ("Y", "ÝŶŸỲ"), ("Z", "ŹŻŽ"),
        ("a", "àáâãäåāăąǎª"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęěẽ"), ("g", "ĝğġģǧ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįıǐ"),
        ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"), ("o", "òóôõöøōŏőǒº"), ("r", "ŕŗř"), ("s", "śŝşšș"), ("t", "ţťŧț"),
        ("u", "ùúûüũūŭůűųǔµμ"), ("w", "ŵẁẃẅ"), ("y", "ýÿŷỳ"), ("z", "źżž"),
    ]

    /// Each joined letter under itself as a character; characters compare by canonical equivalence, so "e" + U+0301 finds "é".
    private static let byCharacter: [Character: Unicode.Scalar] = {
        var table: [Character: Unicode.Scalar] = [:]
        for (_, letters) in marked {
            for scalar in letters.unicodeScalars { table[Character(scalar)] = scalar }
        }
        return table
    }()

    private static let bases: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (base, letters) in marked {
            for scalar in letters.unicodeScalars { table[scalar] = base }
        }
        return table
    }()

    /// The one letter that a base and a mark make together, if there is one.
    static func joined(_ base: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
        var text = String(Character(base))
        text.unicodeScalars.append(mark)
        guard text.count == 1, let character = text.first else { return nil }
        return byCharacter[character]
    }

    /// The letter without its mark.
    static func base(of letter: Unicode.Scalar) -> Unicode.Scalar? { bases[letter] }
}
