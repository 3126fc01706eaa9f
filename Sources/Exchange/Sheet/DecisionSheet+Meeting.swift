// Who meets, about whom, and why: the head of a decision sheet.
import Meetings
import Twins

extension DecisionSheet {
    func fillMeeting(_ fields: inout SheetFields) {
        let present = current.present
        fields[.version] = .of(decisions.isEmpty ? "draft, not signed" : "\(decisions.count)")
        fields[.documentSet] = .of("\(meeting.id)/\(item.id)")
        fields[.board] = .of("\(meeting.title) (\(meeting.board))")
        fields[.date] = .of("\(meeting.day) \(meeting.time)" + (preparation.place.map { ", \($0)" } ?? ""))
        fields[.identifiers] = .of([meeting.id] + preparation.identifiers)
        fields[.establishment] = .of(preparation.establishment)
        fields[.address] = .of(preparation.address)
        fields[.author] = .of(preparation.author ?? decisions.last?.signedBy)
        fields[.responsible] = .of(meeting.chair.isEmpty ? nil : "\(meeting.chair), chair")
        fields[.coordinator] = .of(preparation.coordinator ?? Self.named(.coordinator, meeting.seats))
        fields[.requester] = .of(preparation.requester)
        fields[.presenter] = .of(preparation.presenter ?? Self.named(.presenter, present) ?? Self.named(.presenter, meeting.seats))
        fields[.generalPractitioner] = .of(preparation.generalPractitioner)
        fields[.inQuorum] = .of(present.filter(\.isPhysician).map(Self.text))
        fields[.outsideQuorum] = .of(present.filter { !$0.isPhysician }.map(Self.text))
        fields[.correspondents] = .of(current.plan.correspondents.isEmpty ? preparation.correspondents : current.plan.correspondents)
    }

    func fillPatient(_ fields: inout SheetFields) {
        fields[.pseudonym] = .of(item.patient)
        fields[.sexAndAge] = .of(sex.rawValue + (age.map { ", \(Int(clamping: $0)) years" } ?? ", age not recorded"))
        fillIdentity(&fields)
        fields[.informed] = .of(
            preparation.blocked.map { "blocked: \($0)" } ?? preparation.informedOn.map {
                "on \($0)" + (preparation.informedBy.map { " by \($0)" } ?? "")
            } ?? preparation.informedBy)
        fields[.boardKind] = .of(preparation.boardKind)
        fields[.recourse] = .of(preparation.isRecourse)
        fields[.paediatric] = .of(preparation.isPaediatric ?? age.map { $0 < 18 })
        fields[.purpose] = .of(preparation.purpose ?? (current.choice == nil ? nil : "treatment proposal"))
        fields[.caseStatus] = .of(caseStatus)
    }

    private func fillIdentity(_ fields: inout SheetFields) {
        let identity = preparation.identity
        fields[.identity] = identity.value { $0.nationalIdentifier.map { "\($0) (\($0.register.label))" } }
        fields[.birthTraits] = identity.value { known in
            [
                known.names, known.details.birthName.isEmpty ? nil : "born \(known.details.birthName)", identity.birth.map { "on \($0)" },
                known.details.birthPlace.isEmpty ? nil : "at \(known.details.birthPlace) (INSEE code)",
            ].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
        }
        fields[.contacts] = identity.value { $0.details.contacts }
        fields[.trustedPerson] = identity.value { $0.details.trustedPerson }
    }

    private var caseStatus: String { stateWords + (preparation.stateReason.map { ": \($0)" } ?? "") }

    private var stateWords: String {
        switch item.state {
        case .registered: "registered without discussion"
        case .postponed: "postponed"
        case .waiting: "not yet discussed"
        case .open: "under discussion"
        case .decided: "discussed"
        }
    }

    private static func named(_ role: Seat.Role, _ seats: [Seat]) -> String? { seats.first { $0.role == role }.map(text) }

    /// `Anne Roux (pathology)`, with the role where it is not a member's.
    static func text(_ seat: Seat) -> String {
        "\(seat.name) (\(seat.specialty)\(seat.role == .member ? "" : ", \(seat.role.rawValue)"))"
    }

    /// File complete, quorum, and the reason where there is none.
    func fillFile(_ fields: inout SheetFields) {
        if let completeness = preparation.completeness {
            let missing = completeness.filter { !$0.isPresent }.map(\.label)
            fields[.complete] = .of(missing.isEmpty ? "yes" : "no; missing: " + missing.joined(separator: ", "))
        }
        let quorum = quorum
        let isReached = decisions.last?.quorumReached ?? quorum.isReached
        fields[.quorum] = .of(
            isReached
                ? "reached (\(quorum.physicians) physicians, \(quorum.specialties) specialties)"
                : "not reached" + (quorum.missing.isEmpty ? "" : ", missing " + quorum.missing.joined(separator: ", ")))
        fields[.quorumRule] = .of(quorum.rule.source)
        fields[.quorumReason] = isReached && current.withoutQuorum.isEmpty ? .of("none needed") : .of(current.withoutQuorum)
    }
}
