// Why an action cannot be done now; a disabled key gives its reason instead of nothing.
import Twins

extension State {
    /// nil if the action can be done now, else the reason in words.
    public func whyNot(_ action: Action) -> String? {
        if let reason = whyNotSeat(action) { return reason }
        if trainingView.session != nil, !Self.allowedInTraining.contains(action) {
            return trainingView.isLocked
                ? "a training is on: this seat shows nothing else (q leaves)"
                : "a training is on: nothing else is shown until it is left (Esc)"
        }
        switch action {
        case .goCase, .goCompare, .goEditor, .goEvidence, .goDecision:
            return selectedEntry == nil && open == nil ? "there is no case on this agenda" : nil
        case .nextCase: return selected + 1 < agenda.count || nextUndecided != nil ? nil : "this is the last case"
        case .previousCase: return selected > 0 ? nil : "this is the first case"
        case .edit, .increase, .decrease, .increaseMuch, .decreaseMuch, .add, .rename:
            return whyNotEdit
        case .duplicate:
            if let reason = whyNotEdit { return reason }
            return (open?.scenarios.count ?? 0) >= Self.mostScenarios ? "four scenarios are the most that can be compared" : nil
        case .remove:
            if let reason = whyNotEdit { return reason }
            return route == .compare && (open?.scenarios.count ?? 0) <= 2 ? "two scenarios are the fewest that can be compared" : nil
        case .undo: return whyNotEdit ?? (open?.canUndo == true || open?.draft != nil ? nil : "nothing to undo")
        case .redo: return whyNotEdit ?? (open?.canRedo == true ? nil : "nothing to redo")
        case .nextGrouping:
            return followUpView.showsSurvival ? nil : "the curves are not shown: s shows them"
        case .noteOutcome:
            return followUpView.showsSurvival ? "a case is noted beside the decisions: s goes back to them" : nil
        case .versions: return open?.decisions.isEmpty == false ? nil : "nothing is signed yet"
        case .sign, .exportSheet: return open == nil ? "no case is open" : nil
        case .inform, .block, .register, .postpone:
            guard let entry = selectedEntry else { return "there is no case on this agenda" }
            return entry.item.state == .decided ? "the case is decided: it stays as it is" : nil
        case .vote:
            return trainingView.session?.revealed != nil
                ? "the run is revealed" : trainingView.session == nil ? "join a training first" : nil
        case .reveal:
            if trainingView.isLocked { return "the trainer reveals" }
            if let session = trainingView.session, !session.isTrainer {
                return "the trainer, \(session.trainer), reveals, here or by «twinboard training reveal»"
            }
            if trainingView.isWorking { return "it is being computed" }
            return trainingView.session?.revealed != nil
                ? "the run is revealed" : trainingView.session == nil ? "join a training first" : nil
        case .choose:
            return trainingView.session?.letters.isEmpty == true ? "the record up to the cut has no letter" : nil
        case .nextPane, .previousPane: return route == .agenda && meetingPlace.of < 2 ? "there is no other meeting" : nil
        case .calibrate: return open?.calibration.isRunning == true ? "the calibration is running" : nil
        case .runEvidence: return evidenceView.isRunning ? "the checks are running" : nil
        default: return nil
        }
    }

    /// What help, palette and footer offer here; in a training nothing that leads elsewhere.
    public var offered: [ActionInfo] {
        let all = Keymap.actions(on: route)
        return trainingView.session == nil ? all : all.filter { Self.allowedInTraining.contains($0.action) }
    }

    /// What a seat in a training can do: no screen with the record, no search, no other case.
    private static let allowedInTraining: Set<Action> = [
        .up, .down, .left, .right, .pageUp, .pageDown, .top, .bottom, .choose, .vote, .reveal, .nextObservable, .back, .help, .palette,
        .nextTheme,
        .toggleMouse, .redraw, .suspend, .quit,
    ]

    /// Four panes, four letters, four colours that can be told apart.
    public static let mostScenarios = 4

    private var whyNotEdit: String? {
        guard let open else { return "no case is open" }
        return open.isDecided ? "the decision is signed: the scenarios that the board saw are kept as they are" : nil
    }
}
