// The mouse: what lies under it, as the drawing itself says.
import Surface

extension Update {
    static func pointAt(_ mouse: MouseEvent, _ state: inout State) -> [Effect] {
        guard mouse.kind != .release else { return [] }
        let target = View.draw(state).target(at: mouse.point)
        if state.overlay != nil { return overlayMouse(mouse, target, &state) }
        switch mouse.kind {
        case .wheelUp, .wheelDown:
            let action: Action = mouse.kind == .wheelUp ? .up : .down
            // What is being typed belongs to its line: the wheel must not carry it to another.
            if state.isTyping { return [] }
            if state.route == .editor, state.editorView.adding != nil {
                return editorInputKey(mouse.kind == .wheelUp ? .up : .down, &state) ?? []
            }
            if case .plot = target, state.route == .compare { return compareHit(target ?? .action(action), mouse.kind, &state) }
            return perform(action, &state)
        case .click, .doubleClick, .drag: break
        case .release: return []
        }
        guard let target else { return [] }
        if mouse.kind == .drag { if case .plot = target {} else { return [] } }
        switch target {
        case .action(let action): return perform(action, &state)
        case .agendaRow(let row): return clickAgenda(row, opens: mouse.kind == .doubleClick || row == state.selected, &state)
        case .scenario, .endpoint, .plot:
            return state.route == .editor ? editorHit(target, mouse.kind, &state) : compareHit(target, mouse.kind, &state)
        case .editorLine: return editorHit(target, mouse.kind, &state)
        case .decisionLine, .pickRow: return decisionHit(target, mouse.kind, &state)
        case .document(let line) where state.route == .training: return trainingHit(line, &state)
        case .pane, .document: return caseHit(target, mouse.kind, &state)
        case .opinionLine(let line): return opinionHit(line, &state)
        case .paletteRow, .searchRow: return []
        }
    }

    private static func overlayMouse(_ mouse: MouseEvent, _ target: HitTarget?, _ state: inout State) -> [Effect] {
        switch (mouse.kind, target) {
        case (.wheelUp, _): return overlayKey(.up, &state)
        case (.wheelDown, _): return overlayKey(.down, &state)
        case (.click, .paletteRow(let row)), (.doubleClick, .paletteRow(let row)):
            guard case .palette(var palette) = state.overlay else { return [] }
            palette.selected = row
            state.overlay = .palette(palette)
            return overlayKey(.enter, &state)
        case (.click, .searchRow(let row)), (.doubleClick, .searchRow(let row)):
            guard case .search(var search) = state.overlay else { return [] }
            search.selected = row
            state.overlay = .search(search)
            return overlayKey(.enter, &state)
        default: return []
        }
    }

    private static func clickAgenda(_ row: Int, opens: Bool, _ state: inout State) -> [Effect] {
        guard state.agenda.indices.contains(row) else { return [] }
        if row != state.selected { state.resetCaseViews() }
        state.selected = row
        return opens ? go(.patientCase, &state) : []
    }
}
