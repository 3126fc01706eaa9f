// The check digit of LOINC codes, which finds most typing errors and swapped digits.

/// Checks on the form of LOINC codes.
enum LOINC {
    /// Whether a code is written as LOINC writes them and its check digit is right.
    ///
    /// LOINC Users' Guide, "Calculating Mod 10 check digits": from the right every second digit, starting with the last, is doubled; the
    /// digits of all are added; the check digit fills up to the next ten. Parts (`LP…`) and answers (`LA…`) carry theirs in the same way.
    static func isValid(_ code: String) -> Bool {
        let body =
            code.hasPrefix("LP") || code.hasPrefix("LA") || code.hasPrefix("LL") || code.hasPrefix("LG") ? code.dropFirst(2) : code[...]
        let parts = body.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...8).contains(parts[0].utf8.count), parts[1].utf8.count == 1,
            body.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }), let given = Int(parts[1])
        else { return false }
        return checkDigit(parts[0].utf8.map { Int($0) - 0x30 }) == given
    }

    /// The check digit of some digits.
    static func checkDigit(_ digits: [Int]) -> Int {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let value = place % 2 == 0 ? digit * 2 : digit
            sum += value / 10 + value % 10
        }
        return (10 - sum % 10) % 10
    }
}
