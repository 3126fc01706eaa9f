// Keys on the agenda.

extension Update {
    static func agendaAction(_ action: Action, _ state: inout State) -> [Effect] {
        let last = max(0, state.agenda.count - 1)
        let before = state.selected
        switch action {
        case .up: state.selected = max(0, state.selected - 1)
        case .down: state.selected = min(last, state.selected + 1)
        case .pageUp: state.selected = max(0, state.selected - 10)
        case .pageDown: state.selected = min(last, state.selected + 10)
        case .top: state.selected = 0
        case .bottom: state.selected = last
        case .inform, .block, .register, .postpone: return askPreparation(action, &state)
        case .choose, .right: return perform(.goCase, &state)
        case .nextPane, .previousPane: return commitDrafts(&state) + [.loadOtherMeeting(by: action == .nextPane ? 1 : -1)]
        default: break
        }
        if state.selected != before { state.resetCaseViews() }
        return []
    }
}
