// Keys on the Case screen: panes, scrolling, letters, and which measure the fit shows.
import Surface

extension Update {
    static func caseAction(_ action: Action, _ state: inout State) -> [Effect] {
        guard let open = state.open else { return [] }
        switch action {
        case .nextPane, .right: movePane(1, &state)
        case .previousPane, .left: movePane(-1, &state)
        case .up: scroll(-1, &state)
        case .down: scroll(1, &state)
        case .pageUp: scroll(-10, &state)
        case .pageDown: scroll(10, &state)
        case .top: scroll(-100_000, &state)
        case .bottom: scroll(100_000, &state)
        case .nextObservable, .previousObservable:
            let count = max(1, ComparePlots.observables(of: open.model).count)
            state.caseView.observable = (state.caseView.observable + (action == .nextObservable ? 1 : count - 1)) % count
        case .choose:
            guard state.caseView.pane == .documents, open.documents.indices.contains(state.caseView.selectedDocument) else {
                return perform(.goCompare, &state)
            }
            let id = open.documents[state.caseView.selectedDocument].id
            state.wantedDocument = id
            return [.loadDocument(patient: open.item.patient, id: id)]
        default: break
        }
        return []
    }

    private static func movePane(_ by: Int, _ state: inout State) {
        let count = CaseView.Pane.allCases.count
        state.caseView.pane = CaseView.Pane(rawValue: (state.caseView.pane.rawValue + by + count) % count) ?? .facts
    }

    private static func scroll(_ by: Int, _ state: inout State) {
        guard let open = state.open else { return }
        let last = CaseScreen.lastOffset(state, open)
        if state.caseView.pane == .documents {
            state.caseView.selectedDocument = min(last, max(0, state.caseView.selectedDocument + by))
        } else {
            let before = min(last, state.caseView.offset[state.caseView.pane] ?? 0)
            state.caseView.offset[state.caseView.pane] = min(last, max(0, before + by))
        }
    }

    static func caseHit(_ target: HitTarget, _ kind: MouseEvent.Kind, _ state: inout State) -> [Effect] {
        switch target {
        case .pane(let pane):
            state.caseView.pane = pane
        case .document(let index):
            state.caseView.pane = .documents
            let isChosen = state.caseView.selectedDocument == index
            state.caseView.selectedDocument = index
            if isChosen || kind == .doubleClick { return caseAction(.choose, &state) }
        default: break
        }
        return []
    }
}
