// What comes to this seat, and the keys on Seats: opinion, vote, unsealing, the chair's clock.
import Meetings
import Surface
import Twins

extension Update {
    static func receiveSeats(_ event: SeatsEvent, _ state: inout State) -> [Effect] {
        switch event {
        case .loaded(let now): return receive(now, &state)
        case .pulse(let now):
            state.now = now
            return state.sitting?.ended == nil && state.sitting != nil ? [.seats(.beat)] : []
        case .ended(let words):
            state.sitting?.ended = words.description
            state.message = Message("You no longer sit here: \(words.description)", .danger)
        case .kept: state.saveProblem = nil
        case .given(let item, let words):
            if item == state.open?.item.id {
                state.seatsView.isWriting = false
                state.seatsView.input = nil
            }
            state.seatsView.drafts[item] = nil
            state.seatsView.unkept.remove(item)
            state.message = Message(words, .good)
        case .done(let words): state.message = Message(words, .good)
        case .refused(let words):
            state.message = Message(words.description, .warning)
        }
        return []
    }

    private static func receive(_ now: SeatsNow, _ state: inout State) -> [Effect] {
        let wasHidden = state.isSimulationHidden
        let wasSealed = state.voices.map { !$0.isUnsealed } ?? false
        state.seatsNow = now
        if wasSealed, state.voices?.isUnsealed == true, state.sits { state.message = Message("All opinions are in: 7 shows them", .good) }
        guard wasHidden, !state.isSimulationHidden else { return [] }
        return requestForecasts(&state)
    }

    /// What the chair's opening of a case does to the clock.
    static func clockEffects(_ opened: OpenCase, _ state: State) -> [Effect] {
        guard state.sits, state.sitting?.seat.role == .chair, state.sitting?.meeting == opened.item.meeting else { return [] }
        return [.seats(.clock(item: opened.isDecided ? nil : opened.item.id))]
    }

    static func seatsAction(_ action: Action, _ state: inout State) -> [Effect] {
        let last = max(0, SeatsScreen.lineCount(state) - SeatsScreen.room(state))
        switch action {
        case .up: state.seatsView.offset = max(0, min(last, state.seatsView.offset) - 1)
        case .down: state.seatsView.offset = min(last, state.seatsView.offset + 1)
        case .pageUp: state.seatsView.offset = max(0, state.seatsView.offset - 10)
        case .pageDown: state.seatsView.offset = min(last, state.seatsView.offset + 10)
        case .top: state.seatsView.offset = 0
        case .bottom: state.seatsView.offset = last
        case .giveOpinion, .choose:
            state.seatsView.isWriting = true
            state.seatsView.line = 0
        case .voteAgree: return vote(.agrees, "", &state)
        case .voteAbstain: return vote(.abstains, "", &state)
        case .voteDissent:
            state.overlay = .confirm(
                Confirmation(
                    title: "Dissent from «\(state.voices?.proposal ?? "")»",
                    lines: ["Your words stand beside the decision. Type them, then Enter."],
                    input: TextInput("", limit: 1000), purpose: .dissent))
        case .unseal:
            state.overlay = .confirm(
                Confirmation(
                    title: "Unseal the opinions before all are in",
                    lines: [
                        "Awaited: \(state.voices?.awaited.joined(separator: ", ") ?? "")",
                        "Type the reason, which is recorded, then Enter.",
                    ], input: TextInput("", limit: 1000), purpose: .unseal))
        default: break
        }
        return []
    }

    /// What was typed into the question of a dissent or an unsealing.
    static func seatsConfirmed(_ purpose: Confirmation.Purpose, typed: String, _ state: inout State) -> [Effect] {
        guard let item = state.open?.item.id else { return [] }
        guard !typed.allSatisfy(\.isWhitespace) else {
            state.message = Message(purpose == .unseal ? "type the reason, or Esc" : "type what you dissent from, or Esc", .warning)
            return []
        }
        state.overlay = nil
        return purpose == .unseal ? [.seats(.unseal(item: item, reason: typed))] : vote(.dissents, typed, &state)
    }

    private static func vote(_ kind: Vote.Kind, _ words: String, _ state: inout State) -> [Effect] {
        guard let item = state.open?.item.id else { return [] }
        return [.seats(.vote(item: item, kind, words: words))]
    }

    /// The board's draft counts as present who sits there: physicians, and those who are heard beside them.
    static func fillPresent(_ state: inout State) -> [Effect] {
        guard var draft = state.open?.decisionDraft else { return [] }
        draft.present = state.present.map(\.seat)
        guard state.open?.decisionDraft != draft else {
            state.message = Message("The draft already has those who are there")
            return []
        }
        state.open?.decisionDraft = draft
        state.open?.decisionIsUnsaved = true
        state.message = Message("Present: \(draft.present.map(\.name).joined(separator: ", "))", .good)
        return commitDrafts(&state)
    }
}

extension State {
    /// Why an action of a seat cannot be done now; nil: it can, or is none.
    func whyNotSeat(_ action: Action) -> String? {
        switch action {
        case .overlay, .table, .cursor, .cursorLeft, .cursorRight, .longerHorizon, .shorterHorizon, .edit, .increase, .decrease,
            .increaseMuch, .decreaseMuch, .add, .remove, .duplicate, .rename, .undo, .redo, .runEvidence:
            return isSimulationHidden && Self.simulated.contains(route) ? hiddenReason : nil
        case .copyFigures: return isSimulationHidden && route != .decision ? hiddenReason : nil
        case .exportSheet: return isSimulationHidden ? "the sheet holds the simulation: " + hiddenReason : nil
        case .follow:
            guard sits else { return noSeat }
            return leader?.id == sitting?.stay && leader != nil ? "the others follow you: you lead" : nil
        case .fillPresent:
            return present.isEmpty ? "nobody sits in this meeting: seats join with --seat" : open == nil ? "no case is open" : nil
        case .giveOpinion, .voteAgree, .voteDissent, .voteAbstain, .unseal: return whyNotVoice(action)
        default: return nil
        }
    }

    private func whyNotVoice(_ action: Action) -> String? {
        guard sits, let sitting else { return noSeat }
        guard let voices else { return "no case is open" }
        if action == .unseal {
            return sitting.seat.role != .chair ? "only the chair unseals" : voices.isUnsealed ? "the opinions are unsealed already" : nil
        }
        guard sitting.seat.hasVoice else { return "the role «\(sitting.seat.role.rawValue)» gives neither opinion nor vote" }
        if action == .giveOpinion { return isRevision && !voices.isUnsealed ? "your opinion is in; it can be revised once all are" : nil }
        return voices.proposal == nil ? "nothing is drafted yet: the board's choice comes first" : nil
    }

    private var noSeat: String { "you have no seat in this meeting: open it with --seat NAME" }
    private var hiddenReason: String {
        isAskedForOpinion ? "the simulation opens once your own opinion is given" : "the simulation opens once all opinions are in"
    }
}
