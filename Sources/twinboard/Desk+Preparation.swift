// Preparing a meeting: what needs a model or the record beside the board's own rows.
import Meetings
import Records
import TwinLibrary
import Twins

extension Desk {
    /// Puts a patient on an agenda with the scenarios that the model suggests.
    func add(
        _ patient: String, to meeting: Meeting, question: String, model wanted: String?, presenter: String, reference: Instant
    ) throws -> AgendaItem {
        let token = try store.access(actor: actor, patient: patient, categories: .record, purpose: "agenda")
        let subject = try store.subject(token, reference: reference)
        let model = try chosen(wanted, for: subject, patient: patient)
        let added = try board.add(
            AgendaItem(
                id: 0, meeting: meeting.id, position: 0, patient: patient, model: model.id, question: question, reference: reference,
                state: .waiting), scenarios: Array(model.suggestedScenarios(for: subject).prefix(4)))
        if !presenter.isEmpty {
            var prepared = try board.preparation(added.id)
            prepared.value.presenter = presenter
            try board.save(prepared, item: added.id, actor: actor, what: "presenter")
        }
        return added
    }

    func set(_ pairs: [(String, String)], meeting id: String) throws {
        _ = try board.meeting(id)
        var prepared = try board.preparation(meeting: id)
        for (field, value) in pairs { try Self.usage { () throws(PreparationError) in try prepared.value.set(field, to: value) } }
        try board.save(prepared, meeting: id, actor: actor)
    }

    func set(_ pairs: [(String, String)], meeting id: String, patient: String) throws {
        _ = try board.meeting(id)
        guard let item = try board.agenda(id).first(where: { $0.patient == patient }) else {
            throw CommandFailure.noSuch("\(patient) is not on the agenda of «\(id)»")
        }
        var prepared = try board.preparation(item.id)
        for (field, value) in pairs where field != "question" && field != "model" {
            try Self.usage { () throws(PreparationError) in try prepared.value.set(field, to: value) }
        }
        let question = pairs.last { $0.0 == "question" }?.1
        let model = try pairs.last { $0.0 == "model" }.map { try Self.model($0.1).id }
        if question != nil || model != nil { try board.change(item.id, question: question, model: model, actor: actor) }
        let fields = pairs.map(\.0).filter { $0 != "question" && $0 != "model" }
        if !fields.isEmpty { try board.save(prepared, item: item.id, actor: actor, what: "fields: " + fields.joined(separator: ", ")) }
    }

    private static func usage(_ body: () throws(PreparationError) -> Void) throws {
        do { try body() } catch {
            switch error {
            case .unknownField: throw CommandFailure.usage(error.description)
            case .badValue: throw CommandFailure.data(error.description)
            }
        }
    }

    /// A case with what is there and what is missing of it.
    struct PreparedCase {
        var item: AgendaItem
        var preparation: CasePreparation
        var completeness: CaseCompleteness
        var decision: String?

        /// `blocked` before it is decided, else the item's own.
        var state: String {
            preparation.blockReason != nil && item.state != .decided && item.state != .postponed ? "blocked" : item.state.rawValue
        }
    }

    /// What the expected seats lack of the board's quorum and of the specialties that the meeting requires beyond it.
    func missingSeats(_ meeting: Meeting) throws -> [String] {
        let preparation = try board.preparation(meeting: meeting.id).value
        return Quorum(meeting.seats, rule: .rule(for: meeting.board)).missing + preparation.missing(among: meeting.seats)
    }

    /// The agenda of a meeting as it is prepared now.
    func prepared(_ meeting: Meeting, purpose: String) throws -> [PreparedCase] {
        try board.agenda(meeting.id).map { item in
            let token = try store.access(actor: actor, patient: item.patient, categories: .record, purpose: purpose)
            let subject = try store.subject(token, reference: item.reference)
            let preparation = try board.preparation(item.id).value
            return PreparedCase(
                item: item, preparation: preparation,
                completeness: CaseCompleteness(
                    item: item, subject: subject, model: try Self.model(item.model),
                    rule: RuleBook.standing.rule(for: meeting.board), preparation: preparation,
                    hasIdentifier: try store.hasNationalIdentifier(token), day: meeting.day),
                decision: try board.decisions(item.id).last?.draft.choice?.text)
        }
    }
}
