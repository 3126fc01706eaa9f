// Patient, board, establishment and the people present, as FHIR resources.
import Meetings
import Twins

extension FHIRDocument {
    /// Everybody who was present, and the signer where the chair is not among them.
    var seats: [Seat] {
        let present = sheet.current.present
        guard let signer = sheet.decisions.last?.signedBy, !present.contains(where: { $0.name == signer }) else { return present }
        return present + [Seat(name: signer, specialty: "", role: .chair)]
    }

    /// The name of the signer's role in the bundle; nil before the signature.
    var signer: String? {
        guard let name = sheet.decisions.last?.signedBy, let place = seats.firstIndex(where: { $0.name == name }) else { return nil }
        return "role-\(place)"
    }

    var people: [Entry] {
        var entries = [Entry(id: id("patient"), resource: patient)]
        entries.append(
            Entry(
                id: id("board"),
                resource: Self.resource(
                    "Organization", id("board"),
                    [
                        (
                            "identifier",
                            .array([.object([("system", .string("urn:twinboard:board")), ("value", Self.text(sheet.meeting.board))])])
                        ),
                        ("name", Self.text(sheet.meeting.title.isEmpty ? "Board" : sheet.meeting.title)),
                        ("partOf", sheet.preparation.establishment == nil ? nil : reference("establishment")),
                    ])))
        if let establishment = sheet.preparation.establishment {
            let address = sheet.preparation.address.map { JSONText.array([.object([("text", Self.text($0))])]) }
            entries.append(
                Entry(
                    id: id("establishment"),
                    resource: Self.resource(
                        "Organization", id("establishment"), [("name", Self.text(establishment)), ("address", address)])))
        }
        for (place, seat) in seats.enumerated() {
            entries.append(
                Entry(
                    id: id("person-\(place)"),
                    resource: Self.resource(
                        "Practitioner", id("person-\(place)"),
                        [("name", .array([.object([("text", Self.text(seat.name.isEmpty ? "not recorded" : seat.name))])]))])))
            entries.append(
                Entry(
                    id: id("role-\(place)"),
                    resource: Self.resource(
                        "PractitionerRole", id("role-\(place)"),
                        [
                            ("practitioner", reference("person-\(place)")), ("organization", reference("board")),
                            ("code", .array([Self.concept(text: seat.role.rawValue)])),
                            ("specialty", seat.specialty.isEmpty ? nil : .array([Self.concept(text: seat.specialty)])),
                        ])))
        }
        return entries
    }

    /// The pseudonym, the sex, and the year of birth; more of the identity only where it is printed.
    private var patient: JSONText {
        let year = sheet.subject?.birth.map { JSONText.string("\($0.day)".prefix(4).description) }
        let printed = sheet.preparation.identity
        let identity = printed.identity
        let pseudonym = JSONText.object([("system", .string("urn:twinboard:pseudonym")), ("value", Self.text(sheet.item.patient))])
        let national = identity?.nationalIdentifier.map { number in
            JSONText.object([
                ("use", .string("official")), ("type", Self.concept(text: "INS (\(number.register.label))")),
                ("system", .string(number.register.system)), ("value", .string(number.value)),
            ])
        }
        let details = identity?.details
        let names = [("official", identity?.names), ("maiden", details?.birthName)].compactMap { use, name in
            name.flatMap { $0.isEmpty ? nil : JSONText.object([("use", .string(use)), ("text", Self.text($0))]) }
        }
        let address = details.flatMap { $0.contacts.isEmpty ? nil : JSONText.object([("text", Self.text($0.contacts))]) }
        let trusted = details.flatMap { details in
            details.trustedPerson.isEmpty
                ? nil
                : JSONText.object([
                    ("relationship", .array([Self.concept(text: "trusted person (personne de confiance)")])),
                    ("name", .object([("text", Self.text(details.trustedPerson))])),
                ])
        }
        return Self.resource(
            "Patient", id("patient"),
            [
                ("identifier", .array([pseudonym] + [national].compactMap(\.self))), ("name", .array(names)),
                ("gender", .string(sheet.sex.rawValue)), ("birthDate", printed.birth.map { .string($0) } ?? year),
                ("address", .array([address].compactMap(\.self))), ("contact", .array([trusted].compactMap(\.self))),
                ("generalPractitioner", sheet.preparation.generalPractitioner.map { .array([.object([("display", Self.text($0))])]) }),
            ])
    }
}
