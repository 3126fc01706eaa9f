// Who meets, about whom, and why: the head of a decision sheet.
import Meetings
import Twins

extension DecisionSheet {
    func fillMeeting(_ fields: inout SheetFields) {
        let present = current.present
        fields[.version] = .of(decisions.isEmpty ? "draft, not signed" : "\(decisions.count)")
        fields[.documentSet] = .of("\(meeting.id)/\(item.id)")
        fields[.board] = .of("\(meeting.title) (\(meeting.board))")
        fields[.date] = .of("\(meeting.day) \(meeting.time)")
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
        fields[.identity] = .of(preparation.nationalIdentifier)
        fields[.birthTraits] = .of(preparation.birthTraits)
        fields[.contacts] = .of(preparation.contacts)
        fields[.trustedPerson] = .of(preparation.trustedPerson)
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
        let quorum = Quorum(current.present, rule: .rule(for: meeting.board))
        let isReached = decisions.last?.quorumReached ?? quorum.isReached
        fields[.quorum] = .of(
            isReached
                ? "reached (\(quorum.physicians) physicians, \(quorum.specialties) specialties)"
                : "not reached" + (quorum.missing.isEmpty ? "" : ", missing " + quorum.missing.joined(separator: ", ")))
        fields[.quorumRule] = .of(quorum.rule.source)
        fields[.quorumReason] = isReached && current.withoutQuorum.isEmpty ? .of("none needed") : .of(current.withoutQuorum)
    }
}
