// The one function that changes the state: an event comes in, the new state and what is to be done come out.
import Meetings
import Surface
import Twins

public enum Update {
    /// Applies an event. Pure: whatever must be done outside is in the effects.
    public static func apply(_ event: Event, to state: inout State) -> [Effect] {
        let before = state.shown
        let wasOnSeats = state.route == .seats
        let effects = handle(event, &state)
        defer { stayInTraining(&state) }
        guard state.sitting != nil || !state.conflicts.waiting.isEmpty else { return effects }
        return effects + afterwards(event, before, wasOnSeats, &state)
    }

    private static func handle(_ event: Event, _ state: inout State) -> [Effect] {
        switch event {
        case .key(let key):
            state.message = nil
            return press(key, &state)
        case .paste(let text):
            return paste(text, &state)
        case .mouse(let mouse):
            state.message = nil
            return pointAt(mouse, &state)
        case .resize(let size):
            state.size = size
            return []
        case .resumed:
            return []
        case .clock(let now):
            state.now = now
            return checkpointIsDue(now) ? [.checkpoint] : []
        case .woken(let token):
            return token == state.wakeToken ? commitDrafts(&state) : []
        case .leaving:
            return commitDrafts(&state)
        case .storeChanged:
            if let session = state.trainingView.session { return [.openTraining(session.id)] }
            let again = state.route == .followUp && !state.followUpView.isLoading ? [Effect.loadFollowUps(ifChanged: true)] : []
            return again + [.seats(.catchUp(item: state.open?.item.id))]
        case .seats(let event): return receiveSeats(event, &state)
        case .edited(let event): return receiveEdited(event, &state)
        case .saveFailed(let effect, let error):
            return keep(effect, error, &state)
        case .failed(let error):
            state.evidenceView.isRunning = false
            state.followUpView.isLoading = false
            state.trainingView.isWorking = false
            state.message = Message(error.description, .danger)
            return []
        default:
            return receive(event, &state)
        }
    }

    private static func press(_ key: Key, _ state: inout State) -> [Effect] {
        if state.overlay != nil { return overlayKey(key, &state) }
        if let effects = opinionKey(key, &state) { return effects }
        if state.route == .editor, let effects = editorInputKey(key, &state) { return effects }
        if state.route == .decision, let effects = decisionInputKey(key, &state) { return effects }
        guard let action = Keymap.action(for: key, on: state.route) else {
            if case .character(let scalar) = key {
                state.message = Message("\(String(Character(scalar))) does nothing here; ? shows the keys")
            }
            return []
        }
        return perform(action, &state)
    }

    private static func paste(_ text: String, _ state: inout State) -> [Effect] {
        switch state.overlay {
        case .palette(var palette):
            palette.input.paste(text)
            state.overlay = .palette(palette)
            return []
        case .search(var search):
            search.input.paste(text)
            state.overlay = .search(search)
            return [.search(search.input.text)]
        case .confirm(var confirmation):
            confirmation.input?.paste(text)
            state.overlay = .confirm(confirmation)
            return []
        case .passphrase(let dialog):
            passphrasePaste(text, dialog, &state)
            return []
        case .help, .document: return []
        case nil:
            if state.isWritingOpinion { return opinionPaste(text, &state) }
            if state.route == .editor { state.editorView.input?.paste(text) }
            return state.route == .decision ? decisionPaste(text, &state) : []
        }
    }

    /// Does an action, or says why it cannot be done.
    public static func perform(_ action: Action, _ state: inout State) -> [Effect] {
        if let reason = state.whyNot(action) {
            state.message = Message(reason, .warning)
            return []
        }
        switch action {
        case .goAgenda: return go(.agenda, &state)
        case .goCase: return go(.patientCase, &state)
        case .goCompare: return go(.compare, &state)
        case .goEditor, .edit: return go(.editor, &state)
        case .goEvidence: return go(.evidence, &state)
        case .goDecision: return go(.decision, &state)
        case .goSeats: return go(.seats, &state)
        case .follow: return toggleFollowing(&state)
        case .fillPresent: return fillPresent(&state)
        case .goFollowUp: return goFollowUp(&state)
        case .goTraining: return goTraining(&state)
        case .nextCase, .previousCase: return step(action == .nextCase ? 1 : -1, &state)
        case .back: return back(&state)
        case .help: state.overlay = .help(scroll: 0)
        case .palette: state.overlay = .palette(PaletteState())
        case .search: state.overlay = .search(SearchState())
        case .rule:
            let rule = RuleBook.standing.rule(for: state.meeting?.board ?? "")
            state.overlay = .document(title: RulePage.title(rule), text: RulePage.text(rule, state.seats), scroll: 0)
        case .nextTheme: return nextTheme(&state)
        case .toggleMouse:
            state.mouseIsOn.toggle()
            state.message = Message(state.mouseIsOn ? "Mouse on" : "Mouse off: select text with the terminal's own selection")
            return [.setMouse(state.mouseIsOn)]
        case .redraw: return [.redraw]
        case .suspend: return commitDrafts(&state) + [.suspend]
        case .quit: return commitDrafts(&state) + [.quit]
        case .undo, .redo: return undoOrRedo(action, &state)
        case .calibrate: return calibrate(&state)
        default: return performOnScreen(action, &state)
        }
        return []
    }

    private static func performOnScreen(_ action: Action, _ state: inout State) -> [Effect] {
        switch state.route {
        case .agenda: agendaAction(action, &state)
        case .patientCase: caseAction(action, &state)
        case .compare: compareAction(action, &state)
        case .editor: editorAction(action, &state)
        case .evidence: evidenceAction(action, &state)
        case .decision: decisionAction(action, &state)
        case .seats: seatsAction(action, &state)
        case .followUp: followUpAction(action, &state)
        case .training: trainingAction(action, &state)
        }
    }

    /// Shows a screen; a screen of a case opens the selected case first. Drafts are saved on the way.
    static func go(_ route: Route, _ state: inout State) -> [Effect] {
        var effects = commitDrafts(&state)
        if route == .editor { state.editorView.scenario = min(state.compareView.focused, max(0, (state.open?.scenarios.count ?? 1) - 1)) }
        state.editorView.input = nil
        state.editorView.adding = nil
        state.decisionView.input = nil
        state.decisionView.pick = nil
        state.seatsView.input = nil
        state.seatsView.isWriting = false
        state.conflicts.isPutOff = false
        state.wantedDocument = nil
        state.route = route
        if route.isOfCase, let entry = state.selectedEntry, state.open?.item.id != entry.item.id {
            state.open = nil
            state.openFailure = nil
            effects.append(.openCase(item: entry.item.id))
        }
        placeDecision(&state)
        return effects
    }

    static func back(_ state: inout State) -> [Effect] {
        if state.route == .compare, state.compareView.isTable {
            state.compareView.isTable = false
            return []
        }
        if state.route == .followUp, state.followUpView.showsSurvival {
            state.followUpView.showsSurvival = false
            return []
        }
        return switch state.route {
        case .agenda: []
        case .training where state.trainingView.session != nil: leaveTraining(&state)
        case .patientCase, .followUp, .training: go(.agenda, &state)
        case .compare: go(.patientCase, &state)
        case .editor, .evidence, .decision, .seats: go(.compare, &state)
        }
    }

    private static func step(_ by: Int, _ state: inout State) -> [Effect] {
        let undecided = by > 0 ? state.nextUndecided : nil
        state.selected = undecided ?? min(max(0, state.selected + by), max(0, state.agenda.count - 1))
        state.resetCaseViews()
        let route =
            !state.route.isOfCase ? state.route : ([.decision, .evidence, .seats].contains(state.route) ? .patientCase : state.route)
        return go(route, &state)
    }

    private static func nextTheme(_ state: inout State) -> [Effect] {
        guard !state.themes.isEmpty else { return [] }
        let place = state.themes.firstIndex { $0.name == state.look.theme.name } ?? -1
        let theme = state.themes[(place + 1) % state.themes.count]
        state.look = Look(theme: theme, capability: state.look.capability)
        state.message = Message("Theme: \(theme.name)")
        return [.setTheme(theme.name)]
    }
}

extension State {
    /// A fresh look at another case.
    mutating func resetCaseViews() {
        caseView = CaseView()
        compareView = CompareView()
        editorView = EditorView()
        evidenceView = EvidenceView()
        decisionView = DecisionView()
        seatsView.line = 0
        seatsView.offset = 0
    }
}
