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
            return [.loadDocument(patient: open.item.patient, id: open.documents[state.caseView.selectedDocument].id)]
        default: break
        }
        return []
    }

    private static func movePane(_ by: Int, _ state: inout State) {
        let count = CaseView.Pane.allCases.count
        state.caseView.pane = CaseView.Pane(rawValue: (state.caseView.pane.rawValue + by + count) % count) ?? .facts
    }

    /// Offsets are cut to what there is when the pane is drawn; here only their lower end and the number of rows are known.
    private static func scroll(_ by: Int, _ state: inout State) {
        guard let open = state.open else { return }
        if state.caseView.pane == .documents {
            let last = max(0, open.documents.count - 1)
            state.caseView.selectedDocument = min(last, max(0, state.caseView.selectedDocument + by))
            return
        }
        let rows =
            switch state.caseView.pane {
            case .facts: CaseFacts.lines(open, age: nil).count * 2
            case .timeline: CaseFacts.bars(open).count
            case .measures: CaseFacts.measures(open).count
            case .documents: 0
            }
        let before = state.caseView.offset[state.caseView.pane] ?? 0
        state.caseView.offset[state.caseView.pane] = min(max(0, rows - 1), max(0, before + by))
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
