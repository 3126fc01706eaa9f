// What comes back from work: the case is loaded, a forecast is ready, a change is in the store.
import Meetings
import Surface
import Twins

extension Update {
    static func receive(_ event: Event, _ state: inout State) -> [Effect] {
        switch event {
        case .agendaLoaded(let meeting, let entries): return receiveAgenda(meeting, entries, &state)
        case .caseLoaded(let loaded): return receiveCase(loaded, &state)
        case .documentLoaded(let title, let text):
            state.overlay = .document(title: title, text: text, scroll: 0)
        case .calibrated(let item, let progress): return receiveCalibration(item, progress, &state)
        case .forecastReady(let item, let scenario, let request, let result):
            return receiveForecast(item, scenario, request, result, &state)
        case .compared(let item, let request, let comparison):
            if state.open?.item.id == item, request == state.generation { state.open?.comparison = comparison }
        case .scenariosStored(let item, let scenarios, let canUndo, let canRedo, let what, let focus):
            return receiveScenarios(item, scenarios, canUndo, canRedo, what, focus, &state)
        case .draftStored(let item, let draft):
            if state.open?.item.id == item, state.open?.decisionDraft == draft { state.open?.decisionIsUnsaved = false }
        case .signed(let item, let decision): return receiveSigned(item, decision, &state)
        case .searched(let words, let hits):
            if case .search(var search) = state.overlay, search.input.text == words {
                search.hits = hits
                search.answered = words
                search.selected = min(search.selected, max(0, hits.count - 1))
                state.overlay = .search(search)
            }
        case .checked(let model, let checks):
            if state.open?.model.id == model {
                state.evidenceView.checks = checks
                state.evidenceView.isRunning = false
            }
        default: break
        }
        return []
    }

    private static func receiveAgenda(_ meeting: Meeting?, _ entries: [AgendaEntry], _ state: inout State) -> [Effect] {
        let chosen = state.selectedEntry?.id
        state.meeting = meeting
        state.agenda = entries
        state.selected = entries.firstIndex { $0.id == chosen } ?? min(state.selected, max(0, entries.count - 1))
        return []
    }

    private static func receiveCase(_ loaded: OpenCase, _ state: inout State) -> [Effect] {
        guard state.selectedEntry?.item.id == loaded.item.id else { return [] }
        state.open = loaded
        switch loaded.calibration {
        case .ready: return requestForecasts(&state)
        case .notStarted: return calibrate(&state)
        case .running, .failed: return []
        }
    }

    static func calibrate(_ state: inout State) -> [Effect] {
        guard let open = state.open else { return [] }
        state.open?.calibration = .running
        return [.calibrate(item: open.item, subject: open.subject)]
    }

    private static func receiveCalibration(_ item: Int64, _ progress: Progress<StoredTwin>, _ state: inout State) -> [Effect] {
        guard state.open?.item.id == item else { return [] }
        state.open?.calibration = progress
        if let place = state.agenda.firstIndex(where: { $0.id == item }) {
            state.agenda[place].isCalibrated = progress.value != nil
        }
        return progress.value == nil ? [] : requestForecasts(&state)
    }

    private static func receiveScenarios(
        _ item: Int64, _ scenarios: [CaseScenario], _ canUndo: Bool, _ canRedo: Bool, _ what: String, _ focus: Int64?,
        _ state: inout State
    ) -> [Effect] {
        guard var open = state.open, open.item.id == item else { return [] }
        let before = Dictionary(open.scenarios.map { ($0.id, open.shown($0)) }, uniquingKeysWith: { first, _ in first })
        open.scenarios = scenarios
        open.canUndo = canUndo
        open.canRedo = canRedo
        // A newer draft of the same scenario stays: it will be saved in its turn.
        if let draft = open.draft, let stored = scenarios.first(where: { $0.id == draft.id }), stored.scenario == draft.scenario {
            open.draft = nil
        } else if let draft = open.draft, !scenarios.contains(where: { $0.id == draft.id }) {
            open.draft = nil
        }
        open.forecasts = open.forecasts.filter { id, _ in scenarios.contains { $0.id == id } }
        if !open.decisionDraft.options.isEmpty { open.decisionDraft.options = scenarios.map(\.scenario.name) }
        state.open = open
        if let focus, let place = scenarios.firstIndex(where: { $0.id == focus }) {
            state.compareView.focused = place
            state.editorView.scenario = place
        }
        state.compareView.focused = min(state.compareView.focused, max(0, scenarios.count - 1))
        state.editorView.scenario = min(state.editorView.scenario, max(0, scenarios.count - 1))
        if !what.isEmpty { state.message = Message(what, .good) }
        let changed = scenarios.filter { before[$0.id] != open.shown($0) || open.forecasts[$0.id]?.forecast == nil }.map(\.id)
        if changed.isEmpty { return compareShown(&state) }
        return requestForecasts(&state, only: changed)
    }

    private static func receiveSigned(_ item: Int64, _ decision: Decision, _ state: inout State) -> [Effect] {
        guard state.open?.item.id == item else { return [.loadAgenda] }
        state.open?.decisions.append(decision)
        state.open?.item.state = .decided
        state.overlay = nil
        state.message = Message("Signed by \(decision.signedBy) and recorded. n opens the next case.", .good)
        return [.loadAgenda]
    }
}
