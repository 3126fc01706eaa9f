// `identity`: who a patient is, kept apart from the record: shown and filled in field by field.
import ArgumentParser
import Records
import Twins

struct IdentityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity",
        abstract: "Show who a patient is, or fill it in: name, national identifier (INS), contacts, trusted person.",
        discussion: """
            Fields: \(IdentityField.allCases.map(\.rawValue).joined(separator: ", ")).
            ins is 13 characters or 15 with the key, after nia or test where the number is not a NIR: --set 'ins=nia 2 55 …'.
            birth-place is INSEE's code of five characters. An empty text empties a field; all changes of one command are made, or none.
            The identity is no part of the record and is never signed; each look and each change is in the access log, without the values.
            """)
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The patient's pseudonym.") var patient: String
    @Option(help: ArgumentHelp("Set a field. Repeat for several.", valueName: "field=text")) var set: [String] = []

    func run() throws {
        try reporting {
            guard output.format != .csv else { throw CommandFailure.usage("identity writes text or json") }
            let changes = try set.map(IdentityChange.init)
            let store = try source.open()
            if !changes.isEmpty {
                try store.changeIdentity(of: patient, actor: Environment.person, fields: changes.map(\.field.rawValue)) { identity in
                    for change in changes { change.apply(&identity) }
                }
            }
            let token = try store.access(actor: Environment.person, patient: patient, categories: [.identity], purpose: "identity")
            let identity = try store.identity(token) ?? Identity(names: "")
            let row = try store.patient(token)
            for words in identity.nationalIdentifier?.disagreements(sex: row.sex, birth: row.birth?.day) ?? [] {
                Output.note("twinboard: \(patient): \(words); see which of the two is right")
            }
            switch output.format {
            case .json: Output.json(Self.json(patient, identity))
            default:
                for field in IdentityField.allCases {
                    let value = field.text(of: identity)
                    Output.line(field.rawValue + String(repeating: " ", count: 16 - field.rawValue.count) + (value.isEmpty ? "-" : value))
                }
                for number in identity.numbers where !NationalIdentifier.isRegister(number.system) {
                    Output.line("number          \(number.value) (\(number.system))")
                }
            }
        }
    }

    private static func json(_ patient: String, _ identity: Identity) -> JSONText {
        .object(
            [("patient", .string(patient))]
                + IdentityField.allCases.map { ($0.rawValue, JSONText.string($0.text(of: identity))) }
                + [
                    (
                        "numbers",
                        .array(identity.numbers.map { .object([("system", .string($0.system)), ("value", .string($0.value))]) })
                    )
                ])
    }
}

/// The fields of an identity by the names that a shell knows.
enum IdentityField: String, CaseIterable {
    case name
    case birthName = "birth-name"
    case birthPlace = "birth-place"
    case ins
    case contacts
    case trustedPerson = "trusted-person"

    func text(of identity: Identity) -> String {
        switch self {
        case .name: identity.names
        case .birthName: identity.details.birthName
        case .birthPlace: identity.details.birthPlace
        case .ins: identity.nationalIdentifier.map { "\($0) (\($0.register.label))" } ?? ""
        case .contacts: identity.details.contacts
        case .trustedPerson: identity.details.trustedPerson
        }
    }
}

/// One field with its value, checked before anything is stored.
struct IdentityChange {
    let field: IdentityField
    private let text: String
    private let number: NationalIdentifier?

    init(_ word: String) throws {
        guard let sign = word.firstIndex(of: "="), let field = IdentityField(rawValue: String(word[..<sign])) else {
            let known = IdentityField.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.usage("--set: «\(word.prefix { $0 != "=" })» is no field; field=text with one of \(known)")
        }
        let value = word[word.index(after: sign)...].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        self.field = field
        text = field == .birthPlace ? value.uppercased() : value
        number = field == .ins && !value.isEmpty ? try Self.number(value) : nil
        guard field != .birthPlace || text.isEmpty || Self.isPlace(text) else {
            throw CommandFailure.data("birth-place: «\(text)» is not an INSEE code of five characters, such as 35238, 2A004 or 99134")
        }
    }

    func apply(_ identity: inout Identity) {
        switch field {
        case .name: identity.names = text
        case .birthName: identity.details.birthName = text
        case .birthPlace: identity.details.birthPlace = text
        case .ins: identity.nationalIdentifier = number
        case .contacts: identity.details.contacts = text
        case .trustedPerson: identity.details.trustedPerson = text
        }
    }

    private static func number(_ value: String) throws -> NationalIdentifier {
        let registers: [(String, NationalIdentifier.Register)] = [("nir ", .nir), ("nia ", .nia), ("test ", .test)]
        let named = registers.first { value.lowercased().hasPrefix($0.0) }
        do {
            return try NationalIdentifier(String(value.dropFirst(named?.0.count ?? 0)), register: named?.1 ?? .nir)
        } catch {
            throw CommandFailure.data("ins: \(error)")
        }
    }

    private static func isPlace(_ text: String) -> Bool { text.wholeMatch(of: #/(?:[0-9]{2}|2A|2B)[0-9]{3}/#) != nil }
}
