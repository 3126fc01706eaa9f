// The French national health identity number: its form, its key, and the register that gave it.
import Twins

/// What is wrong with a number that should be a national health identity number. Never repeats the number: errors are logged.
public enum NationalIdentifierFault: Error, Hashable, Sendable, CustomStringConvertible {
    case length(Int)
    case sign(position: Int)
    case part(String)
    case key

    public var description: String {
        switch self {
        case .length(let count): "an INS has 13 characters, or 15 with its key; this has \(count)"
        case .sign(let position): "character \(position) cannot stand there: an INS is digits, and 2A or 2B for Corsica"
        case .part(let name): "\(name) is impossible in an INS"
        case .key: "the key does not belong to the 13 characters before it: one of the 15 is wrong"
        }
    }
}

/// A national health identity number (INS): a NIR or NIA of 13 characters with its key of two digits.
///
/// Source: INSEE, composition of the NIR (sex, year, month, place, order; key = 97 − number mod 97, where 2A counts as 19 and 2B as 18);
/// ANS, INS reference frame (the registers' OIDs). No look-up: whether somebody has this number only the INSi service can say.
public struct NationalIdentifier: Hashable, Sendable, CustomStringConvertible {
    /// Who gave the number, by the object identifier of the register.
    public enum Register: String, CaseIterable, Sendable {
        case nir = "1.2.250.1.213.1.4.8"
        case nia = "1.2.250.1.213.1.4.9"
        /// Numbers of nobody, for tests and demonstrations.
        case test = "1.2.250.1.213.1.4.10"

        /// As FHIR names it.
        public var system: String { "urn:oid:" + rawValue }
        public var label: String {
            switch self {
            case .nir: "NIR"
            case .nia: "NIA"
            case .test: "test number"
            }
        }
    }

    public let register: Register
    /// 13 characters.
    public let number: String
    /// Two digits.
    public let key: String

    /// Reads 13 or 15 characters; blanks are left out. Without the key it is computed.
    public init(_ text: String, register: Register = .nir) throws(NationalIdentifierFault) {
        let signs = Array(text.uppercased().filter { !$0.isWhitespace })
        guard signs.count == 13 || signs.count == 15 else { throw .length(signs.count) }
        for (place, sign) in signs.enumerated() where !(sign.isASCII && sign.isNumber) {
            guard place == 6, sign == "A" || sign == "B", signs[5] == "2" else { throw .sign(position: place + 1) }
        }
        guard "123478".contains(signs[0]) else { throw .part("the first digit") }
        guard let month = Int(String(signs[3...4])), (1...12).contains(month) || (20...42).contains(month) || month >= 50 else {
            throw .part("the month of birth")
        }
        guard signs[5...6] != ["0", "0"] else { throw .part("the département") }
        guard signs[10...12] != ["0", "0", "0"] else { throw .part("the order number") }
        number = String(signs[..<13])
        let key = Self.key(number)
        guard signs.count == 13 || String(signs[13...]) == key else { throw .key }
        self.key = key
        self.register = register
    }

    /// One that a file or a person gave under a register's system; nil under any other system. Errors as above.
    public init?(_ given: IdentityNumber) throws(NationalIdentifierFault) {
        guard let register = Self.register(given.system) else { return nil }
        try self.init(given.value, register: register)
    }

    /// The system of an identifier is one of the registers'.
    public static func isRegister(_ system: String) -> Bool { register(system) != nil }

    private static func register(_ system: String) -> Register? {
        Register.allCases.first { $0.system == system || $0.rawValue == system }
    }

    private static func key(_ number: String) -> String {
        let place = number.index(number.startIndex, offsetBy: 5)
        let end = number.index(place, offsetBy: 2)
        let written = String(number[place..<end])
        let department = written == "2A" ? "19" : written == "2B" ? "18" : written
        let digits = String(number[..<place]) + department + String(number[end...])
        let key = String(97 - (Int64(digits) ?? 0) % 97)
        return key.count == 1 ? "0" + key : key
    }

    /// 15 characters without blanks, as it is kept.
    public var value: String { number + key }
    public var stored: IdentityNumber { IdentityNumber(system: register.system, value: value) }

    /// In the groups in which it is read aloud: `2 55 08 14 168 025 38`.
    public var description: String {
        var (text, rest) = ("", Substring(value))
        for length in [1, 2, 2, 2, 3, 3, 2] {
            text += (text.isEmpty ? "" : " ") + rest.prefix(length)
            rest = rest.dropFirst(length)
        }
        return text
    }

    /// Where the number says another sex, year or month of birth than the record: a slip of the pen, or a changed civil status.
    public func disagreements(sex: Sex, birth: CalendarDay?) -> [String] {
        var found: [String] = []
        let said: Sex = "137".contains(number.prefix(1)) ? .male : .female
        if sex == .male || sex == .female, said != sex { found.append("the INS says \(said.rawValue), the record \(sex.rawValue)") }
        guard let birth else { return found }
        let (year, month) = (birth.components.year % 100, birth.components.month)
        if Int(number.dropFirst().prefix(2)) != year { found.append("the INS says another year of birth than the record") }
        if let written = Int(number.dropFirst(3).prefix(2)), written <= 12, written != month {
            found.append("the INS says another month of birth than the record")
        }
        return found
    }
}
