// Keys while help, palette, search, a letter or a confirmation lies over the screen.
import Meetings
import Surface
import Twins

extension Update {
    static func overlayKey(_ key: Key, _ state: inout State) -> [Effect] {
        switch state.overlay {
        case .help(let scroll): scrollKey(key, scroll, &state) { .help(scroll: $0) }
        case .document(let title, let text, let scroll):
            scrollKey(key, scroll, &state) { .document(title: title, text: text, scroll: $0) }
        case .palette(let palette): paletteKey(key, palette, &state)
        case .search(let search): searchKey(key, search, &state)
        case .confirm(let confirmation): confirmKey(key, confirmation, &state)
        case .passphrase(let dialog): passphraseKey(key, dialog, &state)
        case nil: []
        }
    }

    private static func scrollKey(_ key: Key, _ scroll: Int, _ state: inout State, _ make: (Int) -> Overlay) -> [Effect] {
        let page = max(1, state.size.rows - 8)
        let last = Overlays.lastScroll(state)
        let scroll = min(scroll, last)
        switch key {
        case .up, .character("k"): state.overlay = make(max(0, scroll - 1))
        case .down, .character("j"), .enter: state.overlay = make(min(last, scroll + 1))
        case .pageUp: state.overlay = make(max(0, scroll - page))
        case .pageDown, .character(" "): state.overlay = make(min(last, scroll + page))
        case .home: state.overlay = make(0)
        case .end: state.overlay = make(last)
        case .escape, .character("q"), .character("?"), .backspace: state.overlay = nil
        default: break
        }
        return []
    }

    private static func paletteKey(_ key: Key, _ before: PaletteState, _ state: inout State) -> [Effect] {
        var palette = before
        switch key {
        case .escape:
            state.overlay = nil
            return []
        case .up, .control("p"): palette.selected = max(0, palette.selected - 1)
        case .down, .control("n"): palette.selected += 1
        case .enter:
            state.overlay = nil
            let found = Palette.matches(palette.input.text, in: state.offered)
            guard found.indices.contains(palette.selected) else { return [] }
            return perform(found[palette.selected].action, &state)
        default:
            if palette.input.take(key) { palette.selected = 0 }
        }
        palette.selected = min(palette.selected, max(0, Palette.matches(palette.input.text, in: state.offered).count - 1))
        state.overlay = .palette(palette)
        return []
    }

    private static func searchKey(_ key: Key, _ before: SearchState, _ state: inout State) -> [Effect] {
        var search = before
        switch key {
        case .escape:
            state.overlay = nil
            return []
        case .up: search.selected = max(0, search.selected - 1)
        case .down: search.selected = min(max(0, search.hits.count - 1), search.selected + 1)
        case .enter:
            guard search.hits.indices.contains(search.selected) else { return [] }
            state.overlay = nil
            return follow(search.hits[search.selected].target, &state)
        default:
            let words = search.input.text
            if search.input.take(key), search.input.text != words {
                search.selected = 0
                state.overlay = .search(search)
                return [.search(search.input.text)]
            }
        }
        state.overlay = .search(search)
        return []
    }

    private static func follow(_ target: SearchHit.Target, _ state: inout State) -> [Effect] {
        switch target {
        case .agendaItem(let id):
            guard let place = state.agenda.firstIndex(where: { $0.id == id }) else { return [] }
            state.selected = place
            state.resetCaseViews()
            return go(.patientCase, &state)
        case .patient(let id): return commitDrafts(&state) + [.openPatient(id)]
        case .document(let patient, let id):
            state.wantedDocument = id
            return [.loadDocument(patient: patient, id: id)]
        }
    }

    private static func confirmKey(_ key: Key, _ before: Confirmation, _ state: inout State) -> [Effect] {
        var confirmation = before
        switch key {
        case .escape:
            state.overlay = nil
            if case .settle = confirmation.purpose { state.conflicts.isPutOff = true }
            state.message = Message("Nothing was done")
            return []
        case .enter where confirmation.input != nil, .character("y") where confirmation.input == nil:
            return confirmed(confirmation, &state)
        case .character("n") where confirmation.input == nil, .enter:
            state.overlay = nil
            state.message = Message("Nothing was done")
            return []
        default: _ = confirmation.input?.take(key)
        }
        state.overlay = .confirm(confirmation)
        return []
    }

    private static func confirmed(_ confirmation: Confirmation, _ state: inout State) -> [Effect] {
        switch confirmation.purpose {
        case .prepare(let item, let prompt): return prepareNow(item, prompt, typed: confirmation.input?.text ?? "", &state)
        case .followUp(let item): return noteOutcomeNow(item, typed: confirmation.input?.text ?? "", &state)
        case .trainingVote(let id): return voteNow(id, typed: confirmation.input?.text ?? "", &state)
        case .sign: return signNow(typed: confirmation.input?.text ?? "", &state)
        case .dissent, .unseal: return seatsConfirmed(confirmation.purpose, typed: confirmation.input?.text ?? "", &state)
        case .settle(let conflict): return settle(conflict, typed: confirmation.input?.text ?? "", &state)
        case .removeScenario(let id):
            state.overlay = nil
            guard let open = state.open else { return [] }
            return commitDrafts(&state) + [.removeScenario(item: open.item.id, id: id)]
        case .removeIntervention(let id, let index):
            state.overlay = nil
            return removeIntervention(scenario: id, index: index, &state)
        }
    }
}
