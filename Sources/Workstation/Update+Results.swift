// What comes back from work: the case is loaded, a forecast is ready, a change is in the store.
import Meetings
import Surface
import Twins

extension Update {
    static func receive(_ event: Event, _ state: inout State) -> [Effect] {
        switch event {
        case .agendaLoaded(let agenda, let focus): return receiveAgenda(agenda, focus, &state)
        case .caseLoaded(let loaded): return receiveCase(loaded, &state)
        case .caseReloaded(let loaded): return receiveReloaded(loaded, &state)
        case .openFailed(let item, let error):
            if state.open == nil, state.selectedEntry?.item.id == item { state.openFailure = error.description }
        case .documentLoaded(let id, let title, let text):
            guard state.wantedDocument == id, state.overlay == nil else { return [] }
            state.wantedDocument = nil
            state.overlay = .document(title: title, text: text, scroll: 0)
        case .calibrated(let item, let progress): return receiveCalibration(item, progress, &state)
        case .forecastBegun(let item, let scenario, let request, let forecast):
            return receiveFirstPicture(item, scenario, request, forecast, &state)
        case .forecastAdvanced(let item, let scenario, let request, let share): receiveProgress(item, scenario, request, share, &state)
        case .forecastReady(let item, let scenario, let request, let result):
            return receiveForecast(item, scenario, request, result, &state)
        case .compared(let item, let request, let comparison):
            if state.open?.item.id == item, request == state.generation {
                state.open?.comparison = comparison
                state.open?.isComparing = false
            }
        case .scenariosStored(let item, let scenarios, let canUndo, let canRedo, let what, let focus):
            state.saveProblem = nil
            return receiveScenarios(item, scenarios, canUndo, canRedo, what, focus, &state)
        case .draftStored(let item, let draft):
            state.saveProblem = nil
            if let open = state.open, open.item.id == item {
                state.open?.decisionSeen = [draft] + open.decisionSeen.drop { $0 != draft }.dropFirst()
            }
            if state.open?.item.id == item, state.open?.decisionDraft == draft { state.open?.decisionIsUnsaved = false }
        case .trainingsLoaded(let list): state.trainingView.list = list
        case .trainingLoaded(let session): receiveTraining(session, &state)
        case .followUpsLoaded(let cases): receiveFollowUps(cases, &state)
        case .prepared(let words): state.message = Message(words, .good)
        case .signed(let item, let decision): return receiveSigned(item, decision, &state)
        case .sheetExported(let item, let files, let left): if state.open?.item.id == item { receiveSheet(files, left, &state) }
        case .passphraseWanted(let request): return receivePassphraseRequest(request, &state)
        case .searched(let words, let hits):
            if case .search(var search) = state.overlay, search.input.text == words {
                search.hits = Palette.cases(words, state.agenda) + hits
                search.answered = words
                search.selected = min(search.selected, max(0, search.hits.count - 1))
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

    private static func receiveAgenda(_ agenda: Agenda, _ focus: Int64?, _ state: inout State) -> [Effect] {
        var effects: [Effect] = []
        if state.meeting?.id != agenda.meeting?.id, let open = state.open, agenda.meeting?.id != open.item.meeting {
            effects = commitDrafts(&state)
            state.open = nil
            state.route = .agenda
            state.selected = 0
            state.resetCaseViews()
        }
        let chosen = focus ?? state.open?.item.id ?? state.selectedEntry?.id
        state.meeting = agenda.meeting
        state.meetingPlace = (agenda.place, of: agenda.meetings)
        state.agenda = agenda.entries
        state.selected = agenda.entries.firstIndex { $0.id == chosen } ?? min(state.selected, max(0, agenda.entries.count - 1))
        guard focus != nil else { return effects }
        state.resetCaseViews()
        return effects + go(.patientCase, &state)
    }

    private static func receiveCase(_ loaded: OpenCase, _ state: inout State) -> [Effect] {
        guard state.selectedEntry?.item.id == loaded.item.id else { return [] }
        state.open = loaded
        placeDecision(&state)
        let clock = clockEffects(loaded, state)
        switch loaded.calibration {
        case .ready: return clock + requestForecasts(&state)
        case .notStarted: return clock + calibrate(&state)
        case .running, .failed: return clock
        }
    }

    /// What another seat changed is shown; what is being typed or changed here stays, and is saved in its turn.
    private static func receiveReloaded(_ loaded: OpenCase, _ state: inout State) -> [Effect] {
        guard let open = state.open, open.item.id == loaded.item.id else { return [] }
        let signedElsewhere = loaded.decisions.count > open.decisions.count
        state.open?.item = loaded.item
        state.open?.documents = loaded.documents
        state.open?.decisions = loaded.decisions
        if !open.decisionIsUnsaved, !state.isTyping, !state.isSigning {
            let changed = DraftMerge.changes(from: open.decisionDraft, to: loaded.decisionDraft)
            state.open?.decisionDraft = loaded.decisionDraft
            state.open?.decisionSeen = [loaded.decisionDraft]
            if !changed.isEmpty { state.message = Message("Another seat changed \(changed.joined(separator: ", "))", .warning) }
        }
        state.open?.preparation = loaded.preparation
        var effects: [Effect] = []
        // Also where only a name or the way a number is written differs, which no twin sees.
        state.open?.subject = loaded.subject
        if loaded.subject != open.subject {
            state.open?.calibration = loaded.calibration
            state.open?.forecasts = [:]
            state.message = Message("The record has changed: the twin is fitted anew", .warning)
            if loaded.calibration.value == nil { effects += calibrate(&state) }
        }
        if signedElsewhere, let last = loaded.decisions.last {
            if state.isSigning { state.overlay = nil }
            state.message = Message("Version \(last.version) was signed by \(last.signedBy) at another seat", .warning)
        }
        return effects + receiveScenarios(loaded.item.id, loaded.scenarios, loaded.canUndo, loaded.canRedo, "", nil, &state)
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
        let line = decisionLine(state)
        defer { keepDecisionLine(line, &state) }
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
        if !open.isDecided { open.decisionDraft.options = scenarios.map(\.scenario.name) }
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
        state.message = Message(
            "Signed by \(decision.signedBy) and recorded. \(state.nextUndecided == nil ? "Every other case has its decision." : "n opens the next case.")",
            .good)
        return [.loadAgenda] + (state.open.map { clockEffects($0, state) } ?? [])
    }
}
