// What a person notes of a case on the agenda: asked for with a prompt, kept by the store.
import Meetings
import Records
import Surface
import Twins

/// What is asked for.
public enum PreparationPrompt: Hashable, Sendable { case inform, block, register, postpone }

/// What is to be noted.
public enum PreparationChange: Hashable, Sendable {
    case inform(on: CalendarDay, by: String)
    case block(reason: String)
    case register(reason: String)
    case postpone(to: String, reason: String)
}

extension Update {
    /// Opens the prompt for the selected case.
    static func askPreparation(_ action: Action, _ state: inout State) -> [Effect] {
        guard let entry = state.selectedEntry else { return [] }
        let (prompt, title, words): (PreparationPrompt, String, String) =
            switch action {
            case .inform: (.inform, "The patient was informed", "Type the day and who told the patient: «\(state.now.day) Dr Name».")
            case .block: (.block, "Block the case", "Type the reason. Nothing is decided until it is noted that the patient was informed.")
            case .register:
                (.register, "Register without discussion", "Type the rule's reason: the case stays on the record and is not discussed.")
            default: (.postpone, "Put the case off", "Type the meeting's identifier and the reason: «liver-2026-12-03 awaits the MRI».")
            }
        state.overlay = .confirm(
            Confirmation(
                title: title + " · " + entry.item.patient, lines: [entry.preparation.informationText.capitalisedFirst, words],
                input: TextInput(prompt == .inform ? "\(state.now.day) " : ""), purpose: .prepare(item: entry.item.id, prompt)))
        return []
    }

    /// Reads what was typed; where it says too little the prompt stays with what is missing.
    static func prepareNow(_ item: Int64, _ prompt: PreparationPrompt, typed: String, _ state: inout State) -> [Effect] {
        let text = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        let change: PreparationChange?
        let missing: String
        switch prompt {
        case .inform:
            let day = parts.first.flatMap { CalendarDay($0) }
            change = parts.count == 2 ? day.map { .inform(on: $0, by: parts[1]) } : nil
            missing = "a day (YYYY-MM-DD) and a name are needed"
        case .block:
            change = text.isEmpty ? nil : .block(reason: text)
            missing = "the reason is needed"
        case .register:
            change = text.isEmpty ? nil : .register(reason: text)
            missing = "the rule's reason is needed"
        case .postpone:
            change = parts.count == 2 ? .postpone(to: parts[0], reason: parts[1]) : nil
            missing = "a meeting and a reason are needed"
        }
        guard let change else {
            state.message = Message(missing, .warning)
            return []
        }
        state.overlay = nil
        return [.prepare(item: item, change)]
    }
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Worker {
    /// Notes it in the store; what was done, in words.
    func prepare(_ item: Int64, _ change: PreparationChange) throws -> String {
        switch change {
        case .inform(let day, let name):
            try board.inform(item, on: day, by: name, actor: seat)
            return "Noted: informed on \(day) by \(name)"
        case .block(let reason):
            try board.block(item, reason: reason, actor: seat)
            return "Blocked: \(reason)"
        case .register(let reason):
            try board.register(item, reason: reason, actor: seat)
            return "Registered without discussion: \(reason)"
        case .postpone(let meeting, let reason):
            let known = try board.meetings().map(\.id)
            guard known.contains(meeting) else {
                throw WorkError("not put off: no meeting «\(meeting)»; there are \(known.joined(separator: ", "))")
            }
            _ = try board.postpone(item, to: meeting, reason: reason, actor: seat)
            return "Put off to \(meeting)"
        }
    }

    /// What the board, the model and the decision sheet want of a case on the day of its meeting.
    func completeness(
        _ item: AgendaItem, _ token: AccessToken, _ subject: Subject, _ model: (any TwinModel)?, _ prepared: CasePreparation
    ) throws -> [CompletenessItem] {
        guard let model else { return [] }
        let meeting = try board.meeting(item.meeting)
        return CaseCompleteness(
            item: item, subject: subject, model: model, rule: RuleBook.standing.rule(for: meeting.board), preparation: prepared,
            hasIdentifier: try board.store.hasNationalIdentifier(token), day: meeting.day
        ).items
    }
}
