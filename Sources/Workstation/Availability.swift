// Why an action cannot be done now; a disabled key gives its reason instead of nothing.
import Twins

extension State {
    /// nil if the action can be done now, else the reason in words.
    public func whyNot(_ action: Action) -> String? {
        if let reason = whyNotSeat(action) { return reason }
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
        case .sign, .exportSheet: return open == nil ? "no case is open" : nil
        case .nextPane, .previousPane: return route == .agenda && meetingPlace.of < 2 ? "there is no other meeting" : nil
        case .calibrate: return open?.calibration.isRunning == true ? "the calibration is running" : nil
        case .runEvidence: return evidenceView.isRunning ? "the checks are running" : nil
        default: return nil
        }
    }

    /// Four panes, four letters, four colours that can be told apart.
    public static let mostScenarios = 4

    private var whyNotEdit: String? {
        guard let open else { return "no case is open" }
        return open.isDecided ? "the decision is signed: the scenarios that the board saw are kept as they are" : nil
    }
}
