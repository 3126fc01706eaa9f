// Demographics: a pseudonym or a stable source for the store, the identity kept apart, and a birth as precise as it is known.

import Records
import Twins

extension FHIRResource {
    /// The identifier system under which a file may bring a pseudonym of its own, as the demo board does.
    static let pseudonymSystem = "urn:twinboard:pseudonym"

    mutating func patient() throws(Refusal) -> Outcome {
        var record = ImportPatient(
            source: "", id: nil, sex: try sex(), birth: nil, birthPrecision: .day, note: try deceased(), identity: nil)
        if let birth = try date(object["birthDate"], at: "birthDate") {
            guard birth.precision != .instant else { throw Refusal("birthDate", "must be a date without a time") }
            record.birth = birth.instant
            record.birthPrecision = birth.precision
            if birth.precision != .day { notes.append(("only the \(birth.precision.rawValue) of birth is known", "birthDate")) }
        }
        var numbers: [IdentityNumber] = []
        var references = FHIRReader.names(type: type, id: id, fullURL: fullURL)
        for (index, identifier) in (object["identifier"]?.array ?? []).enumerated() {
            guard let value = identifier["value"]?.string, !value.isEmpty else { continue }
            let system = identifier["system"]?.string ?? ""
            if system == Self.pseudonymSystem {
                guard Self.isPseudonym(value) else {
                    throw Refusal("identifier[\(index)].value", "a pseudonym is 2 to 24 letters, digits and hyphens")
                }
                record.id = value
            } else if let number = number(IdentityNumber(system: system, value: value), at: "identifier[\(index)].value") {
                numbers.append(number)
            }
            references.append("identifier:\(system)|\(value)")
        }
        record.source = try stableSource(numbers, pseudonym: record.id)
        let name = shownName()
        if !name.isEmpty || !numbers.isEmpty { record.identity = Identity(names: name, numbers: numbers) }
        return .patient(PatientDraft(record: record, references: Array(Set(references)).sorted()))
    }

    /// A number as it is kept; a national identifier that cannot be one is left out and told, for under it another person would be found.
    private mutating func number(_ given: IdentityNumber, at path: String) -> IdentityNumber? {
        do { return try NationalIdentifier(given)?.stored ?? given } catch {
            notes.append(("the national identifier was left out: \(error)", path))
            return nil
        }
    }

    private func sex() throws(Refusal) -> Sex {
        guard let value = object["gender"] else { return .unknown }
        guard let text = value.string, let sex = Sex(rawValue: text) else {
            throw Refusal("gender", "«\(value.string ?? value.kindName)» is not one of female, male, other, unknown")
        }
        return sex
    }

    /// A death is told, for a board would not want to plan for somebody who has died.
    private mutating func deceased() throws(Refusal) -> String {
        if let date = try date(object["deceasedDateTime"], at: "deceasedDateTime") {
            notes.append(("this patient died on \(date.instant.day)", "deceasedDateTime"))
            return "died on \(date.instant.day)"
        }
        guard object["deceasedBoolean"] == .bool(true) else { return "" }
        notes.append(("this patient has died", "deceasedBoolean"))
        return "has died"
    }

    /// Whence the patient comes, by a name that no other hospital's file can have: two people under one id must never become one.
    private func stableSource(_ numbers: [IdentityNumber], pseudonym: String?) throws(Refusal) -> String {
        if let pseudonym { return "fhir:\(Self.pseudonymSystem)|\(pseudonym)" }
        if let number = numbers.first(where: { !$0.system.isEmpty }) { return "fhir:\(number.system)|\(number.value)" }
        if let fullURL, Self.isAbsolute(fullURL) {
            return "fhir:" + fullURL
        }
        guard let id else { throw Refusal("", "has no identifier, no id and no address, so that it could not be found again") }
        return "fhir:Patient/\(id)|\(object["birthDate"]?.string ?? "")|\(shownName())"
    }

    private static func isPseudonym(_ text: String) -> Bool {
        (2...24).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D }
    }

    /// The official name, else the first.
    private func shownName() -> String {
        let names = object["name"]?.array ?? []
        guard let name = names.first(where: { $0["use"] == .string("official") }) ?? names.first else { return "" }
        let given = (name["given"]?.array ?? []).compactMap(\.string)
        let parts = given + [name["family"]?.string].compactMap { $0 }
        return parts.isEmpty ? name["text"]?.string ?? "" : parts.joined(separator: " ")
    }
}
