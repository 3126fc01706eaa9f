// Keys while the chair's passphrase is asked for: once for a key that exists, twice for one that is to be made.
import Meetings
import Records
import Surface
import Twins

extension Update {
    /// The store cannot sign without the passphrase: the question comes up, unless the person has gone on to something else.
    static func receivePassphraseRequest(_ request: PassphraseRequest, _ state: inout State) -> [Effect] {
        guard state.open?.item.id == request.decision.agendaItem, state.overlay == nil, state.trainingView.session == nil else {
            state.message = Message("Not signed: the passphrase was not typed. Open the case and sign again", .warning)
            return []
        }
        state.message = request.problem.isEmpty ? nil : Message(request.problem, .danger)
        state.overlay = .passphrase(PassphraseDialog(request: request))
        return []
    }

    static func passphraseKey(_ key: Key, _ before: PassphraseDialog, _ state: inout State) -> [Effect] {
        var dialog = before
        switch key {
        case .escape:
            state.overlay = nil
            state.message = Message("Nothing was signed")
            return []
        case .tab, .backTab, .up, .down:
            if dialog.request.isNew { dialog.isAtSecond.toggle() }
        case .enter: return passphraseEntered(dialog, &state)
        default: if dialog.isAtSecond { dialog.second.take(key) } else { dialog.first.take(key) }
        }
        state.overlay = .passphrase(dialog)
        return []
    }

    static func passphrasePaste(_ text: String, _ before: PassphraseDialog, _ state: inout State) {
        var dialog = before
        if dialog.isAtSecond { dialog.second.paste(text) } else { dialog.first.paste(text) }
        state.overlay = .passphrase(dialog)
    }

    private static func passphraseEntered(_ before: PassphraseDialog, _ state: inout State) -> [Effect] {
        var dialog = before
        func again(_ words: String) -> [Effect] {
            dialog = PassphraseDialog(request: dialog.request)
            state.overlay = .passphrase(dialog)
            state.message = Message(words, .danger)
            return []
        }
        let passphrase: Passphrase
        do { passphrase = try dialog.first.passphrase(isNew: dialog.request.isNew) } catch { return again(error.description) }
        if dialog.request.isNew {
            guard dialog.isAtSecond else {
                dialog.isAtSecond = true
                state.overlay = .passphrase(dialog)
                return []
            }
            guard dialog.first.isSame(as: dialog.second) else { return again("The two are not the same: type both again") }
        }
        // Gone from the state before the store answers: it holds the passphrase no longer than it must.
        state.overlay = nil
        state.message = Message("Signing")
        return [.signWith(dialog.request, passphrase)]
    }

    /// Every full hour, for as long as a key is unlocked at this seat.
    static func checkpointIsDue(_ now: Instant) -> Bool { now.milliseconds / 60_000 % 60 == 0 }
}
